"""A member with an account, the office's people, and short ways to ask and answer."""

from __future__ import annotations

from datetime import date

from django.test import Client

import builders
from nhiemky.accounts.models import User
from nhiemky.domain.access import PERMISSIONS, Actor, Scope
from nhiemky.members.models import Person
from nhiemky.organisation.models import Unit
from nhiemky.rights.models import Request
from nhiemky.rights.services import holders, requests
from nhiemky.rights.services.requests import Asked

TODAY = date(2026, 10, 30)  # a Friday
PASSWORD = "một hai ba bốn năm"


def office(*codes: str, name: str = "văn phòng", user_id: int | None = None) -> Actor:
    """Somebody with every right over these units and none elsewhere."""
    scope = Scope(unit_ids=frozenset(Unit.objects.filter(code__in=codes).values_list("pk", flat=True)))
    return Actor(user_id, name, dict.fromkeys(PERMISSIONS, scope), verified=True)


def member(who: Person) -> Actor:
    """The member with an account of their own."""
    held = holders.account_give(actor=builders.SYSTEM, person_id=who.pk, password=PASSWORD)
    return Actor(held.user_id, held.user.username, person_id=who.pk)


def browser(actor: Actor) -> Client:
    """The member's browser, the first password changed already."""
    User.objects.filter(pk=actor.user_id).update(must_change=False)
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id), "django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "en"
    return client


def correction(
    actor: Actor, who: Person, field: str = "phone", value: object = "0905123456", on: date = TODAY
) -> Request:
    """Asks for a correction."""
    asked = Asked("correction", why="ghi nhầm số", field=field, value=value)
    return requests.request_make(actor=actor, person_id=who.pk, asked=asked, today=on)


def objection(actor: Actor, who: Person, on: date = TODAY) -> Request:
    """Objects to something."""
    asked = Asked("objection", why="tôi không đồng ý", about="Bút toán năm 2021")
    return requests.request_make(actor=actor, person_id=who.pk, asked=asked, today=on)
