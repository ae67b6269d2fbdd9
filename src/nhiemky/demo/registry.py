"""The generated people and their ledger as rows."""

from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np

from nhiemky.audit.services import current_seq
from nhiemky.core.copying import copy_rows
from nhiemky.demo import papers, particulars, quality
from nhiemky.demo.book import Book, Bools, Ints
from nhiemky.demo.foundings import REFORM
from nhiemky.demo.ledger import Ledger, Stays
from nhiemky.demo.loading import day, next_ids, without_gist
from nhiemky.demo.names import full_names
from nhiemky.domain.members.grounds import OF_KIND
from nhiemky.domain.members.kinds import MOVEMENT_CODE, MOVEMENT_KINDS
from nhiemky.domain.names import fold, name_key
from nhiemky.domain.organisation.structure import FOREVER, Structure
from nhiemky.domain.periods import day_number, day_of
from nhiemky.members import identity
from nhiemky.organisation.models import Reorganisation

_CODE = MOVEMENT_CODE
# Ethnic groups by district: code, share; the rest is Kinh.
_GROUPS = {
    "525": ((30, 0.55),), "529": ((19, 0.6),), "530": ((14, 0.65),), "531": ((19, 0.55),), "535": ((19, 0.6),),
    "608": ((13, 0.15),), "610": ((27, 0.6),), "611": ((14, 0.25), (52, 0.06)), "612": ((14, 0.4),),
    "613": ((14, 0.6),), "614": ((13, 0.4), (14, 0.15)), "615": ((14, 0.35),), "616": ((10, 0.35), (54, 0.06)),
    "617": ((14, 0.75),), "618": ((10, 0.2),),
}  # fmt: skip
_GROUNDS = {
    "striking_off": ("will", "duties", "standard"),
    "leaving": ("hardship",),
    "exemption_on": OF_KIND["exemption_on"],
}
_ELSEWHERE = ("Gia Lai", "Đà Nẵng", "Thành phố Hồ Chí Minh", "Hà Nội", "Đắk Lắk", "Lâm Đồng", "Khánh Hòa", "Đồng Nai")
_REFORM = day_number(REFORM)


class Facts:
    """What the rows say about each person who is kept, from the ledger."""

    def __init__(self, book: Book, entries: Ledger) -> None:
        rng, kept = book.rng, entries.kept
        self.count = len(kept)
        people = np.arange(self.count)
        self.first = np.searchsorted(entries.person, people)
        self.last = np.searchsorted(entries.person, people, side="right") - 1
        self.admitted = book.admitted[kept]
        # Who decides changed with the reform: nobody is admitted after it by a decision from before.
        decided = self.admitted - rng.integers(5, 26, size=self.count)
        self.decided = np.where(self.admitted >= _REFORM, np.maximum(decided, _REFORM), decided)
        self.official = np.where(self._came_official(book, entries), self.admitted + 366 + people % 30, FOREVER)
        self.official[entries.person[entries.kind == _CODE["readmission"]]] = FOREVER
        recognised = entries.kind == _CODE["official_recognition"]
        self.official[entries.person[recognised]] = entries.on[recognised]

    def _came_official(self, book: Book, entries: Ledger) -> Bools:
        kind = entries.kind[self.first]
        opening = (kind == _CODE["opening"]) & book.official_at_opening[entries.kept]
        came: Bools = opening | (kind == _CODE["transfer_in"])
        return came


def _ethnic_groups(book: Book, units: Ints) -> Ints:
    district = book.district[units]
    groups = np.ones(len(units), dtype=np.int64)
    chance = book.rng.random(len(units))
    for code, shares in _GROUPS.items():
        low = 0.0
        for group, share in shares:
            groups[(district == code) & (chance >= low) & (chance < low + share)] = group
            low += share
    groups[(district == "") & (chance < 0.06)] = 14
    return groups


