"""What is kept of a person beside the ledger: checked, changed, and every change kept with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import cast

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from nhiemky.audit.services import current_seq, record, service
from nhiemky.core.copying import as_text, copy_text
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.findings import Finding, refuse_if_any
from nhiemky.domain.members.particulars import PARTICULAR, UNIQUE, check_particulars, cleaned, written
from nhiemky.domain.names import clean, fold, name_key
from nhiemky.members import identity
from nhiemky.members.models import Movement, Person, PersonChange
from nhiemky.members.services.ledger import WRITE

Values = Mapping[str, object]
_SEALED = ("identity_sealed", "identity_mark")


@service
def person_amend(
    *,
    actor: Actor,
    person_id: int,
    values: Values,
    reason: str,
    today: date,
    since: date | None = None,
    source: str = "form",
) -> int:
    """Change particulars of one person; the number of fields that differ. See `people_amend`."""
    changes = {person_id: values}
    return people_amend(actor=actor, changes=changes, reason=reason, today=today, since=since, source=source)


@service
def people_amend(
    *,
    actor: Actor,
    changes: Mapping[int, Values],
    reason: str,
    today: date,
    since: date | None = None,
    source: str = "form",
) -> int:
    """Change particulars of people, all or nothing; answers how many fields differ. Equal values leave no trace.

    `changes` gives for each person's id the new values by key of `PARTICULARS`. `since` is the day from which they
    hold, None where the old ones were never right.

    Raises:
        Refused: a value stands against a rule; `row` of a finding is the person's id.
        Denied: one of the people is not the actor's to change.
    """
    people, reason = _locked(actor, changes), clean(reason)
    given = {person_id: cleaned(values) for person_id, values in changes.items()}
    refuse_if_any(
        [*_check_reason(reason, since, today), *_always_held(people, given, since), *objections(people, given, today)]
    )
    rows = [
        _change(actor, person_id, differing, since, reason, source)
        for person_id, values in given.items()
        for differing in set_values(people[person_id], values)
    ]
    touched = [people[person_id] for person_id in dict.fromkeys(row.person_id for row in rows)]
    _write(touched, rows)
    _tell_names(actor, [people[row.person_id] for row in rows if row.field == "full_name"])
    fields = ", ".join(f"{key} {count}" for key, count in sorted(Counter(row.field for row in rows).items()))
    record(
        "members.particulars_changed",
        actor=actor,
        subject=next(iter(changes)) if len(changes) == 1 else "",
        units=sorted({unit for person in touched if (unit := person.last_unit_id) is not None}),
        facts={"people": len(touched), "fields": fields, "source": source, "reason": reason},
    )
    return len(rows)


def _tell_names(actor: Actor, people: Sequence[Person]) -> None:
    names = {person.pk: person.full_name for person in people}
    for path in settings.NHIEMKY_RENAMED if names else ():
        cast(Callable[[Actor, Mapping[int, str]], None], import_string(path))(actor, names)


def _change(
    actor: Actor, person_id: int, differing: tuple[str, object, object], since: date | None, reason: str, source: str
) -> PersonChange:
    key, before, after = differing
    return PersonChange(
        person_id=person_id, field=key, before=_shown(key, before), after=_shown(key, after), since=since,
        reason=reason, source=source, user_name=actor.name, seq=current_seq(),
    )  # fmt: skip


def _check_reason(reason: str, since: date | None, today: date) -> list[Finding]:
    findings = [] if reason else [Finding("members.change_reason_missing", field="reason")]
    if since is not None and since > today:
        findings.append(Finding("members.in_future", field="since", facts={"on": since, "today": today}))
    return findings


def _always_held(people: Mapping[int, Person], given: Mapping[int, Values], since: date | None) -> list[Finding]:
    """Nobody is born on another day from some day on: a birthday is right or was never right."""
    if since is None:
        return []
    return [
        _of_row(Finding("members.always_held", field="since", facts={"on": since}), person_id, len(given) > 1)
        for person_id, values in given.items()
        if "birth_date" in values and written(values["birth_date"]) != written(people[person_id].birth_date)
    ]


def objections(people: Mapping[int, Person], given: Mapping[int, Values], today: date) -> list[Finding]:
    """What stands against clean new values; `row` is the person's id where there are several people."""
    many, forgotten = len(given) > 1, Finding("members.forgotten")
    gone = [_of_row(forgotten, pk, many) for pk in given if people[pk].forgotten is not None]
    return [*gone, *_check_values(people, given, today), *_taken(given)]


def _check_values(people: Mapping[int, Person], given: Mapping[int, Values], today: date) -> list[Finding]:
    return [
        _of_row(finding, person_id, len(given) > 1)
        for person_id, values in given.items()
        for finding in (*check_particulars(values, today=today), *_check_days(people[person_id], values))
    ]


def _of_row(finding: Finding, person_id: int, many: bool) -> Finding:
    if not many:
        return finding
    return Finding(finding.code, facts=finding.facts, row=person_id, field=finding.field, value=finding.value)


