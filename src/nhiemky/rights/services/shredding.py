"""Data of people who left long ago are shredded by a decision: one lists them, another carries it out.

Movements, stays and seats stay, and what figures are counted by; so every sum of every day stays (docs/adr/019).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import cast

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from nhiemky.accounts import services as accounts
from nhiemky.audit.services import current_seq, record, service
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.domain.members.particulars import FORGOTTEN, written
from nhiemky.domain.names import clean
from nhiemky.domain.rights.shredding import COUNTED, coarsened
from nhiemky.members.models import Movement, Person, PersonChange
from nhiemky.members.services.forgetting import entry_days, people_forget
from nhiemky.members.services.ledger import Paper
from nhiemky.rights import retention
from nhiemky.rights.models import Holder, Request, RequestStep, Shredded, Shredding

Forgetter = Callable[[Actor, Collection[Person]], None]
"""A part empties what it keeps of these people, who are given as they were before."""


@service
def shredding_prepare(*, actor: Actor, person_ids: Collection[int], paper: Paper, today: date) -> Shredding:
    """List people for shredding by a decision, and whoever else in the register is the same person.

    Nothing is shredded before somebody else carries it out.

    Raises:
        Refused: nobody is listed, one of them is not due by the rule of today or not the actor's, somebody waits for an
            answer, or the paper lacks something.
    """
    asked = set(person_ids)
    findings = _paper_objections(paper, today)
    if not asked:
        findings.append(Finding("rights.nobody_chosen"))
    people = asked | retention.twins(asked)
    findings += _objections(actor, asked, people, today)
    refuse_if_any(findings)
    assert paper.date is not None
    made = Shredding.objects.create(
        number=clean(paper.number), decided_on=paper.date, body=clean(paper.body), prepared_by_id=actor.user_id,
        people=sorted(people), prepared_name=actor.name, seq=current_seq(),
    )  # fmt: skip
    _record("rights.shredding_prepared", actor, made)
    return made


def _objections(actor: Actor, asked: Collection[int], people: Collection[int], today: date) -> list[Finding]:
    """What stands against shredding who was asked for, and with them the others who are the same `people`."""
    findings, waiting = [], retention.waiting(people)
    if waiting:
        findings.append(Finding("rights.request_open", facts={"count": waiting}))
    due = retention.due(actor, today).filter(pk__in=asked).count()
    if others := len(asked) - due - retention.waiting(asked):
        findings.append(Finding("rights.not_due", facts={"count": others}))
    if elsewhere := retention.out_of_reach(actor, set(people) - set(asked)):
        findings.append(Finding("rights.twin_out_of_reach", facts={"count": elsewhere}))
    return findings


def _paper_objections(paper: Paper, today: date) -> list[Finding]:
    given = (("number", clean(paper.number)), ("decided_on", paper.date), ("body", clean(paper.body)))
    findings = [Finding("members.value_missing", field=field) for field, value in given if not value]
    if paper.date is not None and paper.date > today:
        facts = {"on": paper.date, "today": today}
        findings.append(Finding("members.in_future", field="decided_on", facts=facts))
    return findings


@service
def shredding_drop(*, actor: Actor, shredding_id: int) -> Shredding:
    """Put a list aside that was not carried out."""
    held = _prepared(actor, shredding_id)
    held.state = Shredding.DROPPED
    held.save(update_fields=["state"])
    _record("rights.shredding_dropped", actor, held)
    return held


@service
def shredding_carry_out(*, actor: Actor, shredding_id: int, number: str, today: date) -> Shredding:
    """Shred the data of everybody on the list. It cannot be undone.

    Raises:
        Refused: the actor made the list, the number typed is not the decision's, somebody on it is not due any more or
            waits for an answer, or is by now known to be somebody else in the register, too.
        Denied: somebody on the list is not the actor's.
    """
    held = _prepared(actor, shredding_id)
    refuse_if_any(_still_stands(actor, held, number, today))
    carry_out(actor, held, actor.name, today)
    transaction.on_commit(import_string(settings.NHIEMKY_SHREDDED))
    return held


def carry_out(actor: Actor, held: Shredding, by: str, today: date) -> None:
    """Shred whom the list names, inside a service that has asked whether it may."""
    held.state, held.done_name, held.done_on = Shredding.DONE, by, today
    held.save()
    people = list(Person.objects.filter(pk__in=held.people))
    _door(str(held.pk))
    seq = current_seq()
    Shredded.objects.bulk_create(Shredded(person_id=pk, shredding=held, seq=seq) for pk in held.people)
    people_forget(actor=actor, person_ids=held.people, decision=held.number)
    _empty_histories(held.people)
    _empty_own(actor, held.people)
    for forget in _forgetters():
        forget(actor, people)
    _door("")
    _record("rights.shredding_done", actor, held)


def _still_stands(actor: Actor, held: Shredding, number: str, today: date) -> list[Finding]:
    findings = []
    if held.prepared_by_id is not None and held.prepared_by_id == actor.user_id:
        findings.append(Finding("rights.second_person"))
    if clean(number) != held.number:
        findings.append(Finding("rights.other_number", field="number", value=clean(number)))
    people = set(held.people)
    asked = people - retention.twins_among(people)
    if asked | retention.twins(asked) != people:
        findings.append(Finding("rights.list_changed"))
    return findings + _objections(actor, asked, people, today)


def _prepared(actor: Actor, shredding_id: int) -> Shredding:
    retention.visible_shredding(actor, shredding_id)
    held = Shredding.objects.select_for_update(of=("self",)).get(pk=shredding_id)
    if held.state != Shredding.PREPARED:
        raise Refused(Finding("rights.shredding_closed"))
    return held


def _door(shredding_id: str) -> None:
    """Open for this transaction only, or shut; the triggers (migration 0002) ask for it, and for the list itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('nhiemky.shredding', %s, true)", [shredding_id])


