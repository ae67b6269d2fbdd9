"""The matrix of units by directives, on the page and as a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.core.lists import Column
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.core.spreadsheets import Sheet, xlsx_response
from nhiemky.directives import matrix as read
from nhiemky.directives import selectors
from nhiemky.directives.columns import asked_url, paper_of, paper_url, tone, word
from nhiemky.directives.forms import MatrixForm
from nhiemky.directives.matrix import Chosen, Line
from nhiemky.directives.models import Ask, AskedOf
from nhiemky.directives.views.common import VIEW, WRITE, ask_url, crumb
from nhiemky.directives.wording import STATES, TONES, WHAT
from nhiemky.documents.wording import named, titled
from nhiemky.domain.directives.standing import COUNTED
from nhiemky.organisation import selectors as organisation
from nhiemky.tasks.columns import namer

ACROSS, DOWN = 8, 50
"""Asks and units of one page of the matrix."""


@page(VIEW)
def matrix(request: PageRequest) -> HttpResponse:
    """Units down, asks across; those late most often first."""
    form, chosen = _chosen(request)
    asks = Paginator(read.chosen_asks(request.actor, chosen, request.on), ACROSS).get_page(request.GET.get("across"))
    heads = list(asks.object_list)
    found = read.lines(request.actor, heads, request.on)
    units = Paginator(found, DOWN).get_page(request.GET.get("page"))
    shown = read.with_cells(request.actor, list(units.object_list), heads, request.on)
    name = namer(request.on)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "asks": asks,
        "units": units,
        "heads": [_head(ask, name(ask.unit_id)) for ask in heads],
        "lines": [_line(one, heads, name(one.unit_id), chosen) for one in shown],
        "foot": _foot(request, heads),
        "download": f"{reverse('directives:file')}?{query.urlencode()}",
        "may_ask": request.actor.may(WRITE),
        "crumb": crumb(),
    }
    return show(request, "directives/matrix.html", context)


def _chosen(request: PageRequest) -> tuple[MatrixForm, Chosen]:
    """The filter as it stands: the latest year in which something was asked, unless another is chosen."""
    years = read.years(request.actor)
    held, name = organisation.structure(), namer(request.on)
    askers = sorted({*selectors.asks(request.actor).order_by().values_list("unit_id", flat=True)})
    offered = [(held.codes[held.index[one]], name(one)) for one in askers]
    first = {"year": str(years[0]) if years else ""}
    form = MatrixForm(years, offered, {**first, **request.GET.dict()})
    given = form.cleaned_data if form.is_valid() else first
    place = held.by_code.get(given.get("asker", ""))
    asker = int(held.ids[place]) if place is not None else None
    return form, Chosen(int(given.get("year") or 0) or None, given.get("what", ""), asker)


def rows_url(**query: object) -> str:
    """The rows behind a number."""
    return f"{reverse('directives:rows')}?{urlencode({key: value for key, value in query.items() if value})}"


def _head(ask: Ask, asker: str) -> dict[str, Any]:
    return {"ask": ask, "url": ask_url(ask.pk), "number": named(ask.document), "title": titled(ask.document),
            "what": WHAT[ask.what], "asker": asker}  # fmt: skip


def _line(one: Line, heads: Sequence[Ask], name: str, chosen: Chosen) -> dict[str, Any]:
    asks = ",".join(str(ask.pk) for ask in heads)
    return {
        "name": name,
        "late": one.late,
        "issued": one.issued,
        "total": one.total,
        "late_url": rows_url(asks=asks, owing=one.unit_id, state="late"),
        "issued_url": rows_url(asks=asks, owing=one.unit_id, state="issued"),
        "url": rows_url(asks=asks, owing=one.unit_id),
        "cells": [[_cell(row) for row in one.cells[ask.pk]] for ask in heads],
    }


def _cell(row: AskedOf) -> dict[str, Any]:
    return {"word": word(row), "tone": tone(row), "url": asked_url(row), "paper": paper_of(row),
            "paper_url": paper_url(row)}  # fmt: skip


def _foot(request: PageRequest, heads: Sequence[Ask]) -> list[dict[str, Any]]:
    """A line for each state that occurs: its sum over the asks shown, and for each ask."""
    counts = read.column_counts(request.actor, heads, request.on)
    every = ",".join(str(ask.pk) for ask in heads)
    found = []
    for state in COUNTED:
        each = [(counts[ask.pk].get(state, 0), rows_url(asks=ask.pk, state=state)) for ask in heads]
        if total := sum(count for count, _url in each):
            url = rows_url(asks=every, state=state)
            found.append({"state": STATES[state], "tone": TONES[state], "total": total, "url": url, "each": each})
    return found


@page(VIEW)
def file(request: PageRequest) -> HttpResponse:
    """The whole matrix that the filter leaves as a spreadsheet."""
    form, chosen = _chosen(request)
    asks = list(read.chosen_asks(request.actor, chosen, request.on))
    found = read.with_cells(request.actor, read.lines(request.actor, asks, request.on), asks, request.on)
    name = namer(request.on)
    shown: list[Column[Line]] = [
        Column("unit", _("Organisation"), lambda one: name(one.unit_id)),
        Column("late", _("Late"), lambda one: one.late, numeric=True),
        Column("issued", _("Issued"), lambda one: one.issued, numeric=True),
        Column("total", _("Asked"), lambda one: one.total, numeric=True),
        *(_sheet_column(ask) for ask in asks),
    ]
    about = [(_("Day"), request.on), *((str(form.fields[key].label), form[key].value()) for key in form.fields)]
    return xlsx_response("chi-dao", [Sheet(_("Directives and answers"), about, shown, found)])


def _sheet_column(ask: Ask) -> Column[Line]:
    def value(one: Line) -> str:
        return "; ".join(_told(row) for row in one.cells[ask.pk])

    label = f"{named(ask.document)} – {WHAT[ask.what]} – {ask.due_on:%d/%m/%Y}"
    return Column(str(ask.pk), label, value)


def _told(row: AskedOf) -> str:
    paper: Mapping[bool, str] = {True: f" ({paper_of(row)})", False: ""}
    return f"{word(row)}{paper[row.document_id is not None]}"
