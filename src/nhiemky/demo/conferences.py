"""Conferences of the demo: the reviews since that of 6 January 2023, what became of what was said, and the next one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

from nhiemky.conferences import selectors
from nhiemky.conferences.models import Conference, Invitee
from nhiemky.conferences.services import holding, inviting, noting, planning
from nhiemky.conferences.services.inviting import Posts
from nhiemky.conferences.services.noting import Noted
from nhiemky.conferences.services.planning import ConferenceGiven, ItemGiven
from nhiemky.conferences.services.publishing import summary_publish
from nhiemky.demo.conference_texts import AGENDA, OF_2023, PLACE, SPEECH, TITLE, Said, of_year
from nhiemky.demo.task_texts import PROVINCE
from nhiemky.demo.tasks import below, finish
from nhiemky.documents.models import Document
from nhiemky.domain.access import Actor
from nhiemky.domain.conferences.kinds import CHAIR, EXCUSED, GUEST, PRESENT, SUMMONED
from nhiemky.members.models import Seat
from nhiemky.tasks.services.assigning import TaskGiven

_FIRST = 2023
_UNITS = ("above_grassroots", "grassroots_committee")
_DAY = timedelta(days=1)


def write(actor: Actor, today: date) -> None:
    """All by the services, each act on its day."""
    for year in range(_FIRST, today.year + 1):
        if (on := held_on(year)) < today:
            held = _planned(actor, on)
            _held(actor, held, OF_2023 if year == _FIRST else of_year(year), today)
    _recent(actor, today)
    _coming(actor, today)


def held_on(year: int) -> date:
    """The day of the review that is held in a year: 6 January, or the working day after it."""
    day = date(year, 1, 6)
    return day + _DAY * {5: 2, 6: 1}.get(day.weekday(), 0)


def _planned(actor: Actor, on: date) -> Conference:
    year = on.year - 1
    given = ConferenceGiven(
        PROVINCE, "yearly_review", TITLE.format(year=year, next=on.year), on, time(7, 30), PLACE, time(11, 30), year,
        quorum_percent=50,
    )  # fmt: skip
    made = planning.conference_plan(actor=actor, given=given, today=on)
    papers = Document.objects.filter(
        issuer__unit=made.unit_id,
        kind__in=("programme", "plan"),
        signed_on__lte=on,
        withheld=False,
        cancelled="",
        relations__kind="implements",
        relations__target__issuer__unit=None,
        signed_on__year__gte=year - 1 if on.year == _FIRST else year,
    )
    for number, (begins, minutes, title, speaker) in enumerate(AGENDA):
        held = tuple(papers.distinct().order_by("signed_on").values_list("pk", flat=True)) if number == 1 else ()
        item = ItemGiven(begins, minutes, title.format(year=year, next=on.year), speaker, held)
        planning.item_add(actor=actor, conference_id=made.pk, given=item)
    _invite(actor, made)
    return made


def _invite(actor: Actor, made: Conference) -> None:
    """The chair, the standing committee, the secretaries of the units directly below, and guests."""

    def post(*posts: str, kinds: Sequence[str] = (), role: str = SUMMONED) -> None:
        meant = Posts(PROVINCE, posts, tuple(kinds), role)
        if inviting.holders(actor, made, meant):
            inviting.posts_invite(actor=actor, conference_id=made.pk, posts=meant)

    post("secretary", role=CHAIR)
    post("standing")
    post("secretary", kinds=_kinds(made.on))
    for name, what, body in (
        ("Nguyễn Thanh Bình", "Trưởng ban", "Ban Tổ chức Tỉnh ủy"), ("Lê Thị Hoài", "Phóng viên", "Báo Quảng Ngãi"),
    ):  # fmt: skip
        role = CHAIR if what == "Trưởng ban" else GUEST
        inviting.guest_invite(actor=actor, conference_id=made.pk, name=name, post=what, body=body, role=role)


def _kinds(on: date) -> Sequence[str]:
    """The level below the province: districts until the reform of 1 July 2025, communes after it."""
    return _UNITS[:1] if on < date(2025, 7, 1) else _UNITS


def _held(actor: Actor, made: Conference, said: Sequence[Said], today: date) -> None:
    """Opened, attended, spoken at, closed; then the tasks until today, and the summary."""
    holding.conference_open(actor=actor, conference_id=made.pk, today=made.on)
    _attended(actor, made)
    items = selectors.agenda(made)
    for item in items[1 : SPEECH + 1]:
        holding.item_take_up(actor=actor, item_id=item.pk)
    by = made.invitees.filter(role=CHAIR).order_by("pk")[0]
    notes = [
        noting.instruction_note(
            actor=actor, conference_id=made.pk, noted=Noted(one.kind, one.text, by.pk, items[SPEECH].pk)
        )
        for one in said
    ]
    holding.conference_close(actor=actor, conference_id=made.pk)
    for one, note in zip(said, notes, strict=True):
        _followed(actor, note.pk, one, made.on, today)
    summary_publish(actor=actor, conference_id=made.pk, today=made.on)


def _attended(actor: Actor, made: Conference) -> None:
    """Most by the code of their invitation; every ninth excused, one absent."""
    people = list(Invitee.objects.filter(conference=made).order_by("pk"))
    for number, one in enumerate(people):
        if number % 9 == 8:
            holding.presence_note(actor=actor, invitee_id=one.pk, presence=EXCUSED, reason="Đi công tác", today=made.on)
        elif number % 5 == 4:
            holding.presence_note(actor=actor, invitee_id=one.pk, presence=PRESENT, today=made.on)
        elif number != 7:
            holding.arrival_note(actor=actor, conference_id=made.pk, code=one.code, today=made.on)


def _followed(actor: Actor, note_id: int, said: Said, on: date, today: date) -> None:
    """The task of what was said: given on the next working days, handed in as it was."""
    if said.due is None:
        noting.instruction_waive(actor=actor, instruction_id=note_id, reason=said.deliverable)
        return
    codes = below(on)
    unit = PROVINCE if said.unit < 0 else codes[said.unit % len(codes)]
    given = TaskGiven(PROVINCE, unit, said.text, said.due, said.deliverable)
    made = noting.instruction_assign(actor=actor, instruction_id=note_id, given=given, today=on)
    if made.task is not None and said.handed is not None and said.handed + 7 * _DAY < today:
        finish(actor, made.task, said.handed)


def _recent(actor: Actor, today: date) -> None:
    """One that has just been held: something said at it has no task yet."""
    on = today - 3 * _DAY
    given = ConferenceGiven(
        PROVINCE, "thematic", "Hội nghị chuyên đề về làm sạch dữ liệu đảng viên", on, time(14, 0), PLACE, time(16, 30)
    )
    made = planning.conference_plan(actor=actor, given=given, today=on)
    item = ItemGiven(time(14, 0), 60, "Thảo luận giải pháp cập nhật dữ liệu", "Các đảng ủy xã, phường")
    planning.item_add(actor=actor, conference_id=made.pk, given=item)
    _invite(actor, made)
    holding.conference_open(actor=actor, conference_id=made.pk, today=on)
    _attended(actor, made)
    by = made.invitees.filter(role=CHAIR).order_by("pk")[0]
    for kind, text in (
        ("instruction", "Mỗi đảng ủy xã, phường cử một đầu mối phụ trách dữ liệu đảng viên"),
        ("limit", "Nhiều hồ sơ thiếu số điện thoại, nơi ở hiện nay"),
    ):
        noting.instruction_note(actor=actor, conference_id=made.pk, noted=Noted(kind, text, by.pk))
    holding.conference_close(actor=actor, conference_id=made.pk)


def _coming(actor: Actor, today: date) -> None:
    """The next review: planned, its invitations ready to go out."""
    on = held_on(today.year + 1)
    if Seat.objects.filter(during__contains=on).exists():
        _planned(actor, on)
