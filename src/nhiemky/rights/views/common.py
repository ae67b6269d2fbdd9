"""What the pages of members and of offices share: a request as it is shown, files to take along."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from nhiemky.core.components import Fact, LifeEvent
from nhiemky.core.days import write_day
from nhiemky.core.downloads import download
from nhiemky.core.pages import PageRequest
from nhiemky.core.papers import DOCX
from nhiemky.core.spreadsheets import XLSX
from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Finding
from nhiemky.domain.members.particulars import PARTICULAR, written
from nhiemky.domain.rights.requests import CORRECTION, GRANTED, MADE, OPEN, REFUSED, acknowledgement, deadline
from nhiemky.members.forms_particulars import shown_value
from nhiemky.members.held import unit_name
from nhiemky.members.models import Person
from nhiemky.members.sums import View
from nhiemky.members.wording import particular_name
from nhiemky.rights import held, selectors
from nhiemky.rights.models import Request
from nhiemky.rights.paper import answer_docx
from nhiemky.rights.services.exports import data_exported
from nhiemky.rights.wording import ACT_NAMES, ask_name, state_name

TONES = {"made": "warn", "acknowledged": "warn", "granted": "good", "refused": "bad", "withdrawn": "off"}


def subject_of(asked: Request) -> str:
    """What a request is about: the field, or what the member wrote."""
    return particular_name(asked.field) if asked.field else asked.about


def request_context(request: PageRequest, asked: Request) -> dict[str, Any]:
    """A request with its steps and what is owed on it."""
    owed = deadline(asked.state, asked.made_on, asked.acknowledged_on)
    code = "rights.owes_acknowledgement" if asked.state == MADE else "rights.owes_answer"
    return {
        "asked": asked,
        "title": ask_name(asked.kind),
        "subject": subject_of(asked),
        "state_name": state_name(asked.state),
        "tone": TONES[asked.state],
        "facts": _facts(request, asked),
        "steps": [
            LifeEvent(ACT_NAMES[step.act], day=step.on, note=" · ".join(p for p in (_who(step), step.text) if p))
            for step in asked.steps.order_by("-seq", "-pk")
        ],
        "owed": owed and Finding.of_rule(code, owed.rule, facts={"on": owed.on}, blocks=owed.over(request.today)),
        "overdue": owed is not None and owed.over(request.today),
        "changed": _changed(asked),
        "is_open": asked.state in OPEN,
        "answered": asked.state in (GRANTED, REFUSED),
    }


def _who(step: Any) -> str:
    return _("the member") if step.by_member else step.user_name


def _facts(request: PageRequest, asked: Request) -> list[Fact]:
    rows = [Fact(_("Request number"), str(asked.pk)), Fact(_("Made on"), asked.made_on and f"{asked.made_on:%d/%m/%Y}")]
    if asked.kind == CORRECTION:
        rows += _correction_facts(asked)
    else:
        rows.append(Fact(_("About what"), asked.about))
    rows.append(Fact(_("Reason"), asked.why))
    if asked.acknowledged_on and asked.acknowledged_on > (owed := acknowledgement(asked.made_on)).on:
        late = _("%(n)s days late") % {"n": (asked.acknowledged_on - owed.on).days}
        rows.append(Fact(_("Acknowledged on"), write_day(asked.acknowledged_on), note=late))
    rows.append(Fact(_("Addressed to"), _desk(request, asked)))
    if asked.entered_by:
        rows.append(Fact(_("Entered by"), asked.entered_by, note=_("the member came in person")))
    if asked.answer:
        rows.append(Fact(_("Answer"), asked.answer))
    if asked.source:
        rows.append(Fact(_("Rule it rests on"), asked.source))
    return rows


def _desk(request: PageRequest, asked: Request) -> str:
    return unit_name(View(request.today), asked.desk_id)


def _correction_facts(asked: Request) -> list[Fact]:
    sealed = PARTICULAR[asked.field].sealed
    before = "•" if sealed else shown_value(asked.field, asked.before)
    wanted = _("the number on the card, typed by the office") if sealed else shown_value(asked.field, asked.value)
    rows = [Fact(_("Field"), particular_name(asked.field))]
    rows.append(Fact(_("Was in the register"), before or None, note=_("when it was asked for")))
    if asked.state in OPEN and not sealed:
        rows.append(Fact(_("In the register now"), shown_value(asked.field, _now(asked)) or None))
    rows.append(Fact(_("It should be"), wanted or _("empty")))
    if asked.since:
        rows.append(Fact(_("Holds from"), f"{asked.since:%d/%m/%Y}"))
    return rows


def _now(asked: Request) -> str:
    return written(getattr(asked.person, asked.field))


def _changed(asked: Request) -> Finding | None:
    """The register says something else by now than when it was asked, and not yet what was asked for."""
    if asked.state not in OPEN or asked.field in ("", *selectors.SEALED) or _now(asked) in (asked.before, asked.value):
        return None
    return Finding("rights.changed_since", blocks=False, facts={"field": particular_name(asked.field)})


def data_file(request: PageRequest, person: Person, form: str) -> HttpResponse:
    """Everything held about the person as .xlsx or .json; to the person with the identity number, to an
    office with those requests that it may see.
    """
    own = request.actor.person_id == person.pk
    asked = selectors.requests_of(person) if own else selectors.requests(request.actor).filter(person=person)
    sections = held.held(person, View(request.today), list(asked), number=own)
    data_exported(actor=request.actor, person=person, form=form)
    if form == "json":
        return download(held.as_json(sections, request.today), "du-lieu-dang-vien.json", "application/json")
    return download(held.as_xlsx(sections, request.today, person.full_name), "du-lieu-dang-vien.xlsx", XLSX)


def answer_file(request: PageRequest, asked: Request) -> HttpResponse:
    """The answer as a paper.

    Raises:
        Denied: there is no answer yet.
    """
    if asked.state not in (GRANTED, REFUSED):
        raise Denied("own", "no_such_request", status=404)
    return download(answer_docx(asked, View(request.today)), f"tra-loi-de-nghi-{asked.pk}.docx", DOCX)
