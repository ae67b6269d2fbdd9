"""What admissions hold about one person, for that person (`members.held.Provider`)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from nhiemky.admissions.models import Case, Sponsor, StepTaken
from nhiemky.admissions.wording import ENDS, OUTCOMES, SPONSORS, STEPS
from nhiemky.members.forms_particulars import shown_value
from nhiemky.members.held import Section, paper, unit_name
from nhiemky.members.models import Person
from nhiemky.members.sums import View

_NOTED = ("sex", "birth_date", "ethnic_group", "home_place", "residence", "occupation", "general_education")


def held(person: Person, view: View) -> Iterator[Section]:
    """The own case with what was noted, every step, vote and paper; who stood by it, and by whose case one stood."""
    yield _cases(person, view)
    yield _steps(person)
    heads = {"case": _("Case"), "role": _("Role"), "name": _("Full name"), "since": _("Since")}
    by = Sponsor.objects.filter(case__person=person).select_related("person").order_by("pk")
    rows = [(s.case_id, str(SPONSORS[s.role]), s.person.full_name, s.since) for s in by]
    yield Section.of("sponsors", _("Who stood by the admission"), heads, rows)
    stood = Sponsor.objects.filter(person=person).select_related("case").order_by("pk")
    rows = [(s.case_id, str(SPONSORS[s.role]), s.case.full_name, s.since) for s in stood]
    yield Section.of("sponsored", _("Admissions that this person stood by"), heads, rows)


def _cases(person: Person, view: View) -> Section:
    heads = {"case": _("Case"), "unit": _("Organisation"), "name": _("Full name"), "noted": _("Noted then"),
             "union": _("Youth union"), "ended_on": _("Ended on"), "end": _("Ended by"),
             "reason": _("Reason")}  # fmt: skip
    return Section.of("admission_cases", _("Admission"), heads, (
        (c.pk, unit_name(view, c.unit_id), c.full_name, _noted(c), _("yes") if c.union else "", c.ended_on,
         str(ENDS.get(c.end_kind, "")), c.end_reason) for c in person.admission_cases.order_by("-pk")
    ))  # fmt: skip


def _noted(case: Case) -> str:
    told = (f"{v:%d/%m/%Y}" if hasattr(v := getattr(case, key), "day") else shown_value(key, str(v)) for key in _NOTED)
    return ", ".join(filter(None, told))


def _steps(person: Person) -> Section:
    heads = {"case": _("Case"), "on": _("Day"), "step": _("Step"), "received_on": _("Received on"), "paper": _("Paper"),
             "ballot": _("Ballot"), "outcome": _("Outcome"), "note": _("Note"),
             "struck": _("Struck because")}  # fmt: skip
    steps = StepTaken.objects.filter(case__person=person).order_by("-case_id", "-on", "-pk")
    return Section.of("admission_steps", _("Steps of the admission"), heads, (
        (s.case_id, s.on, str(STEPS[s.key]), s.received_on, paper(s.paper_number, s.paper_body), _ballot(s),
         str(OUTCOMES.get(s.outcome, "")), s.note, s.struck) for s in steps
    ))  # fmt: skip


def _ballot(step: StepTaken) -> str:
    if step.base is None:
        return ""
    return _("%(for)s for, %(against)s against, %(blank)s blank; %(present)s of %(base)s present") % {
        "for": step.in_favour, "against": step.against, "blank": step.blank, "present": step.present, "base": step.base
    }  # fmt: skip
