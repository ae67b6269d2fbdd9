"""What directives ask, among what carries a document out (`documents.implementing.Implementer`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhiemky.directives import matrix, selectors
from nhiemky.directives.wording import WHAT
from nhiemky.documents.implementing import Carried
from nhiemky.documents.models import Document
from nhiemky.domain.access import Actor
from nhiemky.domain.directives.standing import COUNTED, EXEMPT, ISSUED, LATE
from nhiemky.tasks.columns import namer


def asks(actor: Actor, document: Document, on: date) -> Iterator[Carried]:
    """One line for each ask: how many were asked, how many have issued, how many are late on the day."""
    if not actor.may(selectors.VIEW):
        return
    found = list(selectors.asks(actor).filter(document=document, withdrawn_on=None, asked_on__lte=on))
    counts, name = matrix.column_counts(actor, found, on), namer(on)
    for ask in found:
        numbers = counts[ask.pk]
        issued, late = sum(numbers.get(state, 0) for state in ISSUED), numbers.get(LATE, 0)
        facts = {
            "what": WHAT[ask.what], "unit": name(ask.unit_id), "issued": issued,
            "asked": sum(numbers.get(state, 0) for state in COUNTED if state != EXEMPT),
        }  # fmt: skip
        text = _("%(what)s, asked for by %(unit)s: issued by %(issued)s of %(asked)s") % facts
        state = ngettext("%(count)s late", "%(count)s late", late) % {"count": late} if late else ""
        yield Carried(text, reverse("directives:ask", args=[ask.pk]), state, "bad" if late else "off", ask.due_on)
