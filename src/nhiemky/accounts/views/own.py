"""One's own account."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from nhiemky.accounts import selectors, services
from nhiemky.accounts.forms import LanguageForm, PasswordForm
from nhiemky.accounts.models import User
from nhiemky.core import wording
from nhiemky.core.components import Fact
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.domain.access import PERMISSIONS
from nhiemky.domain.findings import Refused


@page(methods=("GET", "POST"))
def me(request: PageRequest) -> HttpResponse:
    """Who I am here, what I may do, my language and my second factor."""
    user = cast(User, request.user)
    form = LanguageForm(request.POST or None, initial={"language": user.language})
    if form.is_valid():
        services.language_set(actor=request.actor, user_id=user.pk, **form.cleaned_data)
        response = done(request, to=reverse("accounts:me"), note=_("Saved."))
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, form.cleaned_data["language"], samesite="Lax")
        return response
    context = {
        "form": form,
        "rights": [wording.PERMISSION_NAMES[p] for p in PERMISSIONS if request.actor.may(p)],
        "about": [Fact(_("Name"), user.full_name), Fact(_("User name"), user.username)],
        "factor": selectors.second_factor_of(user),
        "codes_left": selectors.codes_left(user),
    }
    return show(request, "accounts/me.html", context, status=422 if form.errors else 200)


@sensitive_post_parameters("old", "new", "again")
@page(methods=("GET", "POST"), unchanged=True)
def password(request: PageRequest) -> HttpResponse:
    """A new password for oneself; the present one is asked for."""
    user = cast(User, request.user)
    form = PasswordForm(request.POST or None)
    if form.is_valid() and not user.check_password(form.cleaned_data["old"]):
        form.add_error("old", _("This is not your present password."))
    if form.is_valid():
        try:
            changed = services.password_set(
                actor=request.actor, user_id=user.pk, password=form.cleaned_data["new"], field="new"
            )
        except Refused as no:
            form.refuse(no)
        else:
            update_session_auth_hash(request, changed)
            return done(request, to=reverse("accounts:me"), note=_("The new password holds from now on."))
    context = {"form": form, "must_change": request.must_change}
    return show(request, "accounts/password.html", context, status=422 if form.errors else 200)
