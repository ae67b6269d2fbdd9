"""Imports on somebody's desk: handed in and not taken over yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from nhiemky.core.desk import Due
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding
from nhiemky.exchange.models import DRAFT, Import
from nhiemky.members.services.ledger import WRITE


def due(actor: Actor, today: date) -> Iterator[Due]:
    """The actor's own (`core.desk.Provider`)."""
    if not actor.may(WRITE) or actor.user_id is None:
        return
    waiting = Import.objects.filter(user_id=actor.user_id, state=DRAFT).order_by("-asked_at")[:5]
    scope = actor.scope(WRITE)
    for pk, name, unit_id in waiting.values_list("pk", "file_name", "unit_id"):
        if unit_id in scope:
            yield Due(Finding("exchange.waiting", facts={"file": name}), reverse("exchange:import", args=[pk]))
