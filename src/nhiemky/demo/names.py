"""Names that fit a person's people and sex: invented, put together by how often the parts occur."""

from __future__ import annotations

import numpy as np

_FAMILIES = {
    "Nguyễn": 32, "Phạm": 11, "Trần": 10, "Võ": 9, "Lê": 9, "Bùi": 6, "Huỳnh": 6, "Đỗ": 4, "Đặng": 3, "Trương": 3,
    "Phan": 2, "Ngô": 2, "Cao": 1, "Tạ": 1, "Lương": 1,
}  # fmt: skip
_MIDDLE_WOMEN = ("Thị,Thị,Thị,Thị Thanh,Thị Kim,Thị Thu,Thị Mỹ,Thị Ngọc,Ngọc,Thanh").split(",")
_MIDDLE_MEN = ("Văn,Văn,Minh,Quang,Đình,Ngọc,Hữu,Thanh,Xuân,Tấn,Công,Đức,Quốc,Anh").split(",")
_WOMEN = (
    "Ân,Ánh,Bích,Châu,Diễm,Diệu,Dung,Hà,Hạnh,Hằng,Hiền,Hoa,Hòa,Hồng,Huệ,Hương,Lan,Lệ,Liên,Linh,Loan,"
    "Mai,Mỹ,Nga,Ngân,Nguyệt,Nhung,Oanh,Phương,Quyên,Tâm,Thảo,Thúy,Thủy,Trang,Trinh,Tuyết,Vân,Xuân,"
    "Yến"
).split(",")
_MEN = (
    "An,Ân,Bảo,Bình,Cường,Danh,Dũng,Đạt,Định,Đức,Hải,Hậu,Hiếu,Hòa,Hoàng,Hùng,Huy,Khánh,Khoa,Lâm,Long,"
    "Lộc,Minh,Nam,Nghĩa,Nhân,Phong,Phúc,Quang,Sơn,Tài,Tân,Thắng,Thành,Thịnh,Toàn,Trí,Trung,Tuấn,Vinh"
).split(",")
# Ethnic group → family names used there; names of the Central Highlands begin with A or Y.
_UPLAND = {19: ("Đinh", "Phạm"), 30: ("Hồ",), 13: ("A", "Y"), 14: ("A", "Y"), 10: ("Rơ Châm", "Ksor", "Siu"),
           27: ("A", "Y"), 52: ("Thao", "Nàng"), 54: ("A", "Y")}  # fmt: skip
_SHOWN = "Nguyễn Thị Ân"
# Given names of the highlands, put together from the sounds they are made of.
_ONSETS = "B,Bl,Br,D,Đ,G,Gl,H,Hr,Kl,Kr,L,M,Ml,N,Nh,P,Pl,Pr,R,S,T,Th,Tr,V,X".split(",")
_RIMES = "ai,ao,ăng,ang,âm,eo,êl,iêu,iu,in,oi,ôi,ông,ôp,ơl,ui,um,ung,út,ưi,ưng,ước".split(",")
_UPLAND_GIVEN = [onset + rime for onset in _ONSETS for rime in _RIMES]


def full_names(rng: np.random.Generator, female: np.ndarray, group: np.ndarray) -> list[str]:
    """One name per person; the first Kinh woman has the one that the search is shown with."""
    weights = np.array(list(_FAMILIES.values()), dtype=float)
    families = rng.choice(list(_FAMILIES), size=len(female), p=weights / weights.sum())
    picks = rng.integers(0, 1 << 30, size=(3, len(female)))
    names = [
        _name(str(family), bool(woman), int(people), *map(int, pick))
        for family, woman, people, pick in zip(families, female, group, picks.T, strict=True)
    ]
    names[int(np.argmax(female & (group == 1)))] = _SHOWN
    return names


def _name(family: str, woman: bool, group: int, one: int, two: int, three: int) -> str:
    if group in _UPLAND:
        return _upland_name(_UPLAND[group], woman, one, two, three)
    middles, own = (_MIDDLE_WOMEN, _WOMEN) if woman else (_MIDDLE_MEN, _MEN)
    return f"{family} {middles[one % len(middles)]} {own[two % len(own)]}"


def _upland_name(families: tuple[str, ...], woman: bool, one: int, two: int, three: int) -> str:
    """A and Y tell a man's name from a woman's where there are no families; many have a Kinh given name beside it."""
    own = _WOMEN if woman else _MEN
    kinh, given = own[three % len(own)], _UPLAND_GIVEN[two % len(_UPLAND_GIVEN)]
    if families == ("A", "Y"):
        return f"{'Y' if woman else 'A'} {(given, kinh, f'{kinh} {given}', given)[one % 4]}"
    return f"{families[one % len(families)]} {'Thị' if woman else 'Văn'} {(kinh, given)[one // 8 % 2]}"
