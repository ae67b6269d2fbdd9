"""Regulations and proposals of the demo: a dozen under care, one overdue, one out for opinions; two proposals."""

from __future__ import annotations

from datetime import date, timedelta

from nhiemky.demo.regulation_texts import DRAFT, OPINION, PROPOSALS, REGULATIONS, SECOND
from nhiemky.demo.task_texts import PROVINCE
from nhiemky.demo.tasks import AN_PHU
from nhiemky.documents.models import Document, Issuer, Opinion
from nhiemky.documents.services.drafting import opinion_give
from nhiemky.documents.services.registering import document_enter
from nhiemky.domain.access import Actor
from nhiemky.domain.documents.entering import DocumentGiven
from nhiemky.proposals.models import Proposal
from nhiemky.proposals.services import proposing
from nhiemky.proposals.services.proposing import Asked, NumberTaken
from nhiemky.regulations.models import Regulation
from nhiemky.regulations.services import caring
from nhiemky.regulations.services.caring import RegulationGiven

_MADE_UP = "Văn bản dựng cho bản trình diễn."
_COMMISSION = "Ban Tổ chức Tỉnh ủy"
_ADVISE = ("Ban Tuyên giáo và Dân vận Tỉnh ủy", "Ủy ban Kiểm tra Tỉnh ủy", "Văn phòng Tỉnh ủy")


def write(actor: Actor, today: date) -> None:
    """All by the services, each act on its day."""
    if today > date(2026, 1, 1):
        _Making(actor, today).write()


