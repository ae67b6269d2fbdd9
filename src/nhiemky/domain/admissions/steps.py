"""The steps of a case as data: who acts, on which paper, after what, and which limit runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from nhiemky.domain.admissions.rules import CEREMONY_DAYS, COMMITTEE_DAYS, RECOGNITION_DAYS
from nhiemky.domain.dated import Dated, Step

# Who acts, and at which level of the organisation their acts are recorded.
ACTORS: Mapping[str, str] = {
    "political_centre": "cell",
    "cell_secretary": "cell",
    "cell_committee": "cell",
    "cell": "cell",
    "sectional": "sectional",
    "grassroots": "grassroots",
    "authority": "authority",
}
STAGES = ("source", "file", "cell", "committees", "ceremony", "probation", "recognition", "official", "ended")
OPEN_STAGES = STAGES[:7]


@dataclass(frozen=True, slots=True)
class StepKind:
    """One step.

    `after` are the steps that must come before, as far as the case has them; `limit` is counted in working days from
    the last of them, or, with `from_probation`, from the end of probation, before which the step cannot be taken;
    `by_probation` says that the step must be done when probation ends. `vote` names the ballot ("cell",
    "committee"). `again`: it may be done anew as long as the case is not past the cell's vote.
    """

    key: str
    stage: str
    actor: str
    after: tuple[str, ...] = ()
    limit: Dated[int] | None = None
    from_probation: bool = False
    by_probation: bool = False
    vote: str = ""
    paper: bool = True
    again: bool = False

    @property
    def level(self) -> str:
        """Which organisation records it: the cell, or one of its superiors."""
        return ACTORS[self.actor]


_FILE = ("application", "recommendation", "background", "opinions")
STEPS = (
    StepKind("noted", "source", "cell_committee", paper=False),
    StepKind("course", "source", "political_centre", after=("noted",), again=True),
    StepKind("application", "file", "cell_secretary", after=("course",), paper=False),
    StepKind("recommendation", "file", "cell_secretary", after=("application",), paper=False),
    StepKind("background", "file", "cell_committee", after=("application",), paper=False, again=True),
    StepKind("opinions", "file", "cell_committee", after=("application",), paper=False, again=True),
    StepKind("cell_vote", "cell", "cell", after=("noted", "course", *_FILE), vote="cell"),
    StepKind("sectional", "committees", "sectional", after=("cell_vote",), limit=COMMITTEE_DAYS),
    StepKind("grassroots", "committees", "grassroots", after=("cell_vote", "sectional"), limit=COMMITTEE_DAYS,
             vote="committee"),
    StepKind("decision", "committees", "authority", after=("cell_vote", "sectional", "grassroots"),
             limit=COMMITTEE_DAYS, vote="committee"),
    StepKind("ceremony", "ceremony", "cell", after=("decision",), limit=CEREMONY_DAYS, paper=False),
    StepKind("member_course", "probation", "political_centre", after=("ceremony",), by_probation=True),
    StepKind("reviews", "probation", "cell_secretary", after=("ceremony",), by_probation=True, paper=False),
    StepKind("official_opinions", "probation", "cell_committee", after=("reviews",), by_probation=True, paper=False),
    StepKind("official_vote", "recognition", "cell", after=("member_course", "reviews", "official_opinions"),
             limit=RECOGNITION_DAYS, from_probation=True, vote="cell"),
    StepKind("official_sectional", "recognition", "sectional", after=("official_vote",), limit=COMMITTEE_DAYS),
    StepKind("official_grassroots", "recognition", "grassroots", after=("official_vote", "official_sectional"),
             limit=COMMITTEE_DAYS, vote="committee"),
    StepKind("official_decision", "recognition", "authority",
             after=("official_vote", "official_sectional", "official_grassroots"), limit=COMMITTEE_DAYS,
             vote="committee"),
)  # fmt: skip
STEP = {kind.key: kind for kind in STEPS}
STEP_KEYS = tuple(STEP)


@dataclass(frozen=True, slots=True)
class Paper:
    """A form of the admission file. `own_hand`: written by the person; the system fills in names and days only."""

    key: str
    step: str
    vi: str
    own_hand: bool = False
    confirmed: bool = True
    filled: bool = True


_PAPERS = (
    Paper("CN-NTVĐ", "course", "Giấy chứng nhận học lớp bồi dưỡng nhận thức về Đảng", filled=False),
    Paper("1-KNĐ", "application", "Đơn xin vào Đảng", own_hand=True),
    Paper("2-KNĐ", "application", "Lý lịch của người xin vào Đảng", own_hand=True),
    Paper("3-KNĐ", "recommendation", "Giấy giới thiệu người vào Đảng", own_hand=True),
    Paper("4-KNĐ", "recommendation", "Nghị quyết của Ban Chấp hành Đoàn giới thiệu đoàn viên ưu tú vào Đảng"),
    Paper("5-KNĐ", "opinions", "Tổng hợp ý kiến nhận xét đối với người xin vào Đảng"),
    Paper("6-KNĐ", "cell_vote", "Nghị quyết của chi bộ đề nghị kết nạp đảng viên"),
    Paper("7-KNĐ", "sectional", "Báo cáo của đảng ủy bộ phận thẩm định nghị quyết của chi bộ", confirmed=False),
    Paper("8-KNĐ", "grassroots", "Nghị quyết của đảng ủy cơ sở đề nghị kết nạp đảng viên"),
    Paper("9-KNĐ", "decision", "Quyết định kết nạp đảng viên"),
    Paper("10-KNĐ", "reviews", "Bản tự kiểm điểm của đảng viên dự bị", own_hand=True),
    Paper("11-KNĐ", "reviews", "Bản nhận xét của đảng viên chính thức được phân công giúp đỡ", own_hand=True),
    Paper("12-KNĐ", "official_opinions", "Tổng hợp ý kiến nhận xét đối với đảng viên dự bị"),
    Paper("13-KNĐ", "official_vote", "Nghị quyết của chi bộ đề nghị công nhận đảng viên chính thức"),
    Paper("14-KNĐ", "official_sectional", "Báo cáo của đảng ủy bộ phận về công nhận đảng viên chính thức",
          confirmed=False),
    Paper("15-KNĐ", "official_grassroots", "Nghị quyết của đảng ủy cơ sở đề nghị công nhận đảng viên chính thức"),
    Paper("16-KNĐ", "official_decision", "Quyết định công nhận đảng viên chính thức", confirmed=False),
)  # fmt: skip
PAPERS = Dated(
    "admissions.papers",
    (
        Step(date(2017, 6, 5), _PAPERS, "Hướng dẫn 09-HD/BTCTW ngày 5/6/2017", confirmed=False),
        Step(date(2022, 1, 17), _PAPERS, "Hướng dẫn 12-HD/BTCTW (2022)", confirmed=False),
    ),
)
"""The forms in force on a day. The day in 2022 is from memory."""
PAPER_KEYS = tuple(paper.key for paper in _PAPERS)
