"""What an indicator is, and how each sort of indicator is put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nhiemky.domain.organisation.structure import Bools
from nhiemky.domain.reporting.counting import (
    Count,
    Day,
    Span,
    count_movements,
    count_people,
    count_unit_changes,
    count_units,
)
from nhiemky.domain.reporting.lenses import Lens


@dataclass(frozen=True)
class Text:
    """A name in both languages: content, not interface, so it is data."""

    vi: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language.startswith("en") else self.vi


@dataclass(frozen=True)
class Indicator:
    """A figure that is counted.

    `table` says what a row is: people, movements or units. `stock` figures are of a day, flows of a period.
    `stands` says where a row stood when it was counted (`counting.stands`). `rising_is` tells how a change is to be
    read: good, bad or neither.
    """

    key: str
    name: Text
    definition: Text
    table: str
    stock: bool
    count: Callable[[Day, Span, int, Lens], Count]
    group: str
    stands: str
    rising_is: str = "neither"
    has_target: bool = False

    @property
    def measure(self) -> Text:
        """The unit in which the figure is given."""
        return Text("tổ chức", "units") if self.table == "units" else Text("đảng viên", "members")

    @property
    def additive(self) -> bool:
        """Whether the figures of all units below add up to that of the unit above.

        What crosses a unit's border does not: a move between two units below leaves one and enters the other, and stays
        inside the unit above. `docs/figures.md` says more.
        """
        return self.stands not in ("in", "out")


@dataclass(frozen=True)
class Ratio:
    """A share: one indicator of another, in per cent; it changes by percentage points."""

    key: str
    name: Text
    definition: Text
    part: str
    whole: str
    group: str
    rising_is: str = "good"
    measure: Text = Text("%", "%")
    measure_of_change: Text = Text("điểm phần trăm", "percentage points")


@dataclass(frozen=True)
class Group:
    key: str
    name: Text


@dataclass(frozen=True)
class Pending:
    """A figure of the yearly review whose capability is not built yet: shown as missing, never typed in."""

    key: str
    name: Text
    group: str = "pending"


def people(
    key: str, vi: str, en: str, meaning: tuple[str, str], pick: Callable[[Day], Bools], group: str = "members"
) -> Indicator:
    """An indicator that counts people on a day."""

    def count(day: Day, span: Span, unit: int, lens: Lens) -> Count:
        return count_people(day, pick, unit, lens)

    return Indicator(key, Text(vi, en), Text(*meaning), "people", True, count, group, "person")


def moves(
    key: str,
    vi: str,
    en: str,
    kinds: tuple[str, ...],
    flow: str,
    meaning: tuple[str, str],
    rising_is: str = "neither",
    has_target: bool = False,
) -> Indicator:
    """An indicator that counts movements of a period."""

    def count(day: Day, span: Span, unit: int, lens: Lens) -> Count:
        return count_movements(span, lambda s: s.of(*kinds), unit, lens, flow=flow)

    told = Text(vi, en), Text(*meaning)
    return Indicator(key, *told, "movements", False, count, "changes", flow, rising_is, has_target)


def units(
    key: str,
    vi: str,
    en: str,
    meaning: tuple[str, str],
    pick: Callable[[Day], Bools],
    group: str = "units",
    rising_is: str = "neither",
) -> Indicator:
    """An indicator that counts units on a day."""

    def count(day: Day, span: Span, unit: int, lens: Lens) -> Count:
        return count_units(day, pick, unit, lens)

    return Indicator(key, Text(vi, en), Text(*meaning), "units", True, count, group, "unit", rising_is)


def changes(
    key: str,
    vi: str,
    en: str,
    meaning: tuple[str, str],
    pick: Callable[[Span], Bools],
    *,
    ends: bool = False,
    rising_is: str = "neither",
) -> Indicator:
    """An indicator that counts units founded or dissolved in a period."""

    def count(day: Day, span: Span, unit: int, lens: Lens) -> Count:
        return count_unit_changes(span, pick, unit, lens, ends=ends)

    stands = "ended" if ends else "born"
    return Indicator(key, Text(vi, en), Text(*meaning), "units", False, count, "unit_changes", stands, rising_is)
