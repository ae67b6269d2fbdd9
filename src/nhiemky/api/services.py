"""Making and withdrawing tokens."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from nhiemky.accounts.models import User
from nhiemky.api.models import PERMISSIONS, Token
from nhiemky.api.selectors import RIGHT, hash_of
from nhiemky.audit.services import record, service
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.domain.names import clean
from nhiemky.organisation import selectors as organisation

_MARK, _BYTES = "nk_", 32


@dataclass(frozen=True)
class Wanted:
    """A token as it is asked for. `end` is the first day on which it no longer holds."""

    name: str
    purpose: str
    username: str
    unit_code: str
    permissions: Sequence[str]
    start: date
    end: date


@service
def token_make(*, actor: Actor, wanted: Wanted) -> tuple[Token, str]:
    """Make a token and answer it with its secret, which nobody can read again.

    Nobody makes one for themselves, as nobody gives themselves a grant.

    Raises:
        Refused: something typed is wrong, with every objection.
        Denied: the unit lies outside what the actor may grant over.
    """
    place = organisation.visible_position(actor, wanted.unit_code, RIGHT)
    unit_id = int(organisation.structure().ids[place])
    wanted = replace(wanted, name=clean(wanted.name), purpose=clean(wanted.purpose))
    owner = User.objects.filter(username=wanted.username, is_active=True).first()
    refuse_if_any(_objections(actor, owner, wanted))
    assert owner is not None
    secret = _MARK + secrets.token_urlsafe(_BYTES)
    token = Token.objects.create(
        name=wanted.name, purpose=wanted.purpose, owner=owner, unit_id=unit_id,
        permissions=sorted(wanted.permissions), during=DateRange(wanted.start, wanted.end), secret_hash=hash_of(secret),
    )  # fmt: skip
    facts: dict[str, object] = {
        "purpose": wanted.purpose, "user": wanted.username, "unit": wanted.unit_code,
        "permissions": sorted(wanted.permissions), "start": wanted.start, "end": wanted.end,
    }  # fmt: skip
    record("api.token_made", actor=actor, subject=wanted.name, unit_id=unit_id, facts=facts)
    return token, secret


def _objections(actor: Actor, owner: User | None, wanted: Wanted) -> list[Finding]:
    found = []
    if not wanted.name or Token.objects.filter(name=wanted.name).exists():
        found.append(Finding("api.name_taken", field="name", value=wanted.name))
    if not wanted.purpose:
        found.append(Finding("api.no_purpose", field="purpose"))
    if owner is None:
        found.append(Finding("access.no_such_user", field="username", value=wanted.username))
    elif owner.pk == actor.user_id:
        found.append(Finding("api.own_token", field="username", value=wanted.username))
    unknown = sorted(set(wanted.permissions) - set(PERMISSIONS))
    if unknown or not wanted.permissions:
        found.append(Finding("api.no_such_permission", field="permissions", value=", ".join(unknown)))
    if wanted.end <= wanted.start:
        facts = {"start": wanted.start, "end": wanted.end}
        found.append(Finding("access.ends_before_start", field="end", facts=facts))
    return found


@service
def token_withdraw(*, actor: Actor, token_id: int, on: date) -> Token:
    """Withdraw a token: it holds no longer, from this day on.

    Raises:
        Refused: it holds no longer anyway.
        Denied: there is none, or its unit lies outside what the actor may grant over.
    """
    token = Token.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=token_id).first()
    if token is None:
        raise Denied(RIGHT, "no_such_token", status=404)
    actor.require(RIGHT, token.unit_id)
    if token.withdrawn_on is not None or token.during.upper <= on:
        raise Refused(Finding("api.token_over", facts={"on": token.withdrawn_on or token.during.upper}))
    token.withdrawn_on = on
    token.save()
    record("api.token_withdrawn", actor=actor, subject=token.name, unit_id=token.unit_id, facts={"on": on})
    return token


@transaction.atomic
def token_used(*, actor: Actor, token: Token, on: date) -> None:
    """Keep the day on which the token was last used. Not in the chain: reading must never wait."""
    if token.last_used != on:
        Token.objects.filter(pk=token.pk).update(last_used=on)
