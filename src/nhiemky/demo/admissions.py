"""Admission cases of the demo: one behind every admission since 2020, and open ones in every stage today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from django.db import connection

from nhiemky.audit.services import current_seq
from nhiemky.core.copying import copy_rows
from nhiemky.demo.admission_days import Paths, Written, before_ceremony, open_days, probation
from nhiemky.demo.book import Book, Ints
from nhiemky.demo.ledger import Ledger, Stays, Way
from nhiemky.demo.loading import day, next_ids
from nhiemky.demo.names import full_names
from nhiemky.demo.registry import Facts
from nhiemky.domain.members.kinds import MOVEMENT_CODE
from nhiemky.domain.names import fold, name_key
from nhiemky.domain.organisation.structure import Structure
from nhiemky.domain.periods import day_number

SINCE = day_number(date(2020, 1, 1))
_SEED = 20260101
# Open cases before the ceremony by stage, in the whole province; and the communes of the cast, which have every stage.
_OPEN = {"source": 320, "file": 240, "cell": 110, "committees": 100, "ceremony": 60}
_CAST = ("X25-21034", "X25-21115")
_LEAVES = [MOVEMENT_CODE[kind] for kind in ("death", "transfer_out", "expulsion", "leaving", "striking_off")]


@dataclass
class Cases:
    """Columns of the cases: positions of units, people and movements; -1 where there is none."""

    unit: Ints
    person: Ints
    admission: Ints
    outcome: Ints
    female: Ints
    birth: Ints
    names: list[str] = field(default_factory=list)
    groups: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))


def write(
    book: Book, entries: Ledger, facts: Facts, stays: Stays, structure: Structure, ways: Sequence[Way], last: int
) -> int:
    """Write cases, steps and sponsors by COPY; the number of cases."""
    rng = np.random.default_rng(_SEED)
    paths = Paths(rng, book, stays, structure, ways, last)
    done, taken = _behind_admissions(paths, entries, facts)
    fresh, more = _open(paths, book.scale, len(done.unit))
    _write_cases(done, fresh, structure)
    _write_steps([*taken, *more], _papers(done))
    _write_sponsors(paths, done, fresh)
    return len(done.unit) + len(fresh.unit)


def _behind_admissions(paths: Paths, entries: Ledger, facts: Facts) -> tuple[Cases, list[Written]]:
    """A case for every admission since 2020, led as far as the ledger says."""
    rows = np.flatnonzero((entries.kind == MOVEMENT_CODE["admission"]) & (entries.on >= SINCE))
    people, ceremony, cell = entries.person[rows], entries.on[rows], entries.target[rows]
    first_leave = _first_of(entries, _LEAVES, facts.count)[people]
    recognised = _first_of(entries, [MOVEMENT_CODE["official_recognition"]], facts.count)[people]
    recognised[(first_leave >= 0) & (first_leave < recognised)] = -1
    struck = (first_leave >= 0) & (recognised < 0) & (entries.kind[first_leave] == MOVEMENT_CODE["striking_off"])
    outcome = np.where(struck, first_leave, recognised)
    unit, taken = before_ceremony(paths, facts.decided[people], ceremony, cell)
    left = np.where((first_leave >= 0) & (outcome < 0), entries.on[first_leave], paths.last + 1)
    decided = np.where(outcome >= 0, entries.on[outcome], -1)
    where = np.where(outcome >= 0, entries.source[outcome], cell)
    taken += probation(paths, ceremony, decided, left, where, struck)
    nothing = np.zeros(0, dtype=np.int64)
    return Cases(unit, people, rows, outcome, nothing, nothing), taken


def _first_of(entries: Ledger, kinds: Sequence[int], people: int) -> Ints:
    """For each person the first row of these kinds since 2020; -1 where there is none."""
    rows = np.flatnonzero(np.isin(entries.kind, kinds) & (entries.on >= SINCE))[::-1]
    found = np.full(people, -1, dtype=np.int64)
    found[entries.person[rows]] = rows
    return found


def _open(paths: Paths, scale: float, begun: int) -> tuple[Cases, list[Written]]:
    """Cases that have not come to the ceremony yet, in cells of today."""
    structure, rng = paths.structure, paths.rng
    stages: list[str] = []
    units: list[int] = []
    weights = paths.officials(np.arange(len(structure)), np.full(len(structure), paths.last)).astype(float)
    weights[weights < 4] = 0
    for stage, count in _OPEN.items():
        many = max(round(count * min(scale, 1)), 4)
        units += rng.choice(len(structure), size=many, p=weights / weights.sum()).tolist()
        stages += [stage] * many
    for cell in _cells_of_the_cast(paths, weights):
        for stage in _OPEN:
            units.append(cell)
            stages.append(stage)
    count = len(units)
    female = rng.random(count) < 0.42
    birth = paths.last - (rng.triangular(19, 27, 45, size=count) * 365.25).astype(np.int64)
    groups = np.where(rng.random(count) < 0.1, 14, 1)
    none = np.full(count, -1, dtype=np.int64)
    cases = Cases(np.array(units), none, none, none, female.astype(np.int64), birth,
                  full_names(rng, female, groups), groups)  # fmt: skip
    return cases, open_days(paths, np.array(units), np.array(stages), begun)


def _cells_of_the_cast(paths: Paths, weights: np.ndarray) -> Iterator[int]:
    """Cells of the communes that the demo's cast works in: the first one, which has a secretary, and more."""
    structure, on = paths.structure, date.fromordinal(paths.last + date(1970, 1, 1).toordinal())
    for code in _CAST:
        place = structure.by_code.get(code)
        if place is None:
            continue
        inside = np.flatnonzero(structure.tree(on).inside(place) & (weights > 0))
        yield from sorted(inside.tolist(), key=lambda cell: structure.codes[cell])[:2]


