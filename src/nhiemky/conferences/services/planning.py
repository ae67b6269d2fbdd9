"""Planning a conference: its head, its agenda."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from nhiemky.audit.services import current_seq, record, service
from nhiemky.conferences import selectors
from nhiemky.conferences.models import AgendaItem, Conference
from nhiemky.conferences.selectors import WRITE
from nhiemky.documents import selectors as documents
from nhiemky.domain.access import Actor
from nhiemky.domain.conferences.checks import check_conference, check_item
from nhiemky.domain.conferences.kinds import PLANNED
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.domain.names import clean
from nhiemky.organisation import selectors as organisation


@dataclass(frozen=True)
class ConferenceGiven:
    """A conference as it is typed; the unit by its code."""

    unit_code: str
    kind: str
    title: str
    on: date
    starts_at: time
    place: str
    ends_at: time | None = None
    reviewed_year: int | None = None
    quorum_percent: int | None = None


@dataclass(frozen=True)
class ItemGiven:
    """An agenda item as it is typed; papers by the numbers of their rows."""

    begins_at: time
    minutes: int
    title: str
    speaker: str = ""
    papers: tuple[int, ...] = ()


@service
def conference_plan(*, actor: Actor, given: ConferenceGiven, today: date) -> Conference:
    """Plan a conference of a unit.

    One that was held before the system came may be entered with its past day.

    Raises:
        Refused: with everything that stands against it.
        Denied: the actor does not write for the unit.
    """
    given = replace(given, title=clean(given.title), place=clean(given.place))
    place = organisation.visible_position(actor, given.unit_code, WRITE)
    held = organisation.structure()
    findings = [*_stands_against(given)]
    if held.version(place, given.on) is None:
        findings.append(Finding("conferences.unit_not_there", field="unit", value=given.unit_code))
    refuse_if_any(findings)
    made = Conference(unit_id=int(held.ids[place]), seq=current_seq())
    _fill(made, given)
    _noted(actor, made, "planned", kind=made.kind)
    return made


@service
def conference_change(*, actor: Actor, conference_id: int, given: ConferenceGiven) -> Conference:
    """Change the head of a conference that has not begun. Its unit stays.

    Raises:
        Refused: with everything that stands against it; who came and what was said belong to the day as it was.
        Denied: the conference is not the actor's to write.
    """
    made = unfinished(actor, conference_id)
    given = replace(given, title=clean(given.title), place=clean(given.place))
    findings = [*_stands_against(given), *_not_there(made, given), *_items_outside(made, given)]
    if made.state != PLANNED:
        findings.append(Finding("conferences.open_already"))
    refuse_if_any(findings)
    _fill(made, given)
    _noted(actor, made, "changed")
    return made


def _stands_against(given: ConferenceGiven) -> Sequence[Finding]:
    return list(
        check_conference(
            given.kind, given.title, given.starts_at, given.ends_at, given.reviewed_year, given.on.year
        )
    )  # fmt: skip


def _not_there(made: Conference, given: ConferenceGiven) -> Iterator[Finding]:
    held = organisation.structure()
    if held.version(held.index[made.unit_id], given.on) is None:
        yield Finding("conferences.unit_not_there", field="on", value=given.unit_code)


def _items_outside(made: Conference, given: ConferenceGiven) -> Iterator[Finding]:
    """Items that would lie outside of other hours: they are moved first."""
    for item in made.items.order_by("begins_at", "pk"):
        for one in check_item(item.title, item.begins_at, item.minutes, given.starts_at, given.ends_at):
            yield replace(one, field="starts_at")


def _fill(made: Conference, given: ConferenceGiven) -> None:
    made.kind, made.title, made.on, made.place = given.kind, given.title, given.on, given.place
    made.starts_at, made.ends_at = given.starts_at, given.ends_at
    made.reviewed_year, made.quorum_percent = given.reviewed_year, given.quorum_percent
    made.save()


def _noted(actor: Actor, made: Conference, deed: str, **more: object) -> None:
    facts = {"title": made.title, "on": made.on, **more}
    record(f"conferences.conference_{deed}", actor=actor, subject=made.pk, unit_id=made.unit_id, facts=facts)


def unfinished(actor: Actor, conference_id: int) -> Conference:
    """The conference, locked, to be written to.

    Raises:
        Refused: it is over; what was done at it stays.
        Denied: the conference is not the actor's to write.
    """
    made = selectors.visible_conference(actor, conference_id, WRITE)
    made = Conference.objects.select_for_update().get(pk=made.pk)
    if made.closed:
        raise Refused(Finding("conferences.closed", facts={"title": made.title}))
    return made


@service
def item_add(*, actor: Actor, conference_id: int, given: ItemGiven) -> AgendaItem:
    """Put an item on the agenda.

    Raises:
        Refused: with everything that stands against it.
        Denied: the conference, or a paper, is not the actor's.
    """
    made = unfinished(actor, conference_id)
    item = AgendaItem(conference=made)
    _fill_item(actor, item, given)
    _noted(actor, made, "item_added", item=item.title)
    return item


@service
def item_change(*, actor: Actor, item_id: int, given: ItemGiven) -> AgendaItem:
    """Change an item of the agenda.

    Raises:
        Refused: with everything that stands against it.
        Denied: the conference, or a paper, is not the actor's.
    """
    item = selectors.visible_item(actor, item_id, WRITE)
    made = unfinished(actor, item.conference_id)
    item.conference = made
    _fill_item(actor, item, given)
    _noted(actor, made, "item_changed", item=item.title)
    return item


def _fill_item(actor: Actor, item: AgendaItem, given: ItemGiven) -> None:
    given = replace(given, title=clean(given.title), speaker=clean(given.speaker))
    held = item.conference
    refuse_if_any(check_item(given.title, given.begins_at, given.minutes, held.starts_at, held.ends_at))
    papers = [documents.visible_document(actor, pk) for pk in given.papers]
    item.begins_at, item.minutes = given.begins_at, given.minutes
    item.title, item.speaker = given.title, given.speaker
    item.save()
    item.papers.set(papers)


@service
def item_remove(*, actor: Actor, item_id: int) -> None:
    """Take an item off the agenda.

    Raises:
        Refused: the room is at it, or something was noted under it.
        Denied: the conference is not the actor's to write.
    """
    item = selectors.visible_item(actor, item_id, WRITE)
    made = unfinished(actor, item.conference_id)
    if made.current_id == item.pk or item.instructions.exists():
        raise Refused(Finding("conferences.item_in_use", facts={"title": item.title}))
    _noted(actor, made, "item_removed", item=item.title)
    item.papers.clear()
    item.delete()
