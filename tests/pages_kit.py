"""A browser without a browser: somebody signed in with a role over a unit of `builders.province`."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from nhiemky.access.models import Grant
from nhiemky.accounts.models import User
from nhiemky.organisation.models import Unit
from personas import client_of


def somebody(role: str, unit_code: str, *, name: str = "", language: str = "en") -> Client:
    """A client signed in as a new user with one grant; the second factor is given."""
    username = name or f"{role}-{unit_code}".lower()
    user = User.objects.create(username=username, full_name=username.title(), language=language)
    Grant.objects.create(
        user=user, role=role, unit=Unit.objects.get(code=unit_code), during=DateRange(date(2024, 1, 1), None)
    )
    return signed_in(user, language)


def signed_in(user: User, language: str = "en") -> Client:
    """A client with the user's session."""
    client = client_of(user)
    client.cookies["django_language"] = language
    return client


def words(content: bytes) -> str:
    """What a page says, without its marks."""
    text = re.sub(r"<[^>]+>", " ", content.decode())
    return " ".join(unescape(text).split())
