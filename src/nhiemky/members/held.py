"""What each part holds about one person, for that person: a section of lines. `config/wiring.py` lists the parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from nhiemky.members.models import Person
from nhiemky.members.sums import View

Row = Mapping[str, Any]
Heads = Mapping[str, str | Promise]


@dataclass(frozen=True)
class Section:
    """Lines of one sort. `heads` names their values in order; a value is a text, a day, a number or nothing."""

    key: str
    title: str | Promise
    heads: Heads
    rows: Sequence[Row]

    @classmethod
    def of(cls, key: str, title: str | Promise, heads: Heads, lines: Iterable[Sequence[Any]]) -> Section:
        """The same of lines whose values stand in the order of the heads."""
        return cls(key, title, heads, [dict(zip(heads, line, strict=True)) for line in lines])


Provider = Callable[[Person, View], Iterable[Section]]
"""Given a person and today's view: what one part holds about them, also sections without a line."""


def of_parts(person: Person, view: View) -> list[Section]:
    """What all parts beside this one hold about the person."""
    providers = (cast(Provider, import_string(path)) for path in settings.NHIEMKY_HELD)
    return [section for provider in providers for section in provider(person, view)]


def unit_name(view: View, unit_id: int | None, on: date | None = None) -> str:
    """What a unit was called on a day, or is called on the view's; empty where there is none."""
    return "" if unit_id is None else view.structure.name(view.structure.index[unit_id], on or view.on)


def paper(*parts: str) -> str:
    """Number and body of a paper in one text."""
    return " · ".join(part for part in parts if part)
