"""Why somebody was struck off, left, was expelled or exempted: grounds, as the rule of the day lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from nhiemky.domain.dated import Dated, Step
from nhiemky.domain.findings import Finding

_STATUTES = date(2011, 1, 19)


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground of one kind of entry, in the words of the field."""

    key: str
    kind: str
    vi: str
    en: str


GROUNDS = (
    Ground("absent", "striking_off",
           "Bỏ sinh hoạt chi bộ hoặc không đóng đảng phí 3 tháng trong năm, không có lý do chính đáng",
           "Absent, or no fees paid, for 3 months in a year without good reason"),
    Ground("card", "striking_off", "Tự ý trả thẻ hoặc hủy thẻ đảng viên", "Returned or destroyed the member's card"),
    Ground("will", "striking_off", "Giảm sút ý chí phấn đấu, đã được chi bộ giáo dục 12 tháng mà không tiến bộ",
           "Lost the will to strive; no progress after 12 months of education"),
    Ground("duties", "striking_off", "Vi phạm tư cách, không làm đúng nhiệm vụ đảng viên hai năm liền",
           "Breached the member's duties two years running"),
    Ground("standard", "striking_off", "Không bảo đảm tiêu chuẩn chính trị", "Political standard not met"),
    Ground("old_age", "exemption_on", "Tuổi cao, tự nguyện xin miễn", "Old age, on own request"),
    Ground("poor_health", "exemption_on", "Sức khỏe yếu, tự nguyện xin miễn", "Poor health, on own request"),
    Ground("long_treatment", "exemption_on", "Điều trị bệnh dài ngày", "Long medical treatment"),
    Ground("abroad_alone", "exemption_on", "Ra nước ngoài lao động đơn lẻ", "Works abroad alone"),
    Ground("mobile_work", "exemption_on", "Làm việc lưu động dưới 1 năm", "Mobile work for less than a year"),
    Ground("awaiting_retirement", "exemption_on", "Nghỉ chờ hưởng chế độ hưu trí", "Waiting for retirement"),
    Ground("maternity", "exemption_on", "Nghỉ thai sản", "Maternity"),
    Ground("application", "leaving", "Làm đơn xin ra khỏi Đảng", "Applied to leave"),
    Ground("hardship", "leaving", "Làm đơn xin ra vì gia đình đặc biệt khó khăn",
           "Applied to leave because of family hardship"),
    Ground("disunity", "expulsion", "Gây mất đoàn kết nội bộ nghiêm trọng", "Caused serious disunity"),
    Ground("corruption", "expulsion", "Bị kết án về tội tham nhũng", "Convicted of corruption"),
    Ground("crime", "expulsion", "Bị kết án về tội nghiêm trọng trở lên", "Convicted of a serious crime or worse"),
    Ground("other_breach", "expulsion", "Vi phạm khác", "Another breach"),
)  # fmt: skip
GROUND = {ground.key: ground for ground in GROUNDS}
OF_KIND: Mapping[str, tuple[str, ...]] = {
    kind: tuple(g.key for g in GROUNDS if g.kind == kind)
    for kind in ("striking_off", "exemption_on", "leaving", "expulsion")
}
"""What may stand in the column, whatever the day: the database holds it to this."""

IN_FORCE: Mapping[str, Dated[tuple[str, ...]]] = {
    "striking_off": Dated(
        "members.striking_off_grounds",
        (
            Step(date(2021, 7, 30), OF_KIND["striking_off"], "Quy định 24-QĐ/TW (2021)"),
            Step(date(2025, 7, 1), OF_KIND["striking_off"], "Quy định 294-QĐ/TW (2025)", confirmed=False),
        ),
    ),
    "exemption_on": Dated(
        "members.exemption_grounds",
        (Step(_STATUTES, OF_KIND["exemption_on"], "Điều lệ Đảng, điều 7; các quy định thi hành", confirmed=False),),
    ),
    "leaving": Dated(
        "members.leaving_grounds",
        (Step(_STATUTES, OF_KIND["leaving"], "Điều lệ Đảng, điều 8; Quy định 232-QĐ/TW (2025)", confirmed=False),),
    ),
    "expulsion": Dated(
        "members.expulsion_grounds",
        (Step(_STATUTES, OF_KIND["expulsion"], "Quy định 232-QĐ/TW (2025)", confirmed=False),),
    ),
}
# Who "left by own will" is read as those who stayed away or gave the card back.
NOT_READMITTED: Dated[frozenset[str]] = Dated(
    "members.not_readmitted",
    (
        Step(_STATUTES, frozenset(), "Điều lệ Đảng, điều 4", confirmed=False),
        Step(
            date(2025, 1, 20),
            frozenset({"absent", "card", "application", "disunity", "corruption", "crime"}),
            "Quy định 232-QĐ/TW (2025)",
            confirmed=False,
        ),
    ),
)
READMISSIONS = Dated("members.readmissions", (Step(_STATUTES, 1, "Điều lệ Đảng, điều 4", confirmed=False),))


def check_ground(kind: str, ground: str, on: date) -> list[Finding]:
    """A ground that is given must be one of those the rule of the day lists for the kind of entry."""
    if not ground:
        return []
    if kind not in IN_FORCE:
        return [Finding("members.ground_unknown", field="ground", value=ground)]
    rule = IN_FORCE[kind].at(on)
    if ground in rule.value:
        return []
    return [Finding.of_rule("members.ground_unknown", rule, field="ground", value=ground)]


def check_readmission(left_by: str, ground: str, readmitted: int, on: date) -> list[Finding]:
    """Nobody is readmitted more often than the rule allows, nor whom it excludes by the ground of leaving.

    Where the rule excludes some grounds and none was recorded, it cannot be told: that is refused too.
    """
    findings = []
    times = READMISSIONS.at(on)
    if readmitted >= times.value:
        findings.append(Finding.of_rule("members.readmitted_already", times, field="kind", facts={"times": readmitted}))
    excluded = NOT_READMITTED.at(on)
    if ground in excluded.value:
        findings.append(Finding.of_rule("members.readmission_excluded", excluded, field="kind", value=ground))
    elif excluded.value and not ground and left_by in OF_KIND:
        findings.append(Finding.of_rule("members.ground_needed", excluded, field="kind"))
    return findings
