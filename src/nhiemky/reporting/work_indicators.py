"""The figures of work: directives and what answers them, programmes, tasks, regulations, remedies."""

from __future__ import annotations

from nhiemky.domain.conferences.kinds import NO_TASK, WAIVED
from nhiemky.domain.directives.standing import IN_TIME, LATE, LATE_ISSUED
from nhiemky.domain.directives.standing import NOT_DUE as NOT_YET
from nhiemky.domain.documents.kinds import AMENDS, REPEALS, REPLACES, SUPPLEMENTS
from nhiemky.domain.regulations.life import KEPT, NEW, UNDER_REVIEW
from nhiemky.domain.reporting.lives import due_in_year, on_the_day, taken_over, under_way
from nhiemky.domain.tasks.kinds import (
    DROPPED,
    NOT_DUE,
    ON_TIME,
    OVERDUE,
    PLAN,
    PROGRAMME,
    TERM_PROGRAMME,
    YEAR_PROGRAMME,
)
from nhiemky.domain.tasks.kinds import LATE as DONE_LATE
from nhiemky.reporting.declaring import Indicator, Text, own_work, work

_DIRECTIVES: tuple[Indicator, ...] = (
    own_work(
        "directives.under_way",
        "Văn bản chỉ đạo được triển khai",
        "Directives carried out",
        (
            "Văn bản mà đơn vị được yêu cầu triển khai hoặc yêu cầu cấp dưới triển khai, còn đang triển khai hoặc đã "
            "có văn bản triển khai trong kỳ; mỗi văn bản chỉ đạo tính một lần",
            "Documents that the organisation was asked to carry out or asked others to, under way or answered in the "
            "period; each directive counts once",
        ),
        "directives",
        under_way(IN_TIME, LATE_ISSUED),
        group="directives",
        grouped=True,
    ),
    work(
        "papers.asked",
        "Văn bản triển khai phải ban hành trong năm",
        "Papers asked for by directives",
        (
            "Chương trình, kế hoạch, báo cáo mà văn bản chỉ đạo yêu cầu, đến hạn trong năm; không tính đơn vị được "
            "miễn và yêu cầu đã rút",
            "Programmes, plans and reports that directives ask for, due in the year; without those exempted or "
            "withdrawn",
        ),
        "papers",
        due_in_year(IN_TIME, LATE_ISSUED, LATE, NOT_YET),
        group="directives",
    ),
    work(
        "papers.in_time",
        "Văn bản triển khai ban hành đúng hạn",
        "Papers issued in time",
        ("Văn bản triển khai được ban hành trong hạn", "Papers that were issued by the day they were asked for"),
        "papers",
        due_in_year(IN_TIME),
        group="directives",
        rising_is="good",
    ),
    work(
        "papers.issued_late",
        "Văn bản triển khai ban hành chậm",
        "Papers issued late",
        ("Văn bản triển khai được ban hành sau hạn", "Papers that were issued after that day"),
        "papers",
        due_in_year(LATE_ISSUED),
        group="directives",
        rising_is="bad",
    ),
    work(
        "papers.missing",
        "Văn bản triển khai quá hạn chưa ban hành",
        "Papers overdue",
        ("Đã quá hạn mà đến ngày báo cáo chưa ban hành", "Not issued although the day has passed"),
        "papers",
        due_in_year(LATE),
        group="directives",
        rising_is="bad",
    ),
    work(
        "programmes.work",
        "Chương trình công tác nhiệm kỳ, năm",
        "Work programmes of a term or year",
        ("Chương trình công tác ban hành trong kỳ", "Work programmes issued in the period"),
        "programmes",
        due_in_year(TERM_PROGRAMME, YEAR_PROGRAMME),
        group="directives",
    ),
    work(
        "programmes.issued",
        "Chương trình ban hành",
        "Programmes issued",
        (
            "Chương trình thực hiện văn bản chỉ đạo, ban hành trong kỳ (theo ngày ký)",
            "Programmes that carry out directives, issued in the period by the day of signing",
        ),
        "programmes",
        due_in_year(PROGRAMME),
        group="directives",
    ),
    work(
        "plans.issued",
        "Kế hoạch ban hành",
        "Plans issued",
        ("Kế hoạch ban hành trong kỳ (theo ngày ký)", "Plans issued in the period by the day of signing"),
        "programmes",
        due_in_year(PLAN),
        group="directives",
    ),
)


def _tasks(key: str, vi: str, en: str, meaning: tuple[str, str], *outcomes: str, rising_is: str) -> Indicator:
    return work(key, vi, en, meaning, "tasks", due_in_year(*outcomes), group="tasks", rising_is=rising_is)


