"""What the demo's programmes and tasks are called, and how each went."""

from __future__ import annotations

PROVINCE = "T-51"
TERM = "Chương trình công tác toàn khóa nhiệm kỳ 2020 - 2025 của Ban Tổ chức Tỉnh ủy"
PLAN_TASKS = (
    ("Ban hành kế hoạch thực hiện tại cấp mình", "Kế hoạch", 45),
    ("Tổ chức quán triệt đến chi bộ", "Báo cáo kết quả quán triệt", 90),
)
# Title, deliverable, due day, and when it was handed in ("" for what is still open at the end of the year).
KEY_TASKS = (
    ("Tham mưu thực hiện các nghị quyết, kết luận của Trung ương về công tác tổ chức xây dựng Đảng",
     "Báo cáo kết quả", "2023-06-30", "2023-06-28"),
    ("Hoàn thành rà soát, bổ sung quy hoạch cán bộ nhiệm kỳ 2020 - 2025 và 2021 - 2026",
     "Tờ trình danh sách quy hoạch bổ sung", "2023-07-31", "2023-07-31"),
    ("Xây dựng quy hoạch cán bộ nhiệm kỳ 2025 - 2030 và 2026 - 2031", "Đề án quy hoạch", "2023-12-15", "2023-12-11"),
    ("Sửa đổi, bổ sung các quy định, quy chế về công tác cán bộ", "Các quy định đã ban hành", "2023-09-29",
     "2023-10-20"),
    ("Phát triển đảng viên đạt và vượt chỉ tiêu năm 2023", "Báo cáo kết nạp đảng viên", "2023-12-29", "2023-12-27"),
    ("Nhân rộng mô hình “Chi bộ bốn tốt”, “Đảng bộ cơ sở bốn tốt”", "Báo cáo sơ kết", "2023-10-31", "2023-10-30"),
    ("Lấy phiếu tín nhiệm giữa nhiệm kỳ đúng quy định", "Báo cáo kết quả", "2023-12-20", "2023-12-18"),
    ("Sắp xếp tổ chức bộ máy, tinh giản biên chế", "Phương án sắp xếp", "2023-11-30", "2023-11-24"),
    ("Rà soát tiêu chuẩn chính trị phục vụ bổ nhiệm, giới thiệu ứng cử", "Báo cáo rà soát", "2023-08-31",
     "2023-08-25"),
    ("Khắc phục các hạn chế, khuyết điểm đã chỉ ra tại hội nghị tổng kết năm 2022", "Báo cáo khắc phục", "2023-12-29",
     "2024-02-16"),
)  # fmt: skip
# What the province asks of some units below in each year: title, deliverable, month and day due.
YEAR_TASKS = (
    ("Báo cáo sơ kết công tác xây dựng Đảng 6 tháng đầu năm {year}", "Báo cáo", (6, 15)),
    ("Đánh giá, xếp loại chất lượng tổ chức đảng và đảng viên năm {year}", "Báo cáo kèm biểu tổng hợp", (12, 20)),
)
