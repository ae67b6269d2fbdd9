"""What these pages share: the crumb, the address of a document, a form that is sent once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.core.components import Link
from nhiemky.core.forms import Form
from nhiemky.core.pages import PageRequest, done, show
from nhiemky.documents.models import Document
from nhiemky.documents.wording import named
from nhiemky.domain.findings import Refused
from nhiemky.members.views.common import go

READ, WRITE = "work.view", "work.write"


def document_url(request: PageRequest, document: Document) -> str:
    """The page of a document, with the day being looked at."""
    return go(request, "documents:document", document.pk)


def crumb(*more: Link) -> tuple[Link, ...]:
    """The path from the register on."""
    return (Link(_("Register of documents"), reverse("documents:list")), *more)


def crumb_of(document: Document, *more: Link) -> tuple[Link, ...]:
    """The path to a document and on."""
    here = reverse("documents:document", args=[document.pk]) if more else ""
    return crumb(Link(named(document), here), *more)


def sent(request: PageRequest, form: Form, act: Callable[[], Any], to: Callable[[Any], str], note: str) -> Any:
    """The redirect after the write; None while the form has to be shown, with what stands against it."""
    if not form.is_valid():
        return None
    try:
        made = act()
    except Refused as no:
        form.refuse(no)
        return None
    return done(request, to=to(made), note=note)


def asked(request: PageRequest, form: Form, title: str, steps: tuple[Link, ...], **more: Any) -> HttpResponse:
    """A page with one form."""
    context = {"form": form, "title": title, "crumb": steps, "act": title, **more}
    return show(request, "documents/form.html", context, status=422 if form.errors else 200)
