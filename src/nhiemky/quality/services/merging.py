"""One person who was in the register twice: two made one, with both histories kept, and the way back.

The dropped person's entries are taken back by counter-entries from the last to the first; what the kept one lacks is
copied by changes with source "merge"; cases, letters, badges and requests go along (`members.carrying`). No history is
deleted, so the undoing books again exactly what was taken back and gives back what went along.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Model

from nhiemky.audit.services import current_seq, record, service
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.domain.members.particulars import PARTICULAR, PARTICULARS, UNIQUE, written
from nhiemky.members import carrying, identity
from nhiemky.members import selectors as members
from nhiemky.members.models import Person, PersonChange
from nhiemky.members.services import rebooking
from nhiemky.members.services.particulars import person_amend
from nhiemky.quality.models import Merge, NotSame
from nhiemky.quality.selectors import WRITE
from nhiemky.quality.services.deeds import said, undo

_DAYS = ("decided_on", "admitted_on", "official_on")
_OWN = ("members", "quality")


@service
def people_merge(*, actor: Actor, kept_id: int, dropped_id: int, reason: str, today: date) -> Merge:
    """Make one of two people who are one: the dropped one leaves the ledger, the kept one gets what they lack.

    Raises:
        Refused: a seat hangs on the dropped person, what other parts keep would contradict itself, or one of their
            entries lies outside the actor's reach.
        Denied: one of the two is not the actor's to change.
    """
    kept = members.visible_person(actor, kept_id, WRITE)
    dropped = members.visible_person(actor, dropped_id, WRITE)
    missing = _missing(kept, dropped)
    before = {key: "" if PARTICULAR[key].sealed else written(getattr(kept, key)) for key in missing}
    refuse_if_any(_objections(actor, kept, dropped, missing))
    # No name and no words of the user: the chain keeps this for ever. What was said stands in the merge.
    because, said_so = f"trùng với hồ sơ #{kept.pk}", said(reason)
    days = {name: written(getattr(dropped, name)) for name in _DAYS}
    carried = {part: one.carry(actor, kept, dropped) for part, one in carrying.carriers().items()}
    taken = rebooking.entries_take_back(actor=actor, person_id=dropped.pk, reason=because)
    _move(actor, dropped, kept, missing, because, today)
    made = Merge.objects.create(
        kept=kept, dropped=dropped, taken=rebooking.as_rows(taken), days=days, reason=said_so, copied=before,
        carried=carried,
        user_name=actor.name, seq=current_seq(),
    )  # fmt: skip
    told = {"entries": len(taken), "fields": ", ".join(missing), "carried": _count(carried)}
    _record("quality.people_merged", actor, kept, dropped, told)
    return made


def _count(carried: Mapping[str, carrying.Rows]) -> int:
    return sum(len(rows) for part in carried.values() for rows in part.values())


def _record(action: str, actor: Actor, kept: Person, dropped: Person, facts: Mapping[str, object]) -> None:
    units = [unit for unit in (kept.last_unit_id, dropped.last_unit_id) if unit is not None]
    both = {"first": kept.pk, "second": dropped.pk}
    record(action, actor=actor, subject=kept.pk, units=units, facts={**both, **facts})


def _value(person: Person, key: str) -> object:
    if key == "identity_number":
        return identity.unseal(bytes(person.identity_sealed)) if person.identity_sealed else ""
    return getattr(person, key)


def _missing(kept: Person, dropped: Person) -> dict[str, object]:
    """What the kept person lacks and the dropped one has. A day of birth known in full replaces the year alone."""
    found = {}
    for one in PARTICULARS:
        if one.kind != "flag" and _value(kept, one.key) in (None, "") and _value(dropped, one.key) not in (None, ""):
            found[one.key] = _value(dropped, one.key)
    if kept.birth_year_only and not dropped.birth_year_only and kept.birth_date.year == dropped.birth_date.year:
        found |= {"birth_date": dropped.birth_date, "birth_year_only": False}
    return found


def _move(actor: Actor, giver: Person, taker: Person, values: Mapping[str, object], reason: str, today: date) -> None:
    """Give the taker the values; numbers that only one person may have leave the giver first."""
    unique: dict[str, object] = {key: "" for key in UNIQUE if values.get(key)}
    if unique:
        person_amend(actor=actor, person_id=giver.pk, values=unique, reason=reason, today=today, source="merge")
    if values:
        person_amend(actor=actor, person_id=taker.pk, values=values, reason=reason, today=today, source="merge")


def _objections(actor: Actor, kept: Person, dropped: Person, missing: Mapping[str, object]) -> list[Finding]:
    if kept.pk == dropped.pk:
        return [Finding("quality.same_person")]
    findings = [*hanging(kept, dropped)]
    if kept.forgotten is not None or dropped.forgotten is not None:
        findings.append(Finding("members.forgotten"))
    if Merge.objects.filter(dropped=dropped, undone_seq=None).exists():
        findings.append(Finding("quality.dropped_before", facts={"name": dropped.full_name}))
    if not members.that_count(kept).exists():
        findings.append(Finding("quality.kept_has_no_entries", facts={"name": kept.full_name}))
    reach = actor.scope(WRITE)
    for entry in members.that_count(dropped).order_by("on", "pk"):
        if any(unit is not None and unit not in reach for unit in (entry.from_unit_id, entry.to_unit_id)):
            findings.append(Finding("quality.entry_out_of_reach", facts={"on": entry.on}))
    if "identity_number" in missing and (kept.last_unit_id or 0) not in actor.scope("members.identity"):
        findings.append(Finding("quality.needs_identity_right"))
    return findings


def hanging(kept: Person, dropped: Person) -> list[Finding]:
    """What stands against dropping one for the other: seats of bodies, and what other parts keep of the two."""
    findings = [
        Finding("members.seat_hangs", facts={"unit": seat.term.body.unit.code, "start": seat.during.lower})
        for seat in dropped.seats.select_related("term__body__unit").order_by("during")
    ]
    known = carrying.carriers()
    for carrier in known.values():
        findings += carrier.objections(kept, dropped)
    return findings + _left_behind(dropped, {model for carrier in known.values() for model in carrier.models})


def _left_behind(dropped: Person, carried: Collection[type[Model]]) -> list[Finding]:
    """Files of parts that carry nothing along."""
    findings = []
    for relation in Person._meta.related_objects:
        model = relation.related_model
        if isinstance(model, str) or model._meta.app_label in _OWN or model in carried:
            continue
        count = model._default_manager.filter(**{relation.field.name: dropped}).count()
        if count:
            facts = {"part": model._meta.app_label, "count": count}
            findings.append(Finding("quality.file_hangs", facts=facts))
    return findings


# The way back


@service
def merge_undo(*, actor: Actor, merge_id: int, today: date) -> Merge:
    """They were two after all: the entries are booked again; what was copied or went along goes back.

    What was changed or went on since stays where it is: somebody knew better.

    Raises:
        Refused: it has been undone already, or the entries cannot be booked again as they were.
        Denied: there is none, or one of the two is not the actor's to change.
    """
    held = Merge.objects.select_for_update().filter(pk=merge_id).first()
    if held is None:
        raise Denied(WRITE, "no_such_person", status=404)
    kept = members.visible_person(actor, held.kept_id, WRITE)
    dropped = members.visible_person(actor, held.dropped_id, WRITE)
    undo(actor, held)
    _move_back(actor, held, kept, dropped, today)
    days = {name: date.fromisoformat(day) if (day := held.days[name]) else None for name in _DAYS}
    again = rebooking.entries_book_again(
        actor=actor, person_id=dropped.pk, taken=rebooking.from_rows(held.taken), days=days, today=today
    )
    stayed = sum(
        carrier.give_back(actor, kept, dropped, held.carried[part], again)
        for part, carrier in carrying.carriers().items()
        if part in held.carried
    )
    _record("quality.merge_undone", actor, kept, dropped, {"entries": len(again), "stayed": stayed})
    return held


def _move_back(actor: Actor, held: Merge, kept: Person, dropped: Person, today: date) -> None:
    """What was copied goes back, unless it was changed since: somebody knew better."""
    since = PersonChange.objects.filter(person=kept, seq__gt=held.seq).values_list("field", flat=True)
    keys = [key for key in held.copied if key not in set(since)]
    numbers: dict[str, object] = {key: _value(kept, key) for key in keys if key in UNIQUE}
    before: dict[str, object] = {key: _read(key, held.copied[key]) for key in keys}
    because = f"hoàn tác gộp #{held.pk}"
    for person, values in ((kept, before), (dropped, numbers)):
        if values:
            person_amend(actor=actor, person_id=person.pk, values=values, reason=because, today=today, source="merge")


def _read(key: str, text: str) -> object:
    """A value as it was written."""
    kind = PARTICULAR[key].kind
    if kind == "day":
        return date.fromisoformat(text) if text else None
    return text == "True" if kind == "flag" else text


# Two who are two


@service
def not_same_say(*, actor: Actor, first_id: int, second_id: int, reason: str) -> NotSame:
    """Say that two who look like one are two people: the pair is no longer shown.

    Raises:
        Refused: it was said before, or no reason is given.
        Denied: one of the two is not the actor's to change.
    """
    one, other = sorted((first_id, second_id))
    first, second = (members.visible_person(actor, person, WRITE) for person in (one, other))
    if one == other:
        raise Refused(Finding("quality.same_person"))
    if NotSame.objects.filter(first_id=one, second_id=other, undone_seq=None).exists():
        raise Refused(Finding("quality.said_already"))
    made = NotSame.objects.create(
        first_id=one, second_id=other, reason=said(reason), user_name=actor.name, seq=current_seq()
    )
    _record("quality.said_not_same", actor, first, second, {"reason": made.reason})
    return made


@service
def not_same_undo(*, actor: Actor, not_same_id: int) -> NotSame:
    """Let the pair be looked at again.

    Raises:
        Refused: it has been taken back already.
        Denied: there is none, or one of the two is not the actor's to change.
    """
    held = NotSame.objects.select_for_update().filter(pk=not_same_id).first()
    if held is None:
        raise Denied(WRITE, "no_such_person", status=404)
    first, second = (members.visible_person(actor, person, WRITE) for person in (held.first_id, held.second_id))
    undo(actor, held)
    _record("quality.looked_at_again", actor, first, second, {})
    return held
