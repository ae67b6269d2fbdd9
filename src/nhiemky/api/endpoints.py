"""The operations: the same selectors and services as the pages, and the same rights."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, cast

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field

from nhiemky.api import schemas
from nhiemky.api.door import needs
from nhiemky.core.pages import PageRequest
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.findings import Finding, Refused
from nhiemky.domain.periods import EARLIEST, LATEST
from nhiemky.members import register
from nhiemky.members import selectors as members
from nhiemky.members.models import Movement, Person
from nhiemky.members.register import Member, Wanted
from nhiemky.members.services import ledger, particulars, reading
from nhiemky.members.services.ledger import Paper
from nhiemky.members.sums import View
from nhiemky.organisation import selectors as organisation
from nhiemky.reporting import commands as reporting
from nhiemky.statistics import commands as statistics
from nhiemky.statistics import selectors as forms

router = Router()
_REFUSALS: dict[Any, Any] = dict.fromkeys((401, 403, 404, 422, 429), schemas.Refusal)
_MOST = 500
_ALL_OF_IT = 2**63 - 1
Answer = Any
Depth = Annotated[int, Field(ge=0, le=20)]
Page = Annotated[int, Field(ge=1, le=10**9)]
Size = Annotated[int, Field(ge=1, le=_MOST)]
Number = Annotated[int, Field(ge=0, le=_ALL_OF_IT)]
Year = Annotated[int, Field(ge=1900, le=2199)]
Half = Annotated[int, Field(ge=0, le=2)]


def _day(request: HttpRequest, day: date | None) -> date:
    """The day asked for, or today.

    Raises:
        Refused: it is none of our time.
    """
    if day is not None and not EARLIEST <= day <= LATEST:
        raise Refused(Finding("api.day_impossible", field="day", value=day.isoformat()))
    return day or _today(request)


def _today(request: HttpRequest) -> date:
    return cast(PageRequest, request).today


def _code(unit_id: int | None) -> str | None:
    held = organisation.structure()
    return None if unit_id is None else held.codes[held.index[unit_id]]


@router.get("/units", response={200: schemas.UnitsOut, **_REFUSALS}, operation_id="units")
def units(request: HttpRequest, day: date | None = None, unit: str = "", depth: Depth = 20) -> Answer:
    """The tree of a day: a unit and what stands below it, or everything within the token's reach."""
    actor, on = needs(request, "organisation.view"), _day(request, day)
    places = [organisation.visible_position(actor, unit)] if unit else members.top_units(View(on), actor)
    held = organisation.structure()
    if unit and held.version(places[0], on) is None:
        raise Denied("organisation.view", "no_such_unit", status=404)
    return {"day": on, "units": [organisation.nested(place, on, depth) for place in places]}


@router.get("/units/{code}/members", response={200: schemas.MembersOut, **_REFUSALS}, operation_id="members")
def unit_members(
    request: HttpRequest,
    code: str,
    day: date | None = None,
    page: Page = 1,
    size: Size = 100,
) -> Answer:
    """The members of a unit on a day, by name, page by page. Each of them sees on their page that they were read."""
    actor, on = needs(request, "members.view"), _day(request, day)
    place = organisation.visible_position(actor, code, "members.view")
    found = register.members(View(on), place, Wanted(), actor)
    shown = found[(page - 1) * size : page * size]
    reading.readings_note(actor=actor, person_ids=[m.person.pk for m in shown], what="api")
    more = page + 1 if page * size < len(found) else None
    return {"day": on, "total": len(found), "page": page, "next": more, "members": [_member(m) for m in shown]}


def _member(found: Member) -> dict[str, Any]:
    person = found.person
    return {
        "id": person.pk if found.open else None,
        "full_name": person.full_name,
        "sex": person.sex,
        "birth_date": person.birth_date,
        "birth_year_only": person.birth_year_only,
        "unit": found.unit_code,
        "standing": "official" if found.official else "probationary",
        "exempt": found.exempt,
    }


@router.get("/people/{person_id}", response={200: schemas.PersonOut, **_REFUSALS}, operation_id="person")
def person(request: HttpRequest, person_id: Number) -> Answer:
    """One person with all particulars but the identity number. The reading is recorded."""
    actor = needs(request, "members.view")
    found = members.visible_person(actor, person_id)
    reading.readings_note(actor=actor, person_ids=[found.pk], what="api")
    return _person(found, _today(request))


