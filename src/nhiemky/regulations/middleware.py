"""Each request is judged by one book of rules."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from nhiemky.domain.dated import by_book
from nhiemky.regulations.rules import current


class RulebookMiddleware:
    """The rules with what authorised offices said of them, from the first line of the request to the last."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with by_book(current()):
            return self.get_response(request)
