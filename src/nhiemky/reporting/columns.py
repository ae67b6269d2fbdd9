"""The columns of the rows behind a figure: people, movements, units or work, with what may be doubtful."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nhiemky.core.lists import Column
from nhiemky.domain.members.kinds import MOVEMENT
from nhiemky.domain.organisation.kinds import KIND
from nhiemky.reporting.declaring import Indicator
from nhiemky.reporting.listing import Row
from nhiemky.reporting.proofs import Proof
from nhiemky.reporting.work_indicators import SORTS


def columns(indicator: Indicator, proven: Proof | None, language: str, *, doubtful: bool) -> list[Column[Row]]:
    """The columns of the rows behind a figure, one that shows why; a note where some may belong elsewhere."""
    if indicator.is_work:
        return [*_work_columns(indicator, language), *(_doubt() if doubtful else [])]
    made = _unit_columns() if indicator.table == "units" else _person_columns()
    if indicator.table == "movements":
        made += [
            _column("on", _("Day"), lambda row: row.on),
            _column("kind", _("Entry"), lambda row: _movement(row.kind), minor=True),
            _column("paper", _("Paper"), lambda row: row.paper, minor=True),
        ]
    if proven is not None:
        made.append(_column("proof", proven.title.in_language(language), proven.read))
    return [*made, *_doubt()] if doubtful else made


def _column(key: str, label: str, value: Any, **more: Any) -> Column[Row]:
    return Column(key, label, value, sortable=False, **more)


def _person_columns() -> list[Column[Row]]:
    return [
        _column("name", _("Name"), lambda row: row.name, href=_to_person),
        _column("born", _("Born"), lambda row: row.birth_date, minor=True),
        _column("sex", _("Sex"), lambda row: _("Female") if row.sex == "female" else _("Male"), minor=True),
        _column("unit", _("Organisation"), lambda row: row.unit_name, href=_to_unit),
    ]


def _unit_columns() -> list[Column[Row]]:
    return [
        _column("name", _("Organisation"), lambda row: row.name, href=lambda row: _unit(row.code) if row.opens else ""),
        _column("code", _("Code"), lambda row: row.code, minor=True),
        _column("kind", _("Kind"), lambda row: _kind(row.kind), minor=True),
        _column("since", _("Since"), lambda row: row.on),
        _column("above", _("Superior"), lambda row: row.unit_name, href=_to_unit),
    ]


def _work_columns(indicator: Indicator, language: str) -> list[Column[Row]]:
    """What it is, whose, by which day the year counts it, how it stood, and the paper or result beside it."""
    day = _("Due on") if indicator.table in ("tasks", "papers", "directives") else _("Day")
    paper = _("Result") if indicator.table in ("tasks", "key_tasks") else _("Paper")
    made = [
        _column("name", indicator.measure.in_language(language).capitalize(), lambda r: r.name, href=lambda r: r.url),
        _column("unit", _("Organisation"), lambda row: row.unit_name, href=_to_unit),
        _column("on", day, lambda row: row.on),
        _column("kind", _("State"), lambda row: SORTS[row.kind].in_language(language)),
        _column("paper", paper, lambda row: row.paper, minor=True),
    ]
    # A key task has no day of its own here: it counts for the whole year.
    return [column for column in made if column.key != "on" or indicator.table != "key_tasks"]


def _doubt() -> list[Column[Row]]:
    return [
        _column(
            "doubtful",
            _("Note"),
            lambda row: _("perhaps elsewhere") if row.doubtful else "",
            tone=lambda row: "warn" if row.doubtful else "",
        )
    ]


def _to_person(row: Row) -> str:
    return reverse("members:person", args=[row.person_id]) if row.opens else ""


def _to_unit(row: Row) -> str:
    return _unit(row.unit_code) if row.unit_code and row.unit_opens else ""


def _unit(code: str) -> str:
    return reverse("members:unit", args=[code])


def _movement(key: str) -> str:
    kind = MOVEMENT.get(key)
    return "" if kind is None else kind.en if (get_language() or "vi").startswith("en") else kind.vi


def _kind(key: str) -> str:
    kind = KIND.get(key)
    return "" if kind is None else kind.en if (get_language() or "vi").startswith("en") else kind.vi