def _person(found: Person, on: date) -> dict[str, Any]:
    stay = found.stays.filter(during__contains=on).first()
    names = set(schemas.PersonOut.model_fields) - {"unit", "standing", "exempt"}
    return {
        **{name: getattr(found, name) for name in names},
        "unit": _code(found.last_unit_id),
        "standing": stay.standing if stay else None,
        "exempt": bool(stay and stay.exempt),
    }


@router.get("/movements", response={200: schemas.MovementsOut, **_REFUSALS}, operation_id="movements")
def movements(request: HttpRequest, since: Number = 0, after: Number | None = None, size: Size = _MOST) -> Answer:
    """Entries of the ledger written after the event `since` (within it after the entry `after`), oldest first."""
    actor = needs(request, "members.view")
    last = _ALL_OF_IT if after is None else after
    waiting = _seen(actor).filter(Q(seq__gt=since) | Q(seq=since, pk__gt=last)).order_by("seq", "pk")
    found = list(waiting[: size + 1])
    more, found = len(found) > size, found[:size]
    reading.readings_note(actor=actor, person_ids={m.person_id for m in found}, what="api")
    upto = {"since": found[-1].seq, "after": found[-1].pk} if found else {"since": since, "after": after}
    return {"movements": [_movement(m) for m in found], "next": upto, "more": more}


def _seen(actor: Actor) -> QuerySet[Movement]:
    """Entries of people whom the actor may see."""
    scope = actor.scope("members.view")
    return Movement.objects.all() if scope.everything else Movement.objects.filter(
        person__last_unit_id__in=scope.unit_ids
    )  # fmt: skip


def _movement(found: Movement) -> dict[str, Any]:
    same = ("seq", "kind", "on", "paper_number", "paper_date", "paper_body")
    return {
        **{name: getattr(found, name) for name in same},
        "id": found.pk,
        "person": found.person_id,
        "from_unit": _code(found.from_unit_id),
        "to_unit": _code(found.to_unit_id),
        "reverses": found.reverses_id,
    }


@router.get("/units/{code}/figures", response={200: dict[str, Any], **_REFUSALS}, operation_id="figures")
def figures(
    request: HttpRequest, code: str, year: Year, day: date | None = None,
    under: date | None = None,
) -> Answer:  # fmt: skip
    """Every figure of a unit and year up to a day, as it was or under the structure of another day."""
    _figures_of(request, code, under)
    return reporting.figures(
        unit=code, year=year, on=day, structure=under, indicators=[], rows=False, today=_today(request)
    )


@router.get("/units/{code}/statistics", response={200: dict[str, Any], **_REFUSALS}, operation_id="statistics")
def statistics_forms(
    request: HttpRequest, code: str, year: Year, half: Half = 0,
    day: date | None = None, under: date | None = None,
) -> Answer:  # fmt: skip
    """The forms 1 to 4-TCTW of a unit and period, with their cross-checks."""
    place = _figures_of(request, code, under)
    wanted = forms.asked(place, year, half, _today(request), on=day, structure=under)
    return statistics.as_data(wanted)


def _figures_of(request: HttpRequest, code: str, under: date | None) -> int:
    """The unit, if its figures may be seen as asked."""
    actor = needs(request, "reporting.view")
    place = organisation.position(code)
    organisation.require_as_asked(actor, place, under, "reporting.view")
    return place


@router.post("/people/{person_id}/amend", response={200: schemas.AmendOut, **_REFUSALS}, operation_id="amend")
def amend(request: HttpRequest, person_id: Number, data: schemas.AmendIn) -> Answer:
    """Change particulars of a person, all or nothing; every change is kept with its reason."""
    actor = needs(request, "members.write")
    values = data.values.model_dump(exclude_unset=True)
    changed = particulars.person_amend(
        actor=actor, person_id=person_id, values=values, reason=data.reason, today=_today(request),
        since=data.since, source="api",
    )  # fmt: skip
    return {"changed": changed}


@router.post("/people/{person_id}/movements", response={201: schemas.MovementOut, **_REFUSALS}, operation_id="book")
def book(request: HttpRequest, person_id: Number, data: schemas.MovementIn) -> Answer:
    """Book one movement of somebody who is in the register, under the same rules as on the page."""
    actor = needs(request, "members.write")
    paper = Paper(data.paper.number, data.paper.date, data.paper.body)
    booked = ledger.movement_book(
        actor=actor, person_id=person_id, kind=data.kind, on=data.on, paper=paper, today=_today(request),
        unit_code=data.unit, place=data.place,
    )  # fmt: skip
    return Status(201, _movement(booked))
