"""The review of a unit and year as data: chapters of sentences whose numbers are references, and its tables.

Page, .docx, .xlsx and .json are four ways to show this one value, so they cannot say different things.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from nhiemky.domain.members.kinds import MOVEMENT
from nhiemky.domain.periods import day_number
from nhiemky.domain.reporting import wording
from nhiemky.domain.reporting.ledger import Balance
from nhiemky.reporting import selectors
from nhiemky.reporting.indicators import BY_KEY
from nhiemky.reporting.mergers import drawn_balance, mergers
from nhiemky.reporting.review_text import WORDS
from nhiemky.reporting.selectors import Figure, Question
from nhiemky.reporting.shares import Share, shares
from nhiemky.reporting.splitting import Slice, split
from nhiemky.reporting.writing import Section, Writer


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """A line of the balance: a kind of movement, or opening and closing (`stock`)."""

    name: str
    came: int | None = None
    went: int | None = None
    stock: int | None = None


@dataclass(frozen=True, slots=True)
class PartLine:
    """A line of the table of units below: a unit, or units that were below (their slices say which).

    Slices that have nothing for this line are None.
    """

    mark: str
    name: str
    admitted: Slice | None
    members: Slice | None
    cells: Slice | None
    with_committee: Slice | None

    @property
    def slices(self) -> tuple[Slice | None, ...]:
        """In the order of `PART_KEYS`."""
        return self.admitted, self.members, self.cells, self.with_committee

    @property
    def is_unit(self) -> bool:
        """Whether it is a unit directly below."""
        return not self.mark.startswith("-")


@dataclass(frozen=True)
class Review:
    """Everything the review says."""

    asked: Question
    language: str
    code: str
    unit: str
    kind: str
    title: str
    subject: str
    restated: str
    sections: tuple[Section, ...]
    balance: tuple[BalanceLine, ...]
    balance_note: str
    parts: tuple[PartLine, ...]
    figures: dict[str, Figure]
    shares: dict[str, Share]


def review(asked: Question, language: str) -> Review:
    """Count everything once and write it."""
    structure = selectors.facts().structure
    version = structure.last_version(asked.unit, asked.shape)
    kind = version.kind if version else ""
    found = selectors.figures(asked)
    drawn = _drawn(asked)
    ended = int(structure.ended[asked.unit]) == day_number(asked.on) + 1
    writer = Writer(asked, language, found, kind, mergers(asked, drawn), ended=ended)
    return Review(
        asked=asked,
        language=language,
        code=structure.codes[asked.unit],
        unit=version.name if version else structure.codes[asked.unit],
        kind=kind,
        title=writer.words("title" if asked.finished else "title_part"),
        subject=writer.subject,
        restated=_restated(asked, language),
        sections=tuple(writer.sections()),
        balance=_balance(asked, drawn, language),
        balance_note="" if asked.structure is None else WORDS["no_balance"].in_language(language),
        parts=_parts(asked, language),
        figures=found,
        shares=shares(found),
    )


def _restated(asked: Question, language: str) -> str:
    if asked.structure is None:
        return ""
    return WORDS["restated"].in_language(language).format(day=wording.write_day(asked.structure))


# --- Tables ----------------------------------------------------------------------------------------------------------


def _drawn(asked: Question) -> Balance | None:
    """None where the balance would have to be restated, or nothing is known."""
    now = selectors.Asked(selectors.facts(), asked)
    if asked.structure is not None or now.why_none(BY_KEY["members.admitted"]):
        return None
    return drawn_balance(asked)


def _balance(asked: Question, drawn: Balance | None, language: str) -> tuple[BalanceLine, ...]:
    """Opening, entries by kind, closing."""
    if drawn is None:
        return ()
    unit = asked.unit
    before = wording.write_day(asked.during.start - timedelta(days=1))
    lines = [
        BalanceLine(WORDS["opening"].in_language(language).format(day=before), stock=int(drawn.opening[unit])),
    ]
    for key, pair in drawn.line(unit).items():
        kind = MOVEMENT[key]
        lines.append(BalanceLine(kind.en if language == "en" else kind.vi, pair["in"], pair["out"]))
    after = wording.write_day(asked.on)
    closing = WORDS["closing"].in_language(language).format(day=after)
    lines.append(
        BalanceLine(
            closing,
            sum(line.came or 0 for line in lines),
            sum(line.went or 0 for line in lines),
            int(drawn.closing[unit]),
        )
    )
    return tuple(lines)


PART_KEYS = ("members.admitted", "members.total", "cells.residential.total", "cells.residential.with_committee")


def _parts(asked: Question, language: str) -> tuple[PartLine, ...]:
    """The table of units below; each of its columns adds up to the unit's own figure."""
    columns = [{part.mark: part for part in split(asked, BY_KEY[key])} for key in PART_KEYS]
    marks = dict.fromkeys(mark for mark in _in_order(columns))
    lines = []
    for mark in marks:
        slices = [column.get(mark) for column in columns]
        name = next((part.name for part in slices if part and part.name), "")
        lines.append(PartLine(mark, name or WORDS[f"part.{mark}"].in_language(language), *slices))
    return tuple(lines)


def _in_order(columns: Iterable[dict[str, Slice]]) -> list[str]:
    """Units first, then the lines of what was below and the unit's own."""
    marks = [mark for column in columns for mark in column]
    return [m for m in marks if not m.startswith("-")] + [m for m in marks if m.startswith("-")]


def table_of_figures(found: Review) -> list[Figure]:
    """Every figure of which there is something to say now or the year before, in the order of the indicators."""
    return [figure for figure in found.figures.values() if figure.high or figure.previous or figure.why]
