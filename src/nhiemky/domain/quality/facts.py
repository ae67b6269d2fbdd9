"""What the checks look at of each person, as arrays; and what an identity number says about its holder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np

from nhiemky.domain.members.particulars import OCCUPATIONS
from nhiemky.domain.organisation.structure import Bools, Ints

# Particulars that may be left empty, each a bit of `Facts.empty`.
MAY_BE_EMPTY = (
    "identity_number",
    "file_number",
    "card_number",
    "home_place",
    "residence",
    "phone",
    "religion",
    "occupation",
    "general_education",
    "qualification",
    "political_theory",
)
EMPTY_BIT: Mapping[str, int] = {key: 1 << number for number, key in enumerate(MAY_BE_EMPTY)}
OCCUPATION_CODE: Mapping[str, int] = {key: number for number, key in enumerate(("", *OCCUPATIONS))}
# What an identity number contradicts, each a bit of `Facts.identity`; 0 where nothing, or where there is no number.
IDENTITY_SEX, IDENTITY_YEAR, IDENTITY_PROVINCE = 1, 2, 4
# TT 07/2016/TT-BCA: codes of the 63 provinces; other codes are of countries.
_LAST_PROVINCE = 96


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry per person. Days are day numbers, FOREVER where there is none.

    `official` is the standing of the day, `official_on` the day that the person's particulars name. `file_hash` is
    equal for equal file numbers, 0 for none; `file_shared` tells that somebody else has the same.
    """

    born: Ints
    year_only: Bools
    decided: Ints
    admitted: Ints
    official_on: Ints
    official: Bools
    empty: Ints
    occupation: Ints
    identity: Ints
    file_shared: Bools

    def at(self, rows: Ints) -> Facts:
        """Of some people only."""
        return Facts(**{one.name: getattr(self, one.name)[rows] for one in fields(self)})

    def lacks(self, key: str) -> Bools:
        """Who has nothing in the field."""
        lacking: Bools = (self.empty & EMPTY_BIT[key]) != 0
        return lacking


def read_identity(number: str, *, female: bool, birth_year: int) -> int:
    """What the number contradicts, as bits: sex or century, the year, the province of registration.

    Of twelve digits the first three are the province or country of birth registration, the fourth century and sex, the
    next two the year (TT 07/2016/TT-BCA). The number is for life and right by definition: what differs may as well be
    the sex or the day of birth that the register has.
    """
    found = 0
    if number[3] != str(2 * (birth_year // 100 - 19) + int(female)):
        found |= IDENTITY_SEX
    if number[4:6] != f"{birth_year % 100:02}":
        found |= IDENTITY_YEAR
    if not 1 <= int(number[:3]) <= _LAST_PROVINCE:
        found |= IDENTITY_PROVINCE
    return found


def shared(hashes: Ints) -> Bools:
    """Which values occur more than once; 0 stands for none."""
    values, inverse, counts = np.unique(hashes, return_inverse=True, return_counts=True)
    twice: Bools = (counts[inverse] > 1) & (values[inverse] != 0)
    return twice
