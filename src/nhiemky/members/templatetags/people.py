"""Standings, sexes and kinds of entries in words."""

from __future__ import annotations

from django import template

from nhiemky.members import wording

register = template.Library()
register.filter("movement_name", wording.movement_name)
register.filter("ethnic_name", wording.ethnic_name)


@register.filter
def said(key: str, table: str) -> str:
    """A stored word in words: `{{ person.sex|said:"SEXES" }}`."""
    return str(getattr(wording, table).get(key, key))
