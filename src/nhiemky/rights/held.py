"""Everything that is held about a person, for that person: as lines of a page, as .xlsx and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from nhiemky.core.components import Fact, LifeEvent, Link
from nhiemky.core.lists import Column
from nhiemky.core.spreadsheets import Sheet, workbook
from nhiemky.domain.members.particulars import PARTICULARS
from nhiemky.domain.periods import DAY
from nhiemky.members import identity, record, selectors
from nhiemky.members.forms_particulars import shown_value
from nhiemky.members.models import Movement, Person, Seat
from nhiemky.members.sums import View
from nhiemky.members.wording import POSTS, READINGS, STANDINGS, movement_name, particular_name
from nhiemky.organisation.wording import BODIES
from nhiemky.rights import selectors as rights
from nhiemky.rights.wording import ask_name, state_name

Row = dict[str, Any]
_MOST_READINGS = 10_000


def number_of(person: Person) -> str:
    """The person's identity number in clear, for that person."""
    return identity.unseal(bytes(person.identity_sealed)) if person.identity_sealed else ""


def held(person: Person, view: View, *, number: bool) -> dict[str, list[Row]]:
    """Every section by its key; values are texts, days and numbers. `number`: with the identity number in clear."""
    return {
        "particulars": _particulars(person, number=number),
        "ledger": [_entry(entry, view) for entry in selectors.entries_of(person)],
        "stays": [_stay(stay, view) for stay in person.stays.order_by("during")],
        "seats": [_seat(seat, view) for seat in seats(person)],
        "changes": [_change(change) for change in selectors.changes(person)],
        "readings": [_reading(row) for row in selectors.readings(person, _MOST_READINGS)],
        "requests": [_request(asked) for asked in rights.requests_of(person)],
    }


def _particulars(person: Person, *, number: bool) -> list[Row]:
    rows: list[Row] = []
    for one in PARTICULARS:
        if one.sealed:
            value: object = (number_of(person) if number else "•") if person.identity_sealed else ""
        else:
            kept = getattr(person, one.key)
            value = kept if isinstance(kept, date) else shown_value(one.key, str(kept))
        rows.append({"field": one.key, "label": particular_name(one.key), "value": value})
    for key, label in (("admitted_on", _("Ceremony")), ("official_on", _("Official member"))):
        rows.append({"field": key, "label": label, "value": getattr(person, key)})
    return rows


def _unit(view: View, unit_id: int | None, on: date) -> str:
    return "" if unit_id is None else view.structure.name(view.structure.index[unit_id], on)


def _entry(entry: Movement, view: View) -> Row:
    return {
        "on": entry.on,
        "kind": movement_name(entry.kind),
        "from": _unit(view, entry.from_unit_id, entry.on - DAY),
        "to": _unit(view, entry.to_unit_id, entry.on),
        "paper": " · ".join(part for part in (entry.paper_number, entry.paper_body) if part),
        "paper_date": entry.paper_date,
        "place": entry.place,
        "reason": entry.reason,
        "counter_entry": _("yes") if entry.reverses_id is not None else "",
    }


def _stay(stay: Any, view: View) -> Row:
    return {
        "from": stay.during.lower,
        "until": stay.during.upper,
        "unit": _unit(view, stay.unit_id, stay.during.lower),
        "standing": str(STANDINGS[stay.standing]),
        "exempt": _("yes") if stay.exempt else "",
    }


def seats(person: Person) -> list[Seat]:
    """Seats in bodies, the newest first."""
    return list(person.seats.select_related("term__body__unit").order_by("-during"))


def _seat(seat: Seat, view: View) -> Row:
    return {
        "body": str(BODIES.get(seat.term.body.kind, seat.term.body.kind)),
        "unit": _unit(view, seat.term.body.unit_id, seat.during.lower),
        "post": str(POSTS[seat.post]),
        "from": seat.during.lower,
        "until": seat.during.upper,
        "paper": seat.paper_number,
    }


