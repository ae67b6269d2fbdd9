"""Whether a structure holds together from a day on: superiors live as long as what stands under them, nothing stands
under itself, and each kind stands where it may."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from nhiemky.domain.findings import Finding
from nhiemky.domain.organisation.kinds import KIND, KIND_RANK
from nhiemky.domain.organisation.structure import FOREVER, Structure
from nhiemky.domain.periods import day_number, day_of


def unsound(structure: Structure, since: date) -> list[Finding]:
    """Everything that does not hold together on the day or on a later one; each unit is named once a fault."""
    findings = [*_parents(structure, day_number(since)), *_circles(structure, day_number(since))]
    return findings or list(_kinds(structure, since))


def _parents(structure: Structure, since: int) -> Iterator[Finding]:
    """A superior that is not there for all the days of a placement."""
    units, parents, starts, ends = structure.placement_columns
    rows = np.flatnonzero((parents >= 0) & (ends > since))
    first = np.maximum(starts[rows], since)
    above = parents[rows]
    wrong = (structure.born[above] > first) | (structure.ended[above] < ends[rows])
    for row in rows[wrong].tolist():
        above_code, ended = structure.codes[parents[row]], int(structure.ended[parents[row]])
        facts: dict[str, object] = {"parent": above_code, "on": day_of(ended) if ended < FOREVER else day_of(first[0])}
        yield Finding(
            "reorganisation.parent_ends_later", field="parent", value=structure.codes[units[row]], facts=facts
        )


def _circles(structure: Structure, since: int) -> Iterator[Finding]:
    """Units that no walk from a root reaches, in the segment of the day and in every later one."""
    units, _above, starts, ends = structure.placement_columns
    told: set[int] = set()
    first = int(structure.segment(np.array([since]))[0])
    for segment in range(first, len(structure.boundaries) + 1):
        begins = structure.boundaries[segment - 1] if segment else -FOREVER
        after = structure.boundaries[segment] if segment < len(structure.boundaries) else FOREVER + 1
        placed = units[(starts < after) & (ends > max(begins, since))]
        lost = placed[structure.tree_of(segment).first[placed] < 0]
        for unit in sorted(set(lost.tolist()) - told):
            told.add(unit)
            on = day_of(begins) if segment else day_of(since)
            yield Finding("reorganisation.circle_later", field="parent", value=structure.codes[unit], facts={"on": on})


def may_stand_under(kind: str, parent_kind: str) -> bool:
    """Larger kinds stand above smaller ones, and under a cell only its groups."""
    return KIND_RANK[parent_kind] < KIND_RANK[kind] and (not KIND[parent_kind].has_members or kind == "group")


def _kinds(structure: Structure, since: date) -> Iterator[Finding]:
    for unit, placements in enumerate(structure.placements):
        for placement in placements:
            if placement.parent is None or (placement.during.end is not None and placement.during.end <= since):
                continue
            on = max(since, placement.during.start)
            own, above = structure.last_version(unit, on), structure.last_version(placement.parent, on)
            if own is not None and above is not None and not may_stand_under(own.kind, above.kind):
                facts: dict[str, object] = {"kind": own.kind, "parent": structure.codes[placement.parent]}
                facts["parent_kind"] = above.kind
                yield Finding("reorganisation.kind_misplaced", field="parent", value=structure.codes[unit], facts=facts)
