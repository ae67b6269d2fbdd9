"""One task: what it is, what comes next, what was done, how far it is."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from nhiemky.core.components import Fact, LifeEvent, Link
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.documents import selectors as documents
from nhiemky.documents.models import Document
from nhiemky.documents.wording import cited
from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Finding
from nhiemky.domain.tasks.changes import DOER, GIVER, UNFINISHED, acts_from
from nhiemky.domain.tasks.days import LAST_DAY, late_by
from nhiemky.domain.tasks.kinds import ASKED, INDICATOR, OPEN, SUBMITTED
from nhiemky.tasks import measures, selectors
from nhiemky.tasks.columns import namer, paper_fact, standing_of, url
from nhiemky.tasks.models import Deliverable, Step, Task
from nhiemky.tasks.wording import ACTS, BUTTONS, MEASURES, PERIODS, TIME_STATES

VIEW = "work.view"


@page(VIEW)
def task(request: PageRequest, task_id: int) -> HttpResponse:
    """The page of a task, the next acts first."""
    found = selectors.visible_task(request.actor, task_id)
    asked = found.more_time.filter(state=ASKED).first()
    word, tone = standing_of(found, request.today)
    context = {
        "task": found,
        "word": word,
        "tone": tone,
        "acts": next_acts(request, found, asked is not None),
        "findings": _findings(request, found),
        "facts": _facts(request, found),
        "measure_facts": _measured(request, found),
        "progress": measures.progress(found, request.today),
        "deliverables": _deliverables(request, found),
        "parts": _parts(request, found),
        "times": [(one, TIME_STATES[one.state]) for one in found.more_time.order_by("-seq")],
        "life": _life(request, found),
        "crumb": (Link(_("Tasks"), reverse("tasks:list")), Link(found.title)),
    }
    return show(request, "tasks/task.html", context)


def next_acts(request: PageRequest, found: Task, asked: bool) -> list[Link]:
    """What the actor may do now; the first is the main thing."""
    gives, does = selectors.gives(request.actor, found), selectors.does(request.actor, found)
    sides = {side for side, may in ((GIVER, gives), (DOER, does)) if may}
    usual = [(change.act, BUTTONS[change.act], True) for change in acts_from(found.state, sides)]
    offered: list[tuple[str, Any, bool]] = [
        ("decide", _("Say who goes on"), gives and found.awaits_id is not None),
        ("answer", _("Decide on more time"), gives and asked),
        *[one for one in usual if one[0] != "cancel"],
        ("delegate", _("Delegate a part"), does and found.state in UNFINISHED),
        ("appoint", _("Appoint somebody"), does and found.state in OPEN),
        ("time", _("Ask for more time"), does and found.state in UNFINISHED and not asked),
        ("stop", _("Let it come no more"), gives and _comes_again(found)),
        *[one for one in usual if one[0] == "cancel"],
    ]
    names = [(act, label) for act, label, may in offered if may]
    return [Link(label, reverse(_address(act), args=_arguments(act, found)), main=number == 0)
            for number, (act, label) in enumerate(names)]  # fmt: skip


def _comes_again(found: Task) -> bool:
    return found.recurrence is not None and found.recurrence.stops_on is None


def _address(act: str) -> str:
    return "tasks:step" if act in BUTTONS else f"tasks:{act}"


def _arguments(act: str, found: Task) -> list[Any]:
    return [found.pk, act] if act in BUTTONS else [found.pk]


def _findings(request: PageRequest, found: Task) -> list[Finding]:
    """What is wrong with it now, and by which rule it is late."""
    if found.state not in OPEN:
        return []
    findings = []
    late = late_by(found.due_on, found.handed_on or request.today)
    if late:
        facts = {"count": late, "due": found.due_on}
        findings.append(Finding.of_rule("tasks.late_by", LAST_DAY.at(found.due_on), facts=facts))
    below = selectors.tasks(request.actor).filter(parent=found, required=True, state__in=OPEN)
    return findings + [
        Finding("tasks.child_open", facts={"title": one.title, "unit": one.unit.code, "due": one.due_on}, blocks=False)
        for one in below
        if found.state == SUBMITTED or one.last_on < request.today
    ]


def _facts(request: PageRequest, found: Task) -> list[Fact]:
    name = namer(request.today)
    scope = request.actor.scope("organisation.view")
    board = reverse("tasks:board", args=[found.unit.code]) if found.unit_id in scope else ""
    rows = [
        Fact(_("Done by"), name(found.unit_id), board),
        Fact(_("Person"), found.assignee.full_name if found.assignee else _("nobody in particular")),
        Fact(_("Given by"), name(found.giver_id), note=f"{found.given_on:%d/%m/%Y}"),
        Fact(_("From"), f"{found.start_on:%d/%m/%Y}"),
        Fact(_("Due on"), f"{found.due_on:%d/%m/%Y}", note=_moved(found)),
    ]
    along = [name(unit_id) for unit_id in found.coordinators.values_list("unit_id", flat=True)]
    if along:
        rows.append(Fact(_("Works along"), ", ".join(along)))
    if found.document_id is not None:
        part = "" if found.programme_id is not None else found.part
        rows.append(paper_fact(request, _("Carries out"), found.document_id, part))
    if found.programme_id is not None:
        rows.append(_programme(request, found))
    if found.key_rank:
        to = reverse("tasks:key", args=[found.giver.code, found.key_year]) if found.giver_id in scope else ""
        rows.append(Fact(_("Key task"), f"{found.key_rank}/{found.key_year}", to))
    if found.recurrence is not None:
        rows.append(Fact(_("Comes again"), PERIODS[found.recurrence.every], note=f"{found.instance}"))
    return [*rows, *_chain(request, found)]


def _moved(found: Task) -> str:
    return _("until %(day)s, as the office is closed on it") % {"day": f"{found.last_on:%d/%m/%Y}"} if (
        found.last_on != found.due_on
    ) else ""  # fmt: skip


def _programme(request: PageRequest, found: Task) -> Fact:
    assert found.programme_id is not None
    programme = selectors.programmes(request.actor).filter(pk=found.programme_id).first()
    if programme is None:
        return Fact(_("Programme or plan"), _("of an organisation outside your grants"))
    return Fact(_("Programme or plan"), programme.title, reverse("tasks:programme", args=[programme.pk]), found.part)


def _chain(request: PageRequest, found: Task) -> list[Fact]:
    """Where the task came from, level by level; tasks outside the actor's grants only by the unit that did them."""
    name, rows = namer(request.today), []
    above = selectors.chain(found)
    ids: list[int] = [one.pk for one in above]
    seen = set(selectors.tasks(request.actor).filter(pk__in=ids).values_list("pk", flat=True))
    for one in above:
        if one.pk in seen:
            rows.append(Fact(_("Part of"), one.title, url(one), name(one.unit_id)))
        else:
            rows.append(Fact(_("Part of a task of"), name(one.unit_id)))
    return rows


