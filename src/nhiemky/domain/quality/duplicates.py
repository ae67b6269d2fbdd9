"""Who may be in the register twice: pairs with the reasons that speak for it and against it.

No score: a pair is shown because named reasons hold, and somebody decides. That two people carry one identity number or
one card number cannot be: the database keeps both unique.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from nhiemky.domain.organisation.structure import Ints

# What speaks for it, the strongest first.
FOR = ("same_file", "same_name", "near_name", "same_birth", "same_birth_year", "same_home", "same_phone",
       "same_decision", "number_missing")  # fmt: skip
AGAINST = ("other_sex", "both_numbers", "other_home", "other_decision")
_FEW_LETTERS = 1


@dataclass(frozen=True, slots=True)
class Record:
    """What is compared. `name` and `home` are folded: lower case, without diacritics."""

    person: int
    name: str
    born: date
    year_only: bool
    sex: str
    home: str = ""
    file_number: str = ""
    phone: str = ""
    decided: date | None = None
    has_identity: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two people, the smaller id first, and why they may be one."""

    first: int
    second: int
    reasons: tuple[str, ...]
    against: tuple[str, ...]

    @property
    def pair(self) -> tuple[int, int]:
        return self.first, self.second


def compare(one: Record, other: Record) -> Candidate | None:
    """The pair, if enough speaks for it: a shared file number, or a name and a birth that agree and something more."""
    reasons = tuple(key for key in FOR if _speaks_for(key, one, other))
    if not _enough(set(reasons)):
        return None
    against = tuple(key for key in AGAINST if _speaks_against(key, one, other))
    return Candidate(min(one.person, other.person), max(one.person, other.person), reasons, against)


def _enough(reasons: set[str]) -> bool:
    if "same_file" in reasons:
        return True
    more = reasons & {"same_home", "same_phone", "same_decision"}
    if "same_name" in reasons and "same_birth" in reasons:
        return bool(more | (reasons & {"number_missing"}))
    if "same_name" in reasons and "same_birth_year" in reasons:
        return bool(more)
    return "near_name" in reasons and "same_birth" in reasons and "same_home" in reasons


def _speaks_for(key: str, one: Record, other: Record) -> bool:
    if key in ("same_birth", "same_birth_year"):
        certain = not (one.year_only or other.year_only)
        return one.born == other.born if key == "same_birth" and certain else (
            key == "same_birth_year" and not certain and one.born.year == other.born.year
        )  # fmt: skip
    agree: Mapping[str, bool] = {
        "same_file": bool(one.file_number) and one.file_number == other.file_number,
        "same_name": one.name == other.name,
        "near_name": one.name != other.name and near(one.name, other.name),
        "same_home": bool(one.home) and one.home == other.home,
        "same_phone": bool(one.phone) and one.phone == other.phone,
        "same_decision": one.decided is not None and one.decided == other.decided,
        "number_missing": not (one.has_identity and other.has_identity),
    }
    return agree[key]


def _speaks_against(key: str, one: Record, other: Record) -> bool:
    differ: Mapping[str, bool] = {
        "other_sex": one.sex != other.sex,
        "both_numbers": one.has_identity and other.has_identity,
        "other_home": bool(one.home and other.home) and one.home != other.home,
        "other_decision": None not in (one.decided, other.decided) and one.decided != other.decided,
    }
    return differ[key]


def near(one: str, other: str) -> bool:
    """Names that may be one: a letter differs, the words stand in another order, or a middle name is left out."""
    words, others = one.split(), other.split()
    if sorted(words) == sorted(others):
        return True
    if len(words) != len(others):
        short, long = sorted((words, others), key=len)
        return len(long) - len(short) == 1 and len(short) > 1 and _left_out(short, long)
    return _one_letter(one, other)


def _left_out(short: Sequence[str], long: Sequence[str]) -> bool:
    """The family and the given name stay; one word between them is missing."""
    ends = short[0] == long[0] and short[-1] == long[-1]
    return ends and any(list(short) == [*long[:n], *long[n + 1 :]] for n in range(1, len(long) - 1))


def _one_letter(one: str, other: str) -> bool:
    """At most one letter is put in, left out or changed."""
    if abs(len(one) - len(other)) > _FEW_LETTERS:
        return False
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, its = one[start:], other[start:]
    return rest[1:] == its[1:] or rest[1:] == its or rest == its[1:]


# Which pairs are worth comparing


def groups(*keys: Ints) -> Iterable[Ints]:
    """Positions that agree in all keys; where a key is 0 nothing is known, and nobody agrees."""
    known = np.flatnonzero(np.logical_and.reduce([key != 0 for key in keys]))
    order = known[np.lexsort([key[known] for key in keys])]
    if not len(order):
        return
    differs = np.any([np.diff(key[order]) != 0 for key in keys], axis=0)
    edges = np.concatenate([[0], np.flatnonzero(differs) + 1, [len(order)]])
    for start in np.flatnonzero(np.diff(edges) > 1):
        yield order[edges[start] : edges[start + 1]]
