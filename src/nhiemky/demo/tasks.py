"""Programmes and tasks of the demo: years of the province, the ten key tasks of 2023, today's work of the cast."""

from __future__ import annotations

from datetime import date, timedelta

from nhiemky.access.selectors import actor_for
from nhiemky.accounts.models import User
from nhiemky.demo.central_documents import DIRECTIVES
from nhiemky.demo.task_texts import KEY_TASKS, PLAN_TASKS, PROVINCE, TERM, YEAR_TASKS
from nhiemky.documents.models import Document
from nhiemky.domain.access import Actor
from nhiemky.domain.organisation.kinds import KIND
from nhiemky.organisation import selectors
from nhiemky.tasks.models import Programme, Task
from nhiemky.tasks.services import assigning, delegating, delivering, doing, more_time
from nhiemky.tasks.services.assigning import TaskGiven
from nhiemky.tasks.services.delivering import Handed
from nhiemky.tasks.services.programmes import ProgrammeGiven, programme_enter

AN_PHU, TRA_BONG = "X25-21034", "X25-21115"
_DAY = timedelta(days=1)
_FIRST_YEAR = 2022


def write(actor: Actor, today: date) -> None:
    """All by the services, each act on its day."""
    programmes = _programmes(actor, today)
    _key_tasks(actor, programmes[2023])
    for year in range(_FIRST_YEAR, today.year + 1):
        _year(actor, programmes[year], year, today)
    _directives(actor, today)
    if today > date(2025, 9, 1):
        _Office(actor, today, programmes[today.year]).write()


def _programmes(actor: Actor, today: date) -> dict[int, Programme]:
    """The work programme of the term, and one of each year."""
    start = date(2020, 11, 2)
    term = programme_enter(
        actor=actor, today=start,
        given=ProgrammeGiven(PROVINCE, "term_programme", TERM, start, date(2025, 11, 1)),
    )  # fmt: skip
    made = {}
    for year in range(_FIRST_YEAR, today.year + 1):
        first = date(year, 1, 1)
        title = f"Chương trình công tác năm {year} của Ban Tổ chức Tỉnh ủy"
        parent = term.pk if year <= 2025 else None
        given = ProgrammeGiven(PROVINCE, "year_programme", title, first, date(year + 1, 1, 1), parent_id=parent)
        made[year] = programme_enter(actor=actor, given=given, today=first)
    return made


def _key_tasks(actor: Actor, programme: Programme) -> None:
    """The ten of 2023: nine done in the year, one of them late; the tenth taken over into 2024."""
    for rank, (title, deliverable, due, handed) in enumerate(KEY_TASKS, start=1):
        given = TaskGiven(
            PROVINCE, PROVINCE, title, date.fromisoformat(due), deliverable, programme_id=programme.pk,
            key_year=2023, key_rank=rank,
        )  # fmt: skip
        task = assigning.task_assign(actor=actor, given=given, today=date(2023, 1, 9))
        finish(actor, task, date.fromisoformat(handed))


def _year(actor: Actor, programme: Programme, year: int, today: date) -> None:
    """What the province asked of some units directly below it; every fifth came late, one was cancelled."""
    for number, (title, deliverable, (month, day)) in enumerate(YEAR_TASKS):
        due = date(year, month, day)
        given_on = due - timedelta(days=45)
        if given_on >= today:
            continue
        for place, code in enumerate(below(given_on)):
            given = TaskGiven(PROVINCE, code, title.format(year=year), due, deliverable, programme_id=programme.pk)
            task = assigning.task_assign(actor=actor, given=given, today=given_on)
            late = (year + number + place) % 5 == 0
            if (year, number, place) == (2024, 0, 3):
                doing.task_change(
                    actor=actor, task_id=task.pk, act="cancel", today=due - _DAY, reason="Gộp vào báo cáo quý"
                )
            elif due + timedelta(days=20) < today:
                finish(actor, task, due + timedelta(days=12 if late else -4))


