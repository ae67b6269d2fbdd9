"""What the demo's agencies, forces, firms and hamlets are called. `{p}` stands for the province."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Office:
    """An agency of the province; `party`: under the Party agencies' organisation since February 2025."""

    name: str
    parts: int
    party: bool = False


# The first six also stand in the small demo.
OFFICES = (
    Office("Văn phòng Tỉnh ủy {p}", 2, party=True),
    Office("Ban Tổ chức Tỉnh ủy {p}", 1, party=True),
    Office("Văn phòng Ủy ban nhân dân tỉnh {p}", 2),
    Office("Sở Nông nghiệp và Phát triển nông thôn tỉnh {p}", 3),
    Office("Sở Tài nguyên và Môi trường tỉnh {p}", 2),
    Office("Sở Nội vụ tỉnh {p}", 2),
    Office("Ban Tuyên giáo Tỉnh ủy {p}", 1, party=True),
    Office("Ban Dân vận Tỉnh ủy {p}", 1, party=True),
    Office("Cơ quan Ủy ban Kiểm tra Tỉnh ủy {p}", 1, party=True),
    Office("Ban Nội chính Tỉnh ủy {p}", 1, party=True),
    Office("Cơ quan Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh {p}", 1, party=True),
    Office("Hội Nông dân tỉnh {p}", 1, party=True),
    Office("Tỉnh đoàn {p}", 1, party=True),
    Office("Liên đoàn Lao động tỉnh {p}", 1, party=True),
    Office("Hội Liên hiệp Phụ nữ tỉnh {p}", 1, party=True),
    Office("Tòa án nhân dân tỉnh {p}", 1, party=True),
    Office("Viện Kiểm sát nhân dân tỉnh {p}", 1, party=True),
    Office("Sở Lao động - Thương binh và Xã hội tỉnh {p}", 2),
    Office("Sở Tài chính tỉnh {p}", 2),
    Office("Sở Kế hoạch và Đầu tư tỉnh {p}", 2),
    Office("Sở Xây dựng tỉnh {p}", 2),
    Office("Sở Giao thông vận tải tỉnh {p}", 2),
    Office("Sở Khoa học và Công nghệ tỉnh {p}", 2),
    Office("Sở Thông tin và Truyền thông tỉnh {p}", 2),
    Office("Sở Công Thương tỉnh {p}", 2),
    Office("Sở Tư pháp tỉnh {p}", 1),
    Office("Sở Giáo dục và Đào tạo tỉnh {p}", 2),
    Office("Sở Y tế tỉnh {p}", 2),
    Office("Sở Văn hóa, Thể thao và Du lịch tỉnh {p}", 2),
    Office("Thanh tra tỉnh {p}", 1),
    Office("Kho bạc Nhà nước tỉnh {p}", 1),
    Office("Cục Thuế tỉnh {p}", 3),
    Office("Bảo hiểm xã hội tỉnh {p}", 2),
)
# What joined what in the spring of 2025, and under which name.
MERGED_COMMISSION = ("Ban Dân vận Tỉnh ủy {p}", "Ban Tuyên giáo Tỉnh ủy {p}", "Ban Tuyên giáo và Dân vận Tỉnh ủy {p}")
MERGED_DEPARTMENTS = (
    ("Sở Tài nguyên và Môi trường tỉnh {p}", "Sở Nông nghiệp và Phát triển nông thôn tỉnh {p}",
     "Sở Nông nghiệp và Môi trường tỉnh {p}"),
    ("Sở Lao động - Thương binh và Xã hội tỉnh {p}", "Sở Nội vụ tỉnh {p}", "Sở Nội vụ tỉnh {p}"),
    ("Sở Kế hoạch và Đầu tư tỉnh {p}", "Sở Tài chính tỉnh {p}", "Sở Tài chính tỉnh {p}"),
    ("Sở Giao thông vận tải tỉnh {p}", "Sở Xây dựng tỉnh {p}", "Sở Xây dựng tỉnh {p}"),
    ("Sở Thông tin và Truyền thông tỉnh {p}", "Sở Khoa học và Công nghệ tỉnh {p}",
     "Sở Khoa học và Công nghệ tỉnh {p}"),
)  # fmt: skip
# Role and name; the small demo keeps the first two.
DISTRICT_OFFICES = (
    ("party", "Cơ quan Đảng - Đoàn thể {d}"),
    ("government", "Ủy ban nhân dân {d}"),
    ("government", "Phòng Giáo dục và Đào tạo {d}"),
    ("court", "Tòa án - Viện Kiểm sát {d}"),
    ("tax", "Thuế - Kho bạc {d}"),
)
_POLICE = (
    "Phòng Tham mưu,Phòng Cảnh sát giao thông,Phòng Tổ chức cán bộ,Phòng Công tác đảng và công tác chính trị,"
    "Phòng An ninh đối nội,Phòng An ninh kinh tế,Phòng Cảnh sát hình sự,Phòng Cảnh sát kinh tế,Phòng Cảnh sát ma túy,"
    "Phòng Cảnh sát cơ động,Phòng Quản lý hành chính,Phòng Hậu cần,Văn phòng Cơ quan điều tra,Trại tạm giam"
).split(",")
_ARMY = (
    "Phòng Tham mưu,Phòng Chính trị,Phòng Hậu cần,Phòng Kỹ thuật,Văn phòng,Trung đoàn Bộ binh,"
    "Đại đội Thông tin,Đại đội Công binh,Đại đội Trinh sát,Cơ sở huấn luyện,Bệnh xá,Ban Tài chính"
).split(",")
_BORDER = ["Phòng Tham mưu", "Phòng Chính trị", "Phòng Hậu cần - Kỹ thuật"]
_POSTS = {
    "51": "Lý Sơn,Bình Hải,Bình Thạnh,Sơn Mỹ,Nghĩa An,Đức Minh,Đức Phong,Phổ Quang,Phổ Thạnh".split(","),
    "62": "Bờ Y,Đăk Long,Đăk Nhoong,Đăk Blô,Đăk Dục,Sa Loong,Rờ Kơi,Mô Rai,Ia Đal,Ia Tơi".split(","),
}
# Ending of the code, name, what its departments belong to, sector.
FORCES = (
    ("CA", "Công an", "Công an", "police"),
    ("QS", "Quân sự", "Bộ Chỉ huy Quân sự", "military"),
    ("BP", "Bộ đội Biên phòng", "Bộ Chỉ huy Bộ đội Biên phòng", "military"),
)


