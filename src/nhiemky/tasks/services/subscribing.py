"""How a user is told of tasks outside the pages: the secret address of a calendar, and a daily e-mail."""

from __future__ import annotations

import secrets
from datetime import date
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from nhiemky.audit.services import record, service
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.findings import Finding, Refused
from nhiemky.tasks.models import Subscription

_BYTES = 32


def hash_of(secret: str) -> str:
    """What is kept of the secret of an address."""
    return sha256(secret.encode()).hexdigest()


@service
def feed_renew(*, actor: Actor) -> str:
    """A new secret for the calendar's address, which nobody can read again; the old address ends at once."""
    found = _own(actor)
    secret = secrets.token_urlsafe(_BYTES)
    found.feed_hash = hash_of(secret)
    found.save()
    record("tasks.feed_renewed", actor=actor, subject=actor.name)
    return secret


@service
def feed_end(*, actor: Actor) -> None:
    """Let the calendar's address end."""
    found = _own(actor)
    found.feed_hash = None
    found.save()
    record("tasks.feed_ended", actor=actor, subject=actor.name)


@service
def mail_set(*, actor: Actor, address: str) -> Subscription:
    """Send the daily e-mail to the address, or, with "", to none. The address is not told to the audit.

    Raises:
        Refused: that is no address.
    """
    found, address = _own(actor), address.strip()
    if address:
        try:
            validate_email(address)
        except ValidationError:
            raise Refused(Finding("tasks.no_address", field="email", value=address)) from None
    found.email = address
    found.save()
    record("tasks.mail_set", actor=actor, subject=actor.name, facts={"on": bool(address)})
    return found


@service
def mail_noted(*, actor: Actor, subscription_id: int, today: date) -> bool:
    """Take it upon oneself to send today's e-mail; False where it went already."""
    found = Subscription.objects.select_for_update().get(pk=subscription_id)
    first = found.mailed_on != today
    found.mailed_on = today
    found.save()
    record("tasks.mail_sent" if first else "tasks.mail_sent_already", actor=actor, subject=found.user_id)
    return first


def _own(actor: Actor) -> Subscription:
    if actor.user_id is None:
        raise Denied("work.view", "permission_missing")
    return Subscription.objects.select_for_update().get_or_create(user_id=actor.user_id)[0]
