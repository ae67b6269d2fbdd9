"""The way in and out."""

from __future__ import annotations

import math
from typing import Any
from urllib.parse import urlencode

from axes.helpers import get_cool_off
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django_htmx.http import HttpResponseClientRedirect

from nhiemky.accounts import selectors, services
from nhiemky.accounts.forms import SignInForm
from nhiemky.accounts.models import User
from nhiemky.core.addresses import client_address
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.domain.access import Actor


def next_page(request: HttpRequest) -> str:
    """Where the user wanted to go, if it lies in this system; else the first page."""
    to = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure())
    return to if own else resolve_url(settings.LOGIN_REDIRECT_URL)


@sensitive_post_parameters("password")
@page(public=True, methods=("GET", "POST"))
def sign_in(request: PageRequest) -> HttpResponse:
    """Name and password; in the demo, on this machine, one click."""
    if request.htmx:
        return _door_for_htmx(request)
    if request.user.is_authenticated and request.method == "GET":
        return HttpResponseRedirect(next_page(request))
    form = SignInForm(request.POST or None)
    if form.is_valid():
        if selectors.address_shut(request):
            return locked_out(request)
        user = _recognised(request, **form.cleaned_data)
        if user is not None:
            return _enter(request, user, "password")
        form.add_error(None, _("User name and password do not belong together."))
    demo = selectors.demo_door_open(request)
    cast = selectors.personas((get_language() or "vi")[:2]) if demo else []
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next", ""), "personas": cast}
    return show(request, "accounts/sign_in.html", context, status=422 if form.errors else 200)


def _recognised(request: PageRequest, username: str, password: str) -> User | None:
    """The user, or None. When this very try shuts the door, for the name or the address, that is an event."""
    shut = selectors.name_shut(request, username)
    user = authenticate(request, username=username, password=password)
    if isinstance(user, User):
        return user
    actor, address = Actor(name=username), client_address(request)
    if not shut and selectors.name_shut(request, username):
        services.locked_out(actor=actor, username=username, address=address)
    if not shut and selectors.address_shut(request):
        services.locked_out(actor=actor, username="", address=address)
    return None


def _door_for_htmx(request: PageRequest) -> HttpResponse:
    """The session ended on an open page: lead the whole page to the door, not a part of it."""
    back = urlencode({"next": request.htmx.current_url_abs_path or "/"})
    return HttpResponseClientRedirect(f"{request.path}?{back}")


def _enter(request: PageRequest, user: User, door: str) -> HttpResponse:
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    services.signed_in(actor=Actor(user.pk, user.username), door=door)
    response = HttpResponseRedirect(next_page(request))
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
    return response


@page(public=True, methods=("POST",))
def demo_door(request: PageRequest) -> HttpResponse:
    """One click for each of the demo's cast. Outside demo mode this address does not exist."""
    if not selectors.demo_door_open(request):
        raise Http404
    name = request.POST.get("username", "")
    if name not in {persona.username for persona in selectors.personas("vi")}:
        raise Http404
    user = get_object_or_404(User, username=name, is_active=True)
    language = get_language() or user.language
    response = _enter(request, user, "demo")
    request.session["demo_door"] = True
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax")
    return response


@page(methods=("POST",), unverified=True, unchanged=True)
def sign_out(request: PageRequest) -> HttpResponse:
    """Out, back to the door."""
    logout(request)
    return HttpResponseRedirect(resolve_url(settings.LOGIN_URL))


def locked_out(request: HttpRequest, response: Any = None, credentials: Any = None) -> HttpResponse:
    """Too many wrong passwords: say until when."""
    wait = get_cool_off()
    minutes = math.ceil(wait.total_seconds() / 60) if wait else 0
    return show(request, "accounts/locked_out.html", {"minutes": minutes}, status=429)
