"""The text of the yearly review, in both languages. Every number in it is a reference, never typed in.

Places in a sentence:
  {key}            the value;  {key|words}  the words where the value is 0
  {a/b:share}      the share of one figure in another
  {key:versus}     tăng, giảm, bằng against the year before
  {, key:reach}    how far the target was reached; what stands before the key is written only if there is a target
  {key#one|many}   the word that agrees with the number (English)
  {Whole} {whole} {day} {year}   plain words of the unit and period
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nhiemky.reporting.declaring import Text


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence in both languages; `zero` is used where its first figure is 0, `needs` must be more than 0."""

    vi: str
    en: str
    zero_vi: str = ""
    zero_en: str = ""
    needs: str = ""

    def pattern(self, language: str, *, zero: bool) -> str:
        """The sentence of a language."""
        chosen = (self.zero_vi if language == "vi" else self.zero_en) if zero else ""
        return chosen or (self.vi if language == "vi" else self.en)


@dataclass(frozen=True, slots=True)
class Chapter:
    key: str
    title: Text
    lines: tuple[Line, ...]


CHAPTERS = (
    Chapter(
        "members",
        Text("Công tác phát triển đảng viên", "Admission of members"),
        (
            Line(
                "{Whole} kết nạp được {members.admitted} đảng viên mới, {members.admitted:versus}"
                "{, members.admitted:reach}.",
                "{Whole} admitted {members.admitted} new {members.admitted#member|members}, {members.admitted:versus}"
                "{, members.admitted:reach}.",
                "{Whole} {members.admitted|không} kết nạp được đảng viên mới nào, {members.admitted:versus}"
                "{, members.admitted:reach}.",
                "{Whole} admitted {members.admitted|no} new members, {members.admitted:versus}"
                "{, members.admitted:reach}.",
            ),
            Line(
                "Trong số đảng viên mới kết nạp, đảng viên nữ chiếm {members.admitted.women/members.admitted:share} "
                "({members.admitted.women} người), người dân tộc thiểu số chiếm "
                "{members.admitted.minority/members.admitted:share} ({members.admitted.minority} người).",
                "Of the new members {members.admitted.women|none} "
                "({members.admitted.women/members.admitted:share}) {members.admitted.women#is a woman|are women} and "
                "{members.admitted.minority|none} ({members.admitted.minority/members.admitted:share}) "
                "{members.admitted.minority#belongs|belong} to ethnic minorities.",
                needs="members.admitted",
            ),
            Line(
                "Công nhận chính thức {members.recognised} đảng viên dự bị, {members.recognised:versus}.",
                "{members.recognised} probationary {members.recognised#member was|members were} recognised as "
                "official, {members.recognised:versus}.",
                "{members.recognised|Không} có đảng viên dự bị nào được công nhận chính thức, "
                "{members.recognised:versus}.",
                "{members.recognised|No} probationary member was recognised as official, {members.recognised:versus}.",
            ),
        ),
    ),
    Chapter(
        "units",
        Text("Tổ chức cơ sở đảng", "Grassroots organisations"),
        (
            Line(
                "Tính đến {day}, {whole} có {units.grassroots} tổ chức cơ sở đảng, gồm "
                "{units.kind.grassroots_committee} đảng bộ cơ sở và {units.kind.grassroots_cell} chi bộ cơ sở; có "
                "{units.kind.cell} chi bộ trực thuộc đảng ủy cơ sở.",
                "On {day}, {whole} had {units.grassroots} grassroots {units.grassroots#organisation|organisations}, "
                "{units.kind.grassroots_committee} with a committee and {units.kind.grassroots_cell} grassroots "
                "{units.kind.grassroots_cell#cell|cells}; below them {units.kind.cell} {units.kind.cell#cell|cells}.",
                "Tính đến {day}, {whole} {units.grassroots|không} có tổ chức cơ sở đảng trực thuộc; có "
                "{units.kind.cell} chi bộ.",
                "On {day}, {whole} had {units.grassroots|no} grassroots organisations below it and {units.kind.cell} "
                "{units.kind.cell#cell|cells}.",
            ),
            Line(
                "Trong năm thành lập mới {units.founded} tổ chức đảng, trong đó có {units.founded.non_state|không} tổ "
                "chức đảng ngoài khu vực nhà nước, {units.founded.non_state:versus}.",
                "In the year {units.founded} {units.founded#organisation was|organisations were} founded, "
                "{units.founded.non_state|none} of them outside the state sector, {units.founded.non_state:versus}.",
                "Trong năm {units.founded|không} thành lập mới tổ chức đảng nào, {units.founded:versus}.",
                "In the year {units.founded|no} organisation was founded, {units.founded:versus}.",
            ),
            Line(
                "Giải thể {units.dissolved} tổ chức đảng, {units.dissolved:versus}.",
                "{units.dissolved} {units.dissolved#organisation was|organisations were} dissolved, "
                "{units.dissolved:versus}.",
                "{units.dissolved|Không} có tổ chức đảng nào giải thể.",
                "{units.dissolved|No} organisation was dissolved.",
            ),
            Line(
                "Có {cells.residential.with_committee}/{cells.residential.total} chi bộ thôn, tổ dân phố có cấp ủy, "
                "đạt {cells.residential.with_committee/cells.residential.total:share}.",
                "{cells.residential.with_committee} of {cells.residential.total} residential "
                "{cells.residential.total#cell|cells} "
                "({cells.residential.with_committee/cells.residential.total:share}) had a committee.",
                "{cells.residential.with_committee|Không} có chi bộ nào trong {cells.residential.total} chi bộ thôn, "
                "tổ dân phố có cấp ủy.",
                "{cells.residential.with_committee|None} of the {cells.residential.total} residential cells had a "
                "committee.",
                needs="cells.residential.total",
            ),
        ),
    ),
    Chapter(
        "balance",
        Text("Biến động và chất lượng đội ngũ đảng viên", "Changes and make-up of the membership"),
        (
            Line(
                "Tính đến {day}, {whole} có {members.total} đảng viên, {members.total:versus}; trong đó có "
                "{members.official} đảng viên chính thức, {members.probationary} đảng viên dự bị.",
                "On {day}, {whole} had {members.total} {members.total#member|members}, {members.total:versus}: "
                "{members.official|no} official and {members.probationary|no} probationary.",
                "Tính đến {day}, {whole} {members.total|không} có đảng viên.",
                "On {day}, {whole} had {members.total|no} members.",
            ),
            Line(
                "Đảng viên nữ chiếm {members.women/members.total:share}, người dân tộc thiểu số chiếm "
                "{members.minority/members.total:share}, từ 30 tuổi trở xuống chiếm "
                "{members.under_31/members.total:share} tổng số đảng viên; số đảng viên được miễn công tác và "
                "sinh hoạt đảng là {members.exempt}.",
                "Women are {members.women/members.total:share} of all members, ethnic minorities "
                "{members.minority/members.total:share}, members under 31 {members.under_31/members.total:share}; "
                "{members.exempt|none} {members.exempt#is|are} exempt from work and meetings.",
                needs="members.total",
            ),
            Line(
                "Trong năm, số đảng viên bị xóa tên là {members.struck_off}, bị khai trừ {members.expelled}, xin ra "
                "khỏi Đảng {members.left}, từ trần {members.died}.",
                "In the year {members.struck_off|no} {members.struck_off#member was|members were} struck off, "
                "{members.expelled|none} expelled, {members.left|none} left at their own wish, "
                "{members.died|none} died.",
            ),
        ),
    ),
)

