"""What is said at the demo's conferences: agendas, instructions, limits, and how each went on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

TITLE = "Hội nghị triển khai nhiệm vụ công tác tổ chức xây dựng Đảng năm {next}, tổng kết năm {year}"
PLACE = "Hội trường Tỉnh ủy"
AGENDA = (
    (time(7, 30), 15, "Ổn định tổ chức, khai mạc hội nghị", "Văn phòng Ban Tổ chức Tỉnh ủy"),
    (time(7, 45), 30, "Báo cáo tổng kết công tác tổ chức xây dựng Đảng năm {year}", "Phó Trưởng Ban Tổ chức Tỉnh ủy"),
    (time(8, 15), 90, "Tham luận, thảo luận", "Các cấp ủy trực thuộc"),
    (time(9, 45), 15, "Nghỉ giải lao", ""),
    (time(10, 0), 45, "Phát biểu chỉ đạo", "Lãnh đạo Tỉnh ủy"),
    (time(10, 45), 30, "Triển khai nhiệm vụ trọng tâm năm {next}, bế mạc", "Trưởng Ban Tổ chức Tỉnh ủy"),
)
SPEECH = 4
"""The agenda item at which instructions fall."""


@dataclass(frozen=True, slots=True)
class Said:
    """Something said, and the task it became: by whom done (-1: the province itself, else a unit directly below).

    `due` None: it needs no task, for the reason in `deliverable`. `handed` None: not handed in yet.
    """

    kind: str
    text: str
    unit: int
    deliverable: str
    due: date | None = None
    handed: date | None = None


OF_2023 = (
    Said("instruction", "Tiếp tục quán triệt, thực hiện Kết luận 21-KL/TW, Nghị quyết 21-NQ/TW, Nghị quyết 28-NQ/TW",
         0, "Báo cáo kết quả quán triệt", date(2023, 6, 30), date(2023, 6, 26)),
    Said("instruction", "Rà soát, sửa đổi, bổ sung các quy định, quy chế về công tác tổ chức, cán bộ",
         -1, "Danh mục quy định đã rà soát", date(2023, 9, 29), date(2023, 10, 20)),
    Said("instruction", "Thực hiện nghiêm các khâu trong công tác cán bộ; lấy phiếu tín nhiệm dân chủ, công khai",
         -1, "Báo cáo kết quả lấy phiếu", date(2023, 12, 20), date(2023, 12, 18)),
    Said("instruction", "Sắp xếp tổ chức bộ máy hợp lý gắn với cơ cấu lại đội ngũ cán bộ",
         1, "Phương án sắp xếp", date(2023, 11, 30), date(2023, 11, 24)),
    Said("instruction", "Số hóa toàn bộ hồ sơ đảng viên của các đảng bộ trực thuộc",
         -1, "Báo cáo hoàn thành số hóa", date(2025, 12, 31)),
    Said("limit", "Một số nơi phát triển đảng viên trong doanh nghiệp ngoài nhà nước còn chậm",
         2, "Kế hoạch khắc phục", date(2023, 4, 28), date(2023, 5, 15)),
    Said("limit", "Chất lượng sinh hoạt ở một số chi bộ chưa cao",
         0, "Báo cáo khắc phục", date(2023, 5, 31), date(2023, 5, 29)),
    Said("limit", "Còn cơ quan gửi báo cáo chậm", -1, "Đã chấn chỉnh ngay tại hội nghị"),
)  # fmt: skip


def of_year(year: int) -> tuple[Said, ...]:
    """What was said at the review that was held in another year."""
    return (
        Said("instruction", f"Đẩy mạnh phát triển đảng viên, hoàn thành chỉ tiêu năm {year}",
             0, "Báo cáo kết quả", date(year, 6, 28), date(year, 6, 25)),
        Said("instruction", "Nâng cao chất lượng kiểm điểm, đánh giá, xếp loại",
             1, "Báo cáo kết quả", date(year, 5, 30), date(year, 6, 12)),
        Said("limit", "Dữ liệu đảng viên ở một số nơi cập nhật chưa kịp thời",
             -1, "Báo cáo khắc phục", date(year, 4, 29), date(year, 4, 22)),
    )  # fmt: skip