def below(on: date, count: int = 4) -> list[str]:
    """Codes of the first committees directly under the province on the day, the cast's among them."""
    held = selectors.structure()
    found = []
    for place in held.children(held.by_code[PROVINCE], on):
        version = held.version(place, on)
        if version is not None and version.kind in ("above_grassroots", "grassroots_committee"):
            found.append(held.codes[place])
    known = [code for code in (AN_PHU, TRA_BONG) if code in found]
    return [*known, *(code for code in sorted(found) if code not in known)][:count]


def finish(actor: Actor, task: Task, handed: date) -> None:
    """Begun, handed in, accepted a few days later."""
    doing.task_change(actor=actor, task_id=task.pk, act="begin", today=min(handed, task.given_on + 3 * _DAY))
    _hand_in(actor, task, handed)
    doing.task_change(actor=actor, task_id=task.pk, act="submit", today=handed)
    doing.task_change(actor=actor, task_id=task.pk, act="done", today=handed + 3 * _DAY)


def _hand_in(actor: Actor, task: Task, on: date) -> None:
    for pk in task.deliverables.values_list("pk", flat=True):
        handed = Handed(note="Bản giấy lưu tại Văn phòng")
        delivering.deliverable_hand_in(actor=actor, task_id=task.pk, deliverable_id=pk, handed=handed, today=on)


def _directives(actor: Actor, today: date) -> None:
    """Each of the three directives: the province's programme that holds its plan, and what the plan asks for.

    Both are the papers of `demo.documents`, with which `demo.directives` answers what the centre asked.
    """
    for _name, title in DIRECTIVES:
        programme = _of_paper(actor, "programme", f"Chương trình hành động {title}")
        plan = _of_paper(actor, "plan", f"Kế hoạch {title}", programme)
        on = plan.during.lower
        for what, deliverable, days in PLAN_TASKS:
            for number, code in enumerate(below(on, 3)):
                due = on + timedelta(days=days)
                given = TaskGiven(PROVINCE, code, what, due, deliverable, programme_id=plan.pk, part="Mục II")
                task = assigning.task_assign(actor=actor, given=given, today=on)
                finish(actor, task, due + timedelta(days=9 if number == 2 else -5))


def _of_paper(actor: Actor, kind: str, title: str, parent: Programme | None = None) -> Programme:
    paper = Document.objects.get(issuer__unit__code=PROVINCE, kind=kind, title=title)
    directive = paper.relations.get(kind="implements", target__issuer__unit=None).target_id
    given = ProgrammeGiven(
        PROVINCE, kind, title, paper.signed_on, document_id=paper.pk, implements_id=directive,
        parent_id=parent.pk if parent else None,
    )  # fmt: skip
    return programme_enter(actor=actor, given=given, today=paper.signed_on)


