"""The page of one case: what is next, by whom, on which paper, by which day; and what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from nhiemky.admissions import cases, documents, selectors
from nhiemky.admissions.cases import Standing
from nhiemky.admissions.models import Case, Sponsor, StepTaken
from nhiemky.admissions.views.common import acting_name, cell_name, crumb, may_record
from nhiemky.admissions.wording import ACTORS, ENDS, OUTCOMES, SPONSORS, STAGES, STATUSES, STEPS
from nhiemky.core.components import Fact, LifeEvent, Link
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.domain.admissions.judging import DONE, LATE, NEXT, StepState
from nhiemky.domain.findings import Finding
from nhiemky.members.views.common import go
from nhiemky.members.wording import SEXES, choice_names, ethnic_name, movement_name

RIGHT = "members.view"


@dataclass(frozen=True)
class StepLine:
    """One step on the page."""

    key: str
    name: Any
    actor: Any
    body: str
    status: str
    tone: str
    on: date | None
    due: date | None
    opens: date | None
    by: str
    regulation: str
    papers: Sequence[tuple[str, str, str]]
    findings: Sequence[Finding]
    taken: Sequence[dict[str, Any]]
    url: str


@page(RIGHT)
def case(request: PageRequest, case_id: int) -> HttpResponse:
    """One case."""
    found, standing = selectors.visible_case(request.actor, case_id, request.today)
    taken = list(found.steps.order_by("on", "pk"))
    steps = [_line(request, standing, step, taken) for step in standing.state.steps]
    context = {"case": found, "standing": standing, **_frame(request, found, standing, steps, taken)}
    response = show(request, "admissions/case.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _frame(
    request: PageRequest, found: Any, standing: Standing, steps: Sequence[StepLine], taken: Sequence[StepTaken]
) -> dict[str, Any]:
    return {
        "cell": cell_name(standing, request.today),
        "stage": STAGES[standing.state.stage],
        "steps": steps,
        "next": [line for line in _ordered(standing, steps) if line.status in (NEXT, LATE)],
        "waits": next((line for line in steps if line.status == "waiting"), None),
        "facts": _facts(found),
        "days": _days(found, standing),
        "sponsors": _sponsors(request, found),
        "ended": _ended(found, standing),
        "papers": documents.available(standing, request.today),
        "may_write": standing.unit_id in request.actor.scope(selectors.WRITE),
        "admitted": cases.admitted(found),
        "history": _history(found, taken, request.today),
        "crumb": crumb(request, standing),
    }


def _ordered(standing: Standing, steps: Sequence[StepLine]) -> list[StepLine]:
    """Steps to take, the most urgent first."""
    order = {step.kind.key: number for number, step in enumerate(standing.state.to_do)}
    return sorted((line for line in steps if line.key in order), key=lambda line: order[line.key])


def _line(request: PageRequest, standing: Standing, step: StepState, taken: Sequence[StepTaken]) -> StepLine:
    kind = step.kind
    tone = STATUSES[step.status][1]
    records = _is_open(standing, step) and may_record(request, standing, kind.level)
    return StepLine(
        key=kind.key,
        name=STEPS[kind.key],
        actor=ACTORS[kind.actor],
        body=acting_name(standing, kind.level, request.today),
        status=step.status if standing.state.open or step.status == DONE else "waiting",
        tone=tone,
        on=step.on,
        due=step.due if step.status != DONE else None,
        opens=step.opens,
        by=_rule(step.by),
        regulation=_rule(step.regulation),
        papers=[(paper.key, paper.vi, _paper_url(request, standing, paper.key)) for paper in step.papers],
        findings=step.findings,
        taken=[_entry(request, standing, one) for one in taken if one.key == kind.key],
        url=go(request, "admissions:take", standing.pk, kind.key) if records else "",
    )


def _is_open(standing: Standing, step: StepState) -> bool:
    """Whether the step can be taken now, or taken anew."""
    facts = standing.facts
    if not standing.state.open or not all(facts.completed(before.key) for before in facts.before(step.kind)):
        return False
    return step.status in (NEXT, LATE) or (step.kind.again and facts.completed("cell_vote") is None)


def _paper_url(request: PageRequest, standing: Standing, paper: str) -> str:
    return go(request, "admissions:paper", standing.pk, paper) if documents.can_fill(paper, standing) else ""


def _rule(rule: Any) -> str:
    """Where a rule stands, and whether its value is still to be confirmed."""
    if rule is None:
        return ""
    return rule.cites if rule.confirmed else _("%(source)s; value to be confirmed") % {"source": rule.cites}


def _entry(request: PageRequest, standing: Standing, taken: StepTaken) -> dict[str, Any]:
    paper = " · ".join(part for part in (taken.paper_number, taken.paper_body) if part)
    strikes = not taken.struck and taken.key != "noted" and standing.unit_id in request.actor.scope(selectors.WRITE)
    return {
        "on": taken.on,
        "paper": paper,
        "received_on": taken.received_on,
        "outcome": OUTCOMES.get(taken.outcome, ""),
        "note": taken.note,
        "struck": taken.struck,
        "url": go(request, "admissions:strike", taken.pk) if strikes else "",
    }


def _facts(found: Any) -> list[Fact]:
    """Who it is about: the register's person from the ceremony on, before it what was noted."""
    who = found.person if cases.admitted(found) else found
    rows = [
        Fact(_("Sex"), SEXES[who.sex]),
        Fact(_("Born on"), f"{who.birth_date:%d/%m/%Y}"),
        Fact(_("Ethnic group"), ethnic_name(who.ethnic_group)),
        Fact(_("General education"), choice_names("general_education").get(who.general_education)),
        Fact(_("Occupation"), choice_names("occupation").get(who.occupation)),
        Fact(_("Home place"), who.home_place or None),
        Fact(_("Residence"), who.residence or None),
    ]
    return [*rows, Fact(_("Nominated by the Youth Union"), _("yes") if found.union else _("no"))]


