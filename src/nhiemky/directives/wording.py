"""Sentences for the findings and acts of directives."""

from __future__ import annotations

from django.utils.functional import Promise

MESSAGES: dict[str, str | Promise] = {}
ACTIONS: dict[str, str | Promise] = {}
