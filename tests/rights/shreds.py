"""What tests of shredding share: the list and its carrying out, every text of the database, sums, the shut door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from builders import SYSTEM
from nhiemky.domain.access import Actor
from nhiemky.domain.periods import Period
from nhiemky.members.models import Person
from nhiemky.members.services.ledger import Paper
from nhiemky.members.services.particulars import person_amend
from nhiemky.members.sums import View
from nhiemky.reporting import selectors as reporting
from nhiemky.rights.models import Shredding
from nhiemky.rights.services import shredding
from rights.cases import TODAY

PAPER = Paper("77-QĐ/TU", date(2026, 10, 1), "Ban Thường vụ Tỉnh ủy")
DAYS = (date(2013, 6, 30), date(2014, 12, 31), date(2015, 6, 30), date(2016, 3, 1), date(2026, 10, 30))
FIRST, SECOND = Actor.system("một"), Actor.system("hai")


def amend(who: Person, values: dict[str, object], since: date | None = None) -> None:
    person_amend(actor=SYSTEM, person_id=who.pk, values=values, reason="chị Ân nộp", today=TODAY, since=since)


def shred(who: Person) -> Shredding:
    held = shredding.shredding_prepare(actor=FIRST, person_ids=[who.pk], paper=PAPER, today=TODAY)
    return shredding.shredding_carry_out(actor=SECOND, shredding_id=held.pk, number="77-QĐ/TU", today=TODAY)


def everything() -> str:
    """Every text of every table, but the audit chain and sessions."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall() if name not in ("django_session",)]
        told = ""
        for table in tables:
            cursor.execute(f"SELECT string_agg(t::text, E'\\n') FROM \"{table}\" t")
            told += f"\n{table}: {cursor.fetchone()[0]}"
    return told


def sums() -> list[Any]:
    """The ledger of each unit and all figures of each, on several days."""
    found: list[Any] = []
    for day in DAYS:
        view = View(day)
        balance = view.balance(Period(date(day.year, 1, 1), day))
        found += [balance.opening.tolist(), balance.closing.tolist(), balance.came.tolist(), balance.went.tolist()]
        for code in ("T", "X1", "C1"):
            question = reporting.question(view.structure.by_code[code], day.year, TODAY, on=day)
            found.append([(key, figure.value) for key, figure in reporting.figures(question).items()])
    return found


Write = Callable[[], object]


def opened(shredding_id: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('nhiemky.shredding', %s, true)", [str(shredding_id)])


def refuses(write: Write) -> None:
    with pytest.raises(DatabaseError, match=r"append-only|not changed or deleted"), transaction.atomic():
        write()
