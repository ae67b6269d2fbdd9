"""The generated people and their ledger as rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nhiemky.audit.services import current_seq
from nhiemky.demo.loading import copy_rows, day, next_ids, without_gist
from nhiemky.demo.names import full_names
from nhiemky.demo.people import Book, Ints
from nhiemky.demo.units import Spec
from nhiemky.domain.members.kinds import MOVEMENT_CODE, MOVEMENT_KINDS
from nhiemky.domain.names import fold, name_key
from nhiemky.domain.organisation.structure import FOREVER
from nhiemky.domain.periods import day_of
from nhiemky.members import identity

_LEAVES = np.array([kind.leaves for kind in MOVEMENT_KINDS])
_CODE = MOVEMENT_CODE
# Ethnic groups by district: code, share; the rest is Kinh.
_GROUPS = {
    "525": ((30, 0.55),), "529": ((19, 0.6),), "530": ((14, 0.65),), "531": ((19, 0.55),), "535": ((19, 0.6),),
    "608": ((13, 0.15),), "610": ((27, 0.6),), "611": ((14, 0.25), (52, 0.06)), "612": ((14, 0.4),),
    "613": ((14, 0.6),), "614": ((13, 0.4), (14, 0.15)), "615": ((14, 0.35),), "616": ((10, 0.35), (54, 0.06)),
    "617": ((14, 0.75),), "618": ((10, 0.2),),
}  # fmt: skip


@dataclass(frozen=True)
class StayRows:
    """The stays as written: person and unit positions, day numbers."""

    person: Ints
    unit: Ints
    start: Ints
    end: Ints


def _district(specs: list[Spec]) -> list[str]:
    """The district in which each unit lies, empty for the province's own."""
    by_code = {s.code: s for s in specs}

    def of(spec: Spec) -> str:
        while spec.parent:
            if spec.code.startswith("H-"):
                return spec.code[2:5]
            spec = by_code[spec.parent]
        return ""

    return [of(spec) for spec in specs]


def _ethnic_groups(book: Book, units: Ints) -> Ints:
    district = np.array(_district(book.specs))[units]
    groups = np.ones(len(units), dtype=np.int64)
    chance = book.rng.random(len(units))
    for code, shares in _GROUPS.items():
        low = 0.0
        for group, share in shares:
            groups[(district == code) & (chance >= low) & (chance < low + share)] = group
            low += share
    groups[(district == "") & (chance < 0.06)] = 14
    return groups


def write_people(book: Book, kept: Ints, moves: Ints) -> None:
    """One row per person, ids from 1 in the order of the book."""
    rng, count = book.rng, len(kept)
    firsts = moves[np.searchsorted(moves[:, 0], np.arange(count))]
    last = moves[np.searchsorted(moves[:, 0], np.arange(count), side="right") - 1]
    last_unit = np.where(last[:, 4] >= 0, last[:, 4], last[:, 3])
    female = rng.random(count) < 0.37
    groups = _ethnic_groups(book, firsts[:, 4])
    names = full_names(rng, female, groups)
    birth, entered = book.birth[kept], book.entered[kept]
    admitted = np.where(firsts[:, 1] == _CODE["admission"], entered, _admitted_before(book, birth, entered))
    decided = admitted - rng.integers(5, 26, size=count)
    official = np.where(firsts[:, 1] == _CODE["admission"], book.official[kept], admitted + 366)
    cards = rng.permutation(90_000_000)[:0] if count == 0 else 10_000_000 + rng.choice(80_000_000, count, replace=False)
    seq = current_seq()
    numbers = _identity_numbers(book, female, birth, firsts[:, 4])
    copy_rows(
        "members_person",
        ("id", "full_name", "name_key", "folded", "sex", "birth_date", "ethnic_group", "card_number", "file_number",
         "identity_sealed", "identity_mark", "decided_on", "admitted_on", "official_on", "last_unit_id", "changed"),
        (
            (n + 1, names[n], name_key(names[n]), fold(names[n]), "female" if female[n] else "male", day(birth[n]),
             groups[n], f"{cards[n]:08}" if official[n] != FOREVER else "", f"{n + 1:06}QNG", identity.seal(numbers[n]),
             identity.mark(numbers[n]), day(decided[n]), day(admitted[n]),
             day(official[n]) if official[n] != FOREVER else None, last_unit[n] + 1, seq)
            for n in range(count)
        ),
    )  # fmt: skip
    next_ids("members_person")