def _empty_histories(person_ids: Collection[int]) -> None:
    """Values that tell who it was, and free texts; what figures of past days are read from stays."""
    changes = PersonChange.objects.filter(person_id__in=person_ids)
    replayed = changes.filter(field="birth_date", since__isnull=False).values_list("person_id", flat=True)
    births = list(changes.filter(field="birth_date", person_id__in=list(replayed)))
    changes.filter(field__in=COUNTED).update(reason="")
    told = changes.exclude(field__in=COUNTED).exclude(pk__in=[change.pk for change in births])
    told.update(before="", after="", reason="")
    _coarsen(births)
    Movement.objects.filter(person_id__in=person_ids).exclude(reason="").update(reason="")


def _coarsen(births: Collection[PersonChange]) -> None:
    """Birthdays that once held from a day on: ages of before are counted by them, so they go the birthday's own way."""
    days = entry_days({change.person_id for change in births})
    for change in births:
        for name in ("before", "after"):
            if text := getattr(change, name):
                setattr(change, name, written(coarsened(date.fromisoformat(text), days[change.person_id])))
        change.reason = ""
    PersonChange.objects.bulk_update(births, ["before", "after", "reason"])


def _empty_own(actor: Actor, person_ids: Collection[int]) -> None:
    """Requests and accounts of these people."""
    asked = Request.objects.filter(person_id__in=person_ids)
    asked.update(value="", before="", about="", why="", answer="", source="")
    RequestStep.objects.filter(request__in=asked).update(text="")
    for held in Holder.objects.filter(person_id__in=person_ids):
        accounts.member_user_close(actor=actor, user_id=held.user_id, name=FORGOTTEN)
    Holder.objects.filter(person_id__in=person_ids).update(withdrawn=True)


def _forgetters() -> list[Forgetter]:
    return [cast(Forgetter, import_string(path)) for path in settings.NHIEMKY_FORGETTERS]


def _record(action: str, actor: Actor, held: Shredding) -> None:
    people = Person.objects.filter(pk__in=held.people, last_unit_id__isnull=False)
    units = people.values_list("last_unit_id", flat=True).distinct()
    facts = {"number": held.number, "people": len(held.people)}
    record(action, actor=actor, subject=held.pk, units=sorted(units), facts=facts)
