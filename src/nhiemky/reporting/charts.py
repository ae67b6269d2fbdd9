"""Charts as Vega-Lite specifications, drawn on this machine: SVG for pages, PNG for documents.

A chart is data and marks; text that tells the same is made beside it. Nothing is fetched: data are inline, fonts are
those of the machine, and the drawing engine is forbidden every address.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import vl_convert

from nhiemky.domain.organisation.kinds import SECTORS
from nhiemky.domain.periods import day_number
from nhiemky.domain.reporting import wording
from nhiemky.reporting import selectors, trends
from nhiemky.reporting.declaring import Text
from nhiemky.reporting.indicators import BY_KEY
from nhiemky.reporting.places import points
from nhiemky.reporting.selectors import Asked, Question
from nhiemky.reporting.targets import by_year
from nhiemky.reporting.trends import Course

Spec = dict[str, Any]
FONT = "Noto Sans, Segoe UI, Liberation Sans, DejaVu Sans, Arial, sans-serif"
DOC_FONT = "Noto Serif, Liberation Serif, DejaVu Serif, Times New Roman, serif"


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours that match the tokens of the stylesheet."""

    key: str
    ink: str
    quiet: str
    line: str
    one: str
    two: str
    three: str
    accent: str
    ground: str
    font: str = FONT


THEMES = {
    theme.key: theme
    for theme in (
        Theme("light", "#1f1c18", "#665f55", "#e4dfd5", "#17475c", "#c9a24b", "#a9a196", "#a3161c", "transparent"),
        Theme("dark", "#ece7df", "#a8a094", "#36322d", "#8cc4de", "#d9b45f", "#6d665d", "#ff8178", "transparent"),
        Theme("doc", "#000000", "#333333", "#cccccc", "#17475c", "#c9a24b", "#a9a196", "#a3161c", "white", DOC_FONT),
    )
}


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its title, the specification per theme, and the same in a table for those who do not see it."""

    key: str
    title: str
    spec: Callable[[Theme], Spec]
    header: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    note: str = ""


# --- Drawing ---------------------------------------------------------------------------------------------------------

_LOCALES: Mapping[str, Mapping[str, Any]] = {
    "vi": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", "đ"]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""]},
}


def svg(chart: Chart, theme: str, language: str) -> str:
    """The chart for a page."""
    return _svg(_written(chart, theme), language)


def png(chart: Chart, language: str) -> bytes:
    """The chart for a document: on white, in the document's type, at 200 dots per inch."""
    return _png(_written(chart, "doc"), language)


def in_words(chart: Chart) -> str:
    """The numbers of the chart for those who do not see it, as long as they are few."""
    told = "; ".join(f"{line[0]}: {', '.join(line[1:])}" for line in chart.lines[:_TOLD])
    return f"{' / '.join(chart.header)}: {told}" + (" …" if len(chart.lines) > _TOLD else "")


_TOLD = 12


def _written(chart: Chart, theme: str) -> str:
    chosen = THEMES[theme]
    axis = {
        "labelColor": chosen.quiet,
        "titleColor": chosen.quiet,
        "gridColor": chosen.line,
        "domainColor": chosen.line,
    }
    ticks = {"tickColor": chosen.line, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"}
    legend = {"labelColor": chosen.ink, "titleColor": chosen.quiet, "labelFontSize": 12, "titleFontSize": 12}
    config = {
        "font": chosen.font,
        "background": chosen.ground,
        "view": {"stroke": None},
        "axis": {**axis, **ticks},
        "legend": {**legend, "titleFontWeight": "normal", "symbolStrokeWidth": 0},
        "text": {"color": chosen.ink, "fontSize": 12},
    }
    return json.dumps({**chart.spec(chosen), "config": config}, ensure_ascii=False, sort_keys=True)


@lru_cache(maxsize=256)
def _svg(spec: str, language: str) -> str:
    drawn: str = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[], format_locale=dict(_LOCALES[language]))
    return drawn


@lru_cache(maxsize=32)
def _png(spec: str, language: str) -> bytes:
    locale = dict(_LOCALES[language])
    drawn: bytes = vl_convert.vegalite_to_png(spec, scale=2.5, allowed_base_urls=[], format_locale=locale)
    return drawn


# --- The charts ------------------------------------------------------------------------------------------------------


