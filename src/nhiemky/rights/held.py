"""Everything that is held about a person, for that person: as lines of a page, as .xlsx and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from operator import itemgetter
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from nhiemky.core.components import Fact, LifeEvent, Link
from nhiemky.core.days import write_day
from nhiemky.core.lists import Column, Table
from nhiemky.core.spreadsheets import Sheet, workbook
from nhiemky.domain.members.particulars import PARTICULARS
from nhiemky.domain.periods import DAY
from nhiemky.members import identity, record, selectors
from nhiemky.members.forms_particulars import shown_value
from nhiemky.members.held import Section, of_parts, paper, unit_name
from nhiemky.members.models import Movement, Person, Seat
from nhiemky.members.sums import View
from nhiemky.members.wording import POSTS, READINGS, STANDINGS, ground_name, movement_name, particular_name
from nhiemky.organisation.wording import BODIES
from nhiemky.rights.models import Request, RequestStep
from nhiemky.rights.wording import ACT_NAMES, ask_name, state_name

_MOST_READINGS = 100_000


def held(person: Person, view: View, requests: Sequence[Request], *, number: bool) -> list[Section]:
    """Every section, also those without a line. `number`: with the identity number in clear; `requests`: whose reader
    may know of them.
    """
    return [
        _particulars(person, number=number),
        _ledger(person, view),
        _stays(person, view),
        _seats(person, view),
        _changes(person),
        readings(person, _MOST_READINGS),
        *of_parts(person, view),
        _requests(requests),
        _steps(requests),
        _accounts(person),
    ]


def _particulars(person: Person, *, number: bool) -> Section:
    rows: list[tuple[object, ...]] = []
    for one in PARTICULARS:
        if one.sealed:
            value: object = (identity.shown(person) if number else "•") if person.identity_sealed else ""
        else:
            kept = getattr(person, one.key)
            value = kept if isinstance(kept, date) else shown_value(one.key, str(kept))
        rows.append((one.key, particular_name(one.key), value))
    for key, label in (("admitted_on", _("Ceremony")), ("official_on", _("Official member"))):
        rows.append((key, label, getattr(person, key)))
    heads = {"field": _("Field"), "label": _("Name"), "value": _("Value")}
    return Section.of("particulars", _("Particulars"), heads, rows)


def _ledger(person: Person, view: View) -> Section:
    heads = {"on": _("Day"), "kind": _("Kind"), "from": _("From"), "to": _("To"), "ground": _("Ground"),
             "paper": _("Paper"), "paper_date": _("Day of the paper"), "place": _("Place"), "reason": _("Reason"),
             "counter_entry": _("Counter-entry")}  # fmt: skip
    return Section.of("ledger", _("Ledger"), heads, (_entry(one, view) for one in selectors.entries_of(person)))


def _entry(entry: Movement, view: View) -> tuple[object, ...]:
    return (
        entry.on, movement_name(entry.kind), unit_name(view, entry.from_unit_id, entry.on - DAY),
        unit_name(view, entry.to_unit_id, entry.on), ground_name(entry.ground) if entry.ground else "",
        paper(entry.paper_number, entry.paper_body), entry.paper_date, entry.place, entry.reason,
        _("yes") if entry.reverses_id is not None else "",
    )  # fmt: skip


def _stays(person: Person, view: View) -> Section:
    heads = {"from": _("From"), "until": _("Until"), "unit": _("Organisation"), "standing": _("Standing"),
             "exempt": _("Exempt")}  # fmt: skip
    return Section.of("stays", _("Stays"), heads, (
        (stay.during.lower, stay.during.upper, unit_name(view, stay.unit_id, stay.during.lower),
         str(STANDINGS[stay.standing]), _("yes") if stay.exempt else "") for stay in person.stays.order_by("during")
    ))  # fmt: skip


def seats(person: Person) -> list[Seat]:
    """Seats in bodies, the newest first."""
    return list(person.seats.select_related("term__body__unit").order_by("-during"))


def _seats(person: Person, view: View) -> Section:
    heads = {"body": _("Body"), "unit": _("Organisation"), "post": _("Post"), "from": _("From"), "until": _("Until"),
             "paper": _("Paper"), "end_paper": _("Paper of the end")}  # fmt: skip
    return Section.of("seats", _("Seats"), heads, (
        (str(BODIES.get(seat.term.body.kind, seat.term.body.kind)),
         unit_name(view, seat.term.body.unit_id, seat.during.lower), str(POSTS[seat.post]), seat.during.lower,
         seat.during.upper, paper(seat.paper_number, seat.paper_body), seat.end_paper) for seat in seats(person)
    ))  # fmt: skip


def _changes(person: Person) -> Section:
    heads = {"at": _("Day"), "field": _("Field"), "before": _("Before"), "after": _("After"), "since": _("Holds from"),
             "reason": _("Reason"), "by": _("By")}  # fmt: skip
    return Section.of("changes", _("Changes"), heads, (
        (c.at.date(), particular_name(c.field), shown_value(c.field, c.before), shown_value(c.field, c.after), c.since,
         c.reason, c.user_name) for c in selectors.changes(person)
    ))  # fmt: skip


def readings(person: Person, most: int) -> Section:
    """Each time that somebody looked, the latest first."""
    found = person.readings.order_by("-pk").values("user_id", "user_name", "what", "at")[:most]
    rows = selectors.named([dict(row) for row in found])
    heads = {"at": _("When"), "who": _("Who"), "what": _("What")}
    return Section.of("readings", _("Who read it"), heads, (
        (f"{localtime(row['at']):%d/%m/%Y %H:%M}", row["name"], str(READINGS.get(row["what"], row["what"])))
        for row in rows
    ))  # fmt: skip


def _requests(asked: Sequence[Request]) -> Section:
    heads = {"number": _("Request number"), "made_on": _("Made on"), "kind": _("Kind"), "field": _("About what"),
             "value": _("Value"), "why": _("Reason"), "state": _("State"), "answered_on": _("Answered on"),
             "answer": _("Answer"), "source": _("Source")}  # fmt: skip
    return Section.of("requests", _("Requests"), heads, (
        (one.pk, one.made_on, ask_name(one.kind), particular_name(one.field) if one.field else one.about,
         shown_value(one.field, one.value) if one.field else "", one.why, state_name(one.state), one.answered_on,
         one.answer, one.source) for one in asked
    ))  # fmt: skip


def _steps(asked: Sequence[Request]) -> Section:
    heads = {"number": _("Request number"), "on": _("Day"), "act": _("Step"), "text": _("Answer"), "by": _("By")}
    steps = RequestStep.objects.filter(request__in=asked).order_by("-seq", "-pk")
    return Section.of("request_steps", _("Steps of requests"), heads, (
        (one.request_id, one.on, str(ACT_NAMES[one.act]), one.text, one.user_name) for one in steps
    ))  # fmt: skip


def _accounts(person: Person) -> Section:
    heads = {"name": _("User name"), "last": _("Last sign-in"), "withdrawn": _("Closed")}
    holders = person.holders.select_related("user").order_by("pk")
    return Section.of("accounts", _("Accounts"), heads, (
        (one.user.username, one.user.last_login and one.user.last_login.date(), _("yes") if one.withdrawn else "")
        for one in holders
    ))  # fmt: skip


# --- Files -----------------------------------------------------------------------------------------------------------


def as_json(sections: Iterable[Section], on: date) -> bytes:
    """The sections as JSON; days in ISO form."""
    told = {"as_of": on, **{section.key: section.rows for section in sections}}
    return json.dumps(told, ensure_ascii=False, indent=1, default=_plain).encode()


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def as_xlsx(sections: Iterable[Section], on: date, name: str) -> bytes:
    """The sections as sheets."""
    about = ((_("Person"), name), (_("As of"), on))
    return workbook(Sheet(str(one.title), about, _columns(one), one.rows) for one in sections)


def _columns(section: Section) -> list[Column[Any]]:
    return [Column(key, head, itemgetter(key), sortable=False) for key, head in section.heads.items()]


# --- The page --------------------------------------------------------------------------------------------------------


def lines(person: Person) -> list[Fact]:
    """Every particular but the sealed one; `note` is its key, for the form that asks for a correction."""
    rows = [Fact(particular_name("full_name"), person.full_name, note="full_name")]
    shown = [one.key for one in PARTICULARS if not one.sealed and one.key not in record.APART]
    return rows + [replace(fact, note=key) for key, fact in zip(shown, record.facts(person), strict=True)]


def without_links(events: Sequence[LifeEvent]) -> list[LifeEvent]:
    """What a member reads: units and decisions by name, not as pages of the office."""
    return [replace(event, links=[Link(link.label) for link in event.links]) for event in events]


_WIDE = 6
# What the page shows in its own way, or on a page of its own.
_APART = {"particulars", "ledger", "seats", "changes", "readings", "requests", "request_steps"}


def tables(sections: Iterable[Section]) -> list[tuple[Section, Table[Any], list[list[Fact]]]]:
    """Every further section that has lines: what stands in the file stands on the page.

    As a table, and where that would be too wide to read, line for line as facts.
    """
    more = [one for one in sections if one.key not in _APART and one.rows]
    return [(one, table(one), _cards(one) if len(one.heads) > _WIDE else []) for one in more]


def _cards(section: Section) -> list[list[Fact]]:
    return [
        [Fact(str(head), write_day(v) if isinstance(v := row[key], date) else v) for key, head in section.heads.items()
         if row[key] not in (None, "")] for row in section.rows
    ]  # fmt: skip


def table(section: Section) -> Table[Any]:
    """A section as a table."""
    return Table(_columns(section), section.rows, len(section.rows), caption=str(section.title))
