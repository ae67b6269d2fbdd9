"""What these pages share: tabs, the path, a page with one form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.conferences.models import Conference
from nhiemky.conferences.selectors import WRITE
from nhiemky.core.components import Link, Tab
from nhiemky.core.forms import Form
from nhiemky.core.pages import PageRequest, done, show
from nhiemky.domain.findings import Refused


def url(conference: Conference) -> str:
    """The page of the conference."""
    return reverse("conferences:conference", args=[conference.pk])


def crumb(conference: Conference, *more: Link) -> tuple[Link, ...]:
    """The path to a conference and on."""
    return (Link(_("Conferences"), reverse("conferences:list")), Link(conference.title, url(conference)), *more)


def writes(request: PageRequest, conference: Conference) -> bool:
    """Whether the actor may write the conference."""
    return conference.unit_id in request.actor.scope(WRITE)


def tabs(conference: Conference, current: str) -> list[Tab]:
    """The pages of a conference."""
    pages = (
        ("conference", _("Agenda and course")),
        ("invitees", _("Invited and present")),
        ("instructions", _("Instructions and limits")),
        ("summary", _("Summary")),
    )
    return [Tab(label, reverse(f"conferences:{name}", args=[conference.pk]), name == current) for name, label in pages]


def of_page(request: PageRequest, conference: Conference, current: str, **more: Any) -> dict[str, Any]:
    """What every page of a conference shows."""
    return {
        "conference": conference,
        "tabs": tabs(conference, current),
        "writes": writes(request, conference),
        "crumb": crumb(conference),
        **more,
    }


def written(
    request: PageRequest, form: Form, act: Callable[[], object], *, to: str, title: str, note: str,
    steps: tuple[Link, ...], **more: Any,
) -> HttpResponse:  # fmt: skip
    """One form: carried out, or shown with what stands against it."""
    if form.is_valid():
        try:
            act()
        except Refused as no:
            form.refuse(no)
        else:
            return done(request, to=to, note=note)
    context = {"form": form, "title": title, "cancel": to, "crumb": (*steps, Link(title)), **more}
    return show(request, "conferences/form.html", context, status=422 if form.errors else 200)
