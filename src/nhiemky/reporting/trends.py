"""The course of figures over the years, up to the year that is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nhiemky.reporting import selectors
from nhiemky.reporting.indicators import BY_KEY
from nhiemky.reporting.selectors import Asked, Question


@dataclass(frozen=True)
class Course:
    """Values by year, None where there is no number; and the last day of years of which only a part is told."""

    values: dict[int, int | None]
    part_years: dict[int, date]


def trend(asked: Question, keys: Iterable[str], today: date) -> dict[str, Course]:
    """Some indicators over the years up to that of the question, which is told up to its day."""
    held = selectors.facts()
    values: dict[str, dict[int, int | None]] = {key: {} for key in keys}
    part_years: dict[int, date] = {}
    for year in years(asked, today):
        same = asked if year == asked.year else selectors.question(asked.unit, year, today, structure=asked.structure)
        now = Asked(held, same)
        if not same.finished:
            part_years[year] = same.on
        for key, found in values.items():
            found[year] = now.value(BY_KEY[key])[0]
    return {key: Course(found, part_years) for key, found in values.items()}


def years(asked: Question, today: date) -> list[int]:
    """The years that are known, none after the one asked for."""
    return [year for year in selectors.years_known(today) if year <= asked.year] or [asked.year]
