"""Who acts on the command line."""

from __future__ import annotations

from nhiemky.access.selectors import actor_for
from nhiemky.accounts.models import User
from nhiemky.core.middleware import today
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, Refused
from nhiemky.organisation import selectors as organisation

CONSOLE = "console"


def console() -> Actor:
    """Who holds the machine, and could write to the database anyway; every event says so."""
    return Actor.system(CONSOLE, how=CONSOLE)


def user_named(username: str, field: str = "--as") -> User:
    """The user with the name.

    Raises:
        Refused: there is none, or the account is closed.
    """
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise Refused(Finding("access.no_such_user", field=field, value=username))
    return user


def actor_named(username: str) -> Actor:
    """The named user with their own rights; without a name the operator, who may only read.

    Nobody proved to be that user: whoever has the machine may say any name. So the event keeps the door ("console").

    Raises:
        Refused: there is no such user.
    """
    if not username:
        return console()
    user = user_named(username)
    return actor_for(user.pk, user.username, today(), verified=True, how=CONSOLE)


def nobody_yet() -> bool:
    """No organisation exists, so nobody can hold a grant: the root is founded by the console itself."""
    return not len(organisation.structure())
