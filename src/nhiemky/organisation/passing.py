"""Work that belongs to a unit and outlives it: to its whole successor, else to the unit above, which decides.

Looked at from the rows as they are, so it may be asked again any day: a decision that takes effect later is followed
when its day has come, by the worker, and never twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from nhiemky.audit.services import record, service
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.domain.organisation.passing import AWAIT, FOLLOW, HAND_OVER, UNDO
from nhiemky.domain.organisation.plans import Plan
from nhiemky.domain.organisation.structure import Structure
from nhiemky.organisation import selectors
from nhiemky.organisation.ends import Ends
from nhiemky.organisation.followers import followers
from nhiemky.organisation.models import Reorganisation, Unit, UnitVersion


class Passing(models.Model):
    """A row went from a unit to another with a reorganisation. A part adds `row`, with `moves` as its other end."""

    reorganisation = models.ForeignKey(Reorganisation, models.PROTECT, related_name="+")
    before = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    after = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


@dataclass(frozen=True, slots=True)
class Passed:
    """A row and what happened to it: one of `STEPS`, by which decision; `row.unit_id` is where it is now."""

    row: Any
    step: str
    on: date
    number: str = ""


@dataclass(frozen=True)
class Passer:
    """How the rows of one model pass on: a follower of reorganisations (`organisation.followers.Follower`).

    Rows have `unit` and `awaits` (the reorganisation because of which somebody must decide). `open` says which of them
    go along, `noted` writes the step beside the row and moves what hangs on it. Without `above` a row that nobody takes
    over whole stays where it is, for whoever the part asks. `taken` says that a successor cannot have the row.
    """

    part: str
    rows: Any
    moves: Any
    open: Q
    noted: Callable[[Actor, Passed], None]
    above: bool = True
    taken: Callable[[Any, int], bool] = lambda row, unit_id: False
    named: Callable[[Any], str] = str

    def left_behind(self, today: date) -> QuerySet[Any]:
        """Open rows whose unit has ended and about which nobody has been asked."""
        there = UnitVersion.objects.filter(during__contains=today, unit_id=OuterRef("unit_id"))
        found: QuerySet[Any] = self.rows.objects.filter(self.open, ~Exists(there), awaits=None)
        return found.order_by("pk")

    def followed(self, actor: Actor, today: date) -> int:
        """A step of a service: each goes on; how many did."""
        ends = Ends(today)
        return sum(self._goes(actor, row, ends) for row in self.left_behind(today).select_for_update(of=("self",)))

    def _goes(self, actor: Actor, row: Any, ends: Ends) -> int:
        by, heir, before = ends.by(row.unit_id), ends.heir(row.unit_id), row.unit_id
        if heir is not None and self.taken(row, heir):
            heir = None
        kept = heir or (ends.above(before) if self.above else before)
        if by is None or kept is None:
            return 0
        self.moves.objects.update_or_create(
            row=row, reorganisation=by, defaults={"before_id": before, "after_id": kept}
        )
        self._put(
            actor, row, kept, None if heir else by, Passed(row, FOLLOW if heir else AWAIT, by.effective_on, by.number)
        )
        return 1

    def _put(self, actor: Actor, row: Any, unit_id: int, awaits: Reorganisation | None, passed: Passed) -> None:
        before, row.unit_id, row.awaits = row.unit_id, unit_id, awaits
        row.save(update_fields=["unit", "awaits"])
        self.noted(actor, passed)
        units = Unit.objects.in_bulk([before, unit_id])  # the structure in memory may not know this write yet
        facts = {"title": self.named(row), "step": passed.step, "number": passed.number,
                 "from": units[before].code, "to": units[unit_id].code}  # fmt: skip
        record(f"{self.part}.work_passed_on", actor=actor, subject=row.pk, units={before, unit_id}, facts=facts)

    def handed_over(self, actor: Actor, row: Any, unit_code: str, today: date, *, below: int | None) -> None:
        """A step of a service: the row goes to a unit that exists; `below` is whoever decides, or above it.

        Raises:
            Refused: nothing waits for a decision, or it cannot go to the unit.
        """
        if row.awaits_id is None:
            raise Refused(Finding("reorganisation.nothing_to_decide"))
        held = selectors.structure()
        place = held.by_code.get(unit_code.strip())
        if place is None or held.version(place, today) is None:
            raise Refused(Finding("reorganisation.unit_not_there", field="unit", value=unit_code))
        unit_id = int(held.ids[place])
        if below is not None and not held.tree(today).inside(held.index[below])[place]:
            refuse_if_any([Finding("reorganisation.not_below", field="unit", value=unit_code)])
        if self.taken(row, unit_id):
            raise Refused(Finding("reorganisation.has_it_already", field="unit", value=unit_code))
        self._put(actor, row, unit_id, None, Passed(row, HAND_OVER, today))

    # As a follower

    def members(self, on: date) -> Mapping[int, int]:
        return {}

    def objections(self, structure: Structure, plan: Plan) -> Iterable[Finding]:
        """What will wait for a decision stops nothing; it is told before anybody decides."""
        whole = {link.predecessor for link in plan.links if link.whole}
        ended = [int(structure.ids[place]) for place in plan.ended if place < len(structure) and place not in whole]
        if count := self.rows.objects.filter(self.open, unit_id__in=ended).count():
            yield Finding(f"{self.part}.will_wait", facts={"count": count}, blocks=False)

    def apply(self, actor: Actor, reorganisation: Reorganisation, moves: Mapping[int, int], today: date) -> int:
        """At once, if the day has come; else the worker does it on the day. No people move by it."""
        if reorganisation.effective_on <= today:
            self.followed(actor, today)
        return 0

    def objections_to_undo(self, reorganisation: Reorganisation) -> Iterable[Finding]:
        """Nothing may have been begun by a founded unit since."""
        founded = reorganisation.versions_opened.exclude(unit__versions__closed_by=reorganisation)
        came = self.moves.objects.filter(reorganisation=reorganisation).values("row_id")
        begun = self.rows.objects.exclude(pk__in=came).filter(unit_id__in=founded.values("unit_id"))
        if count := begun.count():
            yield Finding(f"{self.part}.begun_since", facts={"count": count})

    def undo(self, actor: Actor, reorganisation: Reorganisation, today: date) -> int:
        """What passed on returns, unless somebody has decided otherwise since."""
        moves = self.moves.objects.filter(reorganisation=reorganisation)
        for move in moves.select_related("row"):
            row = move.row
            if row.unit_id == move.after_id:
                self._put(actor, row, move.before_id, None, Passed(row, UNDO, today, reorganisation.number))
        moves.delete()
        return 0

    def unsound(self, structure: Structure, unit_ids: Collection[int], since: date) -> Iterable[Finding]:
        return ()


def passers() -> list[Passer]:
    """Every kind of work that passes on."""
    return [one for one in followers() if isinstance(one, Passer)]


def any_left_behind(today: date) -> bool:
    """Whether something has to pass on."""
    return any(one.left_behind(today).exists() for one in passers())


@service
def work_follow(*, actor: Actor, today: date) -> int:
    """Let all work of ended units pass on; how much did."""
    count = sum(one.followed(actor, today) for one in passers())
    record("organisation.work_followed", actor=actor, facts={"count": count})
    return count
