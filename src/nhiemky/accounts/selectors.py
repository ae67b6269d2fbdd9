"""Reading users, their second factor and the demo's cast."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.http import HttpRequest
from django.utils.module_loading import import_string
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from nhiemky.accounts.models import User
from nhiemky.core import wording
from nhiemky.core.addresses import client_address
from nhiemky.domain.access import Actor

LOOPBACK = ("127.0.0.1", "::1", "::ffff:127.0.0.1")
OWN_HOSTS = ("127.0.0.1", "localhost", "[::1]")
FORWARDED = (
    *("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO"),
    *("HTTP_X_FORWARDED_SERVER", "HTTP_X_FORWARDED_PORT", "HTTP_X_CLIENT_IP", "HTTP_X_CLUSTER_CLIENT_IP", "HTTP_VIA"),
    *("HTTP_TRUE_CLIENT_IP", "HTTP_CF_CONNECTING_IP", "HTTP_X_ORIGINAL_HOST"),
)
ADDRESS_LIMIT = 50
"""So many wrong passwords from one address, whatever the names, shut it for a while. An office may share an address."""


@dataclass(frozen=True, slots=True)
class Persona:
    """One of the demo's cast as the sign-in page shows it."""

    username: str
    name: str
    role: str
    unit: str
    todo: str


def demo_mode() -> bool:
    """The process serves the demo, and the database says its records are the demo's. A variable alone is little."""
    return bool(settings.NHIEMKY_DEMO) and bool(import_string(settings.NHIEMKY_DEMO_MARK)())


def demo_door_open(request: HttpRequest) -> bool:
    """Only in demo mode and only from this very machine, asked for by its own name.

    A proxy's headers, or another name, close it: who knows who stands behind.
    """
    local = request.META.get("REMOTE_ADDR") in LOOPBACK
    named = re.sub(r":\d+\Z", "", request.get_host()) in OWN_HOSTS
    return local and named and not any(request.META.get(name) for name in FORWARDED) and demo_mode()


def address_shut(request: HttpRequest) -> bool:
    """Too many wrong passwords came from this address lately, for whatever names."""
    AxesProxyHandler.update_request(request)
    lately = AccessAttempt.objects.filter(
        ip_address=client_address(request), attempt_time__gte=get_cool_off_threshold(request)
    )
    return int(lately.aggregate(all=Sum("failures_since_start"))["all"] or 0) >= ADDRESS_LIMIT


def name_shut(request: HttpRequest, username: str) -> bool:
    """Too many wrong passwords were given for the name from this address."""
    return not AxesProxyHandler.is_allowed(request, {"username": username})


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

    Who may grant over a part sees those with a grant in that part, and those without any, who wait for one. Accounts of
    members are no administrator's work: they are given and closed by the office that keeps the member's record.
    """
    factor = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
    found = User.objects.filter(of_member=False).annotate(has_factor=Exists(factor)).order_by("full_name", "pk")
    scope = actor.scope("access.grant")
    if scope.everything:
        return found
    own = User.objects.filter(grants__unit_id__in=scope.unit_ids).values("pk")
    return found.filter(Q(pk__in=own) | Q(grants__isnull=True))
