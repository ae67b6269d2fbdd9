"""Conferences not yet held, in a reorganisation: the whole successor holds them, or the unit above says who does."""

from __future__ import annotations

from django.db.models import Q

from nhiemky.audit.services import current_seq
from nhiemky.conferences.models import Conference, ConferenceMove
from nhiemky.domain.access import Actor
from nhiemky.domain.conferences.kinds import PLANNED
from nhiemky.organisation.passing import Passed, Passer


def _noted(actor: Actor, passed: Passed) -> None:
    passed.row.seq = current_seq()
    passed.row.save(update_fields=["seq"])


FOLLOWER = Passer("conferences", Conference, ConferenceMove, Q(state=PLANNED), _noted)
