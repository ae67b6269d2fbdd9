"""Kinds, sectors and bodies in words."""

from __future__ import annotations

from django import template

from nhiemky.organisation import wording

register = template.Library()
register.filter("kind_name", wording.kind_name)
register.filter("sector_name", wording.sector_name)


@register.filter
def body_name(key: str) -> str:
    """What a body is called."""
    return str(wording.BODIES.get(key, key))


@register.filter
def operation_name(key: str) -> str:
    """What an operation is called."""
    return str(wording.OPERATIONS.get(key, key))


@register.filter
def field_name(key: str) -> str:
    """What a field of a decision is called."""
    return str(wording.FIELDS.get(key, key))
