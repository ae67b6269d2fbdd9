"""Quick passwords, and somebody who left long ago."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from builders import SYSTEM, book, person, province
from nhiemky.domain.access import Actor
from nhiemky.members.models import Person
from nhiemky.members.services.reading import reading_note
from nhiemky.rights.services import requests
from rights.cases import TODAY, correction, member
from rights.shreds import amend


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """Passwords are set in most of these tests and guessed in none: the slow hash is left to tests/accounts."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def gone(db: None) -> Person:
    """Died in 2015, with everything that can tell who it was, a change of each kind, a reading and a request."""
    province()
    person("Lê Thị Bình", "C1", date(2012, 3, 2), born=date(1984, 2, 3))
    who = person("Nguyễn Thị Ân", "C1", date(2012, 3, 2), born=date(1984, 10, 19))
    telling = {"phone": "0905123456", "residence": "Xóm Mới", "identity_number": "051185000123",
               "card_number": "00012345", "birth_date": date(1984, 10, 20)}  # fmt: skip
    amend(who, telling)
    amend(who, {"qualification": "university"}, since=date(2014, 1, 1))
    reading_note(actor=Actor(7, "anphu"), person_id=who.pk, what="page")
    wish = correction(member(who), who, "residence", "Xóm Cũ")
    requests.request_refuse(actor=SYSTEM, request_id=wish.pk, answer="Chị ấy ở Xóm Mới", source="x", today=TODAY)
    book(who, "official_recognition", date(2013, 6, 1))
    book(who, "death", date(2015, 8, 1))
    return Person.objects.get(pk=who.pk)
