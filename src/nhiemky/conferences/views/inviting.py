"""Inviting by post or by name, and noting presence by the list."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.conferences import selectors
from nhiemky.conferences.called import post_of
from nhiemky.conferences.forms import GuestForm, PostsForm, PresenceForm
from nhiemky.conferences.models import Conference
from nhiemky.conferences.selectors import WRITE
from nhiemky.conferences.services import holding, inviting
from nhiemky.conferences.views.common import crumb, written
from nhiemky.core.components import Link
from nhiemky.core.forms import Form
from nhiemky.core.pages import PageRequest, page


def _to(found: Conference) -> str:
    return reverse("conferences:invitees", args=[found.pk])


def _steps(found: Conference) -> tuple[Link, ...]:
    return crumb(found, Link(_("Invited and present"), _to(found)))


@page(WRITE, methods=("GET", "POST"))
def posts(request: PageRequest, conference_id: int) -> HttpResponse:
    """Invite everybody who holds some posts, in one organisation or in all of some kinds below it."""
    found = selectors.visible_conference(request.actor, conference_id, WRITE)
    form = PostsForm(request.POST or None, initial={"unit": found.unit.code, "posts": ["secretary"]})
    return written(
        request, form,
        lambda: inviting.posts_invite(actor=request.actor, conference_id=found.pk, posts=form.given()),
        to=_to(found), title=_("Invite by post"), note=_("Invited."), steps=_steps(found),
    )  # fmt: skip


@page(WRITE, methods=("GET", "POST"))
def guest(request: PageRequest, conference_id: int) -> HttpResponse:
    """Invite somebody by name."""
    found = selectors.visible_conference(request.actor, conference_id, WRITE)
    form = GuestForm(request.POST or None)
    return written(
        request, form,
        lambda: inviting.guest_invite(actor=request.actor, conference_id=found.pk, **form.cleaned_data),
        to=_to(found), title=_("Invite by name"), note=_("Invited."), steps=_steps(found),
    )  # fmt: skip


@page(WRITE, methods=("GET", "POST"))
def presence(request: PageRequest, invitee_id: int) -> HttpResponse:
    """Whether one of the invited came, and in which role."""
    one = selectors.visible_invitee(request.actor, invitee_id, WRITE)
    initial = {"presence": one.presence, "reason": one.reason, "role": one.role}
    form = PresenceForm(request.POST or None, initial=initial)
    return written(
        request, form,
        lambda: holding.presence_note(
            actor=request.actor, invitee_id=one.pk, today=request.today, **form.cleaned_data
        ),
        to=_to(one.conference), title=_("Presence"), note=_("Noted."), steps=_steps(one.conference),
        lead=f"{one.name} · {post_of(one, one.conference.on)}",
        remove=reverse("conferences:invitee_remove", args=[one.pk]), remove_label=_("Take off the list"),
    )  # fmt: skip


@page(WRITE, methods=("GET", "POST"))
def remove(request: PageRequest, invitee_id: int) -> HttpResponse:
    """Take somebody off the list of the invited."""
    one = selectors.visible_invitee(request.actor, invitee_id, WRITE)
    form = Form(request.POST if request.method == "POST" else None)
    return written(
        request, form,
        lambda: inviting.invitee_remove(actor=request.actor, invitee_id=one.pk),
        to=_to(one.conference), title=_("Take off the list"), note=_("Taken off."), steps=_steps(one.conference),
        lead=one.name, bad=True,
    )  # fmt: skip
