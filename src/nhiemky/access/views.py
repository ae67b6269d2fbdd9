"""Who may do what, where and when: the grants, and an explanation of one person's rights."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.access import selectors, services
from nhiemky.access.columns import columns
from nhiemky.access.explaining import explained
from nhiemky.access.forms import EndForm, ExplainForm, GrantForm
from nhiemky.access.models import Grant
from nhiemky.access.wording import ROLES
from nhiemky.accounts.models import User
from nhiemky.accounts.selectors import users as users_known
from nhiemky.core.components import Link, Tab
from nhiemky.core.lists import table_of
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.core.wording import PERMISSION_NAMES
from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Refused
from nhiemky.organisation import selectors as organisation

RIGHT = "access.grant"


@page(RIGHT)
def grants(request: PageRequest) -> HttpResponse:
    """Grants over the units in which the actor may give grants."""
    every = selectors.visible_grants(request.actor)
    in_force = every.filter(during__contains=request.today, withdrawn=False)
    ended = in_force.filter(unit_id__in=selectors.ended_units(request.today))
    which = request.GET.get("all", "")
    shown = {"1": every, "ended": ended}.get(which, in_force)
    to, waiting = reverse("access:grants"), ended.count()
    context = {
        "table": table_of(request, columns(request.actor, request.today), shown, default="user"),
        "choice": [
            Tab(_("in force"), to, which not in ("1", "ended")),
            Tab(_("over an ended organisation"), f"{to}?all=ended", which == "ended", waiting),
            Tab(_("all"), f"{to}?all=1", which == "1"),
        ],
        "waiting": waiting,
        "crumb": (Link(_("Grants")),),
    }
    return show(request, "access/grants.html", context)


@page(RIGHT, methods=("GET", "POST"))
def grant_new(request: PageRequest) -> HttpResponse:
    """Give a role over a subtree."""
    initial = {
        "start": request.today,
        "username": request.GET.get("user", ""),
        "unit_code": request.GET.get("unit", ""),
    }
    form = GrantForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            services.grant_give(actor=request.actor, **form.cleaned_data)
        except Refused as no:
            form.refuse(no)
        except Denied:
            form.add_error("unit_code", _("There is no such organisation within your own grants."))
        else:
            return done(request, to=reverse("access:grants"), note=_("The grant holds from its first day on."))
    crumb = (Link(_("Grants"), reverse("access:grants")), Link(_("Give")))
    context = {"form": form, "crumb": crumb, "users": users_known(request.actor)}
    return show(request, "access/grant_new.html", context, status=422 if form.errors else 200)


@page(RIGHT, methods=("GET", "POST"))
def grant_end(request: PageRequest, grant_id: int) -> HttpResponse:
    """End a grant with a day."""
    grant = selectors.visible_grants(request.actor).filter(pk=grant_id).first()
    if grant is None:
        raise Denied(RIGHT, "no_such_grant", status=404)
    form = EndForm(request.POST or None, initial={"on": request.today})
    if form.is_valid():
        try:
            services.grant_end(actor=request.actor, grant_id=grant.pk, on=form.cleaned_data["on"])
        except Refused as no:
            form.refuse(no)
        else:
            return done(request, to=reverse("access:grants"), note=_("The grant ends on that day, or is withdrawn."))
    context = {
        "grant": grant,
        "role": ROLES[grant.role],
        "unit_name": organisation.unit_name(organisation.structure().index[grant.unit_id], request.today),
        "form": form,
        "crumb": (Link(_("Grants"), reverse("access:grants")), Link(_("End"))),
    }
    return show(request, "access/grant_end.html", context, status=422 if form.errors else 200)


@page(RIGHT)
def explain(request: PageRequest) -> HttpResponse:
    """Which grant lets somebody do what in a unit, or that none does."""
    form = ExplainForm(request.GET or None)
    asked = form.asked() if form.is_bound else {}
    crumb = (Link(_("Grants"), reverse("access:grants")), Link(_("Explain")))
    context: dict[str, Any] = {"form": form, "crumb": crumb, "users": users_known(request.actor)}
    if asked:
        place = organisation.visible_position(request.actor, asked["unit"].strip(), RIGHT)
        user = User.objects.filter(username=asked["user"]).first()
        if user is None:
            raise Denied(RIGHT, "no_such_user", status=404)
        held = organisation.structure()
        context |= {
            "user_shown": user,
            "unit_name": organisation.unit_name(place, request.on),
            "rows": [
                (PERMISSION_NAMES[row.permission], [_told(g, request) for g in row.given_by],
                 [_told(g, request) for g in row.not_in_force])
                for row in explained(user.pk, int(held.ids[place]), request.on, reader=request.actor)
            ],
        }  # fmt: skip
    return show(request, "access/explain.html", context)


def _told(grant: Grant, request: PageRequest) -> dict[str, Any]:
    place = organisation.structure().index[grant.unit_id]
    return {"grant": grant, "role": ROLES[grant.role], "unit": organisation.unit_name(place, request.on)}
