"""Cases in a reorganisation: they follow the way of their cell's people, and none may be left without a cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from nhiemky.admissions import cases, places
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding
from nhiemky.domain.organisation.kinds import KIND
from nhiemky.domain.organisation.plans import Plan
from nhiemky.domain.organisation.structure import Structure
from nhiemky.domain.periods import LATEST
from nhiemky.organisation.models import Reorganisation


class CasesFollow:
    """The cases' side of a reorganisation (`organisation.followers.Follower`). From the ceremony on people follow."""

    def members(self, on: date) -> Mapping[int, int]:
        return {}

    def objections(self, structure: Structure, plan: Plan) -> Iterable[Finding]:
        """A cell without members may end without an heir; one with open cases may not."""
        day = plan.decision.effective_on
        no_cells = [unit for unit in plan.changed if not KIND[plan.after[unit].kind].has_members]
        left = {*plan.ended, *no_cells} - set(plan.en_bloc)
        ids = frozenset(int(structure.ids[place]) for place in left if place < len(structure))
        return _left_behind(structure, ids, day, day)

    def apply(self, actor: Actor, reorganisation: Reorganisation, moves: Mapping[int, int], today: date) -> int:
        return 0

    def objections_to_undo(self, reorganisation: Reorganisation) -> Iterable[Finding]:
        return ()

    def undo(self, actor: Actor, reorganisation: Reorganisation, today: date) -> int:
        return 0

    def unsound(self, structure: Structure, unit_ids: Collection[int], since: date) -> Iterable[Finding]:
        """Cases that would end up in a unit that is not there, or is no cell."""
        gone = [unit_id for unit_id in unit_ids if not places.is_cell(structure, unit_id, LATEST)]
        return _left_behind(structure, frozenset(gone), LATEST, since)


def _left_behind(structure: Structure, unit_ids: frozenset[int], at: date, since: date) -> Iterable[Finding]:
    """Cases before the ceremony that nothing has ended and that have come to one of the units by a day."""
    if not unit_ids:
        return
    led = places.cells_that_lead_to(structure, unit_ids, at)
    found = cases.rows().filter(unit_id__in=led, end_kind="").exclude(cases.ADMITTED)
    counted = Counter(places.cell_today(structure, unit_id, at) for unit_id in found.values_list("unit_id", flat=True))
    for unit_id, count in sorted(counted.items()):
        if unit_id in unit_ids:
            facts = {"count": count, "on": since}
            code = structure.codes[structure.index[unit_id]]
            yield Finding("admissions.cases_left_behind", field="unit", value=code, facts=facts)


FOLLOWER = CasesFollow()