def trend(asked: Question, language: str, today: date, key: str = "members.admitted") -> Chart:
    """A figure by year up to the one asked for, with the target of each year as a mark where there are targets."""
    indicator, course = BY_KEY[key], trends.trend(asked, [key], today)[key]
    targets = _targets(asked, key, today)
    rows = _bars(course, targets, asked.year)
    titles = [_YEAR.in_language(language), indicator.name.in_language(language), _TARGET.in_language(language)]

    def spec(theme: Theme) -> Spec:
        return _sized(rows, 620, 200, _bars_spec(theme, rows, has_targets=bool(targets)))

    shown = 3 if targets else 2
    lines = tuple(
        (
            wording.head(year, course.part_years.get(year, asked.on), language, finished=year not in course.part_years),
            _whole(value, language),
            _whole(targets.get(year), language, none="–"),
        )[:shown]
        for year, value in course.values.items()
    )
    title = f"{indicator.name.in_language(language)} {_BY_YEAR.in_language(language)}"
    return Chart(f"trend.{key}", title, spec, tuple(titles[:shown]), lines, _notes(course, bool(targets), language))


def _bars(course: Course, targets: Mapping[int, int], now: int) -> list[dict[str, object]]:
    """One row per year; the label stands above the target's mark where that would cover it."""
    top = max([*(v or 0 for v in course.values.values()), *targets.values(), 1])
    rows: list[dict[str, object]] = []
    for year, value in course.values.items():
        target, part = targets.get(year), year in course.part_years
        label = value
        if value is not None and target is not None and value <= target < value + 0.13 * top:
            label = target
        shade = "now" if year == now else "other"
        text = f"{year}*" if part else str(year)
        rows.append({"year": text, "value": value, "target": target, "label": label, "shade": shade, "part": part})
    return rows


def _bars_spec(theme: Theme, rows: Sequence[Mapping[str, Any]], *, has_targets: bool) -> Spec:
    top = max([*(row["value"] or 0 for row in rows), *(row["target"] or 0 for row in rows), 1])
    scale = {"domain": [0, 1.12 * top], "nice": False}
    x = {"field": "year", "type": "ordinal", "title": None, "axis": {"labelAngle": 0, "domain": True}}
    y = {"field": "value", "type": "quantitative", "title": None, "scale": scale}
    shades = {"domain": ["now", "other"], "range": [theme.one, theme.three]}
    part = {"condition": {"test": "datum.part", "value": 0.35}, "value": 1}
    dashes = {"condition": {"test": "datum.part", "value": [3, 2]}, "value": [1, 0]}
    shade = _colour("shade", shades)
    bar = {
        "mark": {"type": "bar", "cornerRadiusEnd": 1, "strokeWidth": 1},
        "encoding": {"fill": shade, "stroke": shade, "fillOpacity": part, "strokeDash": dashes},
    }
    tick = {
        "mark": {"type": "tick", "thickness": 2, "color": theme.accent, "bandSize": 40},
        "encoding": {"y": {"field": "target", "type": "quantitative", "scale": scale}},
    }
    text = {
        "mark": {"type": "text", "dy": -7, "fontSize": 11, "color": theme.quiet},
        "encoding": {
            "y": {"field": "label", "type": "quantitative", "scale": scale},
            "text": {"field": "value", "type": "quantitative", "format": ",d"},
        },
    }
    y = {**y, "axis": {"tickCount": 4, "format": ",d"}}
    return {"encoding": {"x": x, "y": y}, "layer": [bar, tick, text] if has_targets else [bar, text]}


def _notes(course: Course, has_targets: bool, language: str) -> str:
    """What the marks mean: the target's line, and the years of which only a part is told."""
    notes = [_MARK.in_language(language)] if has_targets else []
    for year, last in course.part_years.items():
        notes.append(_PART_YEAR.in_language(language).format(year=year, day=wording.write_day(last)))
    return " ".join(notes)


def _targets(asked: Question, key: str, today: date) -> dict[int, int]:
    if asked.structure is not None or not BY_KEY[key].has_target:
        return {}  # a sum of former targets is told for one year, where it can be explained
    days = {
        year: asked.on if year == asked.year else selectors.question(asked.unit, year, today).on
        for year in trends.years(asked, today)
    }
    return {year: goal.value for year, goal in by_year(selectors.facts().structure, asked.unit, key, days).items()}


