"""What the demo's regulations and proposals are called and say. Made up, in the form such papers have."""

from __future__ import annotations

from datetime import date

# Subject, day of signing, and the days from today until the next review: the first is overdue.
REGULATIONS = (
    ("Quy định về phân cấp quản lý cán bộ", date(2020, 12, 15), -21),
    ("Quy định về chế độ sinh hoạt và nội dung sinh hoạt chi bộ", date(2021, 3, 10), -15),
    ("Quy định về kiểm tra, giám sát việc chấp hành Điều lệ Đảng", date(2021, 5, 18), -40),
    ("Quy định về chế độ báo cáo của tổ chức đảng trực thuộc", date(2021, 6, 22), -80),
    ("Quy định về quy trình chuyển sinh hoạt đảng trong tỉnh", date(2021, 9, 7), -140),
    ("Quy định về tiêu chuẩn, điều kiện bổ nhiệm cán bộ lãnh đạo", date(2022, 2, 16), 45),
    ("Quy định về luân chuyển cán bộ", date(2022, 4, 5), 90),
    ("Quy định về quản lý hồ sơ đảng viên", date(2022, 8, 30), 150),
    ("Quy định về quản lý và sử dụng Huy hiệu Đảng", date(2023, 1, 12), 210),
    ("Quy định về công tác bảo vệ chính trị nội bộ", date(2023, 5, 25), 300),
    ("Quy định về trách nhiệm nêu gương của cán bộ, đảng viên", date(2024, 3, 20), 400),
    ("Quy định về bồi dưỡng lý luận chính trị cho đảng viên mới", date(2025, 9, 15), 520),
)
DRAFT = """Điều 1. Phạm vi điều chỉnh
Quy định này áp dụng đối với các chi bộ trực thuộc đảng ủy cơ sở và chi bộ cơ sở trong toàn tỉnh.
Điều 2. Chế độ sinh hoạt
Chi bộ sinh hoạt thường kỳ mỗi tháng một lần, vào ngày mồng 3 đầu tháng.
Mỗi quý, chi bộ sinh hoạt chuyên đề ít nhất một lần.
Điều 3. Trách nhiệm
Huyện ủy, thành ủy lãnh đạo, kiểm tra việc thực hiện Quy định này ở các chi bộ."""
SECOND = """Điều 1. Phạm vi điều chỉnh
Quy định này áp dụng đối với các chi bộ trực thuộc đảng ủy cơ sở và chi bộ cơ sở trong toàn tỉnh.
Điều 2. Chế độ sinh hoạt
Chi bộ sinh hoạt thường kỳ mỗi tháng một lần, trong mười ngày đầu tháng.
Mỗi quý, chi bộ sinh hoạt chuyên đề ít nhất một lần.
Chi bộ có đảng viên đi làm xa được kết hợp sinh hoạt trực tuyến, bảo đảm bí mật.
Điều 3. Trách nhiệm
Đảng ủy xã, phường, đặc khu lãnh đạo, kiểm tra việc thực hiện Quy định này ở các chi bộ."""
OPINION = "Đề nghị bổ sung trách nhiệm của chi ủy chuẩn bị nội dung; làm rõ “đảng viên đi làm xa” tại Điều 2."
PROPOSALS = (
    (
        "Đề án xây dựng chi bộ bốn tốt giai đoạn 2026–2030",
        "Phần một. Sự cần thiết\nPhần hai. Mục tiêu: 100% chi bộ đăng ký, 60% đạt chuẩn vào năm 2030\n"
        "Phần ba. Nhiệm vụ, giải pháp\nPhần bốn. Tổ chức thực hiện",
    ),
    (
        "Đề án sắp xếp chi bộ thôn, tổ dân phố sau khi hợp nhất tỉnh",
        "Phần một. Thực trạng\nPhần hai. Phương án sắp xếp\nPhần ba. Lộ trình và tổ chức thực hiện",
    ),
)
