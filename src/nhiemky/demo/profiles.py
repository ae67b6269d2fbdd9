"""Who belongs where: age and sex by sector, and when somebody retires from work into the cell at home."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nhiemky.domain.organisation.kinds import SECTOR_CODE, SECTOR_KEYS

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
RESIDENTIAL = SECTOR_CODE["residential"]


@dataclass(frozen=True)
class Profile:
    """The people of a sector: share of women, youngest, usual and oldest age, retirement of men and women.

    `draws` is the part of the admissions it takes for its size.
    """

    women: float
    ages: tuple[float, float, float]
    retire: tuple[float, float] = (60, 55)
    draws: float = 1.3


PROFILES: Mapping[str, Profile] = {
    "residential": Profile(0.36, (22, 42, 84), draws=0.82),
    "agency": Profile(0.37, (23, 38, 59)),
    "public_service": Profile(0.6, (23, 36, 59)),
    "state_enterprise": Profile(0.3, (23, 37, 58)),
    "private_enterprise": Profile(0.36, (22, 34, 58)),
    "private_service": Profile(0.6, (23, 34, 58)),
    "cooperative": Profile(0.3, (24, 42, 59)),
    "police": Profile(0.13, (20, 31, 56), (58, 55)),
    "military": Profile(0.05, (20, 28, 51), (52, 51)),
}
_TABLE = [PROFILES[key] for key in SECTOR_KEYS]
_WOMEN = np.array([p.women for p in _TABLE])
_AGES = np.array([p.ages for p in _TABLE])
_RETIRE = np.array([p.retire for p in _TABLE])
DRAWS = np.array([p.draws for p in _TABLE])
# A good part of a hamlet's members has come home from work.
_AT_HOME = 0.27


def draw_ages(rng: np.random.Generator, sectors: Ints) -> Floats:
    """Ages of the people of an old cell."""
    low, usual, high = _AGES[sectors].T
    ages = rng.triangular(low, usual, high)
    home = (sectors == RESIDENTIAL) & (rng.random(len(sectors)) < _AT_HOME)
    ages[home] = 57 + rng.gamma(2.0, 6.0, size=int(home.sum()))
    drawn: Floats = np.clip(ages, 21, 86)
    return drawn


def draw_newcomers(rng: np.random.Generator, sectors: Ints) -> Floats:
    """Ages of people who come by transfer: of working age; some come home."""
    low, _usual, high = _AGES[sectors].T
    ages: Floats = rng.triangular(low + 2, low + 8, np.minimum(high - 4, 52))
    home = (sectors == RESIDENTIAL) & (rng.random(len(sectors)) < 0.5)
    ages[home] = rng.uniform(55, 70, size=int(home.sum()))
    return ages


def draw_admitted(rng: np.random.Generator, sectors: Ints) -> Floats:
    """Ages on the day of the ceremony: most under thirty, the forces younger still."""
    forces = np.isin(sectors, [SECTOR_CODE["police"], SECTOR_CODE["military"]])
    ages: Floats = 18.6 + rng.gamma(2.6, 3.4, size=len(sectors)) * np.where(forces, 0.6, 1.0)
    return np.minimum(ages, np.where(forces, 35.0, 53.0))


def draw_women(rng: np.random.Generator, sectors: Ints, ages: Floats) -> Bools:
    """More women among the young, fewer among the old."""
    share = _WOMEN[sectors] * np.where(ages < 35, 1.14, np.where(ages > 58, 0.72, 1.0))
    drawn: Bools = rng.random(len(sectors)) < share
    return drawn


def retirement_age(sectors: Ints, female: Bools, year: int) -> Floats:
    """Years of age at which work ends; since 2021 the general age rises by three and four months a year."""
    ages: Floats = np.where(female, _RETIRE[sectors, 1], _RETIRE[sectors, 0]).astype(float)
    general = _RETIRE[sectors, 0] == 60
    rise = max(0, year - 2020) * np.where(female, 4 / 12, 3 / 12)
    return np.where(general, ages + rise, ages)
