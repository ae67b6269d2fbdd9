"""The door at which the clock is read. Everything inside is told the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date

from nhiemky.core.pages import PageRequest


def today() -> date:
    """The day of the office; fixed by NHIEMKY_TODAY for tests and rehearsals."""
    return settings.NHIEMKY_TODAY or timezone.localdate()


def parse_day(text: str) -> date | None:
    """A day typed day first (31/12/2022) or as 2022-12-31; None for anything else."""
    text = text.strip().replace(".", "/").replace("-", "/")
    parts = text.split("/")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return None
    year, month, day = parts if len(parts[0]) == 4 else parts[::-1]
    try:
        return parse_date(f"{int(year):04}-{int(month):02}-{int(day):02}")
    except ValueError:
        return None


class DayMiddleware:
    """`request.today`, the day asked for (`?on=`) and the structure asked for (`?structure=`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        page = cast(PageRequest, request)
        page.today = today()
        page.on = parse_day(request.GET.get("on", "")) or page.today
        page.structure = parse_day(request.GET.get("structure", ""))
        return self.get_response(request)
