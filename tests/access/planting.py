"""The small world in which everybody tries to open everything (`access.matrix`)."""

from __future__ import annotations

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import override_settings

import builders
import personas
from access.matrix import CAME_LATER, CAST, CELLS, JOB_OWNERS, MEMBER, NAMES, PEOPLE
from conferences import meeting
from documents.papers import one_of_each
from nhiemky.access.models import Grant
from nhiemky.access.selectors import actor_for
from nhiemky.accounts.models import User
from nhiemky.admissions.services import opening, stepping
from nhiemky.admissions.services.opening import Candidate
from nhiemky.admissions.services.stepping import Taken
from nhiemky.badges.models import Badge, BadgeDecision, SpecialCase
from nhiemky.core.sealing import seal_bytes
from nhiemky.directives.services.asking import AskGiven, ask_make
from nhiemky.documents.models import Relation
from nhiemky.exchange.drafting import Given
from nhiemky.exchange.services.imports import import_preview, import_receive
from nhiemky.jobs.models import Job
from nhiemky.members.models import Person
from nhiemky.members.services.ledger import Paper
from nhiemky.organisation import services
from nhiemky.organisation.models import Unit
from nhiemky.rights.models import Holder
from nhiemky.rights.services.requests import Asked, request_make
from nhiemky.rights.services.shredding import shredding_prepare
from nhiemky.tasks.services.assigning import TaskGiven, task_assign
from nhiemky.tasks.services.programmes import ProgrammeGiven, programme_enter
from nhiemky.transfers.services.sending import Letter, transfer_send
from proposals.put import one_of_each as proposed
from regulations.cared import one_of_each as regulated


def world() -> None:
    """Units, people, the move of C2, bodies with holders, and users (nobody here signs in by password)."""
    builders.province()
    born = date(1990, 5, 19)
    for who, cell in PEOPLE.items():
        if who not in CAME_LATER:
            builders.person(f"Đỗ Thị {who}", cell, date(2020, 3, 2), born=born)
    move = {"op": "move", "unit": "C2", "parent": "X3"}
    services.reorganisation_apply(actor=builders.SYSTEM, decision=builders.decision(move), today=builders.TODAY)
    for who in sorted(CAME_LATER):
        builders.person(f"Đỗ Thị {who}", PEOPLE[who], date(2025, 9, 1), born=born)
    for who, cell in (("Kxdong", "C1"), ("Kxbac", "C4")):
        _open_case(who, cell, born)
        _send_away(who)
    for who, code in (("Kxdong", "X1"), ("Kxbac", "X3")):
        builders.seat(Person.objects.get(full_name=f"Đỗ Thị {who}"), code)
        _honour(who, code)
    for code, who in (("X1", "Kxdong"), ("X3", "Kxbac")):
        _ask(Person.objects.get(full_name=f"Đỗ Thị {who}"))
        _list_for_shredding(code)
        _charge(code)
    for code, cell in CELLS.items():
        _ask_for_a_plan(code, one_of_each(cell)["relation_id"])
        regulated(cell)
        proposed(cell)
        meeting.one_of_each(code)
    _users()


def _ask(who: Person) -> None:
    """A request that waits."""
    asked = Asked("objection", why="nhầm", about="bút toán")
    request_make(actor=builders.SYSTEM, person_id=who.pk, asked=asked, today=builders.TODAY)


def _list_for_shredding(code: str) -> None:
    """A list with somebody of the unit's cell who died long ago."""
    dead = builders.person(f"Võ Văn Xưa {code}", CELLS[code], date(2012, 3, 2))
    builders.book(dead, "death", date(2013, 3, 2))
    paper = Paper("7-QĐ/TU", date(2026, 10, 1), NAMES[code])
    shredding_prepare(actor=builders.SYSTEM, person_ids=[dead.pk], paper=paper, today=builders.TODAY)