def write_people(book: Book, entries: Ledger, facts: Facts) -> None:
    """One row per person, ids from 1 in the order of the book."""
    rng, kept = book.rng, entries.kept
    last_unit = np.where(entries.target >= 0, entries.target, entries.source)[facts.last]
    home = entries.target[facts.first]
    female = book.female[kept]
    groups = _ethnic_groups(book, home)
    names = full_names(rng, female, groups)
    texts = _numbers(book, entries, facts, home) | particulars.draw(book, kept, book.unit[kept], groups)
    written = quality.Written(
        texts, book.birth[kept], facts.admitted, facts.official.copy(), entries.target[facts.last] >= 0
    )
    quality.spoil(written)
    numbers, keys, seq = texts.pop("identity_number").tolist(), tuple(texts), current_seq()
    copy_rows(
        "members_person",
        ("id", "full_name", "name_key", "folded", "sex", "birth_date", "ethnic_group", "identity_sealed",
         "identity_mark", "decided_on", "admitted_on", "official_on", "last_unit_id", "changed", *keys),
        (
            (n + 1, names[n], name_key(names[n]), fold(names[n]), "female" if female[n] else "male",
             day(written.birth[n]), groups[n], identity.seal(numbers[n]) if numbers[n] else None,
             identity.mark(numbers[n]) if numbers[n] else None, day(facts.decided[n]), day(facts.admitted[n]),
             day(written.official[n]) if written.official[n] != FOREVER else None, last_unit[n] + 1, seq, *values)
            for n, values in enumerate(zip(*(texts[key].tolist() for key in keys), strict=True))
        ),
    )  # fmt: skip
    next_ids("members_person")


def _numbers(book: Book, entries: Ledger, facts: Facts, home: Ints) -> dict[str, quality.Texts]:
    """The three numbers of each person: a card has who is official, a file and an identity number everybody."""
    cards = 10_000_000 + book.rng.choice(80_000_000, facts.count, replace=False)
    numbers = _identity_numbers(book, book.female[entries.kept], book.birth[entries.kept], home)
    letters = np.where(book.province[home] == "51", "QNG", "KTM").tolist()
    return {
        "card_number": np.where(facts.official != FOREVER, cards.astype(str), "").astype(object),
        "file_number": np.array([f"{n:06}{letter}" for n, letter in enumerate(letters, 1)], dtype=object),
        "identity_number": np.array(numbers, dtype=object),
    }


def _identity_numbers(book: Book, female: Bools, birth: Ints, units: Ints) -> list[str]:
    """Twelve digits: province of birth registration, century and sex, year, six random ones; all different."""
    province = np.where(book.province[units] == "51", "051", "062")
    tails = book.rng.choice(1_000_000, size=len(birth), replace=False)
    numbers = []
    for n in range(len(birth)):
        year = day_of(int(birth[n])).year
        code = (0 if year < 2000 else 2) + int(female[n])
        numbers.append(f"{province[n]}{code}{year % 100:02}{tails[n]:06}")
    return numbers


def write_movements(
    book: Book, entries: Ledger, facts: Facts, structure: Structure, by: dict[int, Reorganisation]
) -> None:
    """Movements with their papers, ids from 1 in the order of the ledger."""
    seq = current_seq()
    keys = [kind.key for kind in MOVEMENT_KINDS]
    days = {number: day(number) for number in np.unique(entries.on).tolist()}
    stamped = _stamps(entries, facts)
    away = np.isin(entries.kind, [_CODE["transfer_in"], _CODE["transfer_out"]])
    places = np.where(away, book.rng.choice(_ELSEWHERE, size=len(away)), "").tolist()
    copy_rows(
        "members_movement",
        ("id", "person_id", "kind", "on", "from_unit_id", "to_unit_id", "reorganisation_id", "place", "stamps_before",
         "paper_number", "paper_date", "paper_body", "reason", "ground", "seq"),
        (
            (n + 1, person + 1, keys[kind], days[on], source + 1 if source >= 0 else None,
             target + 1 if target >= 0 else None, reorganisation or None, places[n], stamped.get(n), *paper, "",
             _ground(keys[kind], n), seq)
            for n, (person, kind, on, source, target, reorganisation, paper) in enumerate(
                zip(*(column.tolist() for column in _columns(entries)), _papers(book, entries, facts, structure, by),
                    strict=True)
            )
        ),
    )  # fmt: skip
    next_ids("members_movement")


