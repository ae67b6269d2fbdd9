"""The directives' side of a reorganisation (`organisation.followers.Follower`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from nhiemky.directives import selectors
from nhiemky.directives.models import Ask, AskedOf, Move
from nhiemky.directives.services import following
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding
from nhiemky.domain.organisation.plans import Plan
from nhiemky.domain.organisation.structure import Structure
from nhiemky.organisation.models import Reorganisation


class DirectivesFollow:
    """What a unit owes goes to its whole successor, or waits for the asker."""

    def members(self, on: date) -> Mapping[int, int]:
        return {}

    def objections(self, structure: Structure, plan: Plan) -> Iterable[Finding]:
        """What will wait for a decision stops nothing; it is told before anybody decides."""
        whole = {link.predecessor for link in plan.links if link.whole}
        ended = [int(structure.ids[place]) for place in plan.ended if place < len(structure) and place not in whole]
        if count := AskedOf.objects.filter(selectors.OPEN, owing_id__in=ended).count():
            yield Finding("directives.will_wait", facts={"count": count}, blocks=False)

    def apply(self, actor: Actor, reorganisation: Reorganisation, moves: Mapping[int, int], today: date) -> int:
        """At once, if the day has come; else the worker does it on the day. No people move by it."""
        if reorganisation.effective_on <= today:
            following.followed(actor, today)
        return 0

    def objections_to_undo(self, reorganisation: Reorganisation) -> Iterable[Finding]:
        """Nothing may have been asked of or by a founded unit since, and it may have answered nothing."""
        founded = reorganisation.versions_opened.exclude(unit__versions__closed_by=reorganisation)
        ids = list(founded.values_list("unit_id", flat=True))
        came = Move.objects.filter(reorganisation=reorganisation)
        asks = Ask.objects.exclude(pk__in=came.filter(asked_of=None).values("ask_id")).filter(unit_id__in=ids)
        waiting = AskedOf.objects.filter(pk__in=came.exclude(asked_of=None).values("asked_of_id"), answered_on=None)
        asked = AskedOf.objects.exclude(pk__in=waiting.values("pk")).filter(owing_id__in=ids)
        if count := asks.count() + asked.count():
            yield Finding("directives.asked_since", facts={"count": count})

    def undo(self, actor: Actor, reorganisation: Reorganisation, today: date) -> int:
        following.put_back(actor, reorganisation)
        return 0

    def unsound(self, structure: Structure, unit_ids: Collection[int], since: date) -> Iterable[Finding]:
        return ()


FOLLOWER = DirectivesFollow()