def departments(force: str, province: str, *, small: bool) -> list[str]:
    """The cells of a provincial force without their ending; the border guard's posts are called after communes."""
    own = {"CA": _POLICE, "QS": _ARMY, "BP": _BORDER}[force]
    posts = [f"Đồn Biên phòng {place}" for place in _POSTS[province]] if force == "BP" else []
    return [*own[:1], *(posts or own[1:])[:1]] if small else [*own, *posts]


_HAMLET_FIRST = "An,Phú,Phước,Bình,Long,Hòa,Thạnh,Tân,Vĩnh,Mỹ,Đông,Tây,Nam,Xuân,Lộc,Thọ,Kỳ,Châu,Hiệp,Điền".split(",")
_HAMLET_LAST = "Phú,Lộc,Hòa,Thành,Sơn,Mỹ,An,Bình,Long,Thuận,Xuân,Hiệp,Tân,Thọ,Điền,Trung,Lợi,Quang,Vinh,Khánh".split(
    ","
)
_HIGHLAND = (
    "Làng Rê,Gò Da,Mang Trá,Đăk Lang,Tu Ma,Nước Vương,Kon Rẫy,Plei Chor,Đăk Prế,Ra Nhua,Mang Lùng,Tà Cơm,Làng Mùng,"
    "Gò Rô,Mang Krá,Đăk Nế,Tu Lung,Nước Lác,Kon Brăp,Plei Ring,Đăk Xô,Ra Pân,Tà Noát,Kon Tu,Plei Đôn,Đăk Kơi,Nước Tang,"
    "Làng Teng,Kon Jong,Đăk Hồ"
).split(",")
_FIRM_FIRST = ("Sao,Trà,Thiên,Hoàng,Phú,Minh,Việt,Đại,Nhật,Biển,Nam,Thành,Hưng,Tín,Gia,Kim,Quang,Bảo,Hải,Trường").split(
    ","
)
_FIRM_LAST = "Mai,Giang,Long,Phát,Hưng,Vệ,Xanh,Thịnh,Lợi,Sơn,Tâm,Đạt,An,Khang,Hà,Phong,Nghĩa,Đức,Châu,Hiệp".split(",")


class Names:
    """Names that are given out once each."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        firms = [f"{a} {b}" for a in _FIRM_FIRST for b in _FIRM_LAST if a != b]
        self._firms = [firms[place] for place in rng.permutation(len(firms))]
        self._pools: dict[str, list[str]] = {}
        self._taken: dict[str, set[str]] = {}

    def firm(self) -> str:
        """A firm's, co-operative's or private school's."""
        return self._firms.pop()

    def hamlets(self, count: int, where: tuple[str, ...], *, highland: bool, urban: bool) -> list[str]:
        """Hamlets of a commune; no name comes twice in the new communes (`where`) in which they will stand."""
        if urban:
            return [f"tổ dân phố {number + 1}" for number in range(count)]
        if where[0] not in self._pools:
            plain = [f"thôn {a} {b}" for a in _HAMLET_FIRST for b in _HAMLET_LAST if a != b]
            first = [f"thôn {name}" for name in self.rng.permutation(_HIGHLAND)] if highland else []
            self._pools[where[0]] = [*first, *(plain[place] for place in self.rng.permutation(len(plain)))]
        taken = [self._taken.setdefault(code, set()) for code in where]
        chosen = [name for name in self._pools[where[0]] if not any(name in names for names in taken)][:count]
        for names in taken:
            names.update(chosen)
        return chosen
