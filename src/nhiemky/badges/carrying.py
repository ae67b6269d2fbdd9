"""What badges carry along when two records of one person become one: badges given and special cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nhiemky.badges.models import Badge, SpecialCase
from nhiemky.domain.access import Actor
from nhiemky.domain.badges import rules
from nhiemky.domain.findings import Finding
from nhiemky.domain.periods import years_before
from nhiemky.members import carrying
from nhiemky.members.models import Person


class BadgeCarrier:
    """Implements `members.carrying.Carrier`."""

    models = (Badge, SpecialCase)

    def objections(self, kept: Person, dropped: Person) -> Iterator[Finding]:
        """A level or a special case of one round on both sides, a level above the Party age of the kept person."""
        held = dict(kept.badges.filter(withdrawn_seq=None).values_list("years", "decision__number"))
        decided = kept.decided_on or dropped.decided_on
        for badge in dropped.badges.filter(withdrawn_seq=None).select_related("decision").order_by("years"):
            given = {"years": badge.years, "number": badge.decision.number}
            if badge.years in held:
                yield Finding("badges.merge_same_level", facts={**given, "other": held[badge.years]})
            elif badge.basis in rules.BY_AGE and (
                decided is None or decided > years_before(badge.decision.day, badge.years)
            ):
                yield Finding("badges.merge_too_young", facts={**given, "decided": decided or "–"})
        both = dropped.badge_cases.filter(day__in=kept.badge_cases.values("day")).order_by("day")
        for day in both.values_list("day", flat=True):
            yield Finding("badges.merge_same_round", facts={"day": day})

    def carry(self, actor: Actor, kept: Person, dropped: Person) -> carrying.Rows:
        """All of them, withdrawn ones too."""
        return {model.__name__: carrying.rows_carry(actor, model, kept, dropped) for model in self.models}

    def give_back(
        self, actor: Actor, kept: Person, dropped: Person, rows: carrying.Rows, again: Mapping[int, int]
    ) -> int:
        """All of them, though withdrawn since; a case that was removed since stays removed."""
        for model in self.models:
            carrying.rows_give_back(actor, model, rows[model.__name__], kept, dropped)
        return 0


CARRIER = BadgeCarrier()
