"""The entries of the ledger that a case makes: the admission at the ceremony, the recognition or striking off."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from nhiemky.admissions import cases
from nhiemky.admissions.cases import Standing
from nhiemky.admissions.models import Case, StepTaken
from nhiemky.admissions.services.opening import cell_on
from nhiemky.domain.access import Actor
from nhiemky.domain.admissions.facts import RECOGNISE, STRIKE_OFF
from nhiemky.members.services.entering import PersonData, person_admit
from nhiemky.members.services.ledger import Paper, movement_book, movement_reverse
from nhiemky.organisation import selectors as organisation

if TYPE_CHECKING:
    from nhiemky.admissions.services.stepping import Taken

_OF_PERSON = (
    "full_name", "sex", "birth_date", "ethnic_group", "home_place", "residence", "occupation", "general_education",
)  # fmt: skip


def book(actor: Actor, case: Case, standing: Standing, taken: Taken, today: date) -> None:
    """What a step means for the ledger, if anything; the case keeps the link."""
    if taken.key == "ceremony":
        _admit(actor, case, standing, taken, today)
    elif taken.key == "official_decision" and standing.person_id is not None:
        _decide(actor, case, standing.person_id, taken, today)


def _admit(actor: Actor, case: Case, standing: Standing, taken: Taken, today: date) -> None:
    decision = _last(case, "decision")
    held = organisation.structure()
    person = person_admit(
        actor=actor,
        person=PersonData(**{key: getattr(case, key) for key in _OF_PERSON}, identity_number=taken.identity_number),
        unit_code=held.codes[held.index[cell_on(case, taken.on, standing)]],
        decided_on=decision.on,
        admitted_on=taken.on,
        paper=Paper(decision.paper_number, decision.on, decision.paper_body),
        today=today,
    )
    case.person = person
    case.admission = person.movements.filter(kind="admission", reverses=None, reversed_by=None).latest("pk")
    case.outcome = None


def _decide(actor: Actor, case: Case, person_id: int, taken: Taken, today: date) -> None:
    kind, on = {
        RECOGNISE: ("official_recognition", taken.effective_on or taken.on),
        STRIKE_OFF: ("striking_off", taken.on),
    }[taken.outcome]
    paper = Paper(taken.paper_number, taken.on, taken.paper_body)
    case.outcome = movement_book(actor=actor, person_id=person_id, kind=kind, on=on, paper=paper, today=today)


def _last(case: Case, key: str) -> StepTaken:
    return case.steps.filter(key=key, struck="").latest("on", "pk")


def take_back(actor: Actor, case: Case, step: StepTaken, reason: str, today: date) -> None:
    """Take the entry back that a struck step had made, unless the ledger has done so already."""
    if step.key == "ceremony" and cases.admitted(case) and case.admission_id is not None:
        movement_reverse(actor=actor, movement_id=case.admission_id, reason=reason, today=today)
    if step.key == "official_decision" and case.outcome_id is not None and not case.outcome_back:  # type: ignore[attr-defined]
        movement_reverse(actor=actor, movement_id=case.outcome_id, reason=reason, today=today)
