"""The four forms: their lines, and the bands by which ages are told.

The layout of the official series is not public (domain.md 13); what each form is about is (2.7). So the contents follow
the forms, and order, bands and the lists of values are this system's, to be confirmed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from nhiemky.domain.dated import Dated, Step
from nhiemky.domain.members.kinds import MOVEMENT_KINDS
from nhiemky.domain.members.particulars import PARTICULAR
from nhiemky.domain.organisation.kinds import SECTORS

FORMS = (1, 2, 3, 4)
UNKNOWN = "unknown"
_FROM_MEMORY = "11-HD/BTCTW, 13/12/2021 (biểu mẫu chưa công bố)"
# The first years of life, and of membership, of each band after the first.
AGE_BANDS = Dated("statistics.age_bands", (Step(date(1900, 1, 1), (31, 36, 41, 46, 51, 56, 61), _FROM_MEMORY, False),))
PARTY_AGE_BANDS = Dated(
    "statistics.party_age_bands", (Step(date(1900, 1, 1), (10, 20, 30, 40, 50, 60), _FROM_MEMORY, False),)
)


@dataclass(frozen=True, slots=True)
class Text:
    """A name in both languages."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A way to divide people so that each stands in one line; `lines` by key, the last one for what is unknown."""

    key: str
    name: Text
    lines: Mapping[str, Text]


NAMES: Mapping[int, Text] = {
    1: Text("Đảng viên và tăng, giảm trong kỳ", "Members, their rise and fall"),
    2: Text("Kết nạp đảng viên", "Admissions"),
    3: Text("Cơ cấu đảng viên", "Structure of the membership"),
    4: Text("Đảng viên theo dân tộc và tôn giáo", "Members by ethnic group and religion"),
}
NO_DATA = Text("Chưa có dữ liệu", "No data yet")


def bands(starts: tuple[int, ...], vi: str, en: str) -> dict[str, Text]:
    """Lines of bands of full years: up to the first start, between two of them, from the last one on."""
    found = {f"to_{starts[0] - 1}": Text(f"Từ {starts[0] - 1} {vi} trở xuống", f"Up to {starts[0] - 1} {en}")}
    for low, after in pairwise(starts):
        found[f"{low}_{after - 1}"] = Text(f"Từ {low} đến {after - 1} {vi}", f"{low} to {after - 1} {en}")
    return found | {f"from_{starts[-1]}": Text(f"Từ {starts[-1]} {vi} trở lên", f"{starts[-1]} {en} and more")}


def _choices(field: str, unknown: Text = NO_DATA) -> dict[str, Text]:
    """The values of a particular, and a line for who has none."""
    found = {value: Text(_first_large(vi), _first_large(en)) for value, (vi, en) in PARTICULAR[field].choices.items()}
    return found | {UNKNOWN: unknown}


def _first_large(text: str) -> str:
    return text[:1].upper() + text[1:]


def breakdowns(on: date) -> dict[str, Breakdown]:
    """Every breakdown with the bands in force on the day."""
    age = bands(AGE_BANDS.at(on).value, "tuổi", "years old")
    party_age = bands(PARTY_AGE_BANDS.at(on).value, "năm tuổi đảng", "years in the Party")
    title_unknown = Text("Không có học hàm, hoặc chưa có dữ liệu", "None, or no data yet")
    found = (
        Breakdown("standing", Text("Theo tư cách", "By standing"), _STANDING),
        Breakdown("sex", Text("Theo giới tính", "By sex"), _choices("sex")),
        Breakdown("exempt", Text("Miễn công tác và sinh hoạt", "Exemption"), _EXEMPT),
        Breakdown("minority", Text("Kinh và dân tộc thiểu số", "Kinh and minorities"), _MINORITY),
        Breakdown("age", Text("Theo độ tuổi", "By age"), age),
        Breakdown("party_age", Text("Theo tuổi đảng", "By years in the Party"), party_age | _WITHOUT_PARTY_AGE),
        Breakdown("ethnic_group", Text("Theo dân tộc", "By ethnic group"), _choices("ethnic_group")),
        Breakdown("religion", Text("Theo tôn giáo", "By religion"), _choices("religion")),
        Breakdown("occupation", Text("Theo nghề nghiệp", "By occupation"), _choices("occupation")),
        Breakdown(
            "general_education",
            Text("Trình độ giáo dục phổ thông", "General education"),
            _choices("general_education"),
        ),
        Breakdown(
            "qualification",
            Text("Trình độ chuyên môn (tính trình độ cao nhất)", "Qualification (only the highest counts)"),
            _choices("qualification"),
        ),
        Breakdown(
            "academic_title",
            Text("Học hàm (tính học hàm cao hơn)", "Academic title (the higher one counts)"),
            _choices("academic_title", title_unknown),
        ),
        Breakdown(
            "political_theory", Text("Trình độ lý luận chính trị", "Political theory"), _choices("political_theory")
        ),
        Breakdown("sector", Text("Theo loại hình tổ chức", "By sector of the organisation"), _SECTORS),
    )
    return {one.key: one for one in found}


_STANDING = {
    "official": Text("Đảng viên chính thức", "Official members"),
    "probationary": Text("Đảng viên dự bị", "Probationary members"),
}
_EXEMPT = {
    "not_exempt": Text("Không được miễn", "Not exempt"),
    "exempt": Text("Được miễn công tác và sinh hoạt", "Exempt from work and meetings"),
}
_MINORITY = {"kinh": Text("Kinh", "Kinh"), "minority": Text("Dân tộc thiểu số", "Ethnic minorities")}
_WITHOUT_PARTY_AGE = {
    "probationary": Text("Dự bị, chưa tính tuổi đảng", "Probationary: not counted yet"),
    UNKNOWN: NO_DATA,
}
_SECTORS = {sector.key: Text(sector.vi, sector.en) for sector in SECTORS} | {UNKNOWN: NO_DATA}

# What each form breaks down by. Of form 1 only some lines, told beside the closing line.
BREAKDOWNS: Mapping[int, tuple[str, ...]] = {
    1: (),
    2: (
        "sex",
        "age",
        "minority",
        "religion",
        "general_education",
        "qualification",
        "political_theory",
        "occupation",
        "sector",
    ),
    3: (
        "standing",
        "sex",
        "age",
        "party_age",
        "general_education",
        "qualification",
        "academic_title",
        "political_theory",
        "occupation",
    ),
    4: ("ethnic_group", "religion"),
}
OF_CLOSING = (
    ("standing", "official"),
    ("standing", "probationary"),
    ("sex", "female"),
    ("minority", "minority"),
    ("exempt", "exempt"),
)
IN_KINDS = tuple(kind.key for kind in MOVEMENT_KINDS if kind.enters or kind.moves)
OUT_KINDS = tuple(kind.key for kind in MOVEMENT_KINDS if kind.leaves or kind.moves)
BETWEEN = tuple(kind.key for kind in MOVEMENT_KINDS if kind.moves)
"""Kinds that go from one unit to another: between two parts they count below and not above."""
