"""Whoever is shown a page or given a paper about one person leaves a reading: here, so that no page forgets it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import cast

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from nhiemky.core.pages import PageInfo, PageRequest
from nhiemky.domain.access import OWN, Actor
from nhiemky.members.services.reading import readings_note

_SHOWN = (200, 422)


class ReadingMiddleware:
    """Notes a reading of everybody whom the address names, once the page has answered and before the answer leaves.

    What an argument of an address names says `settings.NHIEMKY_SUBJECTS`. A view declared with `notes` does it itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, plain: HttpRequest) -> HttpResponse:
        request = cast(PageRequest, plain)
        response = self.get_response(request)
        match = request.resolver_match
        info = getattr(match.func, "page", None) if match is not None else None
        if match is None or not isinstance(info, PageInfo) or info.notes or response.status_code not in _SHOWN:
            return response
        paper = response.get("Content-Disposition", "").startswith("attachment")
        own = [request.actor.person_id] if info.permission == OWN else []
        for person_id in {*subjects(match.kwargs), *filter(None, own)}:
            readings_note(actor=request.actor, person_ids=[person_id], what=_what(request.actor, person_id, paper))
        return response


def _what(actor: Actor, person_id: int, paper: bool) -> str:
    if actor.person_id == person_id:
        return "own"
    return "paper" if paper else "page"


def subjects(arguments: Mapping[str, object]) -> Collection[int]:
    """The ids of the people whom the arguments of an address name; a case of admission names nobody at first."""
    found: set[int] = set()
    for name, value in arguments.items():
        model, path = settings.NHIEMKY_SUBJECTS.get(name, ("", ""))
        if model:
            rows = apps.get_model(model)._default_manager.filter(pk=value).values_list(path, flat=True)
            found.update(person_id for person_id in rows if person_id is not None)
    return found