_TASKS: tuple[Indicator, ...] = (
    _tasks(
        "tasks.due",
        "Nhiệm vụ đến hạn trong năm",
        "Tasks due in the year",
        (
            "Nhiệm vụ có hạn trong năm theo hạn đang áp dụng tại ngày báo cáo, tính ở đơn vị chủ trì; không tính nhiệm "
            "vụ đã hủy",
            "Tasks due in the year by the due day that held on the day, each at the unit that does it; without those "
            "cancelled",
        ),
        ON_TIME,
        DONE_LATE,
        OVERDUE,
        NOT_DUE,
        rising_is="neither",
    ),
    _tasks(
        "tasks.done_on_time",
        "Nhiệm vụ hoàn thành đúng hạn",
        "Tasks done on time",
        ("Được nghiệm thu, kết quả nộp trong hạn", "Accepted as done, handed in in time"),
        ON_TIME,
        rising_is="good",
    ),
    _tasks(
        "tasks.done_late",
        "Nhiệm vụ hoàn thành quá hạn",
        "Tasks done late",
        ("Được nghiệm thu, kết quả nộp sau hạn", "Accepted as done, handed in after the due day"),
        DONE_LATE,
        rising_is="bad",
    ),
    _tasks(
        "tasks.overdue",
        "Nhiệm vụ quá hạn chưa hoàn thành",
        "Tasks overdue",
        ("Đã quá hạn, chưa hoàn thành tại ngày báo cáo", "Not done although the due day has passed"),
        OVERDUE,
        rising_is="bad",
    ),
    _tasks(
        "tasks.not_due",
        "Nhiệm vụ đang thực hiện trong hạn",
        "Tasks not yet due",
        ("Chưa hoàn thành, còn trong hạn hoặc đã nộp đúng hạn và chờ nghiệm thu", "Open and not late"),
        NOT_DUE,
        rising_is="neither",
    ),
    _tasks(
        "tasks.cancelled",
        "Nhiệm vụ đã hủy",
        "Tasks cancelled",
        ("Đến hạn trong năm và đã được hủy", "Due in the year and cancelled"),
        DROPPED,
        rising_is="neither",
    ),
    work(
        "tasks.carried",
        "Nhiệm vụ năm trước chuyển sang",
        "Tasks taken over",
        (
            "Hạn từ những năm trước, đến đầu năm chưa hoàn thành",
            "Due in earlier years and not done when the year began",
        ),
        "tasks",
        taken_over(ON_TIME, DONE_LATE, OVERDUE, NOT_DUE),
        group="tasks",
        rising_is="bad",
    ),
    work(
        "tasks.carried.done",
        "Nhiệm vụ năm trước chuyển sang đã hoàn thành",
        "Tasks taken over and done",
        ("Trong số nhiệm vụ chuyển sang, đã hoàn thành trong kỳ", "Of those taken over, done in the period"),
        "tasks",
        taken_over(ON_TIME, DONE_LATE),
        group="tasks",
        rising_is="good",
    ),
    own_work(
        "tasks.key",
        "Nhiệm vụ trọng tâm",
        "Key tasks",
        ("Nhiệm vụ trọng tâm mà đơn vị đề ra cho năm", "Key tasks that the organisation set for the year"),
        "key_tasks",
        due_in_year(ON_TIME, DONE_LATE, OVERDUE, NOT_DUE),
        group="tasks",
    ),
    own_work(
        "tasks.key.done",
        "Nhiệm vụ trọng tâm đã hoàn thành",
        "Key tasks done",
        ("Nhiệm vụ trọng tâm của năm đã được nghiệm thu", "Key tasks of the year that were accepted as done"),
        "key_tasks",
        due_in_year(ON_TIME, DONE_LATE),
        group="tasks",
        rising_is="good",
    ),
)


def _regulations(key: str, vi: str, en: str, meaning: tuple[str, str], *came: str) -> Indicator:
    return work(key, vi, en, meaning, "regulations", due_in_year(*came), group="regulations")


_REGULATIONS: tuple[Indicator, ...] = (
    _regulations(
        "regulations.changed",
        "Quy định, quy chế ban hành, sửa đổi, thay thế, bãi bỏ",
        "Regulations issued or changed",
        (
            "Lượt rà soát kết thúc trong kỳ bằng việc ban hành văn bản mới, sửa đổi, bổ sung, thay thế hoặc bãi bỏ",
            "Rounds that ended in the period with a document: new, amending, supplementing, replacing or repealing",
        ),
        NEW,
        AMENDS,
        SUPPLEMENTS,
        REPLACES,
        REPEALS,
    ),
    _regulations(
        "regulations.new",
        "Quy định, quy chế ban hành mới",
        "Regulations newly issued",
        ("Ban hành lần đầu trong kỳ", "Issued for the first time in the period"),
        NEW,
    ),
    _regulations(
        "regulations.amended",
        "Quy định, quy chế sửa đổi, bổ sung",
        "Regulations amended or supplemented",
        ("Được sửa đổi hoặc bổ sung trong kỳ", "Amended or supplemented in the period"),
        AMENDS,
        SUPPLEMENTS,
    ),
    _regulations(
        "regulations.replaced",
        "Quy định, quy chế được thay thế",
        "Regulations replaced",
        ("Được văn bản mới thay thế trong kỳ", "Replaced by a new document in the period"),
        REPLACES,
    ),
    _regulations(
        "regulations.repealed",
        "Quy định, quy chế bãi bỏ",
        "Regulations repealed",
        ("Bị bãi bỏ trong kỳ", "Repealed in the period"),
        REPEALS,
    ),
    _regulations(
        "regulations.kept",
        "Quy định, quy chế rà soát, giữ nguyên",
        "Regulations reviewed and kept",
        ("Rà soát xong trong kỳ, không sửa đổi", "Reviewed in the period and left as they are"),
        KEPT,
    ),
    work(
        "regulations.under_review",
        "Quy định, quy chế đang rà soát, soạn thảo",
        "Regulations under review",
        ("Đang rà soát, soạn thảo, xin ý kiến hoặc thẩm định trong ngày", "Under review or being drafted on the day"),
        "regulations",
        on_the_day(UNDER_REVIEW),
        group="regulations",
        stock=True,
    ),
)

