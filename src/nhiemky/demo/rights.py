"""A member of the demo with an account, who asked for three things: one answered, one under way, one overdue."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count

from nhiemky.access.selectors import actor_for
from nhiemky.accounts.models import User
from nhiemky.audit.services import current_seq, record, service
from nhiemky.domain.access import Actor
from nhiemky.domain.rights.requests import IN_FORCE
from nhiemky.members.models import Person
from nhiemky.members.services.particulars import person_amend
from nhiemky.members.services.reading import reading_note
from nhiemky.rights.models import Holder
from nhiemky.rights.services import requests
from nhiemky.rights.services.requests import Asked

MEMBER, CLERK, SECRETARY = "dangvien", "anphu", "bithu"
_KINH = 1


def write(actor: Actor, today: date) -> None:
    """Make a woman of the secretary's cell the member of the cast, and have her ask. Nothing before the law held."""
    if today - timedelta(days=30) < IN_FORCE:
        return
    person = _linked(actor, today)
    me = Actor(User.objects.get(username=MEMBER).pk, MEMBER, person_id=person.pk)
    office = _as(CLERK, today)
    for who, what in ((_as(SECRETARY, today), "page"), (office, "page"), (office, "identity")):
        reading_note(actor=who, person_id=person.pk, what=what)
    _answered(me, office, person, today - timedelta(days=26))
    _under_way(me, office, person, today)
    late = Asked("correction", why="Tôi đã đổi số điện thoại từ tháng trước.", field="phone", value="0912000318")
    requests.request_make(actor=me, person_id=person.pk, asked=late, today=today - timedelta(days=12))


def _as(username: str, today: date) -> Actor:
    user = User.objects.get(username=username)
    return actor_for(user.pk, username, today, verified=True)


@service
def _linked(actor: Actor, today: date) -> Person:
    """The first official Kinh woman of the cell, under the persona's name; her generated name is history."""
    user = User.objects.get(username=MEMBER)
    cell = User.objects.get(username=SECRETARY).grants.get().unit_id
    people = Person.objects.filter(last_unit_id=cell, sex="female", ethnic_group=_KINH, official_on__isnull=False)
    there = people.filter(stays__during__contains=today).exclude(full_name="Nguyễn Thị Ân")
    person = there.annotate(held=Count("seats")).order_by("held", "pk")[0]
    person_amend(
        actor=actor, person_id=person.pk, values={"full_name": user.full_name}, today=today,
        reason="Ghi lại họ tên theo giấy khai sinh",
    )  # fmt: skip
    Holder.objects.create(user=user, person=person, seq=current_seq())
    record("demo.member_linked", actor=actor, subject=person.pk)
    return person


def _answered(me: Actor, office: Actor, person: Person, on: date) -> None:
    asked = Asked("explanation", why="Tôi muốn biết vì sao và ai cho phép.", about="Lượt xem số định danh của tôi")
    made = requests.request_make(actor=me, person_id=person.pk, asked=asked, today=on)
    requests.request_acknowledge(actor=office, request_id=made.pk, today=on + timedelta(days=1))
    answer = "Số định danh được xem một lần để đối chiếu khi cấp thẻ đảng viên; lượt xem đã được ghi lại."
    requests.request_grant(actor=office, request_id=made.pk, answer=answer, today=on + timedelta(days=3))


def _under_way(me: Actor, office: Actor, person: Person, today: date) -> None:
    asked = Asked(
        "correction", why="Chuyển nhà từ tháng trước; có giấy xác nhận cư trú.", field="residence",
        value="Thôn An Đạo, xã An Phú", since=today - timedelta(days=40),
    )  # fmt: skip
    made = requests.request_make(actor=me, person_id=person.pk, asked=asked, today=today - timedelta(days=2))
    requests.request_acknowledge(actor=office, request_id=made.pk, today=today - timedelta(days=1))
