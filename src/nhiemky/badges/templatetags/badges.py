"""What the page of a person tells about Party age and badges."""

from __future__ import annotations

from datetime import date

from django import template

from nhiemky.badges import selectors
from nhiemky.badges.models import Badge
from nhiemky.domain.periods import years_before
from nhiemky.members.models import Person

register = template.Library()


@register.simple_tag
def badges_of(person: Person) -> list[Badge]:
    """The badges of the person that hold."""
    return selectors.of_person(person)


@register.simple_tag
def party_age(person: Person, on: date) -> int | None:
    """Full years of Party age on the day; None for who is not official."""
    if person.decided_on is None or person.official_on is None or person.decided_on > on:
        return None
    years = on.year - person.decided_on.year
    return years if person.decided_on <= years_before(on, years) else years - 1
