"""Beginning a case, changing who it is about, ending it without a member."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db.models import Q

from nhiemky.admissions import cases, places, selectors
from nhiemky.admissions.models import END_KINDS, Case, Sponsor, StepTaken
from nhiemky.audit.services import current_seq, record, service
from nhiemky.domain.access import Actor
from nhiemky.domain.admissions.facts import Done, Facts
from nhiemky.domain.admissions.recording import check_step
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.domain.members.particulars import check_particulars, cleaned
from nhiemky.domain.names import clean, fold, name_key
from nhiemky.domain.organisation.kinds import KIND
from nhiemky.members.models import Stay
from nhiemky.organisation import selectors as organisation

WRITE = "members.write"


@dataclass(frozen=True)
class Candidate:
    """What a case keeps of the person until the ceremony: particulars as in `domain.members.particulars`."""

    full_name: str
    sex: str
    birth_date: date
    ethnic_group: int
    home_place: str = ""
    residence: str = ""
    occupation: str = ""
    general_education: str = ""


@service
def case_open(
    *,
    actor: Actor,
    unit_code: str,
    candidate: Candidate,
    noted_on: date,
    today: date,
    union: bool = False,
    helper_id: int | None = None,
) -> Case:
    """Note an outstanding individual in a cell: the first step of a case.

    Raises:
        Refused: with every objection.
        Denied: the cell lies outside the actor's subtree, or the right is missing there.
    """
    structure = organisation.structure()
    place = organisation.visible_position(actor, unit_code, WRITE)
    unit_id, version = int(structure.ids[place]), structure.version(place, today)
    values = cleaned(asdict(candidate))
    findings = check_particulars(values, today=today)
    if version is None or not KIND[version.kind].has_members:
        findings.append(Finding("members.no_such_cell", field="unit", value=unit_code, facts={"on": today}))
    findings += check_step(Facts(candidate.birth_date), Done("noted", noted_on), today=today)
    findings += _known(unit_id, candidate, today) + check_sponsor(helper_id, unit_id, noted_on, "helper")
    refuse_if_any(findings)
    case = Case(unit_id=unit_id, union=union, changed=current_seq())
    _set(case, values)
    case.save()
    StepTaken.objects.create(case=case, key="noted", on=noted_on, seq=current_seq())
    _set_helper(case, helper_id)
    facts = {"on": noted_on}
    record("admissions.case_opened", actor=actor, subject=case.pk, unit_id=unit_id, facts=facts)
    return case


def _set(case: Case, values: dict[str, object]) -> None:
    for key, value in values.items():
        setattr(case, key, value)
    case.name_key, case.folded = name_key(case.full_name), fold(case.full_name)


def _known(unit_id: int, candidate: Candidate, today: date) -> list[Finding]:
    """An open case of the same name and birthday in the cell."""
    same = Q(folded=fold(candidate.full_name), birth_date=candidate.birth_date)
    known = [case for case in cases.maybe_open(today, same) if case.unit_id == unit_id and case.state.open]
    return [Finding("admissions.case_known", field="full_name", value=candidate.full_name)] if known else []


def check_sponsor(person_id: int | None, unit_id: int, on: date, field: str) -> list[Finding]:
    """A helper or recommender must be an official member of the cell on the day."""
    if person_id is None:
        return []
    official = Stay.objects.filter(person_id=person_id, unit_id=unit_id, standing="official", during__contains=on)
    return [] if official.exists() else [Finding("admissions.sponsor_not_official", field=field, facts={"on": on})]


def _set_helper(case: Case, person_id: int | None) -> None:
    """The member assigned to help; there is one at a time."""
    others = Sponsor.objects.filter(case=case, role=Sponsor.HELPER)
    (others if person_id is None else others.exclude(person_id=person_id)).delete()
    if person_id is not None:
        Sponsor.objects.get_or_create(case=case, role=Sponsor.HELPER, person_id=person_id)


@service
def case_amend(
    *, actor: Actor, case_id: int, candidate: Candidate, union: bool, helper_id: int | None, today: date
) -> Case:
    """Correct who the case is about, and who helps. After the ceremony the person's own page is the place for it."""
    case, standing = selectors.visible_case(actor, case_id, today, WRITE)
    values = cleaned(asdict(candidate))
    findings = check_particulars(values, today=today) + check_sponsor(helper_id, standing.unit_id, today, "helper")
    if cases.admitted(case):
        changed = [key for key, value in values.items() if getattr(case, key) != value]
        findings += [Finding("admissions.person_in_register", field=key) for key in changed]
    refuse_if_any(findings)
    _set(case, values)
    case.union, case.changed = union, current_seq()
    case.save()
    _set_helper(case, helper_id)
    record("admissions.case_amended", actor=actor, subject=case.pk, unit_id=standing.unit_id)
    return case


@service
def case_end(*, actor: Actor, case_id: int, kind: str, on: date, reason: str, today: date) -> Case:
    """End a case before the ceremony: the person withdrew, or a body refused. From the ceremony on the ledger tells.

    Raises:
        Refused: it has ended already, or the person is in the register.
    """
    case, standing = selectors.visible_case(actor, case_id, today, WRITE)
    findings = []
    if not standing.state.open:
        findings.append(Finding("admissions.case_ended", facts={"on": case.ended_on or today}))
    if cases.admitted(case):
        findings.append(Finding("admissions.ends_in_the_ledger"))
    if kind not in END_KINDS:
        findings.append(Finding("admissions.end_unknown", field="kind", value=kind))
    last = max((done.on for done in standing.facts.done), default=on)
    if not last <= on <= today:
        findings.append(Finding("admissions.end_day", field="on", facts={"on": on, "last": last, "today": today}))
    if not clean(reason):
        findings.append(Finding("admissions.reason_missing", field="reason"))
    refuse_if_any(findings)
    case.end_kind, case.ended_on, case.end_reason, case.changed = kind, on, clean(reason), current_seq()
    case.save()
    facts = {"on": on, "reason": case.end_reason, "kind": kind}
    record("admissions.case_ended", actor=actor, subject=case.pk, unit_id=standing.unit_id, facts=facts)
    return case


@service
def case_resume(*, actor: Actor, case_id: int, reason: str, today: date) -> Case:
    """Go on with a case that was ended by mistake, or taken up again."""
    case, standing = selectors.visible_case(actor, case_id, today, WRITE)
    if not case.end_kind:
        raise Refused(Finding("admissions.case_not_ended"))
    if not clean(reason):
        raise Refused(Finding("admissions.reason_missing", field="reason"))
    case.end_kind, case.ended_on, case.end_reason, case.changed = "", None, "", current_seq()
    case.save()
    facts = {"reason": clean(reason)}
    record("admissions.case_resumed", actor=actor, subject=case.pk, unit_id=standing.unit_id, facts=facts)
    return case


def cell_on(case: Case, on: date, standing: cases.Standing) -> int:
    """The id of the cell that had the case on a day: the person's from the ceremony on, before it the case's own."""
    if standing.person_id is not None:
        stay = Stay.objects.filter(person_id=standing.person_id, during__contains=on).first()
        if stay is not None:
            return stay.unit_id
    return places.cell_today(organisation.structure(), case.unit_id, on)
