"""The second factor of those who may write: setting up, giving, recovering."""

from __future__ import annotations

import io
from typing import cast

import django_otp
import qrcode
from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django_otp.plugins.otp_totp.models import TOTPDevice, default_key
from qrcode.image.svg import SvgPathImage

from nhiemky.accounts import selectors, services
from nhiemky.accounts.forms import CodeForm, RecoveryForm
from nhiemky.accounts.models import User
from nhiemky.accounts.views.signing_in import next_page
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.domain.findings import Refused

KEY = "second_factor_key"
"""The session holds a new secret until a right code has been shown; only then it becomes a device."""


@sensitive_post_parameters("token")
@page(methods=("GET", "POST"), unverified=True)
def second_factor(request: PageRequest) -> HttpResponse:
    """Ask for a code; who has no authenticator yet is led to set one up."""
    user = cast(User, request.user)
    if request.user.is_verified():
        return HttpResponseRedirect(next_page(request))
    if selectors.second_factor_of(user) is None:
        return _set_up(request, user)
    form = RecoveryForm(request.POST or None)
    until = selectors.waits_until(user)
    if form.is_valid() and until is None:
        device = services.second_factor_check(actor=request.actor, user=user, token=form.cleaned_data["token"])
        if device is not None:
            django_otp.login(request, device)
            return HttpResponseRedirect(next_page(request))
        form.add_error("token", _("The code is not right, or it was used already."))
        until = selectors.waits_until(user)
    context = {"form": form, "until": until, "next": next_page(request)}
    return show(request, "accounts/second_factor.html", context, status=422 if form.errors else 200)


def _set_up(request: PageRequest, user: User) -> HttpResponse:
    key = request.session.setdefault(KEY, default_key())
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            device, codes = services.second_factor_set(
                actor=request.actor, user=user, key=key, token=form.cleaned_data["token"].replace(" ", "")
            )
        except Refused as no:
            form.refuse(no)
        else:
            request.session.pop(KEY)
            django_otp.login(request, device)
            return show(request, "accounts/codes.html", {"codes": codes, "next": next_page(request)})
    context = {"form": form, "secret": _readable(key), "next": next_page(request)}
    return show(request, "accounts/second_factor_new.html", context, status=422 if form.errors else 200)


def _device(key: str, user: User) -> TOTPDevice:
    return TOTPDevice(user=user, key=key)


def _readable(key: str) -> str:
    """The secret in groups of four, to be typed where no camera is at hand."""
    text = _device(key, User()).config_url.partition("secret=")[2].partition("&")[0]
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


@page(unverified=True)
def second_factor_qr(request: PageRequest) -> HttpResponse:
    """The secret as a picture for the authenticator's camera; never kept by browsers."""
    key = request.session.get(KEY)
    if not key:
        raise Http404
    out = io.BytesIO()
    url = _device(key, cast(User, request.user)).config_url
    qrcode.make(url, image_factory=SvgPathImage, border=0, box_size=10).save(out)
    response = HttpResponse(out.getvalue(), content_type="image/svg+xml")
    response["Cache-Control"] = "no-store"
    return response


@page(methods=("POST",))
def codes_new(request: PageRequest) -> HttpResponse:
    """New recovery codes, shown once; only with the second factor given."""
    if not request.user.is_verified():
        raise Http404
    codes = services.codes_renew(actor=request.actor, user=cast(User, request.user))
    return show(request, "accounts/codes.html", {"codes": codes, "next": settings.LOGIN_REDIRECT_URL})
