"""The text of the yearly review, in both languages. Every number in it is a reference, never typed in.

Places in a sentence:
  {key}                  the value;  {key|words}  the words where the value is 0
  {key#one|many}         the word that agrees with the number (English)
  {, key:versus words}   tăng, giảm, bằng against the year before; the words follow the change ("tăng 1 tổ chức")
  {key:before}           after a nought: how many the year before
  {, key:reach}          how far the target was reached; what stands before the key is written only if there is a target
  {a/b:part|words|none}  words with %n (the part) and %share; `none` where the part is 0
  {a/b:among|all|one|some|none}  how many of the whole are of a sort
  {tally:lead|none|key=words=words of none;...}  a list; what is 0 comes at its end, after `none`
  {bloc} {decisions}     members who came and went with their organisation; the decisions on reorganisation
  {Whole} {whole} {day} {year}   plain words of the unit and period
"""

from __future__ import annotations

from collections.abc import Mapping

from nhiemky.reporting.chapters import Chapter, Line
from nhiemky.reporting.declaring import Text
from nhiemky.reporting.work_text import WORK_CHAPTERS

CHAPTERS = (
    *WORK_CHAPTERS,
    Chapter(
        "members",
        Text("Công tác phát triển đảng viên", "Admission of members"),
        (
            Line(
                "{Whole} kết nạp được {members.admitted} đảng viên mới{, members.admitted:versus}"
                "{, members.admitted:reach}.",
                "{Whole} admitted {members.admitted} new {members.admitted#member|members}{, members.admitted:versus}"
                "{, members.admitted:reach}.",
                "{Whole} {members.admitted|không} kết nạp được đảng viên mới nào{members.admitted:before}"
                "{, members.admitted:reach}.",
                "{Whole} admitted {members.admitted|no} new members{members.admitted:before}"
                "{, members.admitted:reach}.",
            ),
            Line(
                "Trong số đảng viên mới kết nạp, "
                "{members.admitted.women/members.admitted:part|đảng viên nữ chiếm %share (%n người)|"
                "không có đảng viên nữ}, "
                "{members.admitted.minority/members.admitted:part|người dân tộc thiểu số chiếm %share (%n người)|"
                "không có người dân tộc thiểu số}.",
                "Of the new members "
                "{members.admitted.women/members.admitted:part|women make up %share (%n)|there are no women}, "
                "{members.admitted.minority/members.admitted:part|ethnic minorities %share (%n)|"
                "none belongs to an ethnic minority}.",
                needs=("members.admitted",),
            ),
            Line(
                "Công nhận chính thức {members.recognised} đảng viên dự bị{, members.recognised:versus}.",
                "{members.recognised} probationary {members.recognised#member was|members were} recognised as "
                "official{, members.recognised:versus}.",
                "{members.recognised|Không} có đảng viên dự bị nào được công nhận chính thức"
                "{members.recognised:before}.",
                "{members.recognised|No} probationary member was recognised as official{members.recognised:before}.",
            ),
        ),
    ),
    Chapter(
        "units",
        Text("Tổ chức cơ sở đảng", "Party organisations"),
        (
            Line(
                "Tính đến ngày {day}, {whole} có {units.grassroots} tổ chức cơ sở đảng "
                "({tally:||units.kind.grassroots_committee=đảng bộ cơ sở=;units.kind.grassroots_cell=chi bộ cơ sở=}), "
                "{units.kind.cell|không có} chi bộ trực thuộc.",
                "On {day}, {whole} had {units.grassroots} grassroots {units.grassroots#organisation|organisations} "
                "({tally:||units.kind.grassroots_committee=with a committee=;"
                "units.kind.grassroots_cell=grassroots cells=}) and {units.kind.cell|no} "
                "{units.kind.cell#cell|cells} below them.",
                "Tính đến ngày {day}, {whole} có {units.kind.cell} chi bộ trực thuộc.",
                "On {day}, {whole} had {units.grassroots|no} grassroots organisations below it and {units.kind.cell} "
                "{units.kind.cell#cell|cells}.",
                of=("provincial", "committee"),
            ),
            Line(
                "Tính đến ngày {day}, {whole} có {units.kind.cell} chi bộ trực thuộc.",
                "On {day}, {whole} had {units.kind.cell|no} {units.kind.cell#cell|cells}.",
                "Tính đến ngày {day}, {whole} {units.kind.cell|không} có chi bộ trực thuộc.",
                of=("grassroots",),
            ),
            Line(
                "Trong năm thành lập mới {units.founded} tổ chức đảng, "
                "{units.founded.non_state/units.founded:among|đều ở khu vực ngoài nhà nước|ở khu vực ngoài nhà nước|"
                "trong đó %n tổ chức ở khu vực ngoài nhà nước|không có tổ chức nào ở khu vực ngoài nhà nước}"
                "{, units.founded:versus tổ chức}.",
                "In the year {units.founded} {units.founded#organisation was|organisations were} founded, "
                "{units.founded.non_state/units.founded:among|all outside the state sector|outside the state sector|"
                "%n of them outside the state sector|none outside the state sector}{, units.founded:versus}.",
                "Trong năm {units.founded|không} thành lập mới tổ chức đảng nào{units.founded:before}.",
                "In the year {units.founded|no} organisation was founded{units.founded:before}.",
            ),
            Line(
                "Thực hiện sắp xếp tổ chức{decisions}, trong năm có "
                "{tally:||units.formed=tổ chức đảng được hình thành=;"
                "units.merged_into=tổ chức đảng kết thúc hoạt động=} do hợp nhất, chia tách.",
                "By reorganisation{decisions}, through mergers and splits: "
                "{tally:||units.formed=organisations formed=;units.merged_into=organisations ended=}.",
                needs=("units.formed", "units.merged_into"),
            ),
            Line(
                "Ngoài hợp nhất, chia tách, có {units.dissolved} tổ chức đảng kết thúc hoạt động"
                "{, units.dissolved:versus tổ chức}.",
                "Apart from mergers and splits {units.dissolved} {units.dissolved#organisation|organisations} ended"
                "{, units.dissolved:versus}.",
                "Ngoài hợp nhất, chia tách, {units.dissolved|không} có tổ chức đảng nào kết thúc hoạt động"
                "{units.dissolved:before}.",
                "Apart from mergers and splits {units.dissolved|no} organisation ended{units.dissolved:before}.",
                needs=("units.merged_into",),
            ),
            Line(
                "Có {units.dissolved} tổ chức đảng kết thúc hoạt động{, units.dissolved:versus tổ chức}.",
                "{units.dissolved} {units.dissolved#organisation|organisations} ended{, units.dissolved:versus}.",
                "{units.dissolved|Không} có tổ chức đảng nào kết thúc hoạt động{units.dissolved:before}.",
                "{units.dissolved|No} organisation ended{units.dissolved:before}.",
                unless=("units.merged_into",),
            ),
            Line(
                "Có {cells.residential.with_committee}/{cells.residential.total} chi bộ thôn, tổ dân phố có cấp ủy, "
                "đạt {cells.residential.with_committee/cells.residential.total:share}"
                "{, cells.residential.with_committee:versus chi bộ}.",
                "{cells.residential.with_committee} of {cells.residential.total} residential "
                "{cells.residential.total#cell|cells} "
                "({cells.residential.with_committee/cells.residential.total:share}) had a committee"
                "{, cells.residential.with_committee:versus}.",
                "{cells.residential.with_committee|Không} có chi bộ nào trong {cells.residential.total} chi bộ thôn, "
                "tổ dân phố có cấp ủy{cells.residential.with_committee:before}.",
                "{cells.residential.with_committee|None} of the {cells.residential.total} residential cells had a "
                "committee{cells.residential.with_committee:before}.",
                needs=("cells.residential.total",),
            ),
        ),
    ),
    Chapter(
        "balance",
        Text("Biến động và chất lượng đội ngũ đảng viên", "Changes and make-up of the membership"),
        (
            Line(
                "Tính đến ngày {day}, {whole} có {members.total} đảng viên{, members.total:versus}; trong đó "
                "{members.official|không có} đảng viên chính thức, {members.probationary|không có} đảng viên dự bị.",
                "On {day}, {whole} had {members.total} {members.total#member|members}{, members.total:versus}: "
                "{members.official|no} official and {members.probationary|no} probationary.",
                "Tính đến ngày {day}, {whole} {members.total|không} có đảng viên{members.total:before}.",
                "On {day}, {whole} had {members.total|no} members{members.total:before}.",
            ),
            Line("{bloc}", "{bloc}", needs=("bloc",)),
            Line(
                "Trong tổng số đảng viên, "
                "{members.women/members.total:part|đảng viên nữ chiếm %share (%n người)|không có đảng viên nữ}, "
                "{members.minority/members.total:part|người dân tộc thiểu số chiếm %share (%n người)|"
                "không có người dân tộc thiểu số}, "
                "{members.under_31/members.total:part|đảng viên từ 30 tuổi trở xuống chiếm %share (%n người)|"
                "không có đảng viên từ 30 tuổi trở xuống}; {members.exempt|không có} đảng viên được miễn công tác và "
                "sinh hoạt đảng.",
                "Of all members "
                "{members.women/members.total:part|women make up %share (%n)|there are no women}, "
                "{members.minority/members.total:part|ethnic minorities %share (%n)|no ethnic minorities}, "
                "{members.under_31/members.total:part|members under 31 %share (%n)|nobody under 31}; "
                "{members.exempt|none} {members.exempt#is|are} exempt from work and meetings.",
                needs=("members.total",),
            ),
            Line(
                "Trong năm {tally:có |không có đảng viên |members.struck_off=đảng viên bị xóa tên=bị xóa tên;"
                "members.expelled=đảng viên bị khai trừ=bị khai trừ;"
                "members.left=đảng viên xin ra khỏi Đảng=xin ra khỏi Đảng;"
                "members.died=đảng viên từ trần=từ trần}.",
                "Losses of the year: {tally:|none |members.struck_off=struck off=struck off;"
                "members.expelled=expelled=expelled;members.left=left at their own wish=left at their own wish;"
                "members.died=died=died}.",
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
    "congresses.cells": Text("Đại hội chi bộ: {none}.", "Cell congresses: {none}."),
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
        "Kết quả công tác tổ chức xây dựng Đảng năm {year} (số liệu đến ngày {day})",
        "Results of the Party-building organisation work of {year} (figures up to {day})",
    ),
    "subject": Text(
        "tổng kết công tác tổ chức xây dựng Đảng năm {year}", "on the organisation work of Party building in {year}"
    ),
    "subject_part": Text(
        "kết quả công tác tổ chức xây dựng Đảng năm {year} (số liệu đến ngày {day})",
        "on the organisation work of Party building in {year} (figures up to {day})",
    ),
    "subject_ended": Text(
        "kết quả công tác tổ chức xây dựng Đảng năm {year} (đến khi kết thúc hoạt động, ngày {day})",
        "on the organisation work of Party building in {year} (up to its last day, {day})",
    ),
    "personnel": Text("Công tác cán bộ", "Personnel work"),
    "restated": Text(
        "Số liệu trong báo cáo này được tính lại theo cơ cấu tổ chức ngày {day}.",
        "The figures of this review are restated under the structure of {day}.",
    ),
    "whole.provincial": Text("toàn tỉnh", "the province"),
    "whole.committee": Text("toàn Đảng bộ", "the organisation"),
    "whole.grassroots": Text("Đảng bộ", "the organisation"),
    "whole.cell": Text("chi bộ", "the cell"),
    "bloc.rise": Text("Trong số tăng có ", "Of the rise "),
    "bloc.year": Text("Trong năm có ", "In the year "),
    "bloc.came": Text(
        "{n} đảng viên chuyển đến theo tổ chức{cause}", "{n} members came with their organisation{cause}"
    ),
    "bloc.went": Text("{n} đảng viên chuyển đi theo tổ chức", "{n} members left with their organisation"),
    "bloc.cause": Text(" do hợp nhất {names}", " by the merger of {names}"),
    "bloc.caution": Text(
        "; các so sánh với năm {year} chưa loại trừ phần chuyển đến này",
        "; comparisons with {year} include those who came in this way",
    ),
    "bloc.others": Text(" và {n} tổ chức đảng khác", " and {n} others"),
    "decided": Text("{paper} số {number} ngày {day} của {body}", "{paper} no. {number} of {day}, {body}"),
    "paper.QĐ": Text("Quyết định", "decision"),
    "paper.NQ": Text("Nghị quyết", "resolution"),
    "paper": Text("văn bản", "paper"),
    "decisions": Text(" (theo {papers})", " (by {papers})"),
    "part.-ended": Text("Các tổ chức đảng đã kết thúc hoạt động trong năm", "Organisations that ended in the year"),
    "part.-earlier": Text(
        "Các tổ chức đảng đã kết thúc hoạt động trước năm báo cáo", "Organisations that ended before the year"
    ),
    "part.-moved": Text("Các tổ chức đảng không còn trực thuộc", "Organisations that are no longer directly below"),
    "part.-own": Text("Tính tại chính tổ chức này", "Counted at the organisation itself"),
    "opening": Text("Đầu kỳ ({day})", "Opening ({day})"),
    "closing": Text("Cuối kỳ ({day})", "Closing ({day})"),
    "in": Text("Tăng", "In"),
    "out": Text("Giảm", "Out"),
    "no_balance": Text(
        "Bảng biến động chỉ lập theo cơ cấu từng thời điểm, không tính lại theo cơ cấu ngày khác.",
        "The balance is drawn up only as it was, not restated under another day's structure.",
    ),
}
