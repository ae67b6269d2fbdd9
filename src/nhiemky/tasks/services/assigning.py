"""Giving a task: to a unit, to somebody there, or to every unit of some kinds at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from nhiemky.accounts.models import User
from nhiemky.audit.services import current_seq, record, service
from nhiemky.documents import selectors as documents
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, refuse_if_any
from nhiemky.domain.names import clean, fold
from nhiemky.domain.tasks.days import last_day
from nhiemky.domain.tasks.giving import Given, check_given
from nhiemky.domain.tasks.kinds import ASSIGNED, CANCELLED, DELIVERABLES, INDICATOR
from nhiemky.organisation import selectors as organisation
from nhiemky.tasks.measures import indicators
from nhiemky.tasks.models import Coordinator, Deliverable, Programme, Recurrence, Task
from nhiemky.tasks.services.bulk import write_many
from nhiemky.tasks.services.people import assignee_of
from nhiemky.tasks.services.steps import WRITE, id_of, noted

LONGEST = 300
"""Characters of a deliverable at most."""


@dataclass(frozen=True)
class TaskGiven:
    """A task as it is given. Units by their codes, people by their user names, both "" for nobody.

    `deliverable` is what is handed in, `further` more of it, each accepted for itself. `start_on` None is today. With
    `every` the task comes again ("monthly", "quarterly", "yearly") until the day before `stops_on`.
    """

    giver_code: str
    unit_code: str
    title: str
    due_on: date
    deliverable: str = ""
    further: tuple[str, ...] = ()
    start_on: date | None = None
    assignee: str = ""
    coordinators: tuple[str, ...] = ()
    programme_id: int | None = None
    document_id: int | None = None
    part: str = ""
    measure: str = DELIVERABLES
    indicator: str = ""
    target: Decimal | None = None
    key_year: int | None = None
    key_rank: int | None = None
    every: str = ""
    stops_on: date | None = None


@service
def task_assign(*, actor: Actor, given: TaskGiven, today: date) -> Task:
    """Give a task to a unit: the giver itself, or one that stands under it today.

    Raises:
        Refused: with everything that stands against it.
        Denied: the actor does not write for the giving unit.
    """
    return assigned(actor, given, today)


@service
def tasks_assign(*, actor: Actor, given: TaskGiven, kinds: Sequence[str], today: date, below: str = "") -> list[int]:
    """Give the same task to every unit of the kinds under the giver, or under one unit there, in one act.

    `given.unit_code` is not looked at. The ids of the tasks, in the order of the units.

    Raises:
        Refused: with everything that stands against it; nobody is given anything then.
        Denied: the actor does not write for the giving unit.
    """
    given = replace(_cleaned(given), assignee="", every="", coordinators=())
    giver = id_of(given.giver_code, "giver")
    actor.require(WRITE, giver)
    top = id_of(below, "below") if below else giver
    units = units_of_kinds(top, kinds, today, without=giver)
    findings = [*_stands_against(actor, given, giver, today), *_not_below(giver, [top], "below", below, today)]
    if not units:
        findings.append(Finding("tasks.nobody_there", field="kinds", value=", ".join(kinds)))
    if given.key_rank is not None:
        findings.append(Finding("tasks.key_is_one", field="key_rank"))
    refuse_if_any(findings)
    ids = write_many(actor, [_row(given, giver, unit_id, today) for unit_id in units], _titles(given), today)
    facts = {"title": given.title, "count": len(ids), "on": today, "due": given.due_on}
    record("tasks.tasks_assigned", actor=actor, subject=given.title, unit_id=giver, units=units, facts=facts)
    return ids


def assigned(actor: Actor, given: TaskGiven, today: date, parent: Task | None = None, required: bool = True) -> Task:
    """A step of a service: check everything, write the task with what belongs to it, note the step."""
    given = _cleaned(given)
    giver = id_of(given.giver_code, "giver")
    actor.require(WRITE, giver)
    unit_id = id_of(given.unit_code, "unit")
    coordinators = sorted({id_of(code, "coordinators") for code in given.coordinators} - {unit_id})
    who, objections = assignee_of(given.assignee, unit_id, today)
    refuse_if_any([
        *_stands_against(actor, given, giver, today, parent),
        *_not_below(giver, [unit_id], "unit", given.unit_code, today),
        *_not_there(coordinators, today),
        *objections,
    ])  # fmt: skip
    task = _row(given, giver, unit_id, today)
    task.parent, task.required = parent, required
    if given.every:
        task.recurrence, task.instance = Recurrence.objects.create(every=given.every, stops_on=given.stops_on), 1
    return written(actor, task, _titles(given), coordinators, today, who)


def written(
    actor: Actor, task: Task, titles: Sequence[str], coordinators: Sequence[int], today: date, who: User | None = None
) -> Task:
    """Save a checked task with its deliverables and coordinating units, and note that it was given."""
    task.assignee, task.seq = who, current_seq()
    task.save()
    Deliverable.objects.bulk_create(Deliverable(task=task, title=title) for title in titles)
    Coordinator.objects.bulk_create(Coordinator(task=task, unit_id=unit_id) for unit_id in coordinators)
    noted(actor, task, "delegate" if task.parent_id else "assign", today, unit_id=task.unit_id)
    return task


def units_of_kinds(top: int, kinds: Sequence[str], on: date, *, without: int) -> list[int]:
    """The units of the kinds in the subtree of a unit, as it stands on the day."""
    held = organisation.structure()
    inside = held.tree(on).inside(held.index[top]) & held.alive(on)
    found = [place for place in inside.nonzero()[0].tolist() if int(held.ids[place]) != without]
    versions = ((place, held.version(place, on)) for place in found)
    return [int(held.ids[place]) for place, version in versions if version is not None and version.kind in kinds]


def _cleaned(given: TaskGiven) -> TaskGiven:
    further = tuple(text for one in given.further if (text := clean(one)))
    return replace(
        given, title=clean(given.title), deliverable=clean(given.deliverable), further=further, part=clean(given.part)
    )


def _titles(given: TaskGiven) -> list[str]:
    return [given.deliverable, *given.further] if given.measure == DELIVERABLES else []


def _row(given: TaskGiven, giver: int, unit_id: int, today: date) -> Task:
    return Task(
        unit_id=unit_id, giver_id=giver, programme_id=given.programme_id, document_id=given.document_id,
        part=given.part, title=given.title, folded=fold(given.title), given_on=today, start_on=given.start_on or today,
        due_on=given.due_on, last_on=last_day(given.due_on), deliverable="; ".join(_titles(given))[:300],
        measure=given.measure, indicator=given.indicator, target=given.target, key_year=given.key_year,
        key_rank=given.key_rank, state=ASSIGNED,
    )  # fmt: skip


def _stands_against(
    actor: Actor, given: TaskGiven, giver: int, today: date, parent: Task | None = None
) -> Iterator[Finding]:
    yield from check_given(
        Given(
            title=given.title, deliverable=given.deliverable, start_on=given.start_on or today, due_on=given.due_on,
            measure=given.measure, indicator=given.indicator, target=given.target, key_year=given.key_year,
            key_rank=given.key_rank, every=given.every, until=parent.due_on if parent else None,
        )
    )  # fmt: skip
    if given.measure == INDICATOR and given.indicator and given.indicator not in indicators().names():
        yield Finding("tasks.no_such_indicator", field="indicator", value=given.indicator)
    yield from _too_much(given, today)
    held = Task.objects.filter(giver_id=giver, key_year=given.key_year, key_rank=given.key_rank)
    held = held.exclude(state=CANCELLED)
    if given.key_rank is not None and (other := held.first()):
        facts = {"rank": given.key_rank, "key_year": given.key_year, "title": other.title}
        yield Finding("tasks.key_taken", field="key_rank", facts=facts)
    yield from _papers(actor, given, giver, today)


def _too_much(given: TaskGiven, today: date) -> Iterator[Finding]:
    """A deliverable too long to be kept; a task that would come again for every month since long ago."""
    for title in _titles(given):
        if len(title) > LONGEST:
            facts = {"length": len(title), "most": LONGEST}
            yield Finding("tasks.deliverable_long", field="deliverables", value=title[:40], facts=facts)
    first = date(today.year - 1, 1, 1)
    if given.every and given.start_on is not None and given.start_on < first:
        yield Finding("tasks.comes_since_long", field="start_on", facts={"first": first, "start": given.start_on})


def _papers(actor: Actor, given: TaskGiven, giver: int, today: date) -> Iterator[Finding]:
    if given.document_id is not None and not documents.documents(actor).filter(pk=given.document_id).exists():
        yield Finding("tasks.no_such_document", field="document", value=str(given.document_id))
    if given.programme_id is None:
        return
    programme = Programme.objects.filter(pk=given.programme_id).first()
    if programme is None or programme.unit_id not in superiors(giver, today):
        yield Finding("tasks.no_such_programme", field="programme", value=str(given.programme_id))
    elif programme.during.upper is not None and given.due_on >= programme.during.upper:
        facts = {"title": programme.title, "until": programme.during.upper, "due": given.due_on}
        yield Finding("tasks.after_programme", field="due_on", facts=facts, blocks=False)


def superiors(unit_id: int, on: date) -> set[int]:
    """The unit and everything above it on the day."""
    held = organisation.structure()
    return {unit_id, *(int(held.ids[place]) for place in held.tree(on).path(held.index[unit_id]))}


def _not_below(giver: int, units: Sequence[int], field: str, code: str, today: date) -> Iterator[Finding]:
    for unit_id in units:
        if giver not in superiors(unit_id, today):
            yield Finding("tasks.not_below", field=field, value=code)
    yield from _not_there(units, today, field)


def _not_there(units: Sequence[int], today: date, field: str = "coordinators") -> Iterator[Finding]:
    held = organisation.structure()
    for unit_id in units:
        if held.version(held.index[unit_id], today) is None:
            yield Finding("tasks.unit_not_there", field=field, value=held.codes[held.index[unit_id]])