def ages(asked: Question, language: str) -> Chart:
    """Members by age and sex: women to the left, men to the right."""
    now = Asked(selectors.facts(), asked)
    bands = [(18, 30), (31, 40), (41, 50), (51, 60), (61, 70), (71, 80), (81, 120)]
    inside = now.day.inside(asked.unit, now.lens).certain
    born, female = now.day.born[inside], now.day.female[inside]
    age = np.floor((day_number(asked.on) - born) / 365.2425).astype(int)
    names = [f"{low}–{high}" if high < 120 else f"{low}+" for low, high in bands]
    counts = [
        [int(((age >= low) & (age <= high) & (female == sex)).sum()) for low, high in bands] for sex in (True, False)
    ]
    women, men = (t.in_language(language) for t in (_WOMEN, _MEN))
    rows = [
        {"band": name, "sex": sex, "value": value, "side": -value if sex == women else value}
        for sex, column in ((women, counts[0]), (men, counts[1]))
        for name, value in zip(names, column, strict=True)
    ]

    def spec(theme: Theme) -> Spec:
        y = {"field": "band", "type": "ordinal", "sort": names[::-1], "title": None}
        x = {
            "field": "side",
            "type": "quantitative",
            "title": None,
            "axis": {"labelExpr": "format(abs(datum.value), ',d')", "tickCount": 6},
        }
        scale = {"domain": [women, men], "range": [theme.two, theme.one]}
        legend = {"title": None, "orient": "top", "symbolType": "square"}
        colour = {"field": "sex", "type": "nominal", "scale": scale, "legend": legend}
        bar = {"mark": {"type": "bar"}, "encoding": {"x": x, "y": y, "color": colour}}
        return _sized(rows, 540, 200, bar)

    header = (_AGE.in_language(language), women, men)
    lines = tuple((name, _whole(w, language), _whole(m, language)) for name, w, m in zip(names, *counts, strict=True))
    return Chart("ages", _T_AGES.in_language(language), spec, header, lines)


def sectors(asked: Question, language: str) -> Chart:
    """Members by the sector of their unit."""
    now = Asked(selectors.facts(), asked)
    found = [((s.en if language == "en" else s.vi), now.value(BY_KEY[f"members.sector.{s.key}"])[0]) for s in SECTORS]
    rows = [{"sector": name, "value": value} for name, value in found if value]

    def spec(theme: Theme) -> Spec:
        y = {"field": "sector", "type": "nominal", "sort": "-x", "title": None, "axis": {"labelLimit": 260}}
        x = {"field": "value", "type": "quantitative", "title": None, "axis": {"tickCount": 4, "format": ",d"}}
        bar = {"mark": {"type": "bar", "color": theme.one}}
        text = {
            "mark": {"type": "text", "align": "left", "dx": 4, "fontSize": 11, "color": theme.quiet},
            "encoding": {"text": {"field": "value", "type": "quantitative", "format": ",d"}},
        }
        return _sized(rows, 400, 200, {"encoding": {"x": x, "y": y}, "layer": [bar, text]})

    header = (_SECTOR.in_language(language), _MEMBERS.in_language(language))
    lines = tuple((name, _whole(value, language)) for name, value in found)
    return Chart("sectors", _T_SECTORS.in_language(language), spec, header, lines)


def coverage(asked: Question, language: str) -> Chart | None:
    """A map of points: each commune at its place, as large as its membership, coloured by cells without a committee.

    None for a single commune: one point on a map says nothing.
    """
    found = points(asked)
    graded = [p for p in found if p.grade is not None]
    if len(graded) < 2:
        return None
    classes = [t.in_language(language) for t in (_FULL, _ONE_MISSING, _MORE_MISSING)]
    gaps = [p for p in graded if p.missing]
    largest_gaps = [p for p in gaps if (p.missing or 0) > 1] or gaps
    named = {p.name for p in largest_gaps} if len(largest_gaps) <= _NAMED else set()
    rows = [
        {
            "name": p.short_name if p.name in named else "",
            "lon": p.lon,
            "lat": p.lat,
            "members": p.members or 0,
            "class": classes[p.grade or 0],
        }
        for p in graded
    ]
    largest = max(p.members or 0 for p in graded)

    def spec(theme: Theme) -> Spec:
        return _sized(rows, 520, 440, _map_spec(theme, classes, largest, language))

    header = tuple(t.in_language(language) for t in (_UNIT, _MEMBERS, _COVERED))
    lines = tuple((p.name, _whole(p.members, language), _of(p.covered, p.cells, language)) for p in found)
    told = ", ".join(f"{p.short_name} ({p.missing})" for p in gaps[:_NAMED])
    note = _GAPS.in_language(language).format(names=told + (" …" if len(gaps) > _NAMED else "")) if gaps else ""
    return Chart("coverage", _T_COVERAGE.in_language(language), spec, header, lines, note)


