"""Puts the actor on the request, computed once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from nhiemky.access.selectors import actor_for
from nhiemky.accounts.models import User
from nhiemky.accounts.selectors import demo_mode
from nhiemky.core.pages import PageRequest
from nhiemky.domain.access import Actor


class ActorMiddleware:
    """`request.actor`: nobody for who is not signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        page = cast(PageRequest, request)
        user = page.user
        if user.is_authenticated and user.is_active:
            demo = _by_demo_door(page)
            page.actor = _actor(user, page.today, verified=user.is_verified() or demo)
            page.must_change = user.must_change and not demo
        else:
            page.actor, page.must_change = Actor(), False
        return self.get_response(request)


def _actor(user: User, today: date, *, verified: bool) -> Actor:
    """A member's account has no grants, only the person it is linked to; the part that links them lies above."""
    if not user.of_member:
        return actor_for(user.pk, user.username, today, verified=verified)
    person_of = cast(Callable[[int], int | None], import_string(settings.NHIEMKY_PERSON_OF))
    return Actor(user.pk, user.username, verified=verified, person_id=person_of(user.pk))


def _by_demo_door(request: PageRequest) -> bool:
    """The session came in by the demo's door, which asks neither for a password nor for a second factor."""
    return bool(request.session.get("demo_door")) and demo_mode()
