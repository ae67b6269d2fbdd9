"""Puts the actor on the request, computed once."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from nhiemky.access.selectors import actor_for
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
            page.actor = actor_for(user.pk, user.username, page.today, verified=_verified(page))
        else:
            page.actor = Actor()
        return self.get_response(request)


def _verified(request: PageRequest) -> bool:
    """A second factor was given, or the session came in by the demo's door."""
    demo = settings.NHIEMKY_DEMO and bool(request.session.get("demo_door"))
    return bool(request.user.is_verified()) or demo
