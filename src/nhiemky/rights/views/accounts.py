"""A member's account: given by the office that keeps the record, handed a new password, withdrawn."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from nhiemky.core.components import Link
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.domain.findings import Refused
from nhiemky.members import selectors as members
from nhiemky.members.models import Person
from nhiemky.rights import selectors
from nhiemky.rights.forms import PasswordForm
from nhiemky.rights.models import Holder
from nhiemky.rights.services import holders
from nhiemky.rights.services.holders import next_username

RIGHT = selectors.IDENTITY


def _person(request: PageRequest, person_id: int) -> Person:
    members.visible_person(request.actor, person_id, selectors.WRITE)
    return members.visible_person(request.actor, person_id, RIGHT)


@sensitive_post_parameters("password")
@page(RIGHT, methods=("GET", "POST"))
def account(request: PageRequest, person_id: int) -> HttpResponse:
    """A new account, with a first password that is handed over."""
    person = _person(request, person_id)
    note = _("The member can sign in as %(name)s now, and sets a password of their own first.")
    return _handled(request, person, holders.account_give, _("Give an account"), note, next_username(person.pk))


@sensitive_post_parameters("password")
@page(RIGHT, methods=("GET", "POST"))
def password(request: PageRequest, person_id: int) -> HttpResponse:
    """A new first password for a member who forgot theirs."""
    person = _person(request, person_id)
    note = _("The new password holds once: the member sets their own at the next sign-in.")
    held = selectors.holder_of(person)
    username = held.user.username if held else next_username(person.pk)
    return _handled(request, person, holders.account_password, _("Hand over a new password"), note, username)


def _handled(
    request: PageRequest, person: Person, deed: Callable[..., Holder], title: str, note: str, username: str
) -> HttpResponse:
    form = PasswordForm(request.POST or None)
    back = reverse("rights:person", args=[person.pk])
    if form.is_valid():
        try:
            held = deed(actor=request.actor, person_id=person.pk, password=form.cleaned_data["password"])
        except Refused as no:
            form.refuse(no)
        else:
            return done(request, to=back, note=note % {"name": held.user.username})
    context = {"form": form, "title": title, "person": person, "username": username, "back": back,
               "crumb": (Link(person.full_name, back), Link(title))}  # fmt: skip
    return show(request, "rights/account.html", context, status=422 if form.errors else 200)


@page(RIGHT, methods=("POST",))
def withdraw(request: PageRequest, person_id: int) -> HttpResponse:
    """Close the account."""
    person = _person(request, person_id)
    holders.account_withdraw(actor=request.actor, person_id=person.pk)
    to = reverse("rights:person", args=[person.pk])
    return done(request, to=to, note=_("The account is closed."))
