"""The subjects under which figures stand, the ratios made of two of them, and what cannot be counted yet."""

from __future__ import annotations

from nhiemky.reporting.declaring import Group, Pending, Ratio, Text

GROUPS = (
    Group("members", Text("Đảng viên", "Members")),
    Group("sectors", Text("Đảng viên theo loại hình tổ chức", "Members by sector")),
    Group("changes", Text("Biến động đảng viên", "Changes of membership")),
    Group("units", Text("Tổ chức đảng", "Party organisations")),
    Group("unit_changes", Text("Thành lập, sắp xếp, kết thúc hoạt động", "Founded, reorganised, ended")),
    Group("cells", Text("Chi bộ thôn, tổ dân phố", "Residential cells")),
    Group("directives", Text("Triển khai văn bản chỉ đạo", "Directives carried out")),
    Group("tasks", Text("Nhiệm vụ", "Tasks")),
    Group("regulations", Text("Quy định, quy chế", "Regulations")),
    Group("remedies", Text("Chỉ đạo và hạn chế nêu tại hội nghị", "Instructions and limits of conferences")),
    Group("pending", Text("Công tác cán bộ", "Personnel work")),
)

RATIOS = (
    Ratio(
        "members.women.share",
        Text("Tỷ lệ đảng viên nữ", "Share of women"),
        Text("Đảng viên nữ trên tổng số đảng viên", "Women among all members"),
        "members.women",
        "members.total",
        "members",
    ),
    Ratio(
        "members.minority.share",
        Text("Tỷ lệ đảng viên dân tộc thiểu số", "Share of ethnic minorities"),
        Text("Đảng viên dân tộc thiểu số trên tổng số", "Ethnic minority members among all"),
        "members.minority",
        "members.total",
        "members",
    ),
    Ratio(
        "members.under_31.share",
        Text("Tỷ lệ đảng viên từ 30 tuổi trở xuống", "Share of members under 31"),
        Text("Đảng viên từ 30 tuổi trở xuống trên tổng số", "Members under 31 among all"),
        "members.under_31",
        "members.total",
        "members",
    ),
    Ratio(
        "cells.residential.share",
        Text("Tỷ lệ chi bộ thôn, tổ dân phố có cấp ủy", "Share of residential cells with a committee"),
        Text("Chi bộ có cấp ủy trên tổng số chi bộ thôn, tổ dân phố", "Those with a committee among all"),
        "cells.residential.with_committee",
        "cells.residential.total",
        "cells",
    ),
    Ratio(
        "papers.in_time.share",
        Text("Tỷ lệ văn bản triển khai ban hành đúng hạn", "Share of papers issued in time"),
        Text("Văn bản ban hành đúng hạn trên số phải ban hành", "Papers issued in time among those asked for"),
        "papers.in_time",
        "papers.asked",
        "directives",
    ),
    Ratio(
        "tasks.done_on_time.share",
        Text("Tỷ lệ nhiệm vụ hoàn thành đúng hạn", "Share of tasks done on time"),
        Text("Nhiệm vụ hoàn thành đúng hạn trên số đến hạn trong năm", "Tasks done on time among those due"),
        "tasks.done_on_time",
        "tasks.due",
        "tasks",
    ),
)


PENDING = (
    Pending(
        "conclusions.political_standard",
        Text("Kết luận tiêu chuẩn chính trị", "Political-standard conclusions"),
    ),
    Pending("planning.reviewed", Text("Quy hoạch được rà soát, bổ sung", "Planning lists reviewed and added to")),
    Pending("congresses.cells", Text("Đại hội chi bộ", "Cell congresses held")),
    Pending(
        "emulation.four_good",
        Text("Chi bộ bốn tốt, đảng bộ cơ sở bốn tốt", "“Four good” cells and committees"),
    ),
)

RATIO_BY_KEY = {ratio.key: ratio for ratio in RATIOS}
