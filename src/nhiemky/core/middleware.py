"""The door at which the clock is read, once for each request. Everything inside is told the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from nhiemky.core import errors
from nhiemky.core.days import parse_day
from nhiemky.core.pages import PageRequest


def today() -> date:
    """The day of the office; fixed by NHIEMKY_TODAY for tests and rehearsals."""
    return settings.NHIEMKY_TODAY or timezone.localdate()


class LanguageMiddleware:
    """Vietnamese unless somebody chose otherwise: an English browser on an office machine is no choice."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class PrivateMiddleware:
    """No browser or proxy keeps what a signed-in user was shown, unless the page says how long itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class DayMiddleware:
    """`request.today`, the day asked for (`?on=`) and the structure asked for (`?structure=`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, plain: HttpRequest) -> HttpResponse:
        request = cast(PageRequest, plain)
        request.today = request.on = today()
        request.structure = None
        for name in ("on", "structure"):
            text = request.GET.get(name, "").strip()
            if not text:
                continue
            try:
                setattr(request, name, parse_day(text))
            except ValueError:
                # Showing today instead would let somebody read the present as the past.
                return errors.bad_day(request, text)
        return self.get_response(request)