def _locked(actor: Actor, changes: Mapping[int, Values]) -> dict[int, Person]:
    found = Person.objects.select_for_update(of=("self",)).in_bulk(list(changes))
    for person_id in changes:
        person = found.get(person_id)
        if person is None or person.last_unit_id is None:
            raise Denied(WRITE, "no_such_person", status=404)
        actor.require(WRITE, person.last_unit_id)
        if "identity_number" in changes[person_id]:
            actor.require("members.identity", person.last_unit_id)
    return found


def _check_days(person: Person, values: Values) -> list[Finding]:
    decided = values.get("decided_on")
    if isinstance(decided, date) and person.admitted_on is not None and decided > person.admitted_on:
        facts = {"decided": decided, "admitted": person.admitted_on}
        return [Finding("members.ceremony_before_decision", field="decided_on", facts=facts)]
    return []


def _taken(given: Mapping[int, Values]) -> list[Finding]:
    """Numbers that belong to one person only and are somebody else's already, or given twice."""
    findings = []
    for key in UNIQUE:
        owners = {str(values[key]): person_id for person_id, values in given.items() if values.get(key)}
        count = sum(1 for values in given.values() if values.get(key))
        known = holders(key, list(owners))
        for number, person_id in owners.items():
            if known.get(number, person_id) != person_id or (count > len(owners) and _twice(given, key, number)):
                findings.append(known_number(key, number, person_id if len(given) > 1 else None))
    return findings


def _twice(given: Mapping[int, Values], key: str, number: str) -> bool:
    return sum(1 for values in given.values() if values.get(key) == number) > 1


def known_number(key: str, number: str, row: int | None = None) -> Finding:
    """The objection against a number that is somebody else's; an identity number is not repeated."""
    if key == "identity_number":
        return Finding("members.identity_known", field=key, row=row)
    return Finding("members.card_known", field=key, value=number, row=row)


def holders(key: str, numbers: list[str]) -> dict[str, int]:
    """Who holds each of the numbers, among people with an entry that counts."""
    found = known(key, numbers)
    if not found:
        return {}
    counted = Movement.objects.filter(person_id__in=list(found.values()), reverses=None, reversed_by=None)
    counting = set(counted.values_list("person_id", flat=True))
    return {number: pk for number, pk in found.items() if pk in counting}


def known(key: str, numbers: list[str]) -> dict[str, int]:
    """Who has each of the numbers, also people whose every entry was taken back."""
    sealed = key == "identity_number"
    marks = {identity.mark(n).hex() if sealed else n: n for n in numbers if n}
    column, one = ("identity_mark", "decode(n, 'hex')") if sealed else ("card_number", "n")
    # The numbers as one text: a list of a hundred thousand takes the driver as long as the answer takes the database.
    # What is said of empty numbers lets it use the index, which is without them.
    filled = "TRUE" if sealed else "card_number <> ''"
    asked = f"""SELECT n, id FROM unnest(string_to_array(%s, E'\\n')) n
                JOIN members_person ON {column} = {one} AND {filled}"""
    with connection.cursor() as cursor:
        cursor.execute(asked, ["\n".join(marks)])
        return {marks[mark]: person for mark, person in cursor.fetchall()}


def set_values(person: Person, values: Values) -> list[tuple[str, object, object]]:
    """Set clean values on the person; answers key, old and new value of those that differ."""
    differing = []
    for key, value in values.items():
        before = _value(person, key)
        if written(before) == written(value):
            continue
        _set(person, key, value)
        differing.append((key, before, value))
    return differing


def _value(person: Person, key: str) -> object:
    if key == "identity_number":
        return identity.shown(person)
    return getattr(person, key)


def _set(person: Person, key: str, value: object) -> None:
    if key == "identity_number":
        number = str(value or "")
        person.identity_sealed = identity.seal(number) if number else None
        person.identity_mark = identity.mark(number) if number else None
        return
    setattr(person, key, int(str(value)) if key == "ethnic_group" else value)
    if key == "full_name":
        person.name_key, person.folded = name_key(str(value)), fold(str(value))


def _shown(key: str, value: object) -> str:
    return ("•" if value else "") if PARTICULAR[key].sealed else written(value)


_MANY = 500
"""From so many people on, new values are copied and joined: an UPDATE with a case for each takes far longer."""


def _update_many(people: list[Person], fields: list[str]) -> None:
    names = ", ".join(["id", *fields])
    texts = as_text([person.pk, *(getattr(person, field) for field in fields)] for person in people)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE amended AS SELECT {names} FROM members_person WITH NO DATA")
        copy_text("amended", ["id", *fields], texts, like="members_person")
        values = ", ".join(f"{field} = a.{field}" for field in fields)
        cursor.execute(f"UPDATE members_person p SET {values} FROM amended a WHERE p.id = a.id")
        cursor.execute("DROP TABLE amended")


def _write(people: list[Person], rows: list[PersonChange]) -> None:
    seq = current_seq()
    for person in people:
        person.changed = seq
    fields = {"changed"}
    for row in rows:
        fields |= set(_SEALED) if row.field == "identity_number" else {row.field}
        fields |= {"name_key", "folded"} if row.field == "full_name" else set()
    if len(people) < _MANY:
        Person.objects.bulk_update(people, sorted(fields), batch_size=1000)
    else:
        _update_many(people, sorted(fields))
    PersonChange.objects.bulk_create(rows, batch_size=2000)
