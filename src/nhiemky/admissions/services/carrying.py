"""What admissions carry along when two records of one person become one: cases, and whom the person stands by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Q

from nhiemky.admissions.models import Case, Sponsor
from nhiemky.audit.services import current_seq
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding
from nhiemky.members import carrying
from nhiemky.members.models import Movement, Person

_ENTRIES = ("admission", "outcome")


class AdmissionCarrier:
    """Implements `members.carrying.Carrier`.

    A case says what the ledger says: so the kept person must have the same admission, and the same last decision where
    the case has one, as entries that no case of theirs claims.
    """

    models = (Case, Sponsor)

    def objections(self, kept: Person, dropped: Person) -> Iterator[Finding]:
        """Entries of a case that the kept person has not, a second case for one admission, an open case without one."""
        for case in dropped.admission_cases.select_related(*_ENTRIES).order_by("pk"):
            claimed = [entry for name in _ENTRIES if carrying.counts(entry := getattr(case, name))]
            if not claimed and not case.end_kind:
                yield Finding("admissions.merge_open", facts={"name": case.full_name})
            for entry in claimed:
                yield from _objections(kept, entry)
        both = Q(person=kept, case__person=dropped) | Q(person=dropped, case__person=kept)
        if Sponsor.objects.filter(both).exists():
            yield Finding("admissions.merge_stands_by", facts={"name": dropped.full_name})

    def carry(self, actor: Actor, kept: Person, dropped: Person) -> carrying.Rows:
        """Cases with their entries; who stood by the same case twice stands by it once."""
        cases = []
        for case in dropped.admission_cases.select_related(*_ENTRIES).order_by("pk"):
            cases.append({"id": case.pk, "changed": current_seq(), **{n: getattr(case, f"{n}_id") for n in _ENTRIES}})
            for name in _ENTRIES:
                entry = getattr(case, name)
                setattr(case, name, carrying.same_entry(kept, entry) if carrying.counts(entry) else entry)
            _give(case, kept)
        doubles = _leave_doubles(kept, dropped)
        return {"Case": cases, "doubles": doubles, "Sponsor": carrying.rows_carry(actor, Sponsor, kept, dropped)}

    def give_back(
        self, actor: Actor, kept: Person, dropped: Person, rows: carrying.Rows, again: Mapping[int, int]
    ) -> int:
        """Cases with the entries booked again; one that was worked on since stays."""
        stayed = 0
        for said in rows["Case"]:
            case = Case.objects.get(pk=said["id"])
            if case.changed != said["changed"]:
                stayed += 1
                continue
            for name in _ENTRIES:
                setattr(case, f"{name}_id", again.get(said[name], said[name]))
            _give(case, dropped)
        carrying.rows_give_back(actor, Sponsor, rows["Sponsor"], kept, dropped)
        for said in rows["doubles"]:
            Sponsor.objects.create(person=dropped, **said)
        _touch(rows["doubles"])
        return stayed


def _objections(kept: Person, entry: Movement) -> Iterator[Finding]:
    same = carrying.same_entry(kept, entry)
    facts = {"kind": entry.kind, "on": entry.on}
    if same is None:
        yield Finding("admissions.merge_no_entry", facts=facts)
    elif Case.objects.filter(Q(admission=same) | Q(outcome=same)).exists():
        yield Finding("admissions.merge_two_cases", facts=facts)


def _give(case: Case, person: Person) -> None:
    case.person, case.changed = person, current_seq()
    case.save(update_fields=["person", "changed", *_ENTRIES])


def _leave_doubles(kept: Person, dropped: Person) -> list[dict[str, Any]]:
    """Take the dropped person out of cases where the kept one has the same part."""
    found = []
    for one in Sponsor.objects.filter(person=dropped).order_by("pk"):
        if Sponsor.objects.filter(person=kept, case=one.case_id, role=one.role).exists():
            since = one.since.isoformat() if one.since else None
            found.append({"id": one.pk, "case_id": one.case_id, "role": one.role, "since": since})
            one.delete()
    _touch(found)
    return found


def _touch(doubles: Iterable[Mapping[str, Any]]) -> None:
    """How many recommend somebody has changed."""
    Case.objects.filter(pk__in=[one["case_id"] for one in doubles]).update(changed=current_seq())


CARRIER = AdmissionCarrier()
