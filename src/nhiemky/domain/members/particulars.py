"""What the register keeps of a person beside the ledger: the fields, their values, and what can be wrong with one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from nhiemky.domain.findings import Finding
from nhiemky.domain.members.ethnic_groups import ETHNIC_GROUPS
from nhiemky.domain.names import clean

# Key: Vietnamese, English. The lists follow the headings of the statistics forms; where no source was seen they are
# from memory (docs/glossary.md).
Choices = Mapping[str, tuple[str, str]]
SEX_NAMES: Choices = {"female": ("nữ", "female"), "male": ("nam", "male")}
ETHNIC_CHOICES: Choices = {str(code): (name, name) for code, name in ETHNIC_GROUPS.items()} | {
    "55": ("người nước ngoài nhập quốc tịch", "naturalised foreigner"),
    "56": ("dân tộc khác", "other"),
}
RELIGIONS: Choices = {
    "none": ("không", "none"),
    "buddhism": ("Phật giáo", "Buddhism"),
    "catholicism": ("Công giáo", "Catholicism"),
    "protestantism": ("Tin lành", "Protestantism"),
    "cao_dai": ("Cao Đài", "Cao Dai"),
    "hoa_hao": ("Phật giáo Hòa Hảo", "Hoa Hao Buddhism"),
    "islam": ("Hồi giáo", "Islam"),
    "other": ("tôn giáo khác", "another"),
}
GENERAL_EDUCATION: Choices = {
    "primary": ("tiểu học", "primary"),
    "lower_secondary": ("trung học cơ sở", "lower secondary"),
    "upper_secondary": ("trung học phổ thông", "upper secondary"),
}
QUALIFICATIONS: Choices = {
    "none": ("không", "none"),
    "elementary": ("sơ cấp", "elementary"),
    "intermediate": ("trung cấp", "intermediate"),
    "college": ("cao đẳng", "college"),
    "university": ("đại học", "university"),
    "master": ("thạc sĩ", "master"),
    "doctor": ("tiến sĩ", "doctor"),
}
ACADEMIC_TITLES: Choices = {
    "associate_professor": ("phó giáo sư", "associate professor"),
    "professor": ("giáo sư", "professor"),
}
POLITICAL_THEORY: Choices = {
    "none": ("chưa qua đào tạo", "none"),
    "elementary": ("sơ cấp", "elementary"),
    "intermediate": ("trung cấp", "intermediate"),
    "advanced": ("cao cấp", "advanced"),
    "bachelor": ("cử nhân", "bachelor"),
}
OCCUPATIONS: Choices = {
    "civil_servant": ("cán bộ, công chức", "civil servant"),
    "public_employee": ("viên chức", "public employee"),
    "armed_forces": ("lực lượng vũ trang", "armed forces"),
    "worker": ("công nhân, người lao động", "worker"),
    "farmer": ("nông dân", "farmer"),
    "student": ("học sinh, sinh viên", "student"),
    "business_owner": ("chủ doanh nghiệp tư nhân", "owner of a private enterprise"),
    "retired": ("nghỉ hưu", "retired"),
    "other": ("nghề khác", "other"),
}


@dataclass(frozen=True, slots=True)
class Particular:
    """One field. `most` letters at most; `sealed`: its value is neither shown nor kept in the history of changes."""

    key: str
    vi: str
    en: str
    kind: str = "text"  # text, day, choice, flag
    choices: Choices = field(default_factory=dict)
    most: int = 200
    required: bool = False
    sealed: bool = False


PARTICULARS = (
    Particular("full_name", "Họ và tên", "Full name", most=120, required=True),
    Particular("sex", "Giới tính", "Sex", "choice", SEX_NAMES, required=True),
    Particular("birth_date", "Ngày sinh", "Born on", "day", required=True),
    Particular("birth_year_only", "Chỉ biết năm sinh", "Only the year of birth is known", "flag"),
    Particular("ethnic_group", "Dân tộc", "Ethnic group", "choice", ETHNIC_CHOICES, required=True),
    Particular("religion", "Tôn giáo", "Religion", "choice", RELIGIONS),
    Particular("home_place", "Quê quán", "Home place"),
    Particular("residence", "Nơi ở hiện nay", "Residence"),
    Particular("phone", "Số điện thoại", "Phone", most=15),
    Particular("occupation", "Nghề nghiệp", "Occupation", "choice", OCCUPATIONS),
    Particular("general_education", "Giáo dục phổ thông", "General education", "choice", GENERAL_EDUCATION),
    Particular("qualification", "Trình độ chuyên môn", "Qualification", "choice", QUALIFICATIONS),
    Particular("academic_title", "Học hàm", "Academic title", "choice", ACADEMIC_TITLES),
    Particular("political_theory", "Lý luận chính trị", "Political theory", "choice", POLITICAL_THEORY),
    Particular("card_number", "Số thẻ đảng viên", "Card number", most=8),
    Particular("file_number", "Số lý lịch", "File number", most=9),
    Particular("identity_number", "Số định danh cá nhân", "Identity number", most=12, sealed=True),
    Particular("decided_on", "Ngày quyết định kết nạp", "Decision to admit", "day"),
)
PARTICULAR = {particular.key: particular for particular in PARTICULARS}
FORGOTTEN = "đã xóa theo quy định"
"""What stands for the name of who left long ago and whose data were shredded by a decision."""
# Numbers that belong to one person only.
UNIQUE = ("identity_number", "card_number")
_OLDEST = 1900


def check_particulars(values: Mapping[str, object], *, today: date) -> list[Finding]:
    """Everything that stands against these values, at once; `values` are of the fields' types, texts already clean."""
    return [finding for key, value in values.items() for finding in check_value(key, value, today)]


