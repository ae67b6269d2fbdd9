"""The columns that an import can take over, and the headings they are known by in people's spreadsheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nhiemky.domain.members.particulars import PARTICULARS


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its heading in our own spreadsheets, and other folded headings. A `part` makes up another field."""

    key: str
    vi: str
    en: str
    headings: tuple[str, ...] = ()
    part: bool = False


_HEADINGS: Mapping[str, str] = {
    "full_name": "ho va ten | ho ten | ten dang vien | ho ten dang vien | ho va ten dang vien | ho va ten dv |"
    " ho ten dv | ho va ten khai sinh | ho va ten dang dung | ten | dang vien | full name | name",
    "sex": "gioi tinh | gioi | phai | nam nu | nam/nu | gt | sex",
    "birth_date": "ngay sinh | nam sinh | ngay thang nam sinh | ngay thang sinh | ntns | sinh ngay |"
    " ngay, thang, nam sinh | sinh nam | date of birth | born on",
    "birth_year_only": "chi biet nam sinh",
    "ethnic_group": "dan toc | dt | ethnic group",
    "religion": "ton giao | religion",
    "home_place": "que quan | que | nguyen quan | home place",
    "residence": "noi o hien nay | noi o | cho o hien nay | noi cu tru | dia chi | noi thuong tru | thuong tru |"
    " dia chi thuong tru | ho khau thuong tru | residence",
    "phone": "so dien thoai | dien thoai | sdt | so dt | dt di dong | dien thoai di dong | di dong | phone",
    "occupation": "nghe nghiep | nghe nghiep hien nay | nghe | cong viec | occupation",
    "general_education": "giao duc pho thong | trinh do van hoa | van hoa | tdvh | hoc van | trinh do hoc van |"
    " trinh do giao duc pho thong | gdpt",
    "qualification": "trinh do chuyen mon | chuyen mon | chuyen mon nghiep vu | trinh do | tdcm |"
    " trinh do chuyen mon nghiep vu | cmnv | qualification",
    "academic_title": "hoc ham",
    "political_theory": "ly luan chinh tri | llct | trinh do llct | trinh do ly luan chinh tri | ly luan |"
    " trinh do chinh tri",
    "card_number": "so the dang vien | so the | so the dang | so the dv | the dang vien | so tdv | card number",
    "file_number": "so ly lich | so ll | so ly lich dang vien | so lldv | so ho so | file number",
    "identity_number": "so dinh danh ca nhan | so dinh danh | can cuoc cong dan | cccd | so cccd | can cuoc |"
    " so can cuoc | so can cuoc cong dan | cmnd/cccd | so cmnd/cccd | cccd/cmnd | cmnd cccd |"
    " so cmnd cccd | so cccd cmnd | so ddcn | identity number | cmnd | so cmnd",
    "decided_on": "ngay quyet dinh ket nap | ngay qd ket nap | ngay quyet dinh | ngay qd",
}
EXTRA = (
    Field("admitted_on", "Ngày vào Đảng", "Ceremony of admission",
          ("ngay vao dang", "ngay ket nap", "ngay du bi", "vao dang", "ket nap", "vao dang du bi",
           "ngay vao dang du bi", "ngay vao dang lan dau", "nam vao dang", "ngay thang nam vao dang",
           "ngay, thang, nam vao dang", "du bi")),
    Field("official_on", "Ngày chính thức", "Official since",
          ("ngay chinh thuc", "ngay vao dang chinh thuc", "chinh thuc", "ngay cong nhan chinh thuc", "ngay ct",
           "vao dang chinh thuc", "cong nhan chinh thuc")),
    Field("standing", "Tư cách", "Standing",
          ("tu cach", "tu cach dang vien", "loai dang vien", "dang vien chinh thuc du bi", "chinh thuc du bi",
           "du bi chinh thuc", "tinh trang dang vien")),
    Field("unit_code", "Mã chi bộ", "Cell code", ("ma chi bo", "ma don vi", "ma to chuc dang", "ma tcd", "ma td")),
    Field("unit_name", "Chi bộ", "Cell",
          ("chi bo", "ten chi bo", "sinh hoat tai chi bo", "chi bo sinh hoat", "don vi", "to chuc dang",
           "noi sinh hoat", "dang sinh hoat tai", "to chuc co so dang", "cell")),
    Field("family_name", "Họ và tên đệm", "Family and middle names",
          ("ho va ten dem", "ho dem", "ho", "ho lot", "ho va chu lot", "ho va dem"), part=True),
    Field("given_name", "Tên gọi", "Given name", ("ten goi",), part=True),
    Field("sex_male", "Cột Nam (đánh dấu)", "Column male (a mark)", ("nam", "gioi tinh nam"), part=True),
    Field("sex_female", "Cột Nữ (đánh dấu)", "Column female (a mark)", ("nu", "gioi tinh nu"), part=True),
    Field("birth_male", "Ngày sinh ở cột Nam", "Born on, in the column male",
          ("ngay sinh nam", "nam sinh nam", "ngay thang nam sinh nam", "ngay, thang, nam sinh nam"), part=True),
    Field("birth_female", "Ngày sinh ở cột Nữ", "Born on, in the column female",
          ("ngay sinh nu", "nam sinh nu", "ngay thang nam sinh nu", "ngay, thang, nam sinh nu"), part=True),
)  # fmt: skip
FIELDS: tuple[Field, ...] = (
    *(Field(p.key, p.vi, p.en, tuple(h.strip() for h in _HEADINGS[p.key].split("|"))) for p in PARTICULARS),
    *EXTRA,
)
FIELD = {field.key: field for field in FIELDS}
# What only entries of the ledger change; an import compares it and takes it over for who is new.
OF_THE_LEDGER = ("admitted_on", "official_on", "standing", "unit_code", "unit_name")
# Headings that stand together in our own spreadsheets only: these are Unicode, whatever their names look like.
OURS = frozenset(FIELD[key].vi for key in ("full_name", "birth_year_only", "standing", "unit_code"))
# Recognised so that a heading row is found, and never taken over.
NOT_TAKEN = frozenset({"tt", "stt", "so tt", "so thu tu", "ghi chu", "chuc vu", "tuoi", "tuoi dang", "no", "cap bac"})
