"""Charts as pictures, under the same rights as the figures they draw."""

from __future__ import annotations

import hashlib

from django.http import HttpResponse
from django.http.response import HttpResponseNotModified

from nhiemky.core.pages import PageRequest, page
from nhiemky.domain.access import Denied
from nhiemky.reporting import charts
from nhiemky.reporting.selectors import at_one_moment
from nhiemky.reporting.views.choices import PERMISSION, chosen, language


@page("reporting.view")
@at_one_moment
def chart(request: PageRequest, code: str, year: int, key: str) -> HttpResponse:
    """An SVG; `?theme=dark` for dark pages."""
    choice = chosen(request, code, year)
    made = charts.chart(key, choice.asked, language(), choice.today)
    if made is None:
        raise Denied(PERMISSION, "no_such_chart", status=404)
    theme = "dark" if request.GET.get("theme") == "dark" else "light"
    drawn = charts.svg(made, theme, language()).encode()
    tag = f'"{hashlib.sha256(drawn).hexdigest()[:24]}"'
    same = request.headers.get("If-None-Match") == tag
    response = HttpResponseNotModified() if same else HttpResponse(drawn, content_type="image/svg+xml")
    response["ETag"], response["Cache-Control"] = tag, "private, no-cache"
    return response
