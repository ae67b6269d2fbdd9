"""What these pages share: the crumb, names of asks, a form that is sent once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.core.components import Link
from nhiemky.core.forms import Form
from nhiemky.core.pages import PageRequest, done, show
from nhiemky.directives.models import Ask, AskedOf
from nhiemky.directives.wording import WHAT
from nhiemky.documents.wording import named
from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Refused
from nhiemky.tasks.columns import namer

VIEW, WRITE = "work.view", "work.write"


def ask_url(ask_id: int) -> str:
    """The page of an ask."""
    return reverse("directives:ask", args=[ask_id])


def title_of(ask: Ask) -> str:
    """ "Plan: 21-NQ/TW"."""
    return f"{WHAT[ask.what]}: {named(ask.document)}"


def crumb(*more: Link) -> tuple[Link, ...]:
    """The path from the matrix on."""
    return (Link(_("Directives and answers"), reverse("directives:matrix")), *more)


def crumb_of(one: AskedOf, request: PageRequest, *more: Link) -> tuple[Link, ...]:
    """The path to one asked unit and on."""
    here = reverse("directives:asked", args=[one.pk])
    name = namer(request.today)(one.owing_id)
    return crumb(Link(title_of(one.ask), ask_url(one.ask_id)), Link(name, here), *more)


def sent(form: Form, act: Callable[[], Any], denied: str = "") -> Any:
    """What the write made; None while the form has to be shown, with what stands against it.

    `denied` is said where the write is not the actor's to do; without it that is a page of its own.
    """
    if not form.is_valid():
        return None
    try:
        return act()
    except Refused as no:
        form.refuse(no)
    except Denied:
        if not denied:
            raise
        form.add_error(None, denied)
    return None


def asked_for(
    request: PageRequest, form: Form, act: Callable[[], Any], to: str, note: str, title: str, **more: Any
) -> HttpResponse:
    """A page with one form, and what becomes of it; `more`: crumb, lead, text, bad, button."""
    if sent(form, act) is not None:
        return done(request, to=to, note=note)
    context = {"form": form, "title": title, "button": title, "cancel": to, **more}
    return show(request, "directives/form.html", context, status=422 if form.errors else 200)
