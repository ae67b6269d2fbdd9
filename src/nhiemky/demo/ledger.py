"""The book's history as a ledger: cut at the day on which the demo is made, and led through every reorganisation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nhiemky.demo.book import Book, Ints
from nhiemky.domain.members.kinds import MOVEMENT_CODE, MOVEMENT_KINDS
from nhiemky.domain.organisation.structure import FOREVER

Bools = NDArray[np.bool_]
_LEAVES = np.array([kind.leaves for kind in MOVEMENT_KINDS])
_EN_BLOC, _WITHIN = MOVEMENT_CODE["en_bloc"], MOVEMENT_CODE["transfer_within"]


@dataclass(frozen=True)
class Way:
    """Where the people of some cells go on a day, by a reorganisation. Cells are positions."""

    reorganisation: int
    day: int
    source: Ints
    target: Ints


@dataclass(frozen=True)
class Ledger:
    """The movements by person and day, persons numbered anew; `kept` are their numbers in the book."""

    kept: Ints
    person: Ints
    kind: Ints
    on: Ints
    source: Ints
    target: Ints
    reorganisation: Ints


def ledger(book: Book, ways: list[Way], last: int) -> Ledger:
    """All movements until the last day, of the people who are kept."""
    moves = np.concatenate(book.moves)
    moves = moves[(moves[:, 2] <= last) & (book.left[moves[:, 0]] != -1)]
    moves = np.column_stack([moves, np.zeros(len(moves), dtype=np.int64)])
    for way in sorted(ways, key=lambda w: w.day):
        moves = _led(moves, way)
    kept = np.unique(moves[:, 0])
    moves[:, 0] = np.searchsorted(kept, moves[:, 0])
    moves = moves[np.lexsort((moves[:, 2], moves[:, 0]))]
    return Ledger(kept, *moves.T)


def _led(moves: Ints, way: Way) -> Ints:
    """Later entries name the new cells; whoever is in an old one on the day gets an entry that takes them along."""
    moves = moves[np.lexsort((moves[:, 2], moves[:, 0]))]
    goes_to = np.arange(max(int(moves[:, 3:5].max()), int(way.source.max())) + 1)
    goes_to[way.source] = way.target
    before = moves[:, 2] < way.day
    last_before = before & ~np.append(before[1:] & (moves[1:, 0] == moves[:-1, 0]), False)
    there = last_before & (moves[:, 4] >= 0)
    there[there] = goes_to[moves[there, 4]] != moves[there, 4]
    who = moves[there]
    taken = np.column_stack([
        who[:, 0], np.full(len(who), _EN_BLOC), np.full(len(who), way.day), who[:, 4], goes_to[who[:, 4]],
        np.full(len(who), way.reorganisation),
    ])  # fmt: skip
    later = ~before
    for column in (3, 4):
        rows = later & (moves[:, column] >= 0)
        moves[rows, column] = goes_to[moves[rows, column]]
    idle = later & (moves[:, 1] == _WITHIN) & (moves[:, 3] == moves[:, 4])
    return np.concatenate([moves[~idle], taken])


@dataclass(frozen=True)
class Stays:
    """The stays that follow from a ledger, by person and day. `opened` and `closed` are positions of movements."""

    person: Ints
    unit: Ints
    start: Ints
    end: Ints
    official: Bools
    exempt: Bools
    opened: Ints
    closed: Ints


def stays(book: Book, entries: Ledger) -> Stays:
    """One stay from each entry that does not leave until the next entry of the person."""
    person, on, count = entries.person, entries.on, len(entries.person)
    follows = np.append(person[1:] == person[:-1], False)
    end = np.where(follows, np.append(on[1:], 0), FOREVER)
    official, exempt = _standing(book, entries)
    opens = ~_LEAVES[entries.kind]
    closed = np.where(follows, np.arange(count) + 1, -1)
    return Stays(person[opens], entries.target[opens], on[opens], end[opens], official[opens], exempt[opens],
                 np.flatnonzero(opens), closed[opens])  # fmt: skip


def _standing(book: Book, entries: Ledger) -> tuple[Bools, Bools]:
    """Whether somebody is official, and exempt, after each movement."""
    person, kind = entries.person, entries.kind
    place = np.arange(len(person))
    first = np.searchsorted(person, person)

    def since(chosen: Bools) -> Ints:
        latest: Ints = np.maximum.accumulate(np.where(chosen, place, -1))
        return latest

    def of(*kinds: str) -> Bools:
        return np.isin(kind, [MOVEMENT_CODE[k] for k in kinds])

    opening = of("opening")
    makes = of("transfer_in", "official_recognition") | (opening & book.official_at_opening[entries.kept[person]])
    official = (since(makes) >= first) & (since(makes) > since(of("readmission")))
    switched_on = since(of("exemption_on") | (opening & book.exempt_at_opening[entries.kept[person]]))
    switched_off = since(of("exemption_off", "readmission"))
    return official, (switched_on >= first) & (switched_on > switched_off)