_NAMED = 6
"""So many communes with the largest gaps are named, on the map only where so few stand out."""


def _map_spec(theme: Theme, classes: list[str], largest: int, language: str) -> Spec:
    sizes = sorted({max(1, round(largest * part, 1 - len(str(largest)))) for part in (0.25, 0.5, 1)})
    scale = {"domain": classes, "range": [theme.one, theme.two, theme.accent]}
    legend = {"title": None, "orient": "bottom", "symbolType": "circle", "columns": 3, "labelLimit": 240}
    size = {
        "field": "members",
        "type": "quantitative",
        "title": _MEMBERS.in_language(language),
        "scale": {"range": [12, 420]},
        "legend": {"orient": "right", "format": ",d", "symbolFillColor": theme.three, "values": sizes},
    }
    place = {
        "longitude": {"field": "lon", "type": "quantitative"},
        "latitude": {"field": "lat", "type": "quantitative"},
    }
    colour = {"field": "class", "type": "nominal", "scale": scale, "legend": legend}
    circles = {"mark": {"type": "circle", "opacity": 0.85}, "encoding": {**place, "size": size, "color": colour}}
    names = {
        "mark": {"type": "text", "align": "left", "dx": 9, "fontSize": 11, "color": theme.ink},
        "encoding": {**place, "text": {"field": "name", "type": "nominal"}},
    }
    return {"layer": [circles, names], "projection": {"type": "mercator"}}


def chart(key: str, asked: Question, language: str, today: date) -> Chart | None:
    """The chart with the key; None where there is none or nothing to draw."""
    makers: dict[str, Callable[[], Chart | None]] = {
        "admissions": lambda: trend(asked, language, today),
        "ages": lambda: ages(asked, language),
        "sectors": lambda: sectors(asked, language),
        "coverage": lambda: coverage(asked, language),
    }
    made = makers[key]() if key in makers else None
    if key.startswith("trend.") and key.removeprefix("trend.") in BY_KEY:
        made = trend(asked, language, today, key.removeprefix("trend."))
    return made if made is not None and made.lines else None


KEYS = ("admissions", "ages", "sectors", "coverage")


# --- Small parts -----------------------------------------------------------------------------------------------------


def _sized(rows: Sequence[Mapping[str, object]], width: int, height: int, body: Spec) -> Spec:
    return {"data": {"values": list(rows)}, "width": width, "height": height, **body}


def _colour(field: str, scale: Spec) -> Spec:
    return {"field": field, "type": "nominal", "scale": scale, "legend": None}


def _whole(value: int | None, language: str, none: str = "") -> str:
    if value is None:
        return none or wording.missing("no_data", language)
    return wording.write_number(value, language)


def _of(part: int | None, whole: int | None, language: str) -> str:
    if not whole or part is None:
        return "–"
    share = wording.write_share(part, whole, language)
    return f"{wording.write_number(part, language)}/{wording.write_number(whole, language)} ({share})"


_MARK = Text("Vạch đỏ: chỉ tiêu của năm.", "Red mark: the target of the year.")
_PART_YEAR = Text("{year}*: chỉ tính đến ngày {day}.", "{year}*: only up to {day}.")
_YEAR, _BY_YEAR, _TARGET = Text("Năm", "Year"), Text("theo năm", "by year"), Text("Chỉ tiêu", "Target")
_WOMEN, _MEN, _AGE = Text("Nữ", "Women"), Text("Nam", "Men"), Text("Tuổi", "Age")
_SECTOR, _MEMBERS = Text("Loại hình", "Sector"), Text("Đảng viên", "Members")
_UNIT, _COVERED = Text("Tổ chức đảng", "Organisation"), Text("Chi bộ có cấp ủy", "Cells with a committee")
_FULL = Text("Mọi chi bộ có cấp ủy", "Every cell has a committee")
_ONE_MISSING = Text("Một chi bộ chưa có cấp ủy", "One cell without a committee")
_MORE_MISSING = Text("Hai chi bộ trở lên chưa có cấp ủy", "Two or more cells without")
_GAPS = Text("Chi bộ chưa có cấp ủy: {names}.", "Cells without a committee: {names}.")
_T_AGES = Text("Đảng viên theo tuổi và giới tính", "Members by age and sex")
_T_SECTORS = Text("Đảng viên theo loại hình tổ chức", "Members by sector")
_T_COVERAGE = Text("Chi bộ thôn, tổ dân phố có cấp ủy, theo xã", "Residential cells with a committee, by commune")