def _charge(code: str) -> None:
    """A programme of the commune, and a task in it for its cell."""
    given = ProgrammeGiven(code, "year_programme", f"Chương trình công tác năm của {NAMES[code]}", date(2026, 1, 1))
    held = programme_enter(actor=builders.SYSTEM, given=given, today=builders.TODAY)
    task = TaskGiven(
        code, CELLS[code], f"Báo cáo của {NAMES[CELLS[code]]}", date(2026, 11, 20), "Báo cáo", programme_id=held.pk
    )
    task_assign(actor=builders.SYSTEM, given=task, today=builders.TODAY)


def _ask_for_a_plan(code: str, relation_id: int) -> None:
    """The commune asks its cell for a plan in the name of a document of the centre."""
    centre = Relation.objects.get(pk=relation_id).target_id
    given = AskGiven(code, centre, "plan", date(2026, 11, 20), codes=(CELLS[code],))
    ask_make(actor=builders.SYSTEM, given=given, today=builders.TODAY)


def _users() -> None:
    """Who is granted what, and the long work and lists of those who have some."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        personas.users()
    for username in JOB_OWNERS.values():
        owner = User.objects.get(username=username)
        Job.objects.create(
            user=owner, verified=True, kind="x", title="Đỗ Thị", arguments={}, file=seal_bytes(b"x"), file_name="x"
        )
    for code, username in JOB_OWNERS.items():
        _hand_in(username, code)
        builders.token(username, code)
    for username, name, role, code, _ended in CAST[len(personas.CAST) :]:
        user = User.objects.create(username=username, full_name=name)
        during = DateRange(date(2020, 1, 1), None)
        Grant.objects.create(user=user, role=role, unit=Unit.objects.get(code=code), during=during)
    for name, full_name in (MEMBER[:2], ("dangvien-x3", "Đỗ Thị Kxbac")):
        user = User.objects.create(username=name, full_name=full_name, of_member=True)
        Holder.objects.create(user=user, person=Person.objects.get(full_name=full_name), seq=1)


def _open_case(who: str, cell: str, born: date) -> None:
    """A case whose first two steps are taken."""
    case = opening.case_open(
        actor=builders.SYSTEM, unit_code=cell, candidate=Candidate(f"Hà Thị {who}", "female", born, 1),
        noted_on=date(2026, 3, 2), today=builders.TODAY,
    )  # fmt: skip
    course = Taken("course", date(2026, 4, 6), paper_number="1/CN")
    stepping.step_take(actor=builders.SYSTEM, case_id=case.pk, taken=course, today=builders.TODAY)


def _send_away(who: str) -> None:
    """A letter to another province: only the sender's side may know of it."""
    paper = Paper("9-GT/ĐU", date(2026, 10, 5), "Đảng ủy")
    letter = Letter("official", date(2026, 10, 5), paper, place="Tỉnh Gia Lai")
    person = Person.objects.get(full_name=f"Đỗ Thị {who}")
    transfer_send(actor=builders.SYSTEM, person_id=person.pk, letter=letter, today=builders.TODAY)


def _honour(who: str, code: str) -> None:
    """A badge and a special case; nobody here is old enough to get one by the rules."""
    person, unit, day = Person.objects.get(full_name=f"Đỗ Thị {who}"), Unit.objects.get(code=code), date(2026, 11, 7)
    by = BadgeDecision.objects.create(unit=unit, day=day, number="1-QĐ", decided_on=day, body="Tỉnh ủy", seq=1)
    Badge.objects.create(decision=by, person=person, unit_id=person.last_unit_id, years=30, basis="due")
    SpecialCase.objects.create(person=person, day=day, years=40, basis="late", reason="bỏ sót", seq=1)


def _hand_in(username: str, code: str) -> None:
    """A list of one new person in the unit's cell, looked at."""
    user = User.objects.get(username=username)
    actor = actor_for(user.pk, username, builders.TODAY, verified=True)
    heads, who = "Họ và tên;Ngày sinh;Giới tính;Dân tộc;Ngày chính thức;Mã chi bộ", "Đỗ Thị Mới;1990;Nữ;Kinh;1/1/2020"
    given = Given(f"{heads}\n{who};{CELLS[code]}\n".encode(), code, builders.TODAY)
    held = import_receive(actor=actor, given=given, file_name="ds.csv")
    import_preview(actor=actor, import_id=held.pk, today=builders.TODAY)