class _Office:
    """Today's work of the cast: something in every state, something late on each desk."""

    def __init__(self, actor: Actor, today: date, programme: Programme) -> None:
        self.today, self.programme = today, programme
        self.province, self.clerk = _as("chuyenvien", today), _as("anphu", today)
        self.secretary, self.outsider = _as("bithu", today), _as("trabong", today)
        held = selectors.structure()
        grant = User.objects.get(username="bithu").grants.get()
        self.cell = held.codes[held.index[grant.unit_id]]

    def day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def write(self) -> None:
        """Province to commune, commune to cell, and back."""
        self._states()
        self._chain()
        self._cells()
        self._own()

    def _give(self, title: str, due: int, deliverable: str = "Báo cáo", *, giver: str = PROVINCE, to: str = AN_PHU,
              ago: int = 30, assignee: str = "", every: str = "") -> Task:  # fmt: skip
        by = self.province if giver == PROVINCE else self.clerk
        held = self.programme.pk if giver == PROVINCE else None
        given = TaskGiven(
            giver, to, title, self.day(due), deliverable, programme_id=held, assignee=assignee, every=every
        )
        return assigning.task_assign(actor=by, given=given, today=self.day(-ago))

    def _act(self, by: Actor, task: Task, *acts: str, ago: int, reason: str = "") -> None:
        for act in acts:
            if act == "submit":
                _hand_in(by, task, self.day(-ago))
            doing.task_change(actor=by, task_id=task.pk, act=act, today=self.day(-ago), reason=reason)

    def _states(self) -> None:
        """What the province gave to two communes."""
        give, act = self._give, self._act
        act(
            self.clerk, give("Rà soát, cập nhật dữ liệu đảng viên trên hệ thống", -6, assignee="anphu"), "begin", ago=20
        )
        give("Báo cáo số liệu tổ chức cơ sở đảng quý này", 3, assignee="anphu", ago=10)
        waiting = give("Báo cáo kết quả thực hiện quy định về sinh hoạt chi bộ", 5)
        act(self.clerk, waiting, "accept", "begin", "submit", ago=2)
        back = give("Đề án nâng cao chất lượng sinh hoạt chi bộ", 9, "Đề án")
        act(self.clerk, back, "begin", "submit", ago=8)
        act(self.province, back, "return", ago=5, reason="Chưa có phần kinh phí và lộ trình thực hiện")
        act(self.clerk, give("Kiện toàn cấp ủy chi bộ còn thiếu", 25, "Danh sách cấp ủy viên"), "accept", ago=12)
        late = give("Báo cáo khắc phục hạn chế sau kiểm tra", -3, to=TRA_BONG)
        act(self.outsider, late, "begin", ago=14)
        more_time.time_ask(
            actor=self.outsider, task_id=late.pk, until=self.day(12), today=self.day(-4),
            reason="Chờ kết luận của Ủy ban Kiểm tra Tỉnh ủy",
        )  # fmt: skip
        stopped = give("Khảo sát nhu cầu bồi dưỡng bí thư chi bộ", 15, to=TRA_BONG)
        act(self.province, stopped, "cancel", ago=6, reason="Lồng ghép vào khảo sát chung của Trung ương")

    def _chain(self) -> None:
        """Province to commune to cell: the whole waits for its part."""
        top = self._give("Lập danh sách quần chúng ưu tú để bồi dưỡng kết nạp Đảng", 14, "Danh sách", ago=25)
        self._act(self.clerk, top, "accept", "begin", ago=20)
        part = TaskGiven("", self.cell, "Giới thiệu quần chúng ưu tú của chi bộ", self.day(7), "Danh sách giới thiệu")
        low = delegating.task_delegate(actor=self.clerk, task_id=top.pk, given=part, today=self.day(-18))
        self._act(self.secretary, low, "begin", ago=10)

    def _cells(self) -> None:
        """The commune to its cells."""
        give = self._give
        kinds = [key for key, kind in KIND.items() if kind.has_members]
        given = TaskGiven(AN_PHU, "", "Kiểm điểm, xếp loại đảng viên cuối năm", self.day(16), "Biên bản họp chi bộ")
        assigning.tasks_assign(actor=self.clerk, given=given, kinds=kinds, today=self.day(-5))
        late = give("Thu, nộp đảng phí quý trước", -8, "Bảng kê", giver=AN_PHU, to=self.cell, assignee="bithu")
        self._act(self.secretary, late, "begin", ago=15)
        waits = give("Họp chi bộ chuyên đề về học tập Bác", 2, "Biên bản", giver=AN_PHU, to=self.cell)
        self._act(self.secretary, waits, "begin", "submit", ago=3)

    def _own(self) -> None:
        """The province's own, one of them every month."""
        self._give("Tổng hợp biến động đảng viên hằng tháng", 4, to=PROVINCE, assignee="chuyenvien", every="monthly")
        late = self._give("Thẩm định đề án sắp xếp tổ chức cơ sở đảng", -2, "Báo cáo thẩm định", to=PROVINCE,
                          assignee="chuyenvien")  # fmt: skip
        self._act(self.province, late, "begin", ago=9)
        given = TaskGiven(
            PROVINCE, "", f"Báo cáo tổng kết công tác tổ chức xây dựng Đảng năm {self.today.year}", self.day(12),
            "Báo cáo tổng kết", programme_id=self.programme.pk,
        )  # fmt: skip
        assigning.tasks_assign(actor=self.province, given=given, kinds=("grassroots_committee",), today=self.day(-7))


def _as(username: str, today: date) -> Actor:
    user = User.objects.get(username=username)
    return actor_for(user.pk, username, today, verified=True)
