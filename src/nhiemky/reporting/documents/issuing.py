"""Who issues the review of a unit, and who signs it."""

from __future__ import annotations

from datetime import date

from nhiemky.domain.organisation.issuers import Issuer, issuer
from nhiemky.members.bodies import bodies
from nhiemky.reporting import selectors
from nhiemky.reporting.review import Review


def issuer_of(found: Review) -> Issuer:
    """The issuer of a review."""
    structure, asked = selectors.facts().structure, found.asked
    path = structure.tree(asked.shape).path(asked.unit)[:-1][::-1]
    return issuer(found.unit, found.kind, [selectors.name_of(structure, place, asked.shape) for place in path])


def secretary(unit_id: int, on: date) -> str:
    """The name of who holds the secretary's seat on the day; empty where no seat says so."""
    for body in bodies(unit_id, on):
        for seat in body.holders:
            if seat.post == "secretary":
                return seat.person.full_name
    return ""
