"""Who does a task: a user who may see the work of the unit."""

from __future__ import annotations

from datetime import date

from nhiemky.access.selectors import actor_for
from nhiemky.accounts.models import User
from nhiemky.domain.findings import Finding


def assignee_of(username: str, unit_id: int, today: date) -> tuple[User | None, list[Finding]]:
    """The user with the name, and what stands against giving them a task of the unit; (None, []) for no name."""
    if not username.strip():
        return None, []
    user = User.objects.filter(username=username.strip(), is_active=True, of_member=False).first()
    if user is None or unit_id not in actor_for(user.pk, user.username, today, verified=True).scope("work.view"):
        return None, [Finding("tasks.no_such_assignee", field="assignee", value=username)]
    return user, []
