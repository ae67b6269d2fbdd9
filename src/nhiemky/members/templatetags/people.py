"""Standings, sexes and kinds of entries in words."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from nhiemky.members import wording
from nhiemky.members.models import Person
from nhiemky.members.views.common import person_url

register = template.Library()
register.filter("movement_name", wording.movement_name)
register.filter("ethnic_name", wording.ethnic_name)


@register.simple_tag(takes_context=True)
def person_name(context: template.Context, person: Person) -> SafeString:
    """The name, leading to the person's page where the reader may open it."""
    url = person_url(context["request"], person)
    if not url:
        return format_html("{}", person.full_name)
    return format_html('<a href="{}">{}</a>', url, person.full_name)


@register.filter
def said(key: str, table: str) -> str:
    """A stored word in words: `{{ person.sex|said:"SEXES" }}`."""
    return str(getattr(wording, table).get(key, key))