def _admitted_before(book: Book, birth: Ints, entered: Ints) -> Ints:
    """When somebody joined who was a member already: between 20 and 35 years old, at least 400 days before."""
    ages = (book.rng.uniform(20, 33, size=len(birth)) * 365.25).astype(np.int64)
    return np.minimum(birth + ages, entered - 400)


def _identity_numbers(book: Book, female: NDArray[np.bool_], birth: Ints, units: Ints) -> list[str]:
    """Twelve digits: province of birth registration, century and sex, year, six random ones; all different."""
    province = np.where(book.province[units] == "51", "051", "062")
    tails = book.rng.choice(1_000_000, size=len(birth), replace=False)
    numbers = []
    for n in range(len(birth)):
        year = day_of(int(birth[n])).year
        code = (0 if year < 2000 else 2) + int(female[n])
        numbers.append(f"{province[n]}{code}{year % 100:02}{tails[n]:06}")
    return numbers


def write_ledger(book: Book, moves: Ints) -> StayRows:
    """Movements as they are, and the stays that follow from them."""
    seq, count = current_seq(), len(moves)
    person, kind, on, source, target = moves.T
    papers = book.rng.integers(1, 900, size=count)
    keys = [k.key for k in MOVEMENT_KINDS]
    days = {number: day(number) for number in np.unique(np.concatenate([on, on - 12])).tolist()}
    body = {"51": "Tỉnh ủy Quảng Ngãi", "62": "Tỉnh ủy Kon Tum"}
    province = book.province
    copy_rows(
        "members_movement",
        ("id", "person_id", "kind", "on", "from_unit_id", "to_unit_id", "paper_number", "paper_date", "paper_body",
         "place", "reason", "seq"),
        (
            (n + 1, person[n] + 1, keys[kind[n]], days[int(on[n])], source[n] + 1 if source[n] >= 0 else None,
             target[n] + 1 if target[n] >= 0 else None, f"{papers[n]}-QĐ/TU", days[int(on[n]) - 12],
             body[province[max(source[n], target[n])]], "", "", seq)
            for n in range(count)
        ),
    )  # fmt: skip
    next_ids("members_movement")
    return _write_stays(book, moves)


def _write_stays(book: Book, moves: Ints) -> StayRows:
    person, kind, on, _source, target = moves.T
    count = len(moves)
    follows = np.append(person[1:] == person[:-1], False)
    end = np.where(follows, np.append(on[1:], 0), FOREVER)
    opens = ~_LEAVES[kind]
    official, exempt = _standing(person, kind)
    with without_gist("members_stay", "members_stay_no_overlap"):
        copy_rows(
            "members_stay",
            ("person_id", "unit_id", "standing", "exempt", "during", "opened_by_id", "closed_by_id"),
            (
                (person[n] + 1, target[n] + 1, "official" if official[n] else "probationary", bool(exempt[n]),
                 f"[{day(on[n])},{day(end[n]) if end[n] != FOREVER else ''})", n + 1, n + 2 if follows[n] else None)
                for n in range(count)
                if opens[n]
            ),
        )  # fmt: skip
    return StayRows(person[opens], target[opens], on[opens], end[opens])


def _standing(person: Ints, kind: Ints) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether somebody is official, and exempt, after each movement; movements are sorted by person and day."""
    place = np.arange(len(person))
    first = np.searchsorted(person, person)

    def since(*kinds: str) -> Ints:
        hit = np.where(np.isin(kind, [_CODE[k] for k in kinds]), place, -1)
        return np.maximum.accumulate(hit)

    official = since("opening", "transfer_in", "official_recognition") >= first
    switched_on = since("exemption_on")
    return official, (switched_on >= first) & (switched_on > since("exemption_off"))
