"""Tables by organisation: the parts of a figure, which add up to it, each opening its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhiemky.domain.reporting import wording
from nhiemky.reporting import listing
from nhiemky.reporting.declaring import Indicator
from nhiemky.reporting.indicators import BY_KEY
from nhiemky.reporting.review import PART_KEYS, PartLine, Review
from nhiemky.reporting.review_text import WORDS
from nhiemky.reporting.selectors import Figure
from nhiemky.reporting.splitting import Slice, split
from nhiemky.reporting.tables import gap

if TYPE_CHECKING:
    from nhiemky.reporting.views.choices import Choice


@dataclass(frozen=True)
class Cell:
    """One part of one figure: `url` opens its rows."""

    value: int | None
    gap: str
    url: str
    previous: int | None = None
    previous_gap: str = ""
    target: int | None = None
    short: bool = False
    apart: bool = False


@dataclass(frozen=True)
class PartRow:
    """A unit directly below with its part of a figure; `url` is the unit's own page of the figure."""

    name: str
    url: str
    cell: Cell
    is_unit: bool = True


@dataclass(frozen=True)
class Parts:
    """The parts of a figure, which add up to it, and which notes belong under the table."""

    lines: tuple[PartRow, ...]
    has_target: bool
    has_absent: bool
    has_apart: bool


def parts(choice: Choice, indicator: Indicator, language: str) -> Parts:
    """One figure split by the units directly below."""
    found = split(choice.asked, indicator)
    lines = tuple(
        PartRow(
            name_of(part, language),
            choice.go("figure", indicator.key, unit=part.mark) if part.is_unit else "",
            _cell(choice, indicator.key, part, language),
            part.is_unit,
        )
        for part in found
    )
    return Parts(
        lines,
        has_target=any(part.goal for part in found),
        has_absent=any(part.previous_why in ABSENT for part in found),
        has_apart=any(part.apart for part in found),
    )


ABSENT = ("not_founded", "elsewhere")


def name_of(part: Slice, language: str) -> str:
    """What the line is called."""
    return part.name or WORDS[f"part.{part.mark}"].in_language(language)


def _cell(choice: Choice, key: str, part: Slice | None, language: str) -> Cell:
    if part is None:
        return Cell(None, "", "")
    if listing.may_list(choice.actor, choice.asked, BY_KEY[key]):
        url = choice.go("rows", key, part=part.mark)
    else:
        url = choice.go("figure", key, unit=part.mark) if part.is_unit else ""
    return Cell(
        part.value,
        gap(part.why, part.count.low, part.count.high, language),
        url,
        part.previous,
        "" if part.previous is not None else absent(part, language),
        part.goal.value if part.goal else None,
        part.short and choice.asked.finished,
        part.apart is not None,
    )


def absent(part: Slice, language: str) -> str:
    """A dash where the unit was not there the year before, else why there is no number."""
    return "–" if part.previous_why in ABSENT else wording.missing(part.previous_why, language)


@dataclass(frozen=True)
class ReviewRow:
    """A line of the review's table of units below: its cells in the order of `PART_KEYS`."""

    name: str
    url: str
    cells: tuple[Cell, ...]
    is_unit: bool = True

    @property
    def admitted(self) -> Cell:
        """The cell that has a year before and a target."""
        return self.cells[0]


@dataclass(frozen=True)
class ReviewTable:
    """The review's table of units below with its sum, and which notes belong under it."""

    lines: tuple[ReviewRow, ...]
    total: ReviewRow
    has_absent: bool
    has_apart: bool


def review_parts(choice: Choice, found: Review) -> ReviewTable:
    """The table of units below, each number opening its rows."""
    admitted = [part.admitted for part in found.parts if part.admitted is not None]
    cells = [_total(choice, found.figures[key], found.language) for key in PART_KEYS]
    return ReviewTable(
        tuple(_review_row(choice, part, found.language) for part in found.parts),
        ReviewRow(choice.name, "", tuple(cells)),
        has_absent=any(part.previous_why in ABSENT for part in admitted),
        has_apart=any(part.apart for part in admitted) or found.figures["members.admitted"].apart is not None,
    )


def _total(choice: Choice, figure: Figure, language: str) -> Cell:
    return Cell(
        figure.value,
        gap(figure.why, figure.low, figure.high, language),
        choice.go("figure", figure.indicator.key),
        figure.previous,
        "" if figure.previous is not None else wording.missing(figure.previous_why, language),
        figure.target,
        figure.short and choice.asked.finished,
        figure.apart is not None,
    )


def _review_row(choice: Choice, part: PartLine, language: str) -> ReviewRow:
    return ReviewRow(
        part.name,
        choice.go("figures", unit=part.mark) if part.is_unit else "",
        tuple(_cell(choice, key, piece, language) for key, piece in zip(PART_KEYS, part.slices, strict=True)),
        part.is_unit,
    )
