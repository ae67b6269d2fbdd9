"""How a view is declared (`page`) and how it answers (`show`, `done`)."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect, HttpResponseLocation

from nhiemky.core import errors
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.findings import Refused

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

View = Callable[..., HttpResponse]
SECOND_FACTOR = "accounts:second_factor"
"""Where those go who may write and have not given their second factor; accounts lies above core."""
OWN_PASSWORD = "accounts:password"
"""Where those go first whose password somebody else has set, and therefore knows."""


class PageRequest(HttpRequest):
    """A request after the middleware: who asks, and on which day the world is looked at."""

    actor: Actor
    must_change: bool
    today: date
    on: date
    structure: date | None
    htmx: HtmxDetails
    user: Any


@dataclass(frozen=True, slots=True)
class PageInfo:
    """What a view declares.

    `unverified` lets those in who still owe the second factor (to give it), `unchanged` those who still owe a password
    of their own (to set it). `notes`: the view itself notes whom it showed (`members.middleware` does it otherwise).
    """

    permission: str | None
    methods: tuple[str, ...]
    public: bool
    unverified: bool
    unchanged: bool
    notes: bool


def page(
    permission: str | None = None,
    *,
    methods: tuple[str, ...] = ("GET",),
    public: bool = False,
    unverified: bool = False,
    unchanged: bool = False,
    notes: bool = False,
) -> Callable[[View], View]:
    """Declare a view: who may open it, its methods, and that its refusals become pages.

    `permission` None means everybody who is signed in; `public` everybody. A permission held nowhere answers 403
    with the reason; rows outside the actor's subtree are refused where they are fetched.
    """
    info = PageInfo(permission, methods, public, unverified, unchanged, notes)

    def declare(view: View) -> View:
        @functools.wraps(view)
        def answer(plain: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request = cast(PageRequest, plain)
            try:
                return _stopped_at_door(request, info) or view(request, *args, **kwargs)
            except Denied as no:
                return errors.denied(request, no)
            except Refused as no:
                return errors.refused(request, no)

        answer.page = info  # type: ignore[attr-defined]
        return login_not_required(answer) if public else answer

    return declare


def _stopped_at_door(request: PageRequest, info: PageInfo) -> HttpResponse | None:
    method = "GET" if request.method == "HEAD" else request.method
    if method not in info.methods:
        return errors.method_not_allowed(request, info.methods)
    if info.public:
        return None
    if not request.user.is_authenticated:
        return _away(request, redirect_to_login(request.get_full_path()).url)
    if getattr(request, "must_change", False):
        return None if info.unchanged else _away(request, resolve_url(OWN_PASSWORD))
    if request.actor.writes and not request.actor.verified and not info.unverified:
        return _away(request, f"{resolve_url(SECOND_FACTOR)}?{urlencode({'next': request.get_full_path()})}")
    if info.permission is not None and not request.actor.may(info.permission):
        raise Denied(info.permission, "permission_missing", status=403)
    return None


def _away(request: PageRequest, to: str) -> HttpResponse:
    return HttpResponseClientRedirect(to) if request.htmx else HttpResponseRedirect(to)


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    part: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the whole page, or for htmx only its named part."""
    name = f"{template}#{part}" if part and cast(PageRequest, request).htmx else template
    response = render(request, name, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def done(request: HttpRequest, *, to: str, note: str = "") -> HttpResponse:
    """Leave after a write: a note for the next page, and a redirect that htmx follows too."""
    if note:
        messages.success(request, note)
    return HttpResponseLocation(to) if cast(PageRequest, request).htmx else HttpResponseRedirect(to)
