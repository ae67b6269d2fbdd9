"""Beginning a case, taking its steps, striking what was wrong, ending it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from nhiemky.admissions import selectors
from nhiemky.admissions.cases import Standing
from nhiemky.admissions.forms import CandidateForm, EndForm, ReasonForm, StepForm
from nhiemky.admissions.services import opening, stepping
from nhiemky.admissions.views.common import acting_name, cell_name, crumb, members_of
from nhiemky.admissions.wording import STEPS
from nhiemky.core.components import Link
from nhiemky.core.forms import Form
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.domain.access import Denied
from nhiemky.domain.admissions.rules import PROCEDURE
from nhiemky.domain.admissions.steps import STEP, StepKind
from nhiemky.domain.admissions.voting import MAJORITIES
from nhiemky.domain.findings import Refused
from nhiemky.domain.organisation.issuers import issuer
from nhiemky.domain.organisation.kinds import KIND
from nhiemky.members.services import reading
from nhiemky.members.views.common import crumb as unit_crumb
from nhiemky.members.views.common import go, seen_unit
from nhiemky.organisation import selectors as organisation

RIGHT = "members.write"


@page(RIGHT, methods=("GET", "POST"))
def new(request: PageRequest, code: str = "") -> HttpResponse:
    """Note an outstanding individual: the first step of a case."""
    seen = seen_unit(request, code, RIGHT) if code else None
    is_cell = seen is not None and seen.version is not None and KIND[seen.version.kind].has_members
    helpers = members_of(seen.unit_id) if seen and is_cell else []
    form = CandidateForm(helpers, request.POST or None, cell=code if is_cell else "")
    title = _("Note an outstanding individual")
    steps = unit_crumb(request, seen, Link(_("Admissions"), _board(request, code)), Link(title))
    context = {"title": title, "lead": seen.name if seen else "", "back": _board(request, code), "crumb": steps}
    return _written(
        request,
        form,
        lambda: opening.case_open(actor=request.actor, today=request.today, **form.entry()),
        context | {"two": True},
    )


def _board(request: PageRequest, code: str = "") -> str:
    return go(request, "admissions:board", *([code] if code else []))


def _written(
    request: PageRequest, form: Form, act: Callable[[], Any], context: dict[str, Any], note: str = ""
) -> HttpResponse:
    """The form of one write; after it the page of the case."""
    if form.is_valid():
        try:
            made = act()
        except Refused as no:
            form.refuse(no)
        except Denied:
            if "unit" not in form.fields:
                raise
            form.add_error("unit", _("There is no such cell within your grants."))
        else:
            case_id = getattr(made, "case_id", None) or made.pk
            return done(request, to=reverse("admissions:case", args=[case_id]), note=note or _("It is recorded."))
    return show(request, "admissions/form.html", {"form": form, **context}, status=422 if form.errors else 200)


def _of_case(request: PageRequest, standing: Standing, title: Any, **more: Any) -> dict[str, Any]:
    """The frame of a form about a case."""
    back = go(request, "admissions:case", standing.pk)
    lead = f"{standing.name} · {cell_name(standing, request.today)}"
    return {"title": title, "lead": lead, "back": back, "crumb": crumb(request, standing, Link(title)), **more}


@sensitive_post_parameters("identity_number")
@page(RIGHT, methods=("GET", "POST"))
def take(request: PageRequest, case_id: int, step: str) -> HttpResponse:
    """Record one step."""
    case, standing = selectors.visible_case(request.actor, case_id, request.today)
    if step not in STEP:
        raise Denied(RIGHT, "no_such_case", status=404)
    kind = STEP[step]
    selectors.require_acting(request.actor, standing, kind.level, request.today)
    form = StepForm(
        kind, request.POST or None, initial=_initial(request, standing, kind), **_choices(request, standing, kind)
    )
    context = _of_case(request, standing, STEPS[step], help=_help(request, standing, kind))
    response = _written(
        request,
        form,
        lambda: stepping.step_take(actor=request.actor, case_id=case.pk, taken=form.taken(), today=request.today),
        context,
    )
    if any(found.code == "members.identity_known" for found in form.refused):
        reading.identity_met(actor=request.actor, unit_id=standing.unit_id)
    return response


def _initial(request: PageRequest, standing: Standing, kind: StepKind) -> dict[str, Any]:
    acting = selectors.acting(standing, kind.level, request.today)
    initial: dict[str, Any] = {"on": request.today}
    if kind.level != "cell":
        initial["paper_body"] = _committee(request, acting)
    elif kind.actor == "cell":
        initial["paper_body"] = cell_name(standing, request.today)
    if kind.vote == "committee":
        initial["base"] = selectors.committee_members(acting, request.today)
    if kind.key == "official_decision":
        initial["effective_on"] = standing.state.probation_ends
    return initial


def _committee(request: PageRequest, unit_id: int) -> str:
    """The committee of an organisation, as Party documents call it."""
    held = organisation.structure()
    place = held.index[unit_id]
    version = held.version(place, request.today)
    above = [held.name(p, request.today) for p in held.tree(request.today).path(place)[:-1][::-1]]
    return issuer(held.name(place, request.today), version.kind if version else "", above).name


def _choices(request: PageRequest, standing: Standing, kind: StepKind) -> dict[str, Any]:
    """What the form offers: the cell's official members, and who counts in the ballot."""
    more: dict[str, Any] = {}
    if kind.key == "recommendation":
        more["members"] = members_of(standing.unit_id)
    if kind.vote == "cell":
        base = selectors.official_members(standing.unit_id, request.today)
        needed = MAJORITIES["cell"].at(request.today).value.needed(base)
        more["base_help"] = _(
            "Today the cell has %(base)s official members by the ledger; %(needed)s of them must agree, present or not."
        ) % {"base": base, "needed": needed}
    if kind.vote == "committee":
        more["base_help"] = _("Of whom two thirds must agree; taken from the seats recorded, where there are any.")
    return more