_DONE = (ON_TIME, DONE_LATE)
_NOTED = (ON_TIME, DONE_LATE, OVERDUE, NOT_DUE, DROPPED, NO_TASK, WAIVED)
_REMEDIES: tuple[Indicator, ...] = (
    work(
        "limits.pointed_out",
        "Hạn chế, khuyết điểm được chỉ ra",
        "Limits pointed out",
        ("Hạn chế nêu tại các hội nghị trong năm", "Limits pointed out at conferences of the year"),
        "limits",
        due_in_year(*_NOTED),
        group="remedies",
    ),
    work(
        "limits.overcome",
        "Hạn chế, khuyết điểm đã khắc phục",
        "Limits overcome",
        (
            "Nhiệm vụ khắc phục hạn chế đã được nghiệm thu đến ngày báo cáo",
            "Limits whose remedy was accepted as done by the day",
        ),
        "limits",
        due_in_year(*_DONE),
        group="remedies",
        rising_is="good",
    ),
    work(
        "limits.overdue",
        "Hạn chế, khuyết điểm quá hạn khắc phục",
        "Limits overdue",
        (
            "Nhiệm vụ khắc phục đã quá hạn, chưa hoàn thành tại ngày báo cáo",
            "Limits whose remedy is not done although its due day has passed",
        ),
        "limits",
        due_in_year(OVERDUE),
        group="remedies",
        rising_is="bad",
    ),
    work(
        "limits.no_remedy",
        "Hạn chế, khuyết điểm chưa giao khắc phục",
        "Limits without a remedy",
        ("Chưa giao nhiệm vụ khắc phục", "No task was given to overcome them yet"),
        "limits",
        due_in_year(NO_TASK),
        group="remedies",
        rising_is="bad",
    ),
    work(
        "instructions.given",
        "Ý kiến chỉ đạo tại hội nghị",
        "Instructions given at conferences",
        ("Nội dung chỉ đạo tại các hội nghị trong năm", "Instructions given at conferences of the year"),
        "instructions",
        due_in_year(*_NOTED),
        group="remedies",
    ),
    work(
        "instructions.done",
        "Ý kiến chỉ đạo đã thực hiện",
        "Instructions carried out",
        ("Nhiệm vụ theo chỉ đạo đã được nghiệm thu", "Instructions whose task was accepted as done by the day"),
        "instructions",
        due_in_year(*_DONE),
        group="remedies",
        rising_is="good",
    ),
)

WORK: tuple[Indicator, ...] = (*_DIRECTIVES, *_TASKS, *_REGULATIONS, *_REMEDIES)

SORTS = {
    ON_TIME: Text("hoàn thành đúng hạn", "done on time"),
    DONE_LATE: Text("hoàn thành quá hạn", "done late"),
    OVERDUE: Text("quá hạn", "overdue"),
    NOT_DUE: Text("trong hạn", "not yet due"),
    DROPPED: Text("đã hủy", "cancelled"),
    NO_TASK: Text("chưa giao nhiệm vụ", "no task yet"),
    WAIVED: Text("không cần giao nhiệm vụ", "needs no task"),
    IN_TIME: Text("ban hành đúng hạn", "issued in time"),
    LATE_ISSUED: Text("ban hành chậm", "issued late"),
    LATE: Text("quá hạn chưa ban hành", "overdue"),
    TERM_PROGRAMME: Text("chương trình công tác nhiệm kỳ", "work programme of a term"),
    YEAR_PROGRAMME: Text("chương trình công tác năm", "work programme of a year"),
    PROGRAMME: Text("chương trình", "programme"),
    PLAN: Text("kế hoạch", "plan"),
    UNDER_REVIEW: Text("đang rà soát, soạn thảo", "under review"),
    NEW: Text("ban hành mới", "newly issued"),
    AMENDS: Text("sửa đổi", "amended"),
    SUPPLEMENTS: Text("bổ sung", "supplemented"),
    REPLACES: Text("thay thế", "replaced"),
    REPEALS: Text("bãi bỏ", "repealed"),
    KEPT: Text("giữ nguyên", "kept"),
}
"""What each sort of piece that a figure counts is called beside its row."""
