"""Who acts on the command line."""

from __future__ import annotations

from nhiemky.access.selectors import actor_for
from nhiemky.accounts.models import User
from nhiemky.core.middleware import today
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, Refused


def actor_named(username: str) -> Actor:
    """The named user with their own rights; without a name the operator, who may only read.

    Raises:
        Refused: there is no such user.
    """
    if not username:
        return Actor.system("console")
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise Refused(Finding("access.no_such_user", field="--as", value=username))
    return actor_for(user.pk, user.username, today(), verified=True)
