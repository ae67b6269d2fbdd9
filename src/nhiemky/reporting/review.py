"""The review of a unit and year as data: chapters of sentences whose numbers are references, and its tables.

Page, .docx, .xlsx and .json are four ways to show this one value, so they cannot say different things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from nhiemky.domain.members.kinds import MOVEMENT
from nhiemky.domain.organisation.kinds import CELL_KINDS
from nhiemky.domain.reporting import wording
from nhiemky.domain.reporting.ledger import Balance, balance
from nhiemky.reporting import selectors
from nhiemky.reporting.declaring import Indicator
from nhiemky.reporting.indicators import BY_KEY, INDICATORS, PENDING
from nhiemky.reporting.review_text import CHAPTERS, PENDING_LINES, WORDS, Chapter, Line
from nhiemky.reporting.selectors import Figure, Part, Question, Share

_SLOT = re.compile(r"\{([^{}]+)\}")
_PLAIN = ("Whole", "whole", "day", "year")


@dataclass(frozen=True, slots=True)
class Ref:
    """A number of a sentence: which indicator, which field of it, as written and exactly."""

    key: str
    field: str
    text: str
    value: float | None = None


Sentence = tuple[str | Ref, ...]


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    number: int
    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """A line of the balance: a kind of movement, or opening and closing (`stock`)."""

    name: str
    came: int | None = None
    went: int | None = None
    stock: int | None = None


@dataclass(frozen=True, slots=True)
class PartLine:
    """A unit directly below: admissions with the year before and target, members, coverage of cells."""

    code: str
    name: str
    admitted: Part
    previous: int | None
    members: Part
    cells: Part
    with_committee: Part


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
    writer = _Writer(asked, language, found, kind)
    ledger = _balance(asked, language)
    return Review(
        asked=asked,
        language=language,
        code=structure.codes[asked.unit],
        unit=version.name if version else structure.codes[asked.unit],
        kind=kind,
        title=writer.words("title" if asked.finished else "title_part"),
        subject=writer.words("subject"),
        restated=_restated(asked, language),
        sections=tuple(writer.sections()),
        balance=ledger,
        balance_note="" if asked.structure is None else WORDS["no_balance"].in_language(language),
        parts=_parts(asked),
        figures=found,
        shares=selectors.shares(found),
    )


def _restated(asked: Question, language: str) -> str:
    if asked.structure is None:
        return ""
    return WORDS["restated"].in_language(language).format(day=wording.write_day(asked.structure))


class _Writer:
    """Writes the chapters for one set of figures."""

    def __init__(self, asked: Question, language: str, found: dict[str, Figure], kind: str) -> None:
        self.asked, self.language, self.found = asked, language, found
        of_kind = "provincial" if kind == "provincial" else "cell" if kind in CELL_KINDS else "committee"
        whole = WORDS[f"whole.{of_kind}"].in_language(language)
        self.is_cell = of_kind == "cell"
        self.plain = {
            "whole": whole,
            "Whole": whole[0].upper() + whole[1:],
            "day": wording.write_day(asked.on),
            "year": str(asked.year),
        }

    def words(self, key: str) -> str:
        return WORDS[key].in_language(self.language).format(**self.plain)

    def sections(self) -> Iterator[Section]:
        wanted = [chapter for chapter in CHAPTERS if not (self.is_cell and chapter.key == "units")]
        for number, chapter in enumerate(wanted, start=1):
            lines = self._nothing(chapter) or tuple(self.sentence(x) for x in chapter.lines if self._wanted(x))
            yield Section(chapter.key, number, chapter.title.in_language(self.language), lines)
        none = wording.missing("no_data", self.language)
        pending = []
        for figure in PENDING:
            before, _slot, after = PENDING_LINES[figure.key].in_language(self.language).partition("{none}")
            pending.append((before, Ref(figure.key, "value", none), after))
        yield Section("pending", len(wanted) + 1, self.words("personnel"), tuple(pending))

    def _nothing(self, chapter: Chapter) -> tuple[Sentence, ...]:
        """One sentence for a chapter in which there is no number at all, for one reason."""
        keys = [key for line in chapter.lines for slot in _SLOT.findall(line.vi) for key in _keys(slot)]
        reasons = {self.found[key].why for key in keys}
        if len(reasons) > 1 or reasons & {"", "split"}:
            return ()
        said = wording.missing(reasons.pop(), self.language)
        return ((Ref(keys[0], "value", said[0].upper() + said[1:]), "."),)

    def _wanted(self, line: Line) -> bool:
        return not line.needs or self.found[line.needs].value != 0

    def sentence(self, line: Line) -> Sentence:
        """The line with its numbers; one with an unknown number becomes a list that says which and why."""
        keys = list(dict.fromkeys(key for slot in _SLOT.findall(line.vi) for key in _keys(slot)))
        if any(self.found[key].value is None for key in keys):
            return self._listed(keys)
        pattern = line.pattern(self.language, zero=not self.found[keys[0]].value)
        return _joined(piece for n, bit in enumerate(_SLOT.split(pattern)) for piece in self._pieces(bit, n % 2 == 1))

    def _listed(self, keys: list[str]) -> Sentence:
        if len({self.found[key].why for key in keys}) == 1 and self.found[keys[0]].why != "split":
            names = ", ".join(BY_KEY[key].name.in_language(self.language) for key in keys)
            gap = Ref(keys[0], "value", wording.missing(self.found[keys[0]].why, self.language))
            return (f"{names}: ", gap, ".")
        pieces: list[str | Ref] = []
        for key in keys:
            pieces += [("; " if pieces else "") + BY_KEY[key].name.in_language(self.language) + ": "]
            pieces += self.value_pieces(key)
        return _joined([*pieces, "."])

    def value_pieces(self, key: str) -> list[str | Ref]:
        """The value, its bounds, or why there is none."""
        figure = self.found[key]
        if figure.value is not None:
            return [Ref(key, "value", wording.write_number(figure.value, self.language), figure.value)]
        if figure.why == "split":
            return _refs(key, wording.inexact(figure.low, figure.high, self.language))
        return [Ref(key, "value", wording.missing(figure.why, self.language))]

    def _pieces(self, bit: str, is_slot: bool) -> list[str | Ref]:
        if not is_slot:
            return [bit]
        if bit in _PLAIN:
            return [self.plain[bit]]
        lead, bit = (bit[:2], bit[2:]) if bit.startswith(", ") else ("", bit)
        if ":" in bit:
            key, _colon, clause = bit.partition(":")
            made = self._clause(key, clause)
            return [lead, *made] if made else []
        if "#" in bit:
            key, _hash, words = bit.partition("#")
            one, many = words.split("|")
            return [one if self.found[key].value == 1 else many]
        key, _bar, if_none = bit.partition("|")
        if if_none and self.found[key].value == 0:
            return [Ref(key, "value", if_none, 0)]
        return self.value_pieces(key)

    def _clause(self, key: str, clause: str) -> list[str | Ref]:
        if clause == "share":
            part, whole = key.split("/")
            number = wording.share(self.found[part].value, self.found[whole].value, self.language)
            return [Ref(part, "share", number.text, number.value)]
        figure, finished = self.found[key], self.asked.finished
        assert figure.value is not None
        if clause == "reach":
            pieces = wording.reach(
                figure.value, figure.target, self.language, finished=finished, assumed=figure.target_assumed
            )
        else:
            pieces = wording.versus(
                figure.value,
                figure.previous,
                self.asked.year - 1,
                self.language,
                part_year=not finished,
                why=figure.previous_why,
            )
        return _refs(key, pieces)


def _keys(slot: str) -> list[str]:
    if slot in _PLAIN:
        return []
    return re.split(r"[:|#]", slot.removeprefix(", "))[0].split("/")


def _refs(key: str, pieces: wording.Pieces) -> list[str | Ref]:
    return [piece if isinstance(piece, str) else Ref(key, piece.field, piece.text, piece.value) for piece in pieces]


def _joined(pieces: Iterator[str | Ref] | list[str | Ref]) -> Sentence:
    result: list[str | Ref] = []
    for piece in pieces:
        if isinstance(piece, str) and result and isinstance(result[-1], str):
            result[-1] += piece
        elif piece:
            result.append(piece)
    return tuple(result)


def plain(sentence: Sentence) -> str:
    """The sentence as text."""
    return "".join(piece if isinstance(piece, str) else piece.text for piece in sentence)


# --- Tables ----------------------------------------------------------------------------------------------------------

_drawn: dict[tuple[int, date], tuple[object, Balance]] = {}


def _drawn_balance(asked: Question) -> Balance:
    """The balance of all units over the period, drawn up once per state of the register."""
    held = selectors.facts()
    key = (asked.year, asked.on)
    if key not in _drawn or _drawn[key][0] is not held:
        if len(_drawn) > 4:
            _drawn.clear()
        _drawn[key] = (held, balance(held.structure, held.columns, asked.during))
    return _drawn[key][1]


def _balance(asked: Question, language: str) -> tuple[BalanceLine, ...]:
    """Opening, entries by kind, closing; nothing where it would have to be restated or nothing is known."""
    now = selectors.Asked(selectors.facts(), asked)
    if asked.structure is not None or now.why_none(BY_KEY["members.admitted"]):
        return ()
    drawn, unit = _drawn_balance(asked), asked.unit
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


def _parts(asked: Question) -> tuple[PartLine, ...]:
    columns = [
        selectors.parts(asked, BY_KEY[key])
        for key in (
            "members.admitted",
            "members.total",
            "cells.residential.total",
            "cells.residential.with_committee",
        )
    ]
    before = selectors.Asked(selectors.facts(), asked.before)
    return tuple(
        PartLine(
            admitted.code,
            admitted.name,
            admitted,
            before.value(BY_KEY["members.admitted"], admitted.place)[0],
            members,
            cells,
            with_committee,
        )
        for admitted, members, cells, with_committee in zip(*columns, strict=True)
    )


def table_of_figures(found: Review) -> list[tuple[Indicator, Figure]]:
    """Every figure in the order of the indicators."""
    return [(indicator, found.figures[indicator.key]) for indicator in INDICATORS]
