"""Imports and exports that take longer than a page may, carried out by the worker for whom asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from nhiemky.core.middleware import today
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding
from nhiemky.exchange import exports
from nhiemky.exchange.models import Import
from nhiemky.exchange.services import imports
from nhiemky.jobs.services import Outcome, Progress

ROWS = 3_000
"""Rows from which on a file or a list is not waited for."""


def preview(actor: Actor, arguments: Mapping[str, Any], progress: Progress) -> Outcome:
    """What a file would do (`jobs.services.Work`)."""
    held = imports.import_preview(actor=actor, import_id=arguments["import_id"], today=today(), progress=progress)
    return _told(held, "exchange.judged")


def carry_out(actor: Actor, arguments: Mapping[str, Any], progress: Progress) -> Outcome:
    """Take a file over (`jobs.services.Work`)."""
    held = imports.import_carry_out(
        actor=actor, import_id=arguments["import_id"], today=today(), good_rows=arguments["good_rows"],
        progress=progress,
    )  # fmt: skip
    return _told(held, "exchange.taken_over")


def _told(held: Import, code: str) -> Outcome:
    finding = Finding(code, ok=not held.counts["refused"], facts=held.counts)
    return Outcome((finding,), url=reverse("exchange:import", args=[held.pk]))


def export(actor: Actor, arguments: Mapping[str, Any], progress: Progress) -> Outcome:
    """Members of a unit as a spreadsheet (`jobs.services.Work`)."""
    code, kind, on = arguments["unit"], arguments["kind"], today()
    content, count = exports.members_file(actor=actor, unit_code=code, kind=kind, today=on, progress=progress)
    finding = Finding("exchange.exported", ok=True, facts={"count": count})
    return Outcome((finding,), file=content, file_name=f"dang-vien-{code}-{on:%Y%m%d}.{kind}")