def _days(found: Any, standing: Standing) -> list[Fact]:
    """The three days that are so often mixed up."""
    decision = standing.facts.completed("decision")
    official = found.person.official_on if cases.admitted(found) else None
    rows = (
        (_("Decision to admit"), decision.on if decision else None, _("Party age counts from it")),
        (_("Ceremony"), standing.facts.ceremony_on, _("the day of joining")),
        (_("Probation ends"), standing.state.probation_ends, _("12 months from the ceremony")),
        (_("Official member"), official, _("the day of official recognition")),
    )
    return [Fact(label, f"{day:%d/%m/%Y}" if day else None, note=note) for label, day, note in rows]


def _sponsors(request: PageRequest, found: Case) -> list[tuple[Sponsor, Any, str]]:
    rows = found.sponsors.select_related("person").order_by("role", "pk")
    scope = request.actor.scope(RIGHT)
    return [
        (one, SPONSORS[one.role],
         go(request, "members:person", one.person_id) if (one.person.last_unit_id or 0) in scope else "")
        for one in rows
    ]  # fmt: skip


def _ended(found: Any, standing: Standing) -> str:
    """How the case ended, in words; empty while it is open or ended with an official member."""
    end = standing.facts.end
    if found.end_kind:
        told = {"how": ENDS[found.end_kind], "on": f"{found.ended_on:%d/%m/%Y}", "reason": found.end_reason}
        return _("Ended on %(on)s: %(how)s. %(reason)s") % told
    if end is not None:
        told = {"on": f"{end.on:%d/%m/%Y}", "how": movement_name(end.kind)}
        return _("By the ledger the person left on %(on)s: %(how)s") % told
    if standing.state.stage == "ended":
        return _("Struck off the list of members instead of recognised.")
    return ""


def _history(found: Any, taken: Sequence[StepTaken], today: date) -> list[LifeEvent]:
    """What happened to the case beside its steps: reorganisations that took it along, entries taken back."""
    events = []
    if found.admission_id is not None and found.admission_back:
        text = _("The admission was taken back in the ledger: the ceremony counts as not held")
        events.append(LifeEvent(text, day=_last_day(taken, "ceremony"), struck=True))
    if found.outcome_id is not None and found.outcome_back:
        text = _("The last decision was taken back in the ledger: it counts as not made")
        events.append(LifeEvent(text, day=_last_day(taken, "official_decision"), struck=True))
    moves = selectors.moves_of(found, today)
    events += [
        LifeEvent(
            _("With the organisation: from %(old)s to %(new)s") % {"old": old, "new": new},
            day=on,
            links=(Link(number),),
        )
        for on, old, new, number in moves
    ]
    return events


def _last_day(taken: Sequence[StepTaken], key: str) -> date | None:
    return max((one.on for one in taken if one.key == key), default=None)