def _change(change: Any) -> Row:
    return {
        "at": change.at.date(),
        "field": particular_name(change.field),
        "before": shown_value(change.field, change.before),
        "after": shown_value(change.field, change.after),
        "since": change.since,
        "reason": change.reason,
        "by": change.user_name,
    }


def _reading(row: Row) -> Row:
    what = str(READINGS.get(row["what"], row["what"]))
    return {"who": row["name"], "what": what, "times": row["times"], "last": row["last"].date()}


def _request(asked: Any) -> Row:
    return {
        "number": asked.pk,
        "made_on": asked.made_on,
        "kind": ask_name(asked.kind),
        "field": particular_name(asked.field) if asked.field else asked.about,
        "value": shown_value(asked.field, asked.value) if asked.field else "",
        "why": asked.why,
        "state": state_name(asked.state),
        "answered_on": asked.answered_on,
        "answer": asked.answer,
        "source": asked.source,
    }


# --- Files -----------------------------------------------------------------------------------------------------------


def as_json(sections: dict[str, list[Row]], on: date) -> bytes:
    """The sections as JSON; days in ISO form."""
    told = {"as_of": on, **sections}
    return json.dumps(told, ensure_ascii=False, indent=1, default=_plain).encode()


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def as_xlsx(sections: dict[str, list[Row]], on: date, name: str) -> bytes:
    """The sections as sheets."""
    about = ((_("Person"), name), (_("As of"), on))
    titles = _titles()
    return workbook(Sheet(titles[key], about, _columns(rows), rows) for key, rows in sections.items())


def _titles() -> dict[str, str]:
    return {
        "particulars": _("Particulars"),
        "ledger": _("Ledger"),
        "stays": _("Stays"),
        "seats": _("Seats"),
        "changes": _("Changes"),
        "readings": _("Who read it"),
        "requests": _("Requests"),
    }


def _columns(rows: Sequence[Row]) -> list[Column[Row]]:
    return [Column(key, _heads().get(key, key), _reader(key)) for key in (rows[0] if rows else {})]


def _heads() -> dict[str, str]:
    return {
        "field": _("Field"), "label": _("Name"), "value": _("Value"), "on": _("Day"), "kind": _("Kind"),
        "from": _("From"), "to": _("To"), "until": _("Until"), "unit": _("Organisation"), "paper": _("Paper"),
        "paper_date": _("Day of the paper"), "place": _("Place"), "reason": _("Reason"),
        "counter_entry": _("Counter-entry"), "standing": _("Standing"), "exempt": _("Exempt"), "body": _("Body"),
        "post": _("Post"), "at": _("Day"), "before": _("Before"), "after": _("After"), "since": _("Holds from"),
        "by": _("By"), "who": _("Who"), "what": _("What"), "times": _("Times"), "last": _("Last on"),
        "number": _("Request number"), "made_on": _("Made on"), "why": _("Reason"), "state": _("State"),
        "answered_on": _("Answered on"), "answer": _("Answer"), "source": _("Source"),
    }  # fmt: skip


def _reader(key: str) -> Callable[[Row], Any]:
    return lambda row: row[key]


# --- The page --------------------------------------------------------------------------------------------------------


def lines(person: Person) -> list[Fact]:
    """Every particular but the sealed one; `note` is its key, for the form that asks for a correction."""
    rows = [Fact(particular_name("full_name"), person.full_name, note="full_name")]
    shown = [one.key for one in PARTICULARS if not one.sealed and one.key not in record.APART]
    return rows + [replace(fact, note=key) for key, fact in zip(shown, record.facts(person), strict=True)]


def without_links(events: Sequence[LifeEvent]) -> list[LifeEvent]:
    """What a member reads: units and decisions by name, not as pages of the office."""
    return [replace(event, links=[Link(link.label) for link in event.links]) for event in events]
