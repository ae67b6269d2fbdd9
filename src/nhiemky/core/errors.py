"""Refusals and faults as pages: what happened, why, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from nhiemky.core import wording
from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Refused


def _page(request: HttpRequest, status: int, title: str, text: str, todo: str, **more: object) -> HttpResponse:
    context = {"status": status, "title": title, "text": text, "todo": todo, **more}
    name = "core/error.html#part" if getattr(request, "htmx", False) else "core/error.html"
    response = render(request, name, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def denied(request: HttpRequest, no: Denied) -> HttpResponse:
    """403 with the reason; 404 where the actor may not even know that the row exists."""
    if no.status == 404:
        return not_found(request)
    return _page(
        request,
        403,
        _("You may not open this page"),
        wording.reason(no),
        _("If your work needs it, ask an administrator of your organisation for the right. Nothing was changed."),
        permission=no.permission,
    )


def refused(request: HttpRequest, no: Refused) -> HttpResponse:
    """422: a rule forbids it; every objection at once."""
    return _page(
        request,
        422,
        _("This cannot be done"),
        _("A rule stands against it. Nothing was changed."),
        _("Go back, correct what is named here and try again."),
        findings=no.findings,
    )


def method_not_allowed(request: HttpRequest, methods: Sequence[str]) -> HttpResponse:
    """405 with the methods that are allowed."""
    response = _page(
        request,
        405,
        _("This page is not opened that way"),
        _("The address was called with %(method)s; it takes %(methods)s.")
        % {"method": request.method, "methods": ", ".join(methods)},
        _("Open the page from the menu and use its buttons."),
    )
    response["Allow"] = ", ".join(methods)
    return response


def bad_day(request: HttpRequest, text: str) -> HttpResponse:
    """400: a day in the address is none of the calendar."""
    return _page(
        request,
        400,
        _("There is no such day"),
        _("“%(text)s” is not a day. Write it as dd/mm/yyyy, for example 31/12/2022.") % {"text": text[:40]},
        _("Correct the day in the address, or go back to today."),
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _page(
        request,
        400,
        _("The request could not be read"),
        _("What the browser sent was incomplete or not in the expected form. Nothing was changed."),
        _("Go back and try again."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 raised by Django itself."""
    return denied(request, Denied("", "permission_missing"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was too old or came from elsewhere."""
    return _page(
        request,
        403,
        _("The form has expired"),
        _("It was opened too long ago, or cookies are switched off, so we cannot be sure that you sent it."),
        _("Go back, reload the page and send the form again. Nothing was changed."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _page(
        request,
        404,
        _("There is nothing here"),
        _("The page does not exist, or it concerns an organisation outside your rights."),
        _("Check the address, or search with Ctrl K."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500, made without database, user or menu: any of them may be what broke."""
    return HttpResponse(render_to_string("500.html"), status=500)
