"""The columns of the rows behind a figure: people, movements or units, with what may be doubtful."""

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


def columns(indicator: Indicator, proven: Proof | None, language: str, *, doubtful: bool) -> list[Column[Row]]:
    """The columns of the rows behind a figure, one that shows why; a note where some may belong elsewhere."""
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