def _help(request: PageRequest, standing: Standing, kind: StepKind) -> Sequence[Any]:
    """Who acts, on which papers, by which rule."""
    state = next((one for one in standing.state.steps if one.kind.key == kind.key), None)
    told = [_("Acts: %(body)s") % {"body": acting_name(standing, kind.level, request.today)}]
    if state is not None:
        told += [f"{paper.key}: {paper.vi}" for paper in state.papers]
    told.append(PROCEDURE.at(request.today).cites)
    if kind.key == "ceremony":
        told.append(_("With the ceremony the person is entered into the register as a probationary member."))
    if kind.key == "official_decision":
        told.append(_("With this decision the entry of recognition or striking off is made in the ledger."))
    return told


@page(RIGHT, methods=("GET", "POST"))
def amend(request: PageRequest, case_id: int) -> HttpResponse:
    """Correct who the case is about, and who helps."""
    case, standing = selectors.visible_case(request.actor, case_id, request.today, RIGHT)
    helper = case.sponsors.filter(role="helper").values_list("person_id", flat=True).first()
    initial = {name: getattr(case, name) for name in (*opening.Candidate.__dataclass_fields__, "union")}
    form = CandidateForm(members_of(standing.unit_id), request.POST or None, initial=initial | {"helper": helper})
    context = _of_case(request, standing, _("Correct the case"), two=True)
    return _written(
        request,
        form,
        lambda: opening.case_amend(actor=request.actor, case_id=case.pk, today=request.today, **form.entry()),
        context,
    )


@page(RIGHT, methods=("GET", "POST"))
def end(request: PageRequest, case_id: int) -> HttpResponse:
    """End a case before the ceremony."""
    case, standing = selectors.visible_case(request.actor, case_id, request.today, RIGHT)
    form = EndForm(request.POST or None, initial={"on": request.today})
    context = _of_case(request, standing, _("End the case"), danger=True)
    return _written(
        request,
        form,
        lambda: opening.case_end(actor=request.actor, case_id=case.pk, today=request.today, **form.cleaned_data),
        context,
    )


@page(RIGHT, methods=("GET", "POST"))
def resume(request: PageRequest, case_id: int) -> HttpResponse:
    """Go on with a case that was ended."""
    case, standing = selectors.visible_case(request.actor, case_id, request.today, RIGHT)
    form = ReasonForm(request.POST or None)
    context = _of_case(request, standing, _("Take the case up again"))
    return _written(
        request,
        form,
        lambda: opening.case_resume(actor=request.actor, case_id=case.pk, today=request.today, **form.cleaned_data),
        context,
    )


@page(RIGHT, methods=("GET", "POST"))
def strike(request: PageRequest, step_id: int) -> HttpResponse:
    """Strike a step that was recorded in error."""
    step, _case, standing = selectors.visible_step(request.actor, step_id, request.today, RIGHT)
    selectors.require_acting(request.actor, standing, STEP[step.key].level, request.today)
    form = ReasonForm(request.POST or None)
    title = _("Strike: %(step)s") % {"step": STEPS[step.key]}
    return _written(
        request,
        form,
        lambda: stepping.step_strike(actor=request.actor, step_id=step.pk, today=request.today, **form.cleaned_data),
        _of_case(request, standing, title, danger=True),
    )
