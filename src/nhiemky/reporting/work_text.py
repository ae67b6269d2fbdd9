"""The chapters of the yearly review about work, in both languages (places in a sentence: `review_text`).

They open the review: first what became of what the conferences of the year pointed out and instructed.
"""

from __future__ import annotations

from nhiemky.reporting.chapters import Chapter, Line
from nhiemky.reporting.declaring import Text

WORK_CHAPTERS = (
    Chapter(
        "remedies",
        Text("Khắc phục hạn chế, thực hiện ý kiến chỉ đạo tại hội nghị", "Limits overcome, instructions carried out"),
        (
            Line(
                "Hội nghị trong năm chỉ ra {limits.pointed_out} hạn chế, khuyết điểm; đến ngày {day}, "
                "{tally:|chưa có |limits.overcome=đã khắc phục xong=hạn chế nào khắc phục xong;"
                "limits.overdue=quá hạn khắc phục=;limits.no_remedy=chưa giao khắc phục=}.",
                "The conferences of the year pointed out {limits.pointed_out} "
                "{limits.pointed_out#limit|limits}; by {day}: "
                "{tally:|none |limits.overcome=overcome=overcome;limits.overdue=overdue=;"
                "limits.no_remedy=without a remedy=}.",
                needs=("limits.pointed_out",),
            ),
            Line(
                "Có {instructions.given} ý kiến chỉ đạo tại hội nghị, "
                "{instructions.done/instructions.given:among|đều đã thực hiện xong|đã thực hiện xong|"
                "trong đó %n ý kiến đã thực hiện xong|chưa có ý kiến nào thực hiện xong}.",
                "{instructions.given} {instructions.given#instruction was|instructions were} given at conferences, "
                "{instructions.done/instructions.given:among|all carried out|carried out|%n of them carried out|"
                "none carried out yet}.",
                needs=("instructions.given",),
            ),
        ),
        optional=True,
    ),
    Chapter(
        "directives",
        Text("Triển khai văn bản chỉ đạo của cấp trên", "Directives carried out"),
        (
            Line(
                "Cấp ủy triển khai {directives.under_way} văn bản chỉ đạo của cấp trên"
                "{, directives.under_way:versus văn bản}; trong năm {whole} "
                "{tally:ban hành |không ban hành |programmes.issued=chương trình=chương trình;"
                "plans.issued=kế hoạch=kế hoạch;programmes.work=chương trình công tác=}.",
                "The committee carried out {directives.under_way} "
                "{directives.under_way#directive|directives}{, directives.under_way:versus}; in the year {whole} "
                "issued {tally:|no |programmes.issued=programmes=programmes;plans.issued=plans=plans;"
                "programmes.work=work programmes=}.",
                "Trong năm {whole} "
                "{tally:ban hành |không ban hành |programmes.issued=chương trình=chương trình;"
                "plans.issued=kế hoạch=kế hoạch;programmes.work=chương trình công tác=}.",
                "In the year {whole} issued "
                "{tally:|no |programmes.issued=programmes=programmes;plans.issued=plans=plans;"
                "programmes.work=work programmes=}.",
                needs=("directives.under_way", "programmes.issued", "plans.issued", "programmes.work"),
            ),
            Line(
                "Trong {papers.asked} văn bản triển khai phải ban hành trong năm, "
                "{papers.in_time/papers.asked:part|ban hành đúng hạn chiếm %share (%n văn bản)|"
                "chưa có văn bản nào ban hành đúng hạn}; "
                "{tally:|không có văn bản |papers.issued_late=văn bản ban hành chậm=ban hành chậm;"
                "papers.missing=văn bản quá hạn chưa ban hành=quá hạn chưa ban hành}.",
                "Of {papers.asked} {papers.asked#paper|papers} asked for in the year "
                "{papers.in_time/papers.asked:part|%share (%n) were issued in time|none was issued in time}; "
                "{tally:|none |papers.issued_late=issued late=issued late;papers.missing=overdue=overdue}.",
                needs=("papers.asked",),
            ),
        ),
        optional=True,
    ),
    Chapter(
        "tasks",
        Text("Thực hiện nhiệm vụ", "Tasks"),
        (
            Line(
                "Có {tasks.due} nhiệm vụ đến hạn trong năm{, tasks.due:versus nhiệm vụ}: "
                "{tasks.done_on_time/tasks.due:part|hoàn thành đúng hạn chiếm %share (%n nhiệm vụ)|"
                "chưa có nhiệm vụ hoàn thành đúng hạn}; "
                "{tally:|không có nhiệm vụ |tasks.done_late=nhiệm vụ hoàn thành quá hạn=hoàn thành quá hạn;"
                "tasks.overdue=nhiệm vụ quá hạn chưa hoàn thành=quá hạn chưa hoàn thành;"
                "tasks.not_due=nhiệm vụ đang thực hiện trong hạn=}.",
                "{tasks.due} {tasks.due#task was|tasks were} due in the year{, tasks.due:versus}: "
                "{tasks.done_on_time/tasks.due:part|%share (%n) done on time|none done on time}; "
                "{tally:|none |tasks.done_late=done late=done late;tasks.overdue=overdue=overdue;"
                "tasks.not_due=not yet due=}.",
                needs=("tasks.due",),
            ),
            Line(
                "Từ những năm trước chuyển sang {tasks.carried} nhiệm vụ, "
                "{tasks.carried.done/tasks.carried:among|đều đã hoàn thành|đã hoàn thành|"
                "trong đó %n nhiệm vụ đã hoàn thành|chưa có nhiệm vụ nào hoàn thành}.",
                "{tasks.carried} {tasks.carried#task was|tasks were} taken over from earlier years, "
                "{tasks.carried.done/tasks.carried:among|all done|done|%n of them done|none of them done}.",
                needs=("tasks.carried",),
            ),
            Line(
                "Trong {tasks.key} nhiệm vụ trọng tâm của năm, "
                "{tasks.key.done/tasks.key:among|tất cả đã hoàn thành|đã hoàn thành|%n nhiệm vụ đã hoàn thành|"
                "chưa có nhiệm vụ nào hoàn thành}.",
                "Of {tasks.key} key {tasks.key#task|tasks} of the year "
                "{tasks.key.done/tasks.key:among|all are done|it is done|%n are done|none is done}.",
                needs=("tasks.key",),
            ),
        ),
        optional=True,
    ),
    Chapter(
        "regulations",
        Text("Xây dựng, rà soát quy định, quy chế", "Regulations"),
        (
            Line(
                "Trong năm ban hành, sửa đổi, thay thế, bãi bỏ {regulations.changed} quy định, quy chế: "
                "{tally:||regulations.new=ban hành mới=;regulations.amended=sửa đổi, bổ sung=;"
                "regulations.replaced=thay thế=;regulations.repealed=bãi bỏ=}.",
                "In the year {regulations.changed} {regulations.changed#regulation was|regulations were} issued or "
                "changed: {tally:||regulations.new=new=;regulations.amended=amended or supplemented=;"
                "regulations.replaced=replaced=;regulations.repealed=repealed=}.",
                needs=("regulations.changed",),
            ),
            Line(
                "Rà soát và giữ nguyên {regulations.kept} quy định, quy chế.",
                "{regulations.kept} {regulations.kept#regulation was|regulations were} reviewed and kept.",
                needs=("regulations.kept",),
            ),
            Line(
                "Đến ngày {day}, đang rà soát, soạn thảo {regulations.under_review} quy định, quy chế.",
                "On {day}, {regulations.under_review} {regulations.under_review#regulation was|regulations were} under "
                "review.",
                needs=("regulations.under_review",),
            ),
        ),
        optional=True,
    ),
)
