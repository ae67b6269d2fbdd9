"""A row of the small province for each name of an argument in an address."""

from __future__ import annotations

from datetime import date
from typing import Any

import builders
from conferences import meeting
from documents.papers import one_of_each
from nhiemky.access.models import Grant
from nhiemky.access.selectors import actor_for
from nhiemky.admissions.services import opening
from nhiemky.admissions.services.opening import Candidate
from nhiemky.badges.models import Badge, BadgeDecision, SpecialCase
from nhiemky.directives.services.asking import AskGiven, ask_make
from nhiemky.documents.models import Relation
from nhiemky.exchange.drafting import Given
from nhiemky.exchange.services.imports import import_preview, import_receive
from nhiemky.jobs.models import Job
from nhiemky.members.models import Movement, Person
from nhiemky.members.services.ledger import Paper
from nhiemky.organisation.models import Reorganisation
from nhiemky.rights.services.requests import Asked, request_make
from nhiemky.rights.services.shredding import shredding_prepare
from nhiemky.tasks.services.assigning import TaskGiven, task_assign
from nhiemky.tasks.services.programmes import ProgrammeGiven, programme_enter
from proposals.put import one_of_each as proposed
from regulations.cared import one_of_each as regulated
from transfers.letters import letter, send


def _handed_in(user: Any) -> int:
    """A list that was looked at."""
    actor = actor_for(user.pk, user.username, builders.TODAY, verified=True)
    given = Given("Họ và tên;Ngày sinh\nLê Văn Bình;1990\n".encode(), "X1", builders.TODAY)
    held = import_receive(actor=actor, given=given, file_name="ds.csv")
    import_preview(actor=actor, import_id=held.pk, today=builders.TODAY)
    return held.pk


def _honoured(who: Person) -> dict[str, Any]:
    """A badge and a special case of somebody, and the round they belong to."""
    day, unit_id = date(2026, 11, 7), who.last_unit_id
    by = BadgeDecision.objects.create(unit_id=unit_id, day=day, number="1-QĐ", decided_on=day, body="Tỉnh ủy", seq=1)
    badge = Badge.objects.create(decision=by, person=who, unit_id=unit_id, years=30, basis="due")
    case = SpecialCase.objects.create(person=who, day=day, years=40, basis="late", reason="bỏ sót", seq=1)
    return {"badge_id": badge.pk, "special_id": case.pk, "day": "2026-11-07", "file": "decision"}


def _admitting() -> dict[str, Any]:
    """A case of admission with its first step."""
    candidate = Candidate("Trần Thị Mai", "female", date(2001, 3, 8), 1)
    case = opening.case_open(
        actor=builders.SYSTEM, unit_code="C1", candidate=candidate, noted_on=date(2026, 3, 2), today=builders.TODAY
    )
    first = case.steps.values_list("pk", flat=True)[0]
    return {"case_id": case.pk, "step": "course", "step_id": first, "paper": "CN-NTVĐ"}


def _asked(who: Person) -> int:
    """A request of a member that waits."""
    asked = Asked("objection", why="nhầm", about="bút toán")
    return request_make(actor=builders.SYSTEM, person_id=who.pk, asked=asked, today=builders.TODAY).pk


def _listed() -> int:
    """A list for shredding with somebody who died long ago."""
    dead = builders.person("Võ Văn Xưa", "C1", date(2012, 3, 2))
    builders.book(dead, "death", date(2013, 3, 2))
    paper = Paper("7-QĐ/TU", date(2026, 10, 1), "Tỉnh ủy")
    return shredding_prepare(actor=builders.SYSTEM, person_ids=[dead.pk], paper=paper, today=builders.TODAY).pk


def _charged() -> dict[str, Any]:
    """A task in a programme, with what is to be handed in."""
    given = ProgrammeGiven("X1", "plan", "Kế hoạch", date(2026, 1, 1))
    held = programme_enter(actor=builders.SYSTEM, given=given, today=builders.TODAY)
    task = TaskGiven("X1", "C1", "Báo cáo", date(2026, 11, 20), "Báo cáo", programme_id=held.pk)
    made = task_assign(actor=builders.SYSTEM, given=task, today=builders.TODAY)
    one = made.deliverables.get()
    return {"task_id": made.pk, "deliverable_id": one.pk, "programme_id": held.pk, "act": "submit", "secret": "x"}


def _asked_by_directive(document: dict[str, int]) -> dict[str, int]:
    """The commune asks its cell for a plan in the name of a document of the centre; the document's own arguments."""
    centre = Relation.objects.get(pk=document["relation_id"]).target_id
    given = AskGiven("X1", centre, "plan", date(2026, 11, 20), codes=("C1",))
    made = ask_make(actor=builders.SYSTEM, given=given, today=builders.TODAY)
    return {**document, "ask_id": made.pk, "asked_id": made.asked.get().pk}


def _working() -> dict[str, Any]:
    """Of each kind of work one: a paper and what asks for it, a task, a regulation, a proposal, a conference."""
    return {
        **_asked_by_directive(one_of_each("C1")),
        **_charged(),
        **regulated("C1"),
        **proposed("C1"),
        **meeting.one_of_each("X1"),
    }


def arguments(users: dict[str, Any]) -> dict[str, Any]:
    """By the names that the addresses use."""
    who = builders.person("Nguyễn Thị Ân", "C1", date(2020, 3, 2))
    draft = Reorganisation.objects.create(
        number="1-QĐ/TU", decided_on=date(2026, 1, 5), body="Tỉnh ủy", effective_on=date(2026, 2, 1), operations=[]
    )
    seat = builders.seat(who, "X1")
    return {
        "code": "X1",
        "body": "committee",
        "term_id": seat.term_id,
        "seat_id": seat.pk,
        "unit_code": "X1",
        "grant_id": Grant.objects.order_by("pk").values_list("pk", flat=True)[0],
        "import_id": _handed_in(users["chuyenvien"]),
        "job_id": Job.objects.create(user=users["chuyenvien"], verified=True, kind="x", title="x", arguments={}).pk,
        "key": "members.admitted",
        "kind": "trend",
        "movement_id": Movement.objects.order_by("pk").values_list("pk", flat=True)[0],
        "name": "admissions",
        "theme": "light",
        "token_id": builders.token("anphu", "X1")[0].pk,
        "op": "rename",
        "person_id": who.pk,
        "reorganisation_id": draft.pk,
        "user_id": users["lanhdao"].pk,
        "rule": "phone_missing",
        "year": 2022,
        **_admitting(),
        **_honoured(who),
        "transfer_id": send(who, letter(place="Tỉnh Gia Lai")).pk,
        "field": "phone",
        "ask": "objection",
        "request_id": _asked(who),
        "shredding_id": _listed(),
        **_working(),
    }
