"""A conference for tests: planned, invited, held by the real services."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from builders import SYSTEM, person, seat
from nhiemky.conferences.models import Conference, Instruction, Invitee
from nhiemky.conferences.services import holding, inviting, noting, planning
from nhiemky.conferences.services.inviting import Posts
from nhiemky.conferences.services.noting import Noted
from nhiemky.conferences.services.planning import ConferenceGiven, ItemGiven
from nhiemky.domain.access import Actor
from nhiemky.members.models import Person
from nhiemky.tasks.services.assigning import TaskGiven

DAY = date(2026, 10, 31)


def wanted(unit: str = "T", **more: Any) -> ConferenceGiven:
    """A review of 2025."""
    given: dict[str, Any] = {
        "kind": "yearly_review", "title": "Hội nghị tổng kết năm 2025", "on": DAY, "starts_at": time(7, 30),
        "ends_at": time(11, 30), "place": "Hội trường Tỉnh ủy", "reviewed_year": 2025,
    }  # fmt: skip
    return ConferenceGiven(unit, **given | more)


def plan(unit: str = "T", *, actor: Actor = SYSTEM, today: date = DAY, **more: Any) -> Conference:
    """Plan it, with two items on the agenda."""
    made = planning.conference_plan(actor=actor, given=wanted(unit, **more), today=today)
    for begins, title in ((time(7, 30), "Khai mạc"), (time(7, 45), "Báo cáo tổng kết")):
        planning.item_add(actor=actor, conference_id=made.pk, given=ItemGiven(begins, 15, title, "Đồng chí Trưởng ban"))
    return made


def secretaries() -> list[Person]:
    """A secretary in each commune."""
    names = (("Trần Thị Ân", "C1", "X1"), ("Lê Văn Bình", "C3", "X2"), ("Võ Thị Cẩm", "C4", "X3"))
    made = []
    for name, cell, commune in names:
        who = person(name, cell, date(2015, 3, 2))
        seat(who, commune, post="secretary")
        made.append(who)
    return made


def invite(held: Conference, unit: str = "T", kinds: tuple[str, ...] = ("grassroots_committee",), **more: Any) -> int:
    """The secretaries of all communes below the unit."""
    return inviting.posts_invite(actor=SYSTEM, conference_id=held.pk, posts=Posts(unit, ("secretary",), kinds, **more))


def chair(held: Conference, name: str = "Nguyễn Văn Chủ") -> Invitee:
    """Somebody who chairs."""
    return inviting.guest_invite(
        actor=SYSTEM, conference_id=held.pk, name=name, post="Trưởng ban", body="Ban Tổ chức Tỉnh ủy", role="chair"
    )


def opened(**more: Any) -> Conference:
    """One that is open, with three secretaries and a chair invited."""
    secretaries()
    held = plan(**more)
    invite(held)
    chair(held)
    return holding.conference_open(actor=SYSTEM, conference_id=held.pk, today=held.on)


def note(held: Conference, text: str = "Khắc phục việc chậm báo cáo", kind: str = "instruction") -> Instruction:
    """Something the chair said."""
    by = held.invitees.get(role="chair")
    return noting.instruction_note(actor=SYSTEM, conference_id=held.pk, noted=Noted(kind, text, by.pk))


def given(unit: str = "X1", due: date = date(2026, 12, 18), giver: str = "T") -> TaskGiven:
    """The task it becomes."""
    return TaskGiven(giver, unit, "Báo cáo khắc phục", due, "Báo cáo")


def one_of_each(unit: str) -> dict[str, int]:
    """A planned conference of a commune with an agenda item, its member of the committee invited, and a note."""
    held = plan(unit, on=date(2026, 12, 15), reviewed_year=2026, ends_at=None)
    inviting.posts_invite(actor=SYSTEM, conference_id=held.pk, posts=Posts(unit, ("secretary", "deputy", "member")))
    # Nothing is noted before it opens; what every page owes is asked of a planned one all the same.
    noted = Instruction.objects.create(conference=held, kind="limit", text=f"Việc của {unit}", seq=1)
    return {
        "conference_id": held.pk,
        "item_id": held.items.order_by("pk")[0].pk,
        "invitee_id": held.invitees.get(person__isnull=False).pk,
        "instruction_id": noted.pk,
    }