class _Making:
    def __init__(self, actor: Actor, today: date) -> None:
        self.actor, self.today = actor, today
        self.by = Issuer.objects.get(unit__code=PROVINCE, symbol="TU")

    def day(self, away: int) -> date:
        return self.today + timedelta(days=away)

    def write(self) -> None:
        cared = [self._care(number, *one) for number, one in enumerate(REGULATIONS)]
        self._consulted(cared[1])
        self._appraised(cared[2])
        self._kept(cared[3])
        self._amended(cared[4])
        self._decided()
        self._submitted()

    def _issued(self, number: int, on: date, title: str) -> Document:
        given = DocumentGiven(self.by.pk, "regulation", number, on, title, organ="standing", unverified=_MADE_UP)
        return document_enter(actor=self.actor, given=given, today=self.today)

    def _care(self, number: int, subject: str, on: date, review: int) -> Regulation:
        """`review` days from today: the first is overdue."""
        paper = self._issued(900 + number, on, subject)
        given = RegulationGiven(PROVINCE, subject, paper.pk, self.day(review))
        return caring.regulation_enter(actor=self.actor, given=given, today=on)

    def _begin(self, held: Regulation, away: int, reason: str, text: str = DRAFT) -> None:
        caring.review_begin(actor=self.actor, regulation_id=held.pk, reason=reason, on=self.day(away), today=self.today)
        caring.text_write(
            actor=self.actor, regulation_id=held.pk, text=text, note="Bản đầu", on=self.day(away + 3), today=self.today
        )

    def _ask(self, held: Regulation, away: int, days: int) -> None:
        bodies = (*((PROVINCE, body) for body in _ADVISE), (AN_PHU, ""))
        caring.opinions_ask(
            actor=self.actor, regulation_id=held.pk, bodies=bodies, days=days, on=self.day(away), today=self.today
        )

    def _answer(self, draft_id: int, away: int, count: int) -> None:
        for turn, one in enumerate(Opinion.objects.filter(draft_id=draft_id, answered_on=None).order_by("pk")[:count]):
            stance, text = ("changes", OPINION) if turn == 1 else ("agrees", "")
            opinion_give(actor=self.actor, opinion_id=one.pk, stance=stance, text=text, on=self.day(away),
                         today=self.today)  # fmt: skip

    def _consulted(self, held: Regulation) -> None:
        """Out for opinions: two of four have answered."""
        self._begin(held, -20, "Sửa theo Quy định số 294-QĐ/TW và mô hình tổ chức mới")
        caring.text_write(actor=self.actor, regulation_id=held.pk, text=SECOND, note="Tiếp thu ý kiến lãnh đạo Ban",
                          on=self.day(-12), today=self.today)  # fmt: skip
        self._ask(held, -4, 10)
        self._answer(held.revisions.get().draft_id, -1, 2)

    def _appraised(self, held: Regulation) -> None:
        self._begin(held, -60, "Đến hạn rà soát")
        self._ask(held, -50, 5)
        self._answer(held.revisions.get().draft_id, -45, 4)
        caring.review_step(
            actor=self.actor, regulation_id=held.pk, deed="appraise", on=self.day(-20), today=self.today,
            reason="Văn phòng Tỉnh ủy thẩm định: đúng thẩm quyền, đúng thể thức, đủ điều kiện trình.",
        )  # fmt: skip

    def _kept(self, held: Regulation) -> None:
        caring.review_begin(
            actor=self.actor, regulation_id=held.pk, reason="Đến hạn rà soát", on=self.day(-90), today=self.today
        )
        caring.review_step(
            actor=self.actor, regulation_id=held.pk, deed="keep", reason="Còn phù hợp, chưa cần sửa đổi.",
            on=self.day(-70), next_review_on=self.day(660), today=self.today,
        )  # fmt: skip

    def _amended(self, held: Regulation) -> None:
        self._begin(held, -150, "Cấp huyện kết thúc hoạt động từ 01/7/2025")
        self._ask(held, -140, 5)
        self._answer(held.revisions.get().draft_id, -130, 3)
        caring.review_step(
            actor=self.actor, regulation_id=held.pk, deed="appraise", reason="Đủ điều kiện trình.",
            on=self.day(-120), today=self.today,
        )  # fmt: skip
        paper = self._issued(990, self.day(-110), f"Sửa đổi, bổ sung {held.subject}")
        caring.regulation_issue(
            actor=self.actor, regulation_id=held.pk, document_id=paper.pk, change="amends", on=self.day(-110),
            next_review_on=self.day(600), today=self.today,
        )  # fmt: skip

    def _proposed(self, title: str, text: str, away: int) -> Proposal:
        held = proposing.proposal_enter(
            actor=self.actor, unit_code=PROVINCE, title=title, body=_COMMISSION, on=self.day(away), today=self.today
        )
        proposing.text_write(actor=self.actor, proposal_id=held.pk, text=text, on=self.day(away + 2), today=self.today)
        bodies = [(PROVINCE, body) for body in _ADVISE]
        proposing.opinions_ask(
            actor=self.actor, proposal_id=held.pk, bodies=bodies, days=5, on=self.day(away + 3), today=self.today
        )
        return held

    def _decided(self) -> None:
        """Approved on conditions, two of which are tasks by now."""
        held = self._proposed(*PROPOSALS[0], -60)
        self._answer(held.draft_id, -52, 3)
        proposing.proposal_submit(
            actor=self.actor, proposal_id=held.pk, session_on=self.day(-40), on=self.day(-45), today=self.today
        )
        proposing.decision_note(
            actor=self.actor, proposal_id=held.pk, outcome="conditional", on=self.day(-40), today=self.today,
            number=NumberTaken(self.by.pk, "resolution"),
            reason="Làm điểm ở một số xã trước khi nhân rộng; báo cáo kết quả hằng quý.",
        )  # fmt: skip
        for unit, title, due, handed in (
            (AN_PHU, "Làm điểm mô hình chi bộ bốn tốt", 30, "Báo cáo làm điểm"),
            (PROVINCE, "Báo cáo quý về kết quả làm điểm", 12, "Báo cáo quý"),
        ):
            asked = Asked(unit, title, self.day(due), handed)
            proposing.condition_assign(actor=self.actor, proposal_id=held.pk, asked=asked, today=self.today)

    def _submitted(self) -> None:
        """Before a session that is still to come."""
        held = self._proposed(*PROPOSALS[1], -40)
        self._answer(held.draft_id, -33, 3)
        proposing.proposal_submit(
            actor=self.actor, proposal_id=held.pk, session_on=self.day(9), on=self.day(-6), today=self.today
        )
