"""Whatever belongs to units and must go along with them in a reorganisation.

Parts above this one follow; `config/wiring.py` lists them. Objections of all are gathered before anything is written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding
from nhiemky.domain.organisation.plans import Plan
from nhiemky.domain.organisation.structure import Structure
from nhiemky.organisation.models import Reorganisation


class Follower(Protocol):
    """One part's side of a reorganisation."""

    def members(self, on: date) -> Mapping[int, int]:
        """How many people belong directly to each unit (by id) on the day."""

    def objections(self, structure: Structure, plan: Plan) -> Iterable[Finding]:
        """What stands in the way of carrying the plan out."""

    def apply(self, actor: Actor, reorganisation: Reorganisation, moves: Mapping[int, int], today: date) -> int:
        """Move everybody from each unit id to another on the effective day; the number of people moved."""

    def objections_to_undo(self, reorganisation: Reorganisation) -> Iterable[Finding]:
        """What was built on the reorganisation since."""

    def undo(self, actor: Actor, reorganisation: Reorganisation, today: date) -> int:
        """Take the moves back by counter-entries; their number."""

    def unsound(self, structure: Structure, unit_ids: Collection[int], since: date) -> Iterable[Finding]:
        """What of the units would hang in the air under the structure, on the day or later."""


def followers() -> tuple[Follower, ...]:
    """All followers, in the order of the wiring."""
    return tuple(cast(Follower, import_string(path)) for path in settings.NHIEMKY_FOLLOWERS)
