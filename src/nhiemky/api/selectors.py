"""Tokens somebody may manage, and the actor that a token makes."""

from __future__ import annotations

import hashlib
from datetime import date

from django.db.models import QuerySet

from nhiemky.access.selectors import actor_for, scope_over
from nhiemky.api.models import Token
from nhiemky.domain.access import Actor
from nhiemky.organisation import selectors as organisation

RIGHT = "access.grant"


def hash_of(secret: str) -> bytes:
    """What is kept of a secret. It is 256 random bits, so no slow hash is needed to keep it from being guessed."""
    return hashlib.sha256(secret.encode()).digest()


def visible_tokens(actor: Actor) -> QuerySet[Token]:
    """Tokens over units in which the actor may give grants."""
    scope = actor.scope(RIGHT)
    found = Token.objects.select_related("owner", "unit").order_by("name")
    return found if scope.everything else found.filter(unit_id__in=scope.unit_ids)


def token_of(secret: str) -> Token | None:
    """The token with the secret, in force or not."""
    return Token.objects.select_related("owner", "unit").filter(secret_hash=hash_of(secret)).first()


def holds(token: Token, on: date) -> bool:
    """Whether the token is in force on the day and its owner may still sign in."""
    begun = token.during.lower <= on < token.during.upper
    return begun and token.owner.is_active and (token.withdrawn_on is None or on < token.withdrawn_on)


def actor_of(token: Token, on: date) -> Actor:
    """Who asks with the token: its permissions over its subtree, as far as its owner holds them on the day."""
    owner = actor_for(token.owner_id, token.owner.username, on, verified=True, how=f"api:{token.name}")
    reach = scope_over(organisation.structure(), frozenset({token.unit_id}), on)
    scopes = {permission: owner.scope(permission) & reach for permission in token.permissions}
    return Actor(owner.user_id, owner.name, scopes, owner.verified, owner.how)
