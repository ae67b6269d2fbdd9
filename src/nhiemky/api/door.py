"""The door for other systems: who comes in with a token, and how refusals are answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from nhiemky import __version__
from nhiemky.accounts import selectors as accounts
from nhiemky.accounts import services as accounts_services
from nhiemky.api import selectors, services
from nhiemky.core import wording
from nhiemky.core.addresses import client_address
from nhiemky.core.pages import PageRequest
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.findings import Finding, Refused

NAME = "api-token"
"""Under this name wrong tokens are counted at the same lock as wrong passwords."""
_WAIT = 900


class TokenBearer(HttpBearer):
    """`Authorization: Bearer nk_…`. Puts the token's actor on the request."""

    openapi_scheme = "bearer"

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The token in force.

        Raises:
            AuthenticationError: the token is unknown or over. Only unknown ones count as tries: who guesses is slowed
                down, and a right token is let in all the same, so that nobody locks another system out.
        """
        found = selectors.token_of(token)
        asked = cast(PageRequest, request)
        if found is None:
            _tried(request)
            raise AuthenticationError(401, "api.token_unknown")
        if not selectors.holds(found, asked.today):
            raise AuthenticationError(401, "api.token_not_in_force")
        asked.actor = selectors.actor_of(found, asked.today)
        services.token_used(actor=asked.actor, token=found, on=asked.today)
        return found


def _tried(request: HttpRequest) -> None:
    """Count a wrong token.

    Raises:
        HttpError: 429, too many came from this address lately.
    """
    if accounts.name_shut(request, NAME):
        raise HttpError(429, "api.too_many_tries")
    user_login_failed.send(sender=__name__, credentials={"username": NAME}, request=request)
    request.axes_locked_out = False  # type: ignore[attr-defined]  # its page is for people
    if accounts.name_shut(request, NAME):
        actor = Actor(name=NAME)
        accounts_services.locked_out(actor=actor, username=NAME, address=client_address(request))


api = NinjaAPI(
    title="Nhiệm Kỳ",
    version=__version__,
    description="Organisations, members, movements and figures for other systems, within the rights of a token.",
    auth=TokenBearer(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)


def needs(request: HttpRequest, permission: str) -> Actor:
    """The actor, if the permission is held anywhere at all: the door of a page, for an operation."""
    actor = cast(PageRequest, request).actor
    if not actor.may(permission):
        raise Denied(permission, "permission_missing", status=403)
    return actor


# Refusals: the same as those of pages, as data.


def answer(request: HttpRequest, status: int, findings: Iterable[Finding]) -> HttpResponse:
    """A refusal with everything that was found."""
    told = [{**finding.as_dict(), "sentence": wording.sentence(finding)} for finding in findings]
    response = api.create_response(request, {"status": status, "findings": told}, status=status)
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="nhiemky"'
    if status == 429:
        response["Retry-After"] = str(_WAIT)
    response["Cache-Control"] = "no-store"
    return response


@api.exception_handler(Denied)
def _denied(request: HttpRequest, no: Denied) -> HttpResponse:
    """403 with the reason; 404 where the token may not even know that the row exists."""
    if no.status == 404:
        return answer(request, 404, [Finding("api.not_found")])
    return answer(request, 403, [Finding("api.denied", facts={"reason": wording.reason(no)}, value=no.permission)])


@api.exception_handler(Refused)
def _refused(request: HttpRequest, no: Refused) -> HttpResponse:
    return answer(request, 422, no.findings)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, no: ValidationError) -> HttpResponse:
    """422: a value is missing or not of its type. The values themselves are not repeated."""
    return answer(request, 422, [_misread(error) for error in no.errors])


def _misread(error: dict[str, Any]) -> Finding:
    place = ".".join(str(step) for step in error.get("loc", ())[1:] if step != "data")
    return Finding("api.bad_value", field=place, facts={"type_code": error.get("type", "")})


@api.exception_handler(HttpError)
def _http(request: HttpRequest, no: HttpError) -> HttpResponse:
    """401 and 429 with a code of ours; 400 where the body is no JSON."""
    code = no.message if no.message.startswith("api.") else "api.token_missing"
    code = "api.not_json" if no.status_code == 400 else code
    return answer(request, no.status_code, [Finding(code)])


def unknown(request: HttpRequest) -> HttpResponse:
    """404 as data for addresses that are none."""
    return answer(request, 404, [Finding("api.not_found")])


def title() -> str:
    """What the interface is called on its pages."""
    return _("Interface for other systems")