def check_value(key: str, value: object, today: date) -> list[Finding]:
    """What stands against one value."""
    return list(_check(PARTICULAR[key], value, today))


def _check(particular: Particular, value: object, today: date) -> Iterator[Finding]:
    key = particular.key
    if value in (None, ""):
        if particular.required:
            yield Finding("members.no_name" if key == "full_name" else "members.value_missing", field=key)
        return
    if particular.kind == "choice" and str(value) not in particular.choices:
        yield Finding("members.value_unknown", field=key, value=str(value))
    elif isinstance(value, date) and not date(_OLDEST, 1, 1) <= value <= today:
        yield Finding("members.day_impossible", field=key, facts={"on": value, "today": today})
    elif isinstance(value, str) and len(value) > particular.most:
        yield Finding("members.value_long", field=key, value=value[:40], facts={"most": particular.most})
    elif key in _FORMS and not _FORMS[key][0](str(value)):
        yield Finding(_FORMS[key][1], field=key, value="" if particular.sealed else str(value))


def _digits(count: int) -> Callable[[str], bool]:
    return lambda text: len(text) == count and text.isascii() and text.isdecimal()


_FILE_NUMBER = re.compile(r"\d{6}[A-ZĐ]{1,3}", re.ASCII | re.IGNORECASE)
_PHONE = re.compile(r"(0|\+84)\d{8,10}", re.ASCII)
# Số lý lịch: 6 digits and 1 to 3 letters; số thẻ: 8 digits; số định danh: 12 digits (domain.md 2.4 and 10.4).
_FORMS: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "identity_number": (_digits(12), "members.identity_form"),
    "card_number": (_digits(8), "members.card_form"),
    "file_number": (lambda text: bool(_FILE_NUMBER.fullmatch(text)), "members.file_form"),
    "phone": (lambda text: bool(_PHONE.fullmatch(text)), "members.phone_form"),
}


def cleaned(values: Mapping[str, object]) -> dict[str, object]:
    """The values in the form in which they are kept: texts NFC with single spaces, numbers without blanks."""
    return {key: clean_value(key, value) for key, value in values.items()}


def clean_value(key: str, value: object) -> object:
    """One value in the form in which it is kept."""
    if not isinstance(value, str):
        return value
    text = value if value.isascii() and value.isalnum() else clean(value)
    if key == "phone":
        return re.sub(r"[ .\-()]", "", text)
    return text.replace(" ", "").upper() if key in ("card_number", "file_number", "identity_number") else text


def written(value: object) -> str:
    """A value as the history of changes keeps it: days in ISO form."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
