"""The badges and special cases of a person, for the person's page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.badges.selectors import VIEW
from nhiemky.badges.wording import BASES
from nhiemky.core.components import LifeEvent, Link
from nhiemky.domain.access import Actor
from nhiemky.members.models import Person


def badges(actor: Actor, person: Person, today: date) -> Iterator[LifeEvent]:
    """Each with its round, which opens for whom the deciding organisation is theirs (`members.filed.Provider`)."""
    scope = actor.scope(VIEW)
    for badge in person.badges.select_related("decision__unit").order_by("pk"):
        decision, title = badge.decision, _("Party badge for %(years)s years") % {"years": badge.years}
        url = reverse("badges:round", args=[decision.unit.code, decision.day.isoformat()])
        link = Link(decision.number, url if decision.unit_id in scope else "")
        note = badge.withdrawn_reason or str(BASES[badge.basis])
        yield LifeEvent(title, decision.day, links=(link,), note=note, struck=badge.withdrawn_seq is not None)
    for case in person.badge_cases.order_by("day"):
        title = _("Special case of a badge round (%(years)s years)") % {"years": case.years}
        yield LifeEvent(title, case.day, note=f"{BASES[case.basis]} · {case.reason}")
