"""How a page is made: declared with `@page`, rendered with `show`, left with `done`."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django_htmx.http import HttpResponseLocation

from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.findings import Refused

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class PageRequest(HttpRequest):
    """A request as views see it: who asks, today, the day and the structure asked for."""

    actor: Actor
    today: date
    on: date
    structure: date | None
    htmx: HtmxDetails
    user: Any


@dataclass(frozen=True)
class PageInfo:
    """What a page declared about itself; the architecture tests walk these."""

    permission: str | None
    methods: tuple[str, ...]
    public: bool


View = Callable[..., HttpResponse]


def page(
    permission: str | None = None, *, methods: tuple[str, ...] = ("GET",), public: bool = False
) -> Callable[[View], View]:
    """Declare a page: who may open it and with which methods.

    `permission` None means everybody who is signed in; `public` everybody. A page whose permission the actor holds
    nowhere answers 403 with the reason; rows outside the actor's subtree are refused where they are fetched.
    """

    def declare(view: View) -> View:
        info = PageInfo(permission, methods, public)

        @functools.wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            asked = cast(PageRequest, request)
            if request.method not in (*methods, "HEAD"):
                return HttpResponseNotAllowed(methods)
            try:
                if not public and (lead := _second_factor_first(asked)) is not None:
                    return lead
                if permission is not None and not asked.actor.may(permission):
                    raise Denied(permission, "permission_missing")
                return view(asked, *args, **kwargs)
            except Denied as no:
                return denied(asked, no)
            except Refused as no:
                return show(asked, "core/refused.html", {"findings": no.findings}, status=422)

        run.page = info  # type: ignore[attr-defined]
        if public:
            run.login_required = False  # type: ignore[attr-defined]
        return run

    return declare


def _second_factor_first(request: PageRequest) -> HttpResponse | None:
    """Who may write must give a second factor in this session before anything else."""
    if request.actor.writes and not request.actor.verified:
        if not request.path.startswith(reverse("accounts:second_factor")):
            return redirect("accounts:second_factor")
    return None


def denied(request: PageRequest, no: Denied) -> HttpResponse:
    """404 outside the subtree, 403 inside; both say why."""
    template = "core/404.html" if no.status == 404 else "core/403.html"
    return show(request, template, {"denied": no}, status=no.status)


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object],
    *,
    part: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page; for an htmx request only the named partial of it."""
    if part is not None and cast(PageRequest, request).htmx:
        template = f"{template}#{part}"
    return render(request, template, dict(context), status=status)


def done(request: HttpRequest, *, to: str, note: str = "") -> HttpResponse:
    """Leave after a write: a message, and the page to go to."""
    if note:
        messages.success(request, note)
    if cast(PageRequest, request).htmx:
        return HttpResponseLocation(to)
    return HttpResponseRedirect(to)
