"""The cases of a person, for the person's page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.admissions import cases
from nhiemky.admissions.selectors import VIEW
from nhiemky.admissions.wording import STAGES
from nhiemky.core.components import LifeEvent, Link
from nhiemky.domain.access import Actor
from nhiemky.members.models import Person


def admission_cases(actor: Actor, person: Person, today: date) -> Iterator[LifeEvent]:
    """Each with its stage, by the day of its first step (`members.filed.Provider`)."""
    scope = actor.scope(VIEW)
    for case in cases.standings(list(cases.rows().filter(person=person)), today):
        url = reverse("admissions:case", args=[case.pk]) if case.unit_id in scope else ""
        first = min((done.on for done in case.facts.done), default=None)
        link = Link(str(STAGES[case.state.stage]), url)
        yield LifeEvent(_("Case of admission"), first, links=(link,), now=case.state.open)