def _write_cases(done: Cases, fresh: Cases, structure: Structure) -> None:
    seq = current_seq()
    ids = structure.ids
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, full_name, name_key, folded, sex, birth_date, ethnic_group FROM members_person"
            " WHERE id = ANY(%s)",
            [(done.person + 1).tolist()],
        )
        people = {row[0]: row[1:] for row in cursor.fetchall()}
    copy_rows(
        "admissions_case",
        ("id", "unit_id", "person_id", "admission_id", "outcome_id", "full_name", "name_key", "folded", "sex",
         "birth_date", "ethnic_group", "home_place", "residence", "occupation", "general_education", "union",
         "end_kind", "end_reason", "changed"),
        [
            *((n + 1, ids[unit], person + 1, admission + 1, outcome + 1 if outcome >= 0 else None, *people[person + 1],
               "", "", "", "upper_secondary", n % 3 == 0, "", "", seq)
              for n, (unit, person, admission, outcome) in enumerate(
                  zip(done.unit.tolist(), done.person.tolist(), done.admission.tolist(), done.outcome.tolist(),
                      strict=True))),
            *((len(done.unit) + n + 1, ids[unit], None, None, None, name, name_key(name), fold(name),
               "female" if female else "male", day(birth), group, "", "", "", "upper_secondary", n % 3 == 0, "", "",
               seq)
              for n, (unit, name, female, birth, group) in enumerate(
                  zip(fresh.unit.tolist(), fresh.names, fresh.female.tolist(), fresh.birth.tolist(),
                      fresh.groups.tolist(), strict=True))),
        ],
    )  # fmt: skip
    next_ids("admissions_case")


def _papers(done: Cases) -> dict[tuple[str, int], tuple[str, str]]:
    """Number and body of the decisions in the ledger, by step and case."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, paper_number, paper_body FROM members_movement WHERE id = ANY(%s)",
            [(np.concatenate([done.admission, done.outcome[done.outcome >= 0]]) + 1).tolist()],
        )
        known = {row[0]: (row[1], row[2]) for row in cursor.fetchall()}
    papers = {("decision", n): known[row + 1] for n, row in enumerate(done.admission.tolist())}
    papers |= {("official_decision", n): known[row + 1] for n, row in enumerate(done.outcome.tolist()) if row >= 0}
    return papers


_NUMBERED = {"course": "GCN", "cell_vote": "NQ/CB", "grassroots": "NQ/ĐU", "decision": "QĐ/ĐU",
             "member_course": "GCN", "official_vote": "NQ/CB", "official_grassroots": "NQ/ĐU"}  # fmt: skip


def _write_steps(taken: Sequence[Written], papers: dict[tuple[str, int], tuple[str, str]]) -> None:
    seq = current_seq()
    copy_rows(
        "admissions_steptaken",
        ("case_id", "key", "on", "paper_number", "paper_body", "base", "present", "in_favour", "against", "blank",
         "outcome", "note", "struck", "seq"),
        (
            (case + 1, one.key, day(on), *papers.get((one.key, case), _number(one.key, case)), *counts, outcome, "", "",
             seq)
            for one in taken
            for case, on, counts, outcome in one.rows()
        ),
    )  # fmt: skip


def _number(key: str, case: int) -> tuple[str, str]:
    """A number such as offices give, where the ledger has none."""
    symbol = _NUMBERED.get(key)
    return (f"{case % 97 + 1}-{symbol}" if symbol else "", "")


def _write_sponsors(paths: Paths, done: Cases, fresh: Cases) -> None:
    """A helper and two who recommend: the official members who have been longest in the cell."""
    rows: list[tuple[object, ...]] = []
    for number, unit in enumerate(np.concatenate([done.unit, fresh.unit]).tolist()):
        found = paths.longest(unit, paths.voted[number])
        for place, person in enumerate(found[:2]):
            rows.append((number + 1, person + 1, "recommender", day(paths.voted[number] - 900 - number % 400)))
            if place == 0:
                rows.append((number + 1, person + 1, "helper", None))
    copy_rows("admissions_sponsor", ("case_id", "person_id", "role", "since"), rows)
