"""Pages about the interface for other systems: what it offers, its schema, and the tokens."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.accounts.selectors import users as users_known
from nhiemky.api import selectors, services
from nhiemky.api.columns import columns
from nhiemky.api.door import api, title
from nhiemky.api.forms import TokenForm
from nhiemky.api.operations import operations
from nhiemky.core.components import Link
from nhiemky.core.lists import table_of
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.core.wording import PERMISSION_NAMES
from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Refused

RIGHT = selectors.RIGHT


@page()
def interface(request: PageRequest) -> HttpResponse:
    """What other systems can ask and do."""
    context = {
        "operations": operations(),
        "base": request.build_absolute_uri(reverse("api:interface")) + "v1",
        "may_tokens": request.actor.may(RIGHT),
        "crumb": (Link(title()),),
    }
    return show(request, "api/interface.html", context)


@page()
def openapi(request: PageRequest) -> HttpResponse:
    """The schema, as OpenAPI."""
    return JsonResponse(schema(), json_dumps_params={"ensure_ascii": False, "indent": 1})


def schema() -> dict[str, Any]:
    """The OpenAPI document with the addresses as they are."""
    return dict(api.get_openapi_schema(path_prefix="/api/v1/"))


@page(RIGHT)
def tokens(request: PageRequest) -> HttpResponse:
    """The tokens over units in which the actor may give grants."""
    found = selectors.visible_tokens(request.actor)
    table = table_of(request, columns(request.today), found, default="name")
    return show(request, "api/tokens.html", {"table": table, "crumb": (Link(title(), reverse("api:interface")),)})


@page(RIGHT, methods=("GET", "POST"))
def token_new(request: PageRequest) -> HttpResponse:
    """Make a token; its secret is shown once, on the answer to this very request."""
    form = TokenForm(request.POST or None, initial={"start": request.today})
    crumb = (Link(title(), reverse("api:interface")), Link(_("Tokens"), reverse("api:tokens")), Link(_("Make")))
    if form.is_valid():
        try:
            token, secret = services.token_make(actor=request.actor, wanted=services.Wanted(**form.cleaned_data))
        except Refused as no:
            form.refuse(no)
        except Denied:
            form.add_error("unit_code", _("There is no such organisation within your own grants."))
        else:
            return show(request, "api/token_made.html", {"token": token, "secret": secret, "crumb": crumb})
    context = {"form": form, "crumb": crumb, "users": users_known(request.actor)}
    return show(request, "api/token_new.html", context, status=422 if form.errors else 200)


@page(RIGHT, methods=("GET", "POST"))
def token_withdraw(request: PageRequest, token_id: int) -> HttpResponse:
    """Withdraw a token after a question."""
    token = selectors.visible_tokens(request.actor).filter(pk=token_id).first()
    if token is None:
        raise Denied(RIGHT, "no_such_token", status=404)
    if request.method == "POST":
        services.token_withdraw(actor=request.actor, token_id=token.pk, on=request.today)
        return done(request, to=reverse("api:tokens"), note=_("The token no longer holds."))
    crumb = (Link(title(), reverse("api:interface")), Link(_("Tokens"), reverse("api:tokens")), Link(_("Withdraw")))
    names = [PERMISSION_NAMES[permission] for permission in token.permissions]
    return show(request, "api/token_withdraw.html", {"token": token, "names": names, "crumb": crumb})
