"""What an indicator is, and how each sort of indicator is put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nhiemky.domain.organisation.structure import Bools, Ints
from nhiemky.domain.reporting.counting import (
    Count,
    Day,
    Span,
    count_movements,
    count_people,
    count_unit_changes,
    count_units,
    stands,
)
from nhiemky.domain.reporting.lenses import Lens
from nhiemky.domain.reporting.lives import Pick, count_own, count_pieces
from nhiemky.reporting.work import placed


@dataclass(frozen=True)
class Text:
    """A name in both languages: content, not interface, so it is data."""

    vi: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language.startswith("en") else self.vi


REGISTER = ("people", "movements", "units")
MEASURES = {
    "people": Text("đảng viên", "members"),
    "movements": Text("đảng viên", "members"),
    "units": Text("tổ chức", "units"),
    "tasks": Text("nhiệm vụ", "tasks"),
    "key_tasks": Text("nhiệm vụ", "tasks"),
    "programmes": Text("văn bản", "papers"),
    "papers": Text("văn bản", "papers"),
    "directives": Text("văn bản", "directives"),
    "regulations": Text("quy định", "regulations"),
    "limits": Text("hạn chế", "limits"),
    "instructions": Text("nội dung", "points"),
}
"""What a row of each table is."""


@dataclass(frozen=True)
class Indicator:
    """A figure that is counted.

    `table` says what a row is: people, movements, units, or a record of work (`MEASURES`). `stock` figures are of a
    day, flows of a period. `stands` says where a row stood when it was counted (`counting.stands`). `rising_is` tells
    how a change is to be read: good, bad or neither.
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
        return MEASURES[self.table]

    @property
    def is_work(self) -> bool:
        """Whether rows are records of work, not of the register."""
        return self.table not in REGISTER

    @property
    def needs(self) -> str:
        """The permission to see the rows beside the number; units are shown to everybody who may see the number."""
        return "" if self.table == "units" else "work.view" if self.is_work else "members.view"

    def stood(self, day: Day, span: Span, rows: Ints) -> tuple[Ints, Ints]:
        """The unit each row stood in, and the day number of the tree in which that is looked at."""
        if self.is_work:
            return placed(self.table, day.facts.structure).standing(day, rows)
        return stands(day, span, rows, self.stands)

    @property
    def additive(self) -> bool:
        """Whether the figures of all units below add up to that of the unit above.

        What crosses a unit's border does not: a move between two units below leaves one and enters the other, and stays
        inside the unit above. `docs/figures.md` says more.
        """
        return self.stands not in ("in", "out", "own")


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


def work(
    key: str,
    vi: str,
    en: str,
    meaning: tuple[str, str],
    table: str,
    pick: Pick,
    *,
    group: str,
    stock: bool = False,
    rising_is: str = "neither",
) -> Indicator:
    """An indicator that counts records of work of a unit and those below it."""

    def count(day: Day, span: Span, unit: int, lens: Lens) -> Count:
        return count_pieces(placed(table, day.facts.structure), pick, day, span, unit, lens)

    return Indicator(key, Text(vi, en), Text(*meaning), table, stock, count, group, "work", rising_is)


def own_work(
    key: str,
    vi: str,
    en: str,
    meaning: tuple[str, str],
    table: str,
    pick: Pick,
    *,
    group: str,
    grouped: bool = False,
    rising_is: str = "neither",
) -> Indicator:
    """An indicator that counts records of the unit itself."""

    def count(day: Day, span: Span, unit: int, lens: Lens) -> Count:
        return count_own(placed(table, day.facts.structure), pick, day, span, unit, grouped=grouped)

    return Indicator(key, Text(vi, en), Text(*meaning), table, False, count, group, "own", rising_is)
