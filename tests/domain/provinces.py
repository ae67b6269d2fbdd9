"""Random provinces for properties: a tree, reorganisations over the years, people with their stays and movements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from hypothesis import strategies as st

from nhiemky.domain.members.columns import Columns, Movements, People, Stays, Terms
from nhiemky.domain.members.kinds import MOVEMENT_CODE
from nhiemky.domain.organisation.decision import read_decision
from nhiemky.domain.organisation.plans import applied
from nhiemky.domain.organisation.reorganisation import plan
from nhiemky.domain.organisation.structure import FOREVER, Placement, Structure, Version
from nhiemky.domain.periods import Period, day_number

START = date(2020, 1, 1)
YEARS = 4
LAST = date(START.year + YEARS, 1, 1)
NO = np.zeros(0, dtype=np.int64)


def first_structure() -> Structure:
    """A province of two districts, four communes, eight cells."""
    versions, placements = [], []

    def add(unit: int, kind: str, parent: int | None) -> None:
        versions.append(Version(unit, f"Đơn vị {unit}", kind, "residential", Period(START)))
        placements.append(Placement(unit, parent, Period(START)))

    add(0, "provincial", None)
    for district in (1, 2):
        add(district, "above_grassroots", 0)
    for number, commune in enumerate(range(3, 7)):
        add(commune, "grassroots_committee", 1 + number // 2)
    for number, cell in enumerate(range(7, 15)):
        add(cell, "cell", 3 + number // 2)
    return Structure(list(range(1, 16)), [f"U{n}" for n in range(15)], versions, placements)


def _one_operation(draw: st.DrawFn, structure: Structure, on: date, number: int) -> dict[str, object]:
    living = [structure.codes[u] for u in np.flatnonzero(structure.alive(on))]
    unit, other = draw(st.sampled_from(living)), draw(st.sampled_from(living))
    op = draw(st.sampled_from(("move", "merge", "found", "split", "dissolve", "rename")))
    if op == "move":
        return {"op": op, "unit": unit, "parent": other}
    if op == "merge":
        return {"op": op, "units": [unit], "into": other}
    if op == "found":
        return {"op": op, "code": f"N{number}", "name": "Mới", "kind": "cell", "sector": "residential", "parent": unit}
    if op == "split":
        below = [structure.codes[c] for c in structure.children(structure.by_code[unit], on)]
        into = [unit, other] if unit != other else [unit]
        return {"op": op, "unit": unit, "into": into, "assign": {c: draw(st.sampled_from(into)) for c in below}}
    if op == "dissolve":
        return {"op": op, "unit": unit, "units_to": other, "members_to": other}
    return {"op": op, "unit": unit, "name": "Tên mới"}


@dataclass
class World:
    """A structure with history, and people: who is where on which days, and every movement."""

    structure: Structure
    columns: Columns
    where: dict[tuple[int, int], int]
    """(person, day number) → unit."""


@st.composite
def structures(draw: st.DrawFn, *, in_order: bool = True) -> Structure:
    """A structure after a few reorganisations, decided in the order of their days or in any; those with objections are
    left out."""
    structure = first_structure()
    days = draw(st.lists(st.integers(30, 365 * YEARS - 30), min_size=1, max_size=6, unique=in_order))
    for number, offset in enumerate(sorted(days) if in_order else days):
        on = START + timedelta(days=offset)
        operation = _one_operation(draw, structure, on, number)
        head = {"number": str(number), "date": "2019-01-01", "body": "Tỉnh ủy", "effective": on.isoformat()}
        made = plan(structure, read_decision({"decision": head, "operations": [operation]}), {})
        if not made.findings:
            structure = applied(structure, made)
    return structure


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """People wander through the cells that exist; nobody is sent to a unit that has ended."""
    structure = draw(structures())
    stays: list[tuple[int, int, int, int]] = []
    moves: list[tuple[int, int, int, int, int]] = []
    people = draw(st.integers(1, 6))
    for person in range(people):
        _wander(draw, structure, person, stays, moves)
    where = {
        (p, day): unit
        for p, unit, start, end in stays
        for day in range(start, min(end, day_number(LAST)) + 1)
        if day < end
    }
    return World(structure, _columns(people, stays, moves), where)


def _wander(
    draw: st.DrawFn,
    structure: Structure,
    person: int,
    stays: list[tuple[int, int, int, int]],
    moves: list[tuple[int, int, int, int, int]],
) -> None:
    offsets = sorted(draw(st.lists(st.integers(1, 365 * YEARS - 1), min_size=1, max_size=5, unique=True)))
    unit = -1
    for place, offset in enumerate(offsets):
        day = day_number(START) + offset
        on = START + timedelta(days=offset)
        alive = np.flatnonzero(structure.alive(on) & (structure.ended == FOREVER))
        if len(alive) == 0:
            return
        target = int(draw(st.sampled_from(alive.tolist())))
        leaves = unit >= 0 and place == len(offsets) - 1 and draw(st.booleans())
        kind = "death" if leaves else ("admission" if unit < 0 else "transfer_within")
        if kind == "transfer_within" and target == unit:
            continue
        if unit >= 0:
            old = stays.pop()
            stays.append((*old[:3], day))
        moves.append((person, MOVEMENT_CODE[kind], day, unit, -1 if leaves else target))
        if leaves:
            return
        stays.append((person, target, day, FOREVER))
        unit = target


def _columns(
    people: int, stays: list[tuple[int, int, int, int]], moves: list[tuple[int, int, int, int, int]]
) -> Columns:
    s = np.array(stays, dtype=np.int64).reshape(-1, 4)
    m = np.array(moves, dtype=np.int64).reshape(-1, 5)
    ids = np.arange(people, dtype=np.int64)
    yes = np.ones(len(s), dtype=bool)
    return Columns(
        People(ids, ids, ids % 2 == 0, ids + 1, ids),
        Stays(s[:, 0], s[:, 1], s[:, 2], s[:, 3], yes, ~yes),
        Movements(np.arange(len(m)), m[:, 0], m[:, 1], m[:, 2], m[:, 3], m[:, 4]),
        Terms(NO, NO, NO, NO),
        1,
    )
