"""The operations as a page lists them, from the OpenAPI document itself: what is listed is what there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nhiemky.api.door import api

TITLES: dict[str, str | Promise] = {
    "units": _("The tree of a day, within the token's reach"),
    "members": _("Members of an organisation on a day, page by page; each of them sees that they were read"),
    "person": _("One person with all particulars but the identity number; the reading is recorded"),
    "movements": _("Entries of the ledger written after a given event: ask again with what came back as “next”"),
    "figures": _("Every figure of an organisation and year"),
    "statistics": _("The statistics forms of an organisation and period, with their cross-checks"),
    "amend": _("Change particulars of a person, with a reason"),
    "book": _("Book a movement of somebody who is in the register"),
}
NEEDS = {
    "units": "organisation.view",
    "members": "members.view",
    "person": "members.view",
    "movements": "members.view",
    "figures": "reporting.view",
    "statistics": "reporting.view",
    "amend": "members.write",
    "book": "members.write",
}


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: method, address, what it does, its parameters, and the fields of what is sent."""

    method: str
    address: str
    title: str | Promise
    needs: str
    parameters: tuple[str, ...]
    sent: tuple[str, ...]


def operations() -> list[Operation]:
    """Every operation in the order of the document."""
    document = api.get_openapi_schema(path_prefix="/api/v1/")
    return list(_operations(document))


def _operations(document: dict[str, Any]) -> Iterator[Operation]:
    for address, methods in document["paths"].items():
        for method, told in methods.items():
            key = told["operationId"]
            parameters = tuple(p["name"] + ("" if p.get("required") else "?") for p in told.get("parameters", []))
            yield Operation(method.upper(), address, TITLES[key], NEEDS[key], parameters, _sent(document, told))


def _sent(document: dict[str, Any], told: dict[str, Any]) -> tuple[str, ...]:
    body = told.get("requestBody")
    if body is None:
        return ()
    name = body["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]
    schema = document["components"]["schemas"][name]
    needed = schema.get("required", [])
    return tuple(field + ("" if field in needed else "?") for field in schema["properties"])