def _ground(kind: str, number: int) -> str:
    """A ground that keeps nobody from being admitted again later, as some are here."""
    grounds = _GROUNDS.get(kind, ("",))
    return grounds[number % len(grounds)]


def _columns(entries: Ledger) -> tuple[Ints, ...]:
    return entries.person, entries.kind, entries.on, entries.source, entries.target, entries.reorganisation


def _stamps(entries: Ledger, facts: Facts) -> dict[int, str]:
    """What a recognition changed on the person, for the case that it is taken back."""
    rows = np.flatnonzero(entries.kind == _CODE["official_recognition"])
    return {
        row: json.dumps(
            {"decided_on": day(facts.decided[p]), "admitted_on": day(facts.admitted[p]), "official_on": None}
        )
        for row, p in zip(rows.tolist(), entries.person[rows].tolist(), strict=True)
    }


def _papers(
    book: Book, entries: Ledger, facts: Facts, structure: Structure, by: dict[int, Reorganisation]
) -> Iterator[tuple[str, str | None, str]]:
    """Number, date and body of each entry's paper: the committee that had the power that day, or nothing."""
    count = len(entries.person)
    signers = papers.Signers(structure)
    units = np.where(entries.source >= 0, entries.source, entries.target)
    above = papers.competent(structure, units, entries.on).tolist()
    numbers = book.rng.integers(1, 900, size=count).tolist()
    signed = entries.on - book.rng.integers(3, 19, size=count)
    admission = entries.kind == _CODE["admission"]
    signed[admission] = facts.decided[entries.person[admission]]
    # A committee founded by the reform signs nothing from before it, and a cell nothing from before its own day.
    signed = np.where((entries.on >= _REFORM) & (signed < _REFORM), _REFORM, signed)
    signed = np.minimum(np.maximum(signed, book.start[units]), entries.on)
    for n, kind in enumerate(entries.kind.tolist()):
        if kind in papers.WITHOUT_PAPER:
            yield "", None, ""
        elif entries.reorganisation[n]:
            decision = by[int(entries.reorganisation[n])]
            yield decision.number, decision.decided_on.isoformat(), decision.body
        elif kind in papers.BY_THE_CELL:
            cell = structure.name(int(units[n]), day_of(int(entries.on[n])))
            yield f"{numbers[n] % 20 + 1}-NQ/CB", day(signed[n]), cell
        else:
            body, symbol = signers.of(above[n], int(entries.on[n]))
            yield f"{numbers[n]}-{papers.KIND_OF_PAPER.get(kind, 'QĐ')}/{symbol}", day(signed[n]), body


def write_stays(rows: Stays) -> None:
    """The stays, with the entries that opened and closed them."""
    with without_gist("members_stay", "members_stay_no_overlap"):
        copy_rows(
            "members_stay",
            ("person_id", "unit_id", "standing", "exempt", "during", "opened_by_id", "closed_by_id"),
            (
                (person + 1, unit + 1, "official" if official else "probationary", exempt,
                 f"[{day(start)},{day(end) if end != FOREVER else ''})", opened + 1,
                 closed + 1 if closed >= 0 else None)
                for person, unit, start, end, official, exempt, opened, closed in zip(
                    rows.person.tolist(), rows.unit.tolist(), rows.start.tolist(), rows.end.tolist(),
                    rows.official.tolist(), rows.exempt.tolist(), rows.opened.tolist(), rows.closed.tolist(),
                    strict=True,
                )
            ),
        )  # fmt: skip
