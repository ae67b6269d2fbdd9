"""Data of people who left long ago are shredded by a decision: one lists them, another carries it out.

Movements, stays and seats stay, and what figures are counted by; so every sum of every day stays (docs/adr/019).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import cast

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from nhiemky.accounts import services as accounts
from nhiemky.audit.services import current_seq, record, service
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.domain.members.particulars import FORGOTTEN
from nhiemky.domain.names import clean
from nhiemky.domain.rights.shredding import COUNTED
from nhiemky.members.models import Movement, Person, PersonChange, Reading
from nhiemky.members.services.forgetting import people_forget
from nhiemky.members.services.ledger import Paper
from nhiemky.rights import selectors
from nhiemky.rights.models import Holder, Request, RequestStep, Shredded, Shredding

Forgetter = Callable[[Actor, Collection[int]], Collection[int]]
"""A part empties what it keeps of these people, and answers who else in the register is the same person."""


@service
def shredding_prepare(*, actor: Actor, person_ids: Collection[int], paper: Paper, today: date) -> Shredding:
    """List people for shredding by a decision. Nothing is shredded before somebody else carries it out.

    Raises:
        Refused: nobody is listed, one of them is not due by the rule of today or not the actor's, or the paper lacks
            something.
    """
    due = selectors.gone(actor, today, sorted(person_ids))
    findings = _paper_objections(paper, today)
    if not person_ids:
        findings.append(Finding("rights.nobody_chosen"))
    if others := len(set(person_ids)) - len(due):
        findings.append(Finding("rights.not_due", facts={"count": others}))
    refuse_if_any(findings)
    assert paper.date is not None
    made = Shredding.objects.create(
        number=clean(paper.number), decided_on=paper.date, body=clean(paper.body), prepared_by_id=actor.user_id,
        people=sorted(one.person.pk for one in due), prepared_name=actor.name, seq=current_seq(),
    )  # fmt: skip
    _record("rights.shredding_prepared", actor, made, _units(one.person for one in due))
    return made


def _paper_objections(paper: Paper, today: date) -> list[Finding]:
    given = (("number", clean(paper.number)), ("decided_on", paper.date), ("body", clean(paper.body)))
    findings = [Finding("members.value_missing", field=field) for field, value in given if not value]
    if paper.date is not None and paper.date > today:
        facts = {"on": paper.date, "today": today}
        findings.append(Finding("members.in_future", field="decided_on", facts=facts))
    return findings


def _units(people: Iterable[Person]) -> list[int]:
    return sorted({person.last_unit_id for person in people if person.last_unit_id is not None})


@service
def shredding_drop(*, actor: Actor, shredding_id: int) -> Shredding:
    """Put a list aside that was not carried out."""
    held = _prepared(actor, shredding_id)
    held.state = Shredding.DROPPED
    held.save(update_fields=["state"])
    _record("rights.shredding_dropped", actor, held, [])
    return held


@service
def shredding_carry_out(*, actor: Actor, shredding_id: int, number: str, today: date) -> Shredding:
    """Shred the data of everybody on the list. It cannot be undone.

    Raises:
        Refused: the actor made the list, the number typed is not the decision's, or somebody on it is not due any more.
        Denied: somebody on the list is not the actor's.
    """
    held = _prepared(actor, shredding_id)
    refuse_if_any(_still_stands(actor, held, number, today))
    held.state, held.done_name, held.done_on = Shredding.DONE, actor.name, today
    held.save()
    _open_door(held)
    done: set[int] = set()
    waiting = set(held.people)
    while waiting:
        seq = current_seq()
        Shredded.objects.bulk_create(Shredded(person_id=pk, shredding=held, seq=seq) for pk in sorted(waiting))
        people_forget(actor=actor, person_ids=sorted(waiting), decision=held.number)
        _empty_histories(waiting)
        _empty_own(actor, waiting)
        done |= waiting
        waiting = {other for forget in _forgetters() for other in forget(actor, sorted(waiting))} - done
    _close_door()
    _record("rights.shredding_done", actor, held, _units(Person.objects.filter(pk__in=done)))
    return held


def _still_stands(actor: Actor, held: Shredding, number: str, today: date) -> list[Finding]:
    findings = []
    if held.prepared_by_id is not None and held.prepared_by_id == actor.user_id:
        findings.append(Finding("rights.second_person"))
    if clean(number) != held.number:
        findings.append(Finding("rights.other_number", field="number", value=clean(number)))
    if missing := len(held.people) - len(selectors.gone(actor, today, held.people)):
        findings.append(Finding("rights.not_due", facts={"count": missing}))
    return findings


def _prepared(actor: Actor, shredding_id: int) -> Shredding:
    selectors.visible_shredding(actor, shredding_id)
    held = Shredding.objects.select_for_update(of=("self",)).get(pk=shredding_id)
    if held.state != Shredding.PREPARED:
        raise Refused(Finding("rights.shredding_closed"))
    return held


def _open_door(held: Shredding) -> None:
    """For this transaction only; the triggers (migration 0002) ask for it, and for the row in `Shredded`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('nhiemky.shredding', %s, true)", [str(held.pk)])


def _close_door() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('nhiemky.shredding', '', true)")


def _empty_histories(person_ids: Collection[int]) -> None:
    """Values that tell who it was, and free texts; what figures of past days are read from stays."""
    changes = PersonChange.objects.filter(person_id__in=person_ids)
    changes.exclude(field__in=COUNTED).update(before="", after="", reason="")
    changes.filter(field__in=COUNTED).update(reason="")
    Movement.objects.filter(person_id__in=person_ids).exclude(reason="").update(reason="")
    Reading.objects.filter(person_id__in=person_ids).update(user_id=None, user_name="")


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


def _record(action: str, actor: Actor, held: Shredding, units: list[int]) -> None:
    record(action, actor=actor, subject=held.pk, units=units, facts={"number": held.number, "people": len(held.people)})
