"""What the register keeps of the generated people beside the ledger: home, schooling, work, theory, religion.

Drawn from a source of its own, so that the history does not depend on it. The shares are invented.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from nhiemky.demo import places
from nhiemky.demo.book import YEAR, Book, Bools, Floats, Ints
from nhiemky.demo.people import TARGET_DAY
from nhiemky.demo.profiles import RESIDENTIAL
from nhiemky.demo.units import PROVINCES, Spec
from nhiemky.domain.organisation.kinds import SECTOR_KEYS
from nhiemky.domain.periods import day_number

Texts = NDArray[np.object_]
Shares = Mapping[str, float]
_SEED = 20251125
_AGENCY, _SERVICE, _POLICE, _MILITARY = (
    SECTOR_KEYS.index(key) for key in ("agency", "public_service", "police", "military")
)
_WORK: Mapping[str, Shares] = {
    "residential": {"farmer": 58, "worker": 17, "public_employee": 6, "business_owner": 3, "student": 1, "other": 15},
    "agency": {"civil_servant": 96, "worker": 4},
    "public_service": {"public_employee": 97, "civil_servant": 3},
    "state_enterprise": {"worker": 100},
    "private_enterprise": {"worker": 88, "business_owner": 12},
    "private_service": {"worker": 95, "business_owner": 5},
    "cooperative": {"farmer": 62, "worker": 33, "business_owner": 5},
    "police": {"armed_forces": 100},
    "military": {"armed_forces": 100},
}
# At home at 60 and older most have retired from work, the others farm on.
_RETIRED = 0.72
_QUALIFIED: Mapping[str, Shares] = {
    "residential": {"none": 40, "elementary": 17, "intermediate": 20, "college": 8, "university": 14, "master": 1},
    "agency": {"intermediate": 5, "college": 6, "university": 69, "master": 19, "doctor": 1},
    "public_service": {"intermediate": 6, "college": 13, "university": 69, "master": 11, "doctor": 1},
    "police": {"intermediate": 26, "college": 5, "university": 63, "master": 6},
    "military": {"elementary": 8, "intermediate": 30, "college": 10, "university": 49, "master": 3},
    "": {"none": 10, "elementary": 16, "intermediate": 26, "college": 16, "university": 30, "master": 2},
}
_THEORY: Mapping[str, Shares] = {
    "residential": {"none": 34, "elementary": 48, "intermediate": 16, "advanced": 2},
    "agency": {"none": 9, "elementary": 30, "intermediate": 42, "advanced": 18, "bachelor": 1},
    "": {"none": 26, "elementary": 52, "intermediate": 19, "advanced": 3},
}
_SCHOOL_OLD: Shares = {"primary": 9, "lower_secondary": 46, "upper_secondary": 45}
_SCHOOL_AT_HOME: Shares = {"primary": 1, "lower_secondary": 20, "upper_secondary": 79}
_SCHOOL: Shares = {"lower_secondary": 1, "upper_secondary": 99}
_RELIGION: Shares = {"none": 970, "buddhism": 17, "catholicism": 7, "protestantism": 3, "cao_dai": 3}
_RELIGION_UPLAND: Shares = {"none": 955, "catholicism": 30, "protestantism": 13, "buddhism": 2}
_TITLES: Shares = {"": 86, "associate_professor": 13, "professor": 1}
_PREFIXES = ("032", "033", "034", "035", "036", "037", "038", "070", "077", "090", "091", "093", "094", "097", "098")
_ELSEWHERE = (
    "huyện Phù Mỹ, tỉnh Bình Định", "huyện Hoài Nhơn, tỉnh Bình Định", "huyện Núi Thành, tỉnh Quảng Nam",
    "huyện Thăng Bình, tỉnh Quảng Nam", "huyện Nghi Lộc, tỉnh Nghệ An", "huyện Thạch Hà, tỉnh Hà Tĩnh",
    "huyện Quảng Xương, tỉnh Thanh Hóa", "huyện Hải Hậu, tỉnh Nam Định", "thành phố Pleiku, tỉnh Gia Lai",
)  # fmt: skip
_FROM_ELSEWHERE, _LIVES_ELSEWHERE = 0.07, 0.12


def draw(book: Book, kept: Ints, unit: Ints, groups: Ints) -> dict[str, Texts]:
    """The texts of each field for the people, who were last in the cells `unit`."""
    rng = np.random.default_rng(_SEED)
    sector, age = book.sector[unit], (day_number(TARGET_DAY) - book.birth[kept]) / YEAR
    qualification = _by_sector(rng, _QUALIFIED, sector)
    homes = _Homes(rng, book.specs)
    home_place, residence = homes.draw(unit, book.province[unit])
    upland = groups > 1
    return {
        "religion": _either(rng, upland, _RELIGION_UPLAND, _RELIGION),
        "home_place": home_place,
        "residence": residence,
        "phone": _phones(rng, len(kept)),
        "occupation": _work(rng, sector, age),
        "general_education": _school(rng, sector, age, qualification),
        "qualification": qualification,
        "academic_title": np.where(qualification == "doctor", _drawn(rng, _TITLES, len(kept)), ""),
        "political_theory": _by_sector(rng, _THEORY, sector),
    }


def _drawn(rng: np.random.Generator, shares: Shares, count: int) -> Texts:
    weights = np.array(list(shares.values()), dtype=float)
    chosen: Texts = np.array(list(shares), dtype=object)[rng.choice(len(weights), count, p=weights / weights.sum())]
    return chosen


def _either(rng: np.random.Generator, which: Bools, yes: Shares, no: Shares) -> Texts:
    return np.where(which, _drawn(rng, yes, len(which)), _drawn(rng, no, len(which)))


def _by_sector(rng: np.random.Generator, table: Mapping[str, Shares], sector: Ints) -> Texts:
    drawn: Texts = np.full(len(sector), "", dtype=object)
    for code, key in enumerate(SECTOR_KEYS):
        rows = np.flatnonzero(sector == code)
        drawn[rows] = _drawn(rng, table.get(key) or table[""], len(rows))
    return drawn


def _work(rng: np.random.Generator, sector: Ints, age: Floats) -> Texts:
    work = _by_sector(rng, _WORK, sector)
    work = np.where((work == "student") & (age >= 30), "worker", work)
    old = (sector == RESIDENTIAL) & (age >= 60)
    return np.where(old, np.where(rng.random(len(sector)) < _RETIRED, "retired", "farmer"), work)


def _school(rng: np.random.Generator, sector: Ints, age: Floats, qualification: Texts) -> Texts:
    """Who studied has left upper secondary school before."""
    home = sector == RESIDENTIAL
    drawn = np.where(
        home & (age >= 65), _drawn(rng, _SCHOOL_OLD, len(age)), _either(rng, home, _SCHOOL_AT_HOME, _SCHOOL)
    )
    studied = np.isin(qualification.astype(str), ["college", "university", "master", "doctor"])
    return np.where(studied, "upper_secondary", drawn)


def _phones(rng: np.random.Generator, count: int) -> Texts:
    prefixes = rng.choice(_PREFIXES, count).tolist()
    tails = rng.choice(10_000_000, count, replace=False).tolist()
    return np.array([f"{prefix}{tail:07}" for prefix, tail in zip(prefixes, tails, strict=True)], dtype=object)


class _Homes:
    """Where people come from and live: the communes around their cell, as called when they were born and now."""

    def __init__(self, rng: np.random.Generator, specs: Sequence[Spec]) -> None:
        self.rng, communes = rng, places.old_communes()
        districts = {d.code: d.lower_name for d in places.districts()}
        now = {commune.code: commune.lower_name for commune in places.new_communes()}
        self.homes = np.array([
            f"{c.lower_name}, {districts[c.district]}, tỉnh {PROVINCES[c.province][1]}" for c in communes
        ], dtype=object)  # fmt: skip
        self.living = np.array([f"{now[places.heirs()[c.code][0]]}, tỉnh Quảng Ngãi" for c in communes], dtype=object)
        by_code = {c.code: n for n, c in enumerate(communes)}
        above = {spec.code: spec for spec in specs}
        self.own = np.array([by_code.get(_commune(spec, above), -1) for spec in specs], dtype=np.int64)
        self.near: dict[str, Ints] = {}
        for key in {(s.province, s.district) for s in specs}:
            near = [n for n, c in enumerate(communes) if c.province == key[0] and key[1] in ("", c.district)]
            # Lý Sơn had no communes: its people are of the province.
            whole = [n for n, c in enumerate(communes) if c.province == key[0]]
            self.near["/".join(key)] = np.array(near or whole, dtype=np.int64)
        self.place = np.array([f"{s.province}/{s.district}" for s in specs])

    def draw(self, unit: Ints, province: NDArray[np.str_]) -> tuple[Texts, Texts]:
        """Home place and residence of the people of the cells."""
        count, rng = len(unit), self.rng
        around = np.zeros(count, dtype=np.int64)
        for key in np.unique(self.place[unit]):
            rows = np.flatnonzero(self.place[unit] == key)
            around[rows] = rng.choice(self.near[str(key)], len(rows))
        own = np.where(self.own[unit] >= 0, self.own[unit], around)
        homes = self.homes[np.where(rng.random(count) < 0.6, own, around)]
        away = rng.random(count) < _FROM_ELSEWHERE
        homes[away] = rng.choice(np.array(_ELSEWHERE, dtype=object), int(away.sum()))
        return homes, self.living[np.where(rng.random(count) < _LIVES_ELSEWHERE, around, own)]


def _commune(spec: Spec, above: Mapping[str, Spec]) -> str:
    """The code of the old commune in which a cell stands; empty outside the communes."""
    at: Spec | None = spec
    while at is not None:
        if at.area.startswith("2024-"):
            return at.area.removeprefix("2024-")
        at = above.get(at.parent)
    return ""
