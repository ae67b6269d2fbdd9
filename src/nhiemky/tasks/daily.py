"""Everything about tasks that a day brings by itself."""

from __future__ import annotations

from datetime import date

from nhiemky.domain.access import Actor
from nhiemky.tasks.digest import digests_send
from nhiemky.tasks.models import Task
from nhiemky.tasks.services.following import left_along, left_behind, tasks_follow
from nhiemky.tasks.services.recurring import recurrences_continue


def daily(*, actor: Actor, today: date) -> None:
    """Let tasks follow their units, make what comes again, tell by e-mail; each once a day at most."""
    if Task.objects.filter(left_behind(today)).exists() or left_along(today).exists():
        tasks_follow(actor=actor, today=today)
    recurrences_continue(actor=actor, today=today)
    digests_send(actor=actor, today=today)
