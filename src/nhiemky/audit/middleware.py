"""Each request looks at one moment of the records."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from nhiemky.audit.moment import one_moment


class OneMomentMiddleware:
    """Asks once for each request whether what this process holds is still current."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with one_moment():
            return self.get_response(request)
