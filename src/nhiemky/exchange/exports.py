"""Members of a unit as a spreadsheet that can be handed in again unchanged: every particular, texts as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from nhiemky.core.lists import Column
from nhiemky.core.spreadsheets import Sheet, workbook
from nhiemky.domain.access import Actor
from nhiemky.domain.exchange.fields import FIELDS, Field
from nhiemky.domain.exchange.reading import quoted
from nhiemky.domain.members.particulars import PARTICULAR
from nhiemky.members import identity, register
from nhiemky.members.models import Person
from nhiemky.members.register import Member, Wanted
from nhiemky.members.services import exports
from nhiemky.members.sums import View
from nhiemky.members.wording import choice_names
from nhiemky.organisation import selectors as organisation

VIEW, IDENTITY = "members.view", "members.identity"
FORMATS = ("xlsx", "csv")
Values = dict[str, Any]
# Excel's calendar has a day too many until then.
_FIRST_SERIAL = date(1900, 3, 1)
_AT_ONCE = 2_000
_ORDER = ("full_name", "sex", "birth_date", "birth_year_only", "ethnic_group", "unit_name", "unit_code", "standing")


def fields(*, with_identity: bool) -> list[Field]:
    """The columns: what a list is looked through by first; identity numbers only for who may read them."""
    found = [one for one in FIELDS if not one.part and (with_identity or one.key != "identity_number")]
    return sorted(found, key=lambda one: _ORDER.index(one.key) if one.key in _ORDER else len(_ORDER))


def members_file(
    *,
    actor: Actor,
    unit_code: str,
    kind: str,
    today: date,
    progress: Callable[[float], None] = lambda part: None,
) -> tuple[bytes, int]:
    """The file and how many people it holds. That it was made is an event, each identity number in it a reading.

    Raises:
        Denied: the unit is not the actor's to see.
    """
    place = organisation.visible_position(actor, unit_code, VIEW)
    unit_id = int(organisation.structure().ids[place])
    with_identity = unit_id in actor.scope(IDENTITY)
    found = register.members(View(today), place, Wanted(), actor)
    count, numbers_of = len(found), list[int]()
    chosen = fields(with_identity=with_identity)
    rows = _told(people(found, actor, numbers_of, with_identity=with_identity), count, progress)
    content = _as_csv(chosen, rows) if kind == "csv" else _as_xlsx(chosen, rows)
    # Only now it is known whose numbers it holds; nobody has the file before this is written.
    exports.list_exported(
        actor=actor, unit_id=unit_id, unit_code=unit_code, rows=count, numbers_of=numbers_of,
        facts={"on": today, "format": kind, "identity": with_identity},
    )  # fmt: skip
    return content, count


def count(actor: Actor, unit_code: str, today: date) -> int:
    """How many people the file would hold.

    Raises:
        Denied: the unit is not the actor's to see.
    """
    place = organisation.visible_position(actor, unit_code, VIEW)
    return len(register.members(View(today), place, Wanted(), actor))


def _told(rows: Iterator[Values], count: int, progress: Callable[[float], None]) -> Iterator[Values]:
    for number, row in enumerate(rows, start=1):
        if number % _AT_ONCE == 0:
            progress(number / count * 0.9)
        yield row


def people(found: register.Members, actor: Actor, numbers_of: list[int], *, with_identity: bool) -> Iterator[Values]:
    """What is kept of each, by field; who belongs to an organisation outside today's grants is left out.

    Whose identity number is given out is added to `numbers_of`.
    """
    for start in range(0, len(found), _AT_ONCE):
        some = [member for member in found[start : start + _AT_ONCE] if member.open]
        numbers = _identities([member.person.pk for member in some], actor) if with_identity else {}
        numbers_of.extend(numbers)
        for member in some:
            yield {**_values(member), "identity_number": numbers.get(member.person.pk, "")}


def _identities(ids: Sequence[int], actor: Actor) -> dict[int, str]:
    rows = Person.objects.filter(pk__in=ids, identity_sealed__isnull=False)
    scope = actor.scope(IDENTITY)
    return {
        pk: identity.unseal(bytes(sealed))
        for pk, sealed, unit in rows.values_list("pk", "identity_sealed", "last_unit_id")
        if unit in scope and sealed is not None
    }


def _values(member: Member) -> Values:
    person = member.person
    values = {key: getattr(person, key) for key, one in PARTICULAR.items() if not one.sealed}
    values |= {"admitted_on": person.admitted_on, "official_on": person.official_on}
    values |= {"standing": "official" if member.official else "probationary"}
    return {**values, "unit_code": member.unit_code, "unit_name": member.unit_name}


def written(key: str, row: Values) -> object:
    """One cell: choices by their Vietnamese names, days as days, everything else as text."""
    value = row.get(key)
    if value is None or value == "":
        return ""
    if key == "standing":
        return "Chính thức" if value == "official" else "Dự bị"
    if key in PARTICULAR and PARTICULAR[key].kind == "choice":
        return PARTICULAR[key].choices[str(value)][0]
    if isinstance(value, bool):
        return "có" if value else ""
    if isinstance(value, date):
        return value if value >= _FIRST_SERIAL else f"{value:%d/%m/%Y}"
    return str(value)


def _as_xlsx(chosen: Sequence[Field], rows: Iterator[Values]) -> bytes:
    columns: list[Column[Values]] = [Column(one.key, one.vi, partial(written, one.key)) for one in chosen]
    return workbook([Sheet("Đảng viên", (), columns, rows)])


def _as_csv(chosen: Sequence[Field], rows: Iterator[Values]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([one.vi for one in chosen])
    for row in rows:
        cells = (written(one.key, row) for one in chosen)
        writer.writerow([f"{c:%d/%m/%Y}" if isinstance(c, date) else quoted(str(c)) for c in cells])
    return out.getvalue().encode("utf-8-sig")


def template() -> bytes:
    """An empty spreadsheet with every heading, and a second sheet that says what may stand in each column."""
    chosen = fields(with_identity=True)
    columns: list[Column[Any]] = [Column(one.key, one.vi, lambda row: row) for one in chosen]
    about: list[Column[Field]] = [
        Column("heading", _("Heading"), lambda one: one.vi),
        Column("values", _("What may stand in it"), _may_stand),
    ]
    return workbook([Sheet("Đảng viên", (), columns, ()), Sheet("Hướng dẫn", (), about, chosen)])


def _may_stand(one: Field) -> str:
    if names := (choice_names(one.key) if one.key in PARTICULAR else {}):
        return ", ".join(names.values())
    if one.key in ("birth_date", "decided_on", "admitted_on", "official_on"):
        return _("a day as dd/mm/yyyy; for the birth a year will do")
    if one.key == "standing":
        return "Chính thức, Dự bị"
    if one.key == "birth_year_only":
        return _("“có” where only the year is known")
    return _("text")
