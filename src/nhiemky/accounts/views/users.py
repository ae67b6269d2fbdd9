"""The users, for those who grant rights."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from nhiemky.accounts import selectors, services
from nhiemky.accounts.forms import OthersPasswordForm, UserForm
from nhiemky.accounts.models import User
from nhiemky.core.lists import Column, table_of
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.findings import Refused
from nhiemky.domain.names import name_key

COLUMNS: tuple[Column[Any], ...] = (
    Column(
        "full_name",
        gettext_lazy("Name"),
        lambda u: u.full_name,
        sort_value=lambda u: name_key(u.full_name),
        href=lambda u: reverse("accounts:user", args=[u.pk]),
    ),
    Column("username", gettext_lazy("User name"), lambda u: u.username, minor=True),
    Column(
        "factor",
        gettext_lazy("Second factor"),
        lambda u: _("set up") if u.has_factor else _("none yet"),
        sortable=False,
        tone=lambda u: "good" if u.has_factor else "off",
    ),
    Column(
        "active",
        gettext_lazy("State"),
        lambda u: _("in use") if u.is_active else _("closed"),
        sort=("is_active",),
        tone=lambda u: "off" if u.is_active else "bad",
    ),
    Column("last", gettext_lazy("Last signed in"), lambda u: u.last_login, sort=("last_login",), minor=True),
)


@page("access.grant")
def users(request: PageRequest) -> HttpResponse:
    """All users; for who grants over a part, those of that part and those without any grant."""
    table = table_of(request, COLUMNS, list(selectors.users(request.actor)), default="full_name")
    return show(request, "accounts/users.html", {"table": table})


@sensitive_post_parameters("password")
@page("access.grant", methods=("GET", "POST"))
def user_new(request: PageRequest) -> HttpResponse:
    """A new user."""
    form = UserForm(request.POST or None)
    if form.is_valid():
        try:
            user = services.user_create(actor=request.actor, **form.cleaned_data)
        except Refused as no:
            form.refuse(no)
        else:
            return done(request, to=reverse("accounts:user", args=[user.pk]), note=_("The user can sign in now."))
    return show(request, "accounts/user_new.html", {"form": form}, status=422 if form.errors else 200)


@sensitive_post_parameters("new")
@page("access.grant", methods=("GET", "POST"))
def user_password(request: PageRequest, user_id: int) -> HttpResponse:
    """Another's password, for who forgot it: told in person, changed at the next sign-in. Only over all."""
    found = get_object_or_404(selectors.users(request.actor), pk=user_id)
    if not request.actor.scope("access.grant").everything:
        raise Denied("access.grant", "not_everywhere")
    if found.pk == request.user.pk:
        return redirect("accounts:password")
    form = OthersPasswordForm(request.POST or None)
    if form.is_valid():
        try:
            services.password_set(actor=request.actor, user_id=found.pk, password=form.cleaned_data["new"], field="new")
        except Refused as no:
            form.refuse(no)
        else:
            note = _("The new password holds once: the user sets their own at the next sign-in.")
            return done(request, to=reverse("accounts:user", args=[found.pk]), note=note)
    context = {"form": form, "found": found}
    return show(request, "accounts/user_password.html", context, status=422 if form.errors else 200)


def _unlock(*, actor: Actor, user_id: int) -> None:
    services.user_unlock(actor=actor, username=User.objects.get(pk=user_id).username)


DEEDS = {
    "close": (services.user_deactivate, gettext_lazy("The account is closed.")),
    "open": (services.user_reactivate, gettext_lazy("The account is open again.")),
    "drop": (services.second_factor_drop, gettext_lazy("The second factor is removed.")),
    "unlock": (_unlock, gettext_lazy("The door is open again for the user.")),
}


@page("access.grant", methods=("GET", "POST"))
def user(request: PageRequest, user_id: int) -> HttpResponse:
    """One user, and what an administrator may do about the account."""
    found = get_object_or_404(selectors.users(request.actor), pk=user_id)
    if request.method == "POST" and (deed := DEEDS.get(request.POST.get("deed", ""))):
        act, note = deed
        act(actor=request.actor, user_id=found.pk)
        return done(request, to=reverse("accounts:user", args=[found.pk]), note=str(note))
    context = {"found": found, "over_all": request.actor.scope("access.grant").everything}
    return show(request, "accounts/user.html", context)