PENDING_LINES: Mapping[str, Text] = {
    "conclusions.political_standard": Text(
        "Tham mưu kết luận tiêu chuẩn chính trị: {none}.", "Political-standard conclusions advised: {none}."
    ),
    "planning.reviewed": Text(
        "Rà soát, bổ sung quy hoạch cấp ủy và chức danh lãnh đạo, quản lý các nhiệm kỳ: {none}.",
        "Planning lists reviewed and added to: {none}.",
    ),
    "congresses.cells": Text("Đại hội chi bộ nhiệm kỳ 2022 - 2025: {none}.", "Cell congresses held: {none}."),
    "emulation.four_good": Text(
        "Xây dựng “Chi bộ bốn tốt”, “Đảng bộ cơ sở bốn tốt”: {none}.",
        "“Four good” cells and committees recognised: {none}.",
    ),
}

WORDS: Mapping[str, Text] = {
    "title": Text(
        "Kết quả công tác tổ chức xây dựng Đảng năm {year}", "Results of the Party-building organisation work of {year}"
    ),
    "title_part": Text(
        "Kết quả công tác tổ chức xây dựng Đảng năm {year} (số liệu đến {day})",
        "Results of the Party-building organisation work of {year} (figures up to {day})",
    ),
    "subject": Text("công tác tổ chức xây dựng Đảng năm {year}", "the organisation work of Party building in {year}"),
    "personnel": Text("Công tác cán bộ", "Personnel work"),
    "restated": Text(
        "Số liệu trong báo cáo này được tính lại theo cơ cấu tổ chức ngày {day}.",
        "The figures of this review are restated under the structure of {day}.",
    ),
    "whole.provincial": Text("toàn tỉnh", "the province"),
    "whole.committee": Text("toàn Đảng bộ", "the organisation"),
    "whole.cell": Text("chi bộ", "the cell"),
    "opening": Text("Đầu kỳ ({day})", "Opening ({day})"),
    "closing": Text("Cuối kỳ ({day})", "Closing ({day})"),
    "in": Text("Tăng", "In"),
    "out": Text("Giảm", "Out"),
    "no_balance": Text(
        "Bảng biến động chỉ lập theo cơ cấu từng thời điểm, không tính lại theo cơ cấu ngày khác.",
        "The balance is drawn up only as it was, not restated under another day's structure.",
    ),
}
