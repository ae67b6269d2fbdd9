"""A small province for tests: a root, two districts, three communes, cells, and people by the real services."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from nhiemky.api import services as api
from nhiemky.api.models import PERMISSIONS, Token
from nhiemky.domain.access import Actor
from nhiemky.domain.names import fold, text_key
from nhiemky.members.models import Person, Seat
from nhiemky.members.services import bodies, entering, ledger
from nhiemky.members.services.entering import PersonData
from nhiemky.members.services.ledger import Paper
from nhiemky.organisation import selectors
from nhiemky.organisation.models import Placement, Term, Unit, UnitVersion

TODAY = date(2026, 10, 31)
START = date(2000, 1, 1)
SYSTEM = Actor.system("tests")

# code, name, kind, sector, parent
UNITS = (
    ("T", "Đảng bộ tỉnh Mẫu", "provincial", "agency", None),
    ("H1", "Đảng bộ huyện Một", "above_grassroots", "agency", "T"),
    ("H2", "Đảng bộ huyện Hai", "above_grassroots", "agency", "T"),
    ("X1", "Đảng bộ xã An Phú", "grassroots_committee", "residential", "H1"),
    ("X2", "Đảng bộ xã Bình Hòa", "grassroots_committee", "residential", "H1"),
    ("X3", "Đảng bộ xã Đức Lân", "grassroots_committee", "residential", "H2"),
    ("C1", "Chi bộ thôn Đông", "cell", "residential", "X1"),
    ("C2", "Chi bộ thôn Tây", "cell", "residential", "X1"),
    ("C3", "Chi bộ thôn Nam", "cell", "residential", "X2"),
    ("C4", "Chi bộ thôn Bắc", "cell", "residential", "X3"),
    ("C5", "Chi bộ Doanh nghiệp Sao Mai", "grassroots_cell", "private_enterprise", "H2"),
)


def unit(code: str, name: str, kind: str, sector: str, parent: str | None, start: date = START) -> Unit:
    """A unit with its first version and placement."""
    made = Unit.objects.create(code=code)
    during = DateRange(start, None)
    UnitVersion.objects.create(
        unit=made, name=name, name_key=text_key(name), folded=fold(name), kind=kind, sector=sector, during=during
    )
    above = None if parent is None else Unit.objects.get(code=parent)
    Placement.objects.create(unit=made, parent=above, during=during)
    return made


def province() -> dict[str, Unit]:
    """The units of `UNITS`, by code."""
    made = {code: unit(code, name, kind, sector, parent) for code, name, kind, sector, parent in UNITS}
    selectors.forget()
    return made


def person(name: str, cell: str, admitted: date, *, sex: str = "female", born: date = date(1990, 5, 19)) -> Person:
    """Somebody admitted to a cell by the real service."""
    return entering.person_admit(
        actor=SYSTEM,
        person=PersonData(full_name=name, sex=sex, birth_date=born, ethnic_group=1),
        unit_code=cell,
        decided_on=admitted,
        admitted_on=admitted,
        paper=Paper("1-QĐ/HU", admitted, "Ban Thường vụ Huyện ủy"),
        today=TODAY,
    )


def book(who: Person, kind: str, on: date, cell: str = "", *, ground: str = "") -> None:
    """One movement by the real service."""
    ledger.movement_book(
        actor=SYSTEM,
        person_id=who.pk,
        kind=kind,
        on=on,
        paper=Paper("2-QĐ/HU", on, "Huyện ủy"),
        today=TODAY,
        unit_code=cell,
        ground=ground,
    )


def term(code: str, body: str = "committee", *, start: date = date(2025, 8, 1), end: date = date(2030, 8, 1)) -> Term:
    """A term of a body by the real service, with three seats."""
    paper = Paper("5-QĐ/TU", start, "Ban Thường vụ Tỉnh ủy")
    return bodies.term_begin(actor=SYSTEM, unit_code=code, body=body, start=start, end=end, seats=3, paper=paper)


def seat(who: Person, code: str, *, post: str = "member", on: date = date(2025, 8, 1)) -> Seat:
    """A seat for somebody who is made an official member first, in a term that is begun for it."""
    if who.official_on is None:
        book(who, "official_recognition", date(who.admitted_on.year + 1, 6, 1))  # type: ignore[union-attr]
    held = Term.objects.filter(body__unit__code=code).first() or term(code)
    return bodies.seat_give(
        actor=SYSTEM,
        term_id=held.pk,
        person_id=who.pk,
        post=post,
        origin="elected",
        on=on,
        paper=Paper("6-BB/ĐH", on, "Đại hội"),
        today=TODAY,
    )


def decision(
    *operations: dict[str, object], effective: date = date(2025, 7, 1), number: str = "10-QĐ/TU"
) -> dict[str, object]:
    """A decision of the standing committee with these operations."""
    head = {"number": number, "date": "2025-06-16", "body": "Ban Thường vụ Tỉnh ủy", "effective": effective.isoformat()}
    return {"decision": head, "operations": list(operations)}


def token(owner: str, unit_code: str, **more: Any) -> tuple[Token, str]:
    """A token of another system and its secret, by the real service."""
    given: dict[str, Any] = {
        "name": f"Kho dữ liệu {unit_code}", "purpose": "Đồng bộ theo 5-KH/TU", "username": owner,
        "unit_code": unit_code, "permissions": PERMISSIONS, "start": date(2026, 1, 1), "end": date(2027, 1, 1),
    }  # fmt: skip
    return api.token_make(actor=SYSTEM, wanted=api.Wanted(**given | more))
