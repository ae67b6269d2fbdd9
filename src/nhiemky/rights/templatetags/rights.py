"""Requests in words."""

from __future__ import annotations

from django import template

from nhiemky.rights.views.common import subject_of
from nhiemky.rights.wording import ask_name

register = template.Library()
register.filter("ask_name", ask_name)
register.filter("subject", subject_of)
