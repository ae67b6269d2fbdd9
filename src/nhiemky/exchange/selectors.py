"""Imports as those see them who may write in their unit."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from nhiemky.core.sealing import unseal_bytes
from nhiemky.domain.access import Actor, Denied
from nhiemky.exchange.drafting import Given
from nhiemky.exchange.models import Import, ImportRow
from nhiemky.members.services.ledger import WRITE
from nhiemky.organisation import selectors as organisation


def imports(actor: Actor) -> QuerySet[Import]:
    """Imports of units the actor may write in, without their files, the newest first."""
    scope = actor.scope(WRITE)
    found = Import.objects.defer("file", "refused_file").order_by("-asked_at", "-pk")
    return found if scope.everything else found.filter(unit_id__in=scope.unit_ids)


def own_import(actor: Actor, import_id: int) -> Import:
    """An import of the actor's own: its rows say what the register holds of whom its owner may see, others may not.

    Raises:
        Denied: 404 for others' imports; as ever where the unit is no longer theirs to write in.
    """
    found = Import.objects.filter(pk=import_id).first()
    if found is None or found.user_id != actor.user_id:
        raise Denied(WRITE, "no_such_import", status=404)
    actor.require(WRITE, found.unit_id)
    return found


def unit_code(held: Import) -> str:
    """The code of its unit."""
    structure = organisation.structure()
    return structure.codes[structure.index[held.unit_id]]


def tops(actor: Actor, today: date) -> list[str]:
    """Codes of the units where the actor's right to write begins; whoever may write nowhere, to look."""
    held = organisation.structure()
    scope = actor.scope(WRITE) or actor.scope("members.view")
    alive = held.alive(today).tolist()
    inside = {place for place, there in enumerate(alive) if there and int(held.ids[place]) in scope}
    return sorted(held.codes[place] for place in inside if held.parent(place, today) not in inside)


def given(held: Import) -> Given:
    """The file as it was handed in, opened, and how the user wants it read.

    Raises:
        Denied: the file was taken over and is kept no longer.
    """
    if held.file is None:
        raise Denied(WRITE, "no_such_import", status=404)
    columns = held.columns and {int(at): key for at, key in held.columns.items()}
    return Given(unseal_bytes(bytes(held.file)), unit_code(held), held.day, held.sheet, held.encoding, columns)


def rows(held: Import, state: str) -> QuerySet[ImportRow]:
    """The rows of the last preview in one state, "warning" for those with remarks, or all."""
    found = held.rows.order_by("number")
    if state == "warning":
        return found.filter(warned=True)
    return found.filter(state=state) if state else found


def refused_file(held: Import) -> bytes:
    """The refused rows as a spreadsheet with reasons.

    Raises:
        Denied: there were none.
    """
    if held.refused_file is None:
        raise Denied(WRITE, "no_such_import", status=404)
    return unseal_bytes(bytes(held.refused_file))


def shown_counts(held: Import) -> dict[str, Any]:
    """Counts of the last preview or of what was done; empty before any."""
    return dict(held.counts)
