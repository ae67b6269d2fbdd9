"""Reading users, their second factor and the demo's cast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.module_loading import import_string
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from nhiemky.accounts.models import User
from nhiemky.core import wording
from nhiemky.domain.access import Actor

LOOPBACK = ("127.0.0.1", "::1", "::ffff:127.0.0.1")
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


@dataclass(frozen=True, slots=True)
class Persona:
    """One of the demo's cast as the sign-in page shows it."""

    username: str
    name: str
    role: str
    unit: str
    todo: str


def demo_door_open(request: HttpRequest) -> bool:
    """Only in demo mode and only from this very machine. A proxy's headers close it: who knows who stands behind."""
    local = request.META.get("REMOTE_ADDR") in LOOPBACK
    return bool(settings.NHIEMKY_DEMO) and local and not any(request.META.get(name) for name in FORWARDED)


def personas(language: str) -> list[Persona]:
    """The demo's cast; demo lies above accounts, so its place is a setting. Nobody where it is not installed."""
    try:
        cast: Sequence[Any] = import_string(settings.NHIEMKY_PERSONAS)
    except (ImportError, AttributeError):
        return []
    known = {user.username for user in User.objects.filter(username__in=[p.username for p in cast], is_active=True)}
    return [_persona(p, language) for p in cast if p.username in known]


def _persona(found: Any, language: str) -> Persona:
    def said(name: str) -> str:
        return str(getattr(found, f"{name}_{language}", "") or getattr(found, name, "") or "")

    role = said("role")
    unit = said("unit")
    return Persona(found.username, said("name"), str(wording.ROLE_NAMES.get(role, role)), unit, said("what"))


def second_factor_of(user: User) -> TOTPDevice | None:
    """The user's confirmed authenticator."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).order_by("-pk").first()


def codes_left(user: User) -> int:
    """How many recovery codes are unused."""
    return StaticToken.objects.filter(device__user=user, device__confirmed=True).count()


def waits_until(user: User) -> datetime | None:
    """Until when further tries of the second factor are refused."""
    found: list[Any] = [second_factor_of(user), StaticDevice.objects.filter(user=user).first()]
    until = [
        details["locked_until"]
        for allowed, details in (device.verify_is_allowed() for device in found if device)
        if not allowed and details and "locked_until" in details
    ]
    return max(until, default=None)


def users(actor: Actor) -> QuerySet[User]:
    """The users the actor may know of, with whether each has a second factor.

    Who may grant over a part sees those with a grant in that part, and those without any, who wait for one.
    """
    factor = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
    found = User.objects.annotate(has_factor=Exists(factor)).order_by("full_name", "pk")
    scope = actor.scope("access.grant")
    if scope.everything:
        return found
    own = User.objects.filter(grants__unit_id__in=scope.unit_ids).values("pk")
    return found.filter(Q(pk__in=own) | Q(grants__isnull=True))
