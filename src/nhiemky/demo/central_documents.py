"""Central documents of the demo: real ones, with the days and successions that the domain notes give.

A day or subject that no source there confirms is marked, and the register shows it so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

ISSUERS = (
    ("TW", "Ban Chấp hành Trung ương, Bộ Chính trị, Ban Bí thư", "central"),
    ("BTCTW", "Ban Tổ chức Trung ương", "central"),
    ("VPTW", "Văn phòng Trung ương Đảng", "central"),
    ("QH13", "Quốc hội khóa XIII", "state"),
    ("QH14", "Quốc hội khóa XIV", "state"),
    ("QH15", "Quốc hội khóa XV", "state"),
    ("CP", "Chính phủ", "state"),
)
_DAY, _YEAR = "Ngày ban hành ghi theo trí nhớ, chờ xác nhận.", "Nguồn chỉ nêu năm; ngày chờ xác nhận."


@dataclass(frozen=True)
class Central:
    """One document; `name` is what the relations below call it by."""

    name: str
    symbol: str
    kind: str
    number: int
    signed: date
    title: str
    body: str = ""
    since: date | None = None
    unverified: str = ""


_RULES = "Thi hành Điều lệ Đảng"
_RANKING = (
    "Kiểm điểm và đánh giá, xếp loại chất lượng hằng năm đối với tổ chức đảng, đảng viên và tập thể, cá nhân cán bộ"
)
_POLITBURO, _SECRETARIAT, _COMMITTEE = "Bộ Chính trị", "Ban Bí thư", "Ban Chấp hành Trung ương"

DOCUMENTS = (
    Central("24", "TW", "regulation", 24, date(2021, 7, 30), _RULES, _COMMITTEE),
    Central("232", "TW", "regulation", 232, date(2025, 1, 20), _RULES, _COMMITTEE),
    Central("294", "TW", "regulation", 294, date(2025, 5, 26), _RULES, _COMMITTEE, date(2025, 7, 1)),
    Central("01-HD", "TW", "guidance", 1, date(2021, 9, 28), "Một số vấn đề cụ thể thi hành Điều lệ Đảng",
            _SECRETARIAT),
    Central("06-HD", "TW", "guidance", 6, date(2025, 6, 9), "Một số nội dung thi hành Điều lệ Đảng", _SECRETARIAT),
    Central("132", "TW", "regulation", 132, date(2018, 3, 8), _RANKING, _POLITBURO),
    Central("124", "TW", "regulation", 124, date(2023, 10, 4), _RANKING, _POLITBURO),
    Central("366", "TW", "regulation", 366, date(2025, 8, 30), _RANKING, _POLITBURO),
    Central("50", "TW", "regulation", 50, date(2021, 12, 27), "Công tác quy hoạch cán bộ", _POLITBURO),
    Central("80", "TW", "regulation", 80, date(2022, 8, 18),
            "Phân cấp quản lý cán bộ và bổ nhiệm, giới thiệu cán bộ ứng cử", _POLITBURO),
    Central("41", "TW", "regulation", 41, date(2021, 11, 3), "Việc miễn nhiệm, từ chức đối với cán bộ", _POLITBURO,
            unverified=_YEAR),
    Central("148", "TW", "regulation", 148, date(2024, 5, 23), "Tạm đình chỉ công tác đối với cán bộ", _POLITBURO,
            unverified=_YEAR),
    Central("377", "TW", "regulation", 377, date(2025, 10, 8),
            "Phân cấp quản lý cán bộ và quy hoạch, bổ nhiệm, giới thiệu ứng cử, tạm đình chỉ công tác, cho thôi giữ "
            "chức vụ, từ chức, miễn nhiệm đối với cán bộ", _POLITBURO),
    Central("126", "TW", "regulation", 126, date(2018, 2, 28), "Một số vấn đề về bảo vệ chính trị nội bộ Đảng",
            _POLITBURO),
    Central("58", "TW", "regulation", 58, date(2022, 2, 28), "Một số vấn đề về bảo vệ chính trị nội bộ Đảng",
            _POLITBURO),
    Central("96", "TW", "regulation", 96, date(2023, 2, 2),
            "Lấy phiếu tín nhiệm đối với chức danh, chức vụ lãnh đạo, quản lý trong hệ thống chính trị", _POLITBURO),
    Central("244", "TW", "decision", 244, date(2014, 6, 9), "Ban hành Quy chế bầu cử trong Đảng", _COMMITTEE),
    Central("190", "TW", "decision", 190, date(2024, 10, 10), "Ban hành Quy chế bầu cử trong Đảng", _COMMITTEE),
    Central("35-CT", "TW", "directive", 35, date(2019, 5, 30),
            "Đại hội đảng bộ các cấp tiến tới Đại hội đại biểu toàn quốc lần thứ XIII của Đảng", _POLITBURO),
    Central("45-CT", "TW", "directive", 45, date(2025, 4, 14),
            "Đại hội đảng bộ các cấp tiến tới Đại hội đại biểu toàn quốc lần thứ XIV của Đảng", _POLITBURO),
    Central("66", "TW", "regulation", 66, date(2017, 2, 6),
            "Thể loại, thẩm quyền ban hành và thể thức văn bản của Đảng", _SECRETARIAT),
    Central("36-HD", "VPTW", "guidance", 36, date(2018, 4, 3), "Thể thức và kỹ thuật trình bày văn bản của Đảng"),
    Central("KL21", "TW", "conclusion", 21, date(2021, 10, 25),
            "Đẩy mạnh xây dựng, chỉnh đốn Đảng và hệ thống chính trị", _COMMITTEE, unverified=_DAY),
    Central("NQ21", "TW", "resolution", 21, date(2022, 6, 16),
            "Tăng cường củng cố, xây dựng tổ chức cơ sở đảng và nâng cao chất lượng đội ngũ đảng viên trong giai đoạn "
            "mới",
            _COMMITTEE, unverified=_DAY),
    Central("NQ28", "TW", "resolution", 28, date(2022, 11, 17),
            "Tiếp tục đổi mới phương thức lãnh đạo, cầm quyền của Đảng đối với hệ thống chính trị trong giai đoạn mới",
            _COMMITTEE, unverified=_DAY),
    Central("12-2012", "BTCTW", "guidance", 12, date(2012, 5, 17), "Một số vấn đề về nghiệp vụ công tác đảng viên"),
    Central("09-HD", "BTCTW", "guidance", 9, date(2017, 6, 5), "Nghiệp vụ công tác đảng viên"),
    Central("12-2022", "BTCTW", "guidance", 12, date(2022, 3, 18), "Nghiệp vụ công tác đảng viên", unverified=_YEAR),
    Central("11-HD", "BTCTW", "guidance", 11, date(2021, 12, 13), "Biểu thống kê cơ bản về tổ chức đảng, đảng viên"),
    Central("21-HD", "BTCTW", "guidance", 21, date(2019, 10, 18),
            "Kiểm điểm, đánh giá, xếp loại chất lượng hằng năm", unverified=_YEAR),
    Central("16-HD", "BTCTW", "guidance", 16, date(2022, 2, 15), "Công tác quy hoạch cán bộ lãnh đạo, quản lý các cấp"),
    Central("85", "QH13", "resolution", 85, date(2014, 11, 28),
            "Lấy phiếu tín nhiệm, bỏ phiếu tín nhiệm đối với người giữ chức vụ do Quốc hội, Hội đồng nhân dân bầu hoặc "
            "phê chuẩn", unverified=_YEAR),
    Central("96-QH", "QH15", "resolution", 96, date(2023, 6, 23),
            "Lấy phiếu tín nhiệm, bỏ phiếu tín nhiệm đối với người giữ chức vụ do Quốc hội, Hội đồng nhân dân bầu hoặc "
            "phê chuẩn", since=date(2023, 7, 1)),
    Central("29", "QH14", "law", 29, date(2018, 11, 15), "Bảo vệ bí mật nhà nước", unverified=_YEAR),
    Central("117", "QH15", "law", 117, date(2025, 12, 10), "Bảo vệ bí mật nhà nước", since=date(2026, 3, 1)),
    Central("91", "QH15", "law", 91, date(2025, 6, 26), "Bảo vệ dữ liệu cá nhân", since=date(2026, 1, 1)),
    Central("13-NĐ", "CP", "decree", 13, date(2023, 4, 17), "Bảo vệ dữ liệu cá nhân", unverified=_DAY),
    Central("356-NĐ", "CP", "decree", 356, date(2025, 12, 31), "Quy định chi tiết và biện pháp thi hành Luật Bảo vệ dữ "
            "liệu cá nhân", since=date(2026, 1, 1)),
)  # fmt: skip
# Source, what it does, target.
RELATIONS = (
    ("232", "replaces", "24"), ("294", "replaces", "232"), ("06-HD", "replaces", "01-HD"), ("124", "replaces", "132"),
    ("366", "replaces", "124"), ("377", "replaces", "80"), ("377", "replaces", "50"), ("377", "replaces", "41"),
    ("377", "replaces", "148"), ("58", "replaces", "126"), ("190", "replaces", "244"), ("96-QH", "replaces", "85"),
    ("117", "replaces", "29"), ("356-NĐ", "replaces", "13-NĐ"), ("356-NĐ", "implements", "91"),
    ("01-HD", "implements", "24"), ("06-HD", "implements", "294"), ("21-HD", "implements", "132"),
    ("16-HD", "implements", "50"), ("36-HD", "implements", "66"),
    ("24", "guided_by", "01-HD"), ("294", "guided_by", "06-HD"), ("132", "guided_by", "21-HD"),
    ("50", "guided_by", "16-HD"), ("66", "guided_by", "36-HD"),
)  # fmt: skip
# What the report of January 2023 is about, and how papers that carry it out call it.
DIRECTIVES = (
    ("KL21", "thực hiện Kết luận số 21-KL/TW về đẩy mạnh xây dựng, chỉnh đốn Đảng và hệ thống chính trị"),
    (
        "NQ21",
        "thực hiện Nghị quyết số 21-NQ/TW về củng cố, xây dựng tổ chức cơ sở đảng và nâng cao chất lượng đảng viên",
    ),
    ("NQ28", "thực hiện Nghị quyết số 28-NQ/TW về đổi mới phương thức lãnh đạo, cầm quyền của Đảng"),
)