def _measured(request: PageRequest, found: Task) -> list[Fact]:
    rows = [Fact(_("Measured by"), MEASURES[found.measure])]
    if found.measure == INDICATOR:
        answers = measures.indicators()
        opens = request.actor.may("reporting.view") and found.unit_id in request.actor.scope("reporting.view")
        to = answers.url(found.indicator, found.unit.code, found.due_on.year) if opens else ""
        rows.append(Fact(_("Indicator"), answers.names().get(found.indicator, found.indicator), to))
        rows.append(Fact(_("Target"), found.target))
    return rows


def _deliverables(request: PageRequest, found: Task) -> list[dict[str, Any]]:
    """Its own ones; those of its parts follow with the parts."""
    does = selectors.does(request.actor, found) and found.state in UNFINISHED
    gives = selectors.gives(request.actor, found) and found.state in OPEN
    rows = list(found.deliverables.defer("file").select_related("document__issuer").order_by("pk"))
    seen = documents.documents(request.actor).in_bulk([one.document_id for one in rows if one.document_id])
    return [
        {"it": one, "file": bool(one.file_name), "paper": _paper(seen.get(one.document_id or 0)),
         "hand_in": does and one.accepted_on is None, "accept": gives and one.handed_on and one.accepted_on is None}
        for one in rows
    ]  # fmt: skip


def _paper(document: Document | None) -> Link | None:
    """The document that was handed in, for whoever may see it."""
    return Link(cited(document), reverse("documents:document", args=[document.pk])) if document else None


def _parts(request: PageRequest, found: Task) -> list[dict[str, Any]]:
    """What was delegated and the actor may see, with what of it is accepted already: it stands at the parent, too."""
    name = namer(request.today)
    parts = list(selectors.tasks(request.actor).filter(parent=found).order_by("due_on", "pk"))
    accepted: dict[int, list[str]] = {}
    given = Deliverable.objects.filter(task__in=parts, accepted_on__isnull=False)
    for task_id, title in given.values_list("task_id", "title"):
        accepted.setdefault(task_id, []).append(title)
    return [
        {"task": part, "url": url(part), "unit": name(part.unit_id), "standing": standing_of(part, request.today),
         "accepted": accepted.get(part.pk, [])}
        for part in parts
    ]  # fmt: skip


def _life(request: PageRequest, found: Task) -> list[LifeEvent]:
    name = namer(request.today)

    def event(step: Step) -> LifeEvent:
        where = name(step.unit_id) if step.unit_id else ""
        note = " · ".join(part for part in (where, step.text, step.user_name) if part)
        return LifeEvent(ACTS[step.act], day=step.on, note=note)

    return [event(step) for step in found.steps.order_by("-seq", "-pk")]


@page(VIEW)
def file(request: PageRequest, task_id: int, deliverable_id: int) -> HttpResponse:
    """The file of a deliverable, to be saved."""
    found = selectors.visible_task(request.actor, task_id)
    one = Deliverable.objects.filter(task=found, pk=deliverable_id).first()
    if one is None or one.file is None:
        raise Denied(VIEW, "no_such_deliverable", status=404)
    response = HttpResponse(bytes(one.file), content_type="application/octet-stream")
    response["Content-Disposition"] = str(content_disposition_header(True, one.file_name))
    response["Cache-Control"] = "no-store"
    return response
