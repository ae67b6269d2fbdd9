"""What pages of figures show: lines, parts, pictures and sentences, with the addresses their numbers open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.core.components import Fact
from nhiemky.core.days import write_day
from nhiemky.domain.reporting import wording
from nhiemky.reporting import selectors
from nhiemky.reporting.charts import Chart
from nhiemky.reporting.indicators import BY_KEY, INDICATORS
from nhiemky.reporting.ratios import GROUPS, PENDING
from nhiemky.reporting.review import Review
from nhiemky.reporting.selectors import Figure, Question
from nhiemky.reporting.sentences import Ref
from nhiemky.reporting.shares import Share, shares
from nhiemky.reporting.trends import trend

if TYPE_CHECKING:
    from nhiemky.reporting.views.choices import Choice

_TONES = {"good": "up", "bad": "down", "neither": "none"}


@dataclass(frozen=True)
class Line:
    """One figure in a table."""

    key: str
    name: str
    url: str
    value: int | None
    gap: str
    previous: int | None
    previous_gap: str
    change: int | None
    tone: str
    target: int | None = None
    assumed: bool = False
    reached: str = ""
    short: bool = False
    spark: tuple[int | None, ...] = ()
    percent: float | None = None
    percent_previous: float | None = None
    points: str = ""
    meaning: str = ""
    note: str = ""


@dataclass(frozen=True)
class Heads:
    """What stands over the columns of a year and the year before."""

    now: str
    before: str
    admitted_now: str
    admitted_before: str


def heads(choice: Choice, language: str) -> Heads:
    """A part of a year says up to which day, and that the year before is told up to the same day."""
    asked = choice.asked
    now = wording.head(asked.year, asked.on, language, finished=asked.finished)
    before = wording.head(asked.before.year, asked.before.on, language, finished=asked.finished, before=True)
    admitted = BY_KEY["members.admitted"].name.in_language(language)
    return Heads(now, before, f"{admitted} {now}", f"{admitted} {before[0].lower()}{before[1:]}")


@dataclass(frozen=True)
class Group:
    """Figures of one subject."""

    name: str
    lines: tuple[Line, ...]
    pending: bool = False


def groups(choice: Choice, language: str, found: Mapping[str, Figure] | None = None) -> list[Group]:
    """All figures by subject, each with its course over the years; ratios after the figures they are made of."""
    counted = dict(found) if found is not None else selectors.figures(choice.asked)
    courses = trend(choice.asked, counted, choice.today)
    ratios = shares(counted).values()
    result = []
    for group in GROUPS:
        lines = [
            line(choice, counted[i.key], language, tuple(courses[i.key].values.values()))
            for i in INDICATORS
            if i.group == group.key
        ]
        lines += [_share(choice, share, language) for share in ratios if share.ratio.group == group.key]
        if lines and _recorded(group.key, lines):
            result.append(Group(group.name.in_language(language), tuple(lines)))
    pending = tuple(_pending(p.key, p.name.in_language(language), language) for p in PENDING)
    return [*result, Group(GROUPS[-1].name.in_language(language), pending, pending=True)]


_WORK_GROUPS = frozenset(indicator.group for indicator in INDICATORS if indicator.is_work)


def _recorded(group: str, lines: list[Line]) -> bool:
    """Whether there is a number at all: work that was never recorded fills no table with gaps."""
    return group not in _WORK_GROUPS or any((line.value, line.previous) != (None, None) for line in lines)


def line(choice: Choice, figure: Figure, language: str, spark: tuple[int | None, ...] = ()) -> Line:
    """One figure in words and numbers."""
    change, rising = figure.change, figure.indicator.rising_is
    tone = "flat"
    if change and rising != "neither":
        tone = "up" if (change > 0) == (rising == "good") else "down"
    reached = ""
    if figure.target and figure.value is not None:
        reached = wording.write_share(figure.value, figure.target, language)
    return Line(
        key=figure.indicator.key,
        name=figure.indicator.name.in_language(language),
        url=choice.go("figure", figure.indicator.key),
        value=figure.value,
        gap=gap(figure.why, figure.low, figure.high, language),
        previous=figure.previous,
        previous_gap="" if figure.previous is not None else wording.missing(figure.previous_why, language),
        change=change,
        tone=tone,
        target=figure.target,
        assumed=figure.target_assumed,
        reached=reached,
        short=figure.short and choice.asked.finished,
        spark=spark,
        meaning=figure.indicator.definition.in_language(language),
        note=target_note(figure, choice.asked, language),
    )


def target_note(figure: Figure, asked: Question, language: str) -> str:
    """What is to be said with a target: summed up, or why figure and target do not cover the same."""
    if figure.goal is None or figure.value is None or not (figure.apart or figure.goal.summed):
        return ""
    apart = figure.apart
    return wording.plain(
        wording.reach(
            figure.value,
            figure.target,
            language,
            finished=asked.finished,
            summed=figure.goal.summed,
            apart=apart.why if apart else "",
            apart_on=apart.on if apart else None,
        )
    )


def gap(why: str, low: int, high: int, language: str) -> str:
    """What is written where there is no number."""
    if why == "split":
        return f"{wording.write_number(low, language)}–{wording.write_number(high, language)}"
    return wording.missing(why, language) if why else ""


def _share(choice: Choice, share: Share, language: str) -> Line:
    known = share.change
    ratio = share.ratio
    return Line(
        key=ratio.key,
        name=ratio.name.in_language(language),
        url=choice.go("figure", ratio.part),
        value=None,
        gap="" if share.value is not None else wording.missing("no_data", language),
        previous=None,
        previous_gap="" if share.previous is not None else wording.missing("no_data", language),
        change=None,
        tone=_share_tone(known, ratio.rising_is),
        percent=share.value,
        percent_previous=share.previous,
        points="" if known is None else wording.write_points(known, language),
        meaning=ratio.definition.in_language(language),
    )


def _share_tone(change: float | None, rising_is: str) -> str:
    """As `_tone`; a change that is written as 0.0 points is none."""
    if not change or abs(change) < 0.05:
        return "flat"
    return "up" if (change > 0) == (rising_is == "good") else "down"


def _pending(key: str, name: str, language: str) -> Line:
    none = wording.missing("no_data", language)
    return Line(key, name, "", None, none, None, none, None, "flat")


def facts(choice: Choice, figure: Figure, language: str) -> list[Fact]:
    """What a number means, of what, when and how it was counted."""
    asked, indicator = choice.asked, figure.indicator
    first, last = write_day(asked.during.start), write_day(asked.on)
    period = last if indicator.stock else _("%(first)s to %(last)s") % {"first": first, "last": last}
    shape = _("as it was")
    if asked.structure:
        shape = _("restated under the structure of %(day)s") % {"day": write_day(asked.structure)}
    rows = [
        Fact(_("Definition"), indicator.definition.in_language(language)),
        Fact(_("As of") if indicator.stock else _("Period"), period),
        Fact(_("Unit"), choice.name),
        Fact(_("Structure"), shape),
        Fact(_("Counted from"), _COUNTED_FROM[indicator.table]),
    ]
    if figure.why == "split":
        said = wording.plain(wording.inexact(figure.low, figure.high, language))
        rows.append(Fact(_("Exactness"), said[0].upper() + said[1:]))
    if not indicator.additive:
        rows.append(Fact(_("Adding up"), _ITS_OWN if indicator.stands == "own" else _NOT_ADDITIVE))
    if figure.target:
        notes = [_("assumed, to be confirmed")] if figure.target_assumed else []
        notes += [said] if (said := target_note(figure, asked, language)) else []
        rows.append(Fact(_("Target for the year"), figure.target, note="; ".join(notes)))
    return rows


_NOT_ADDITIVE = gettext_lazy(
    "Only what crosses the border of the organisation is counted, so the figures of the units below, which also count "
    "moves among each other, add up to more. The table by organisation shows of each only what crosses this border."
)


_ITS_OWN = gettext_lazy("Only what is the organisation’s own is counted, nothing of the organisations below.")
_COUNTED_FROM: dict[str, str | Promise] = {
    "people": gettext_lazy("the register: people of the day"),
    "movements": gettext_lazy("the ledger: entries in force of the period"),
    "units": gettext_lazy("the register of organisations"),
    "tasks": gettext_lazy("the register of tasks"),
    "key_tasks": gettext_lazy("the ten key tasks of the year"),
    "programmes": gettext_lazy("the register of programmes and plans"),
    "papers": gettext_lazy("what directives ask for and what answers them"),
    "directives": gettext_lazy("what directives ask for and what answers them"),
    "regulations": gettext_lazy("the register of regulations"),
    "limits": gettext_lazy("what conferences pointed out"),
    "instructions": gettext_lazy("what conferences instructed"),
}


# --- Pictures, sentences, tiles --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Picture:
    """A chart with its two addresses, and the same as a table."""

    title: str
    note: str
    light: str
    dark: str
    header: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


def picture(choice: Choice, chart: Chart) -> Picture:
    """The chart as an image of our own."""
    kept = {key: value for key, value in choice.query.items() if key in ("on", "structure")}
    base = reverse("reporting:chart", args=[choice.code, choice.asked.year, chart.key])
    light = "&".join(f"{k}={v}" for k, v in kept.items())
    dark = "&".join([*(f"{k}={v}" for k, v in kept.items()), "theme=dark"])
    return Picture(
        chart.title, chart.note, f"{base}?{light}" if light else base, f"{base}?{dark}", chart.header, chart.lines
    )


@dataclass(frozen=True)
class Piece:
    """A bit of a sentence: text, or a number with the figure it opens. `none`: there is no number."""

    text: str
    url: str = ""
    none: bool = False


@dataclass(frozen=True)
class ShownSection:
    """A section with its sentences as pieces."""

    key: str
    number: int
    title: str
    sentences: tuple[tuple[Piece, ...], ...]


def sections(choice: Choice, found: Review) -> list[ShownSection]:
    """The sections of a review with links."""
    return [
        ShownSection(
            section.key,
            section.number,
            section.title,
            tuple(tuple(_piece(choice, piece) for piece in sentence) for sentence in section.sentences),
        )
        for section in found.sections
    ]


def _piece(choice: Choice, piece: str | Ref) -> Piece:
    if isinstance(piece, str):
        return Piece(piece)
    if piece.value is None:
        return Piece(piece.text, none=True)
    return Piece(piece.text, choice.go("figure", piece.key) if piece.key in BY_KEY else "")


@dataclass(frozen=True)
class Tile:
    """A key figure: arguments of `{% figure %}`."""

    label: str
    value: int | None
    url: str
    of: int | None = None
    delta: int | None = None
    since: str = ""
    target: int | None = None
    good: str = "up"
    note: str = ""


_KEY_FIGURES = ("members.admitted", "members.total", "cells.residential.with_committee", "units.founded.non_state")
TILE_KEYS = (*_KEY_FIGURES, "cells.residential.total")


def tiles(choice: Choice, found: Mapping[str, Figure]) -> list[Tile]:
    """The figures a leader asks for first."""
    year = choice.asked.year - 1
    since = _("the same period of %(year)s") % {"year": year} if not choice.asked.finished else str(year)
    result = []
    for key in _KEY_FIGURES:
        figure = found[key]
        if key.startswith("cells") and not found["cells.residential.total"].high:
            continue
        covered = key == "cells.residential.with_committee"
        result.append(
            Tile(
                label=figure.indicator.name.in_language(_language()),
                value=figure.value,
                url=choice.go("figure", key),
                of=found["cells.residential.total"].value if covered else None,
                delta=None if covered else figure.change,
                since=since,
                target=figure.target,
                good=_TONES[figure.indicator.rising_is],
                note=_note(figure),
            )
        )
    return result


def _note(figure: Figure) -> str:
    if figure.why:
        return gap(figure.why, figure.low, figure.high, _language())
    return _("target to be confirmed") if figure.target_assumed else ""


def _language() -> str:
    from nhiemky.reporting.views.choices import language

    return language()
