"""Organisations founded since 2015, in and outside the state sector, spread over the years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from nhiemky.demo import places
from nhiemky.demo.places import KON_TUM, QUANG_NGAI, Place
from nhiemky.demo.units import PROVINCES, Builder, chosen_districts
from nhiemky.demo.workdays import Calendar
from nhiemky.domain.periods import day_of

REFORM = date(2025, 7, 1)
# Per year from 2015; three outside the state sector in Quảng Ngãi in 2022 is the figure of the report.
OUTSIDE = {QUANG_NGAI: (1, 2, 1, 2, 3, 1, 2, 3, 4, 2, 2, 2), KON_TUM: (0, 1, 1, 1, 2, 1, 1, 2, 1, 1, 0, 0)}
STATE = {QUANG_NGAI: (1, 2, 2, 1, 2, 1, 1, 2, 1, 2, 1, 2), KON_TUM: (1, 0, 1, 2, 1, 1, 0, 1, 2, 1, 0, 0)}
_PRIVATE = (
    ("private_enterprise", "Công ty cổ phần {f}"),
    ("private_service", "Trường Mầm non tư thục {f}"),
    ("cooperative", "Hợp tác xã {f}"),
)
_PUBLIC = (
    ("public_service", "Trung tâm Dịch vụ nông nghiệp {b}"),
    ("public_service", "Trung tâm Văn hóa - Thể thao và Truyền thông {b}"),
    ("agency", "Ban Quản lý dự án đầu tư xây dựng {b}"),
    ("public_service", "Trường Mầm non Hoa Sen {b}"),
)
# Since the reform every commune has one of its own.
_COUNTER = ("public_service", "Trung tâm Phục vụ hành chính công {b}")


def found(builder: Builder, calendar: Calendar, *, small: bool) -> None:
    """Add them after everything else, so that nobody's number depends on them."""
    for province in PROVINCES:
        districts = [d for d in chosen_districts(small=small) if d.province == province]
        for kind, table in ((_PRIVATE, OUTSIDE), (_PUBLIC, STATE)):
            for place, count in enumerate(table[province]):
                for number in range(count):
                    _one(builder, calendar, districts, 2015 + place, number, kind)


def _one(builder: Builder, calendar: Calendar, districts: list[Place], year: int, number: int,
         kinds: tuple[tuple[str, str], ...]) -> None:  # fmt: skip
    late = year >= REFORM.year
    first = date(year, 8, 1) if year == REFORM.year else date(year, 1, 12)
    last = date(year, 9, 30) if year == 2026 else date(year, 12, 18)
    day = day_of(int(calendar.draw(builder.rng, 1, first, last)[0]))
    turn = year * 2 + number * 3
    district = districts[turn % len(districts)]
    like = next(s for s in builder.specs if s.code == f"H-{district.code}")
    sector, pattern = kinds[turn % len(kinds)]
    bare, parent = district.bare_name, like.code
    if late:
        seats = places.new_communes_of(district.code)
        commune = next(c for c in places.new_communes() if c.code == seats[turn % len(seats)])
        bare, parent = commune.bare_name, f"X25-{commune.code}"
        sector, pattern = (sector, pattern) if kinds is _PRIVATE else _COUNTER
    name = "Chi bộ " + pattern.format(f=builder.names.firm() if "{f}" in pattern else "", b=bare)
    taken = any(s.name == name for s in builder.specs)
    builder.cell(
        f"{name} số {year % 100}" if taken else name, sector, parent, replace(like, kind="grassroots_cell"),
        kind="grassroots_cell", start=day, weight=0.2, role="founded",
    )  # fmt: skip
