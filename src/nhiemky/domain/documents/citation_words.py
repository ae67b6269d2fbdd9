"""The words and symbols by which documents are cited, levelled (small letters without diacritics)."""

from __future__ import annotations

import re

GAP = " {0,40}+"
"""Between words: a line break with its indentation, a space too many, or none."""

# Type in words -> kind; longer ones first. Kinds of the state that the register of Party papers does not have among
# domain.documents.kinds are named here only.
HEADS = {
    "thong bao ket luan": "notice",
    "thong tu lien tich": "ministerial_circular",
    "nghi quyet": "resolution",
    "quyet dinh": "decision",
    "quy dinh": "regulation",
    "ket luan": "conclusion",
    "chi thi": "directive",
    "quy che": "statute",
    "thong tri": "circular",
    "thong tu": "ministerial_circular",
    "huong dan": "guidance",
    "thong bao": "notice",
    "thong cao": "communique",
    "bao cao": "report",
    "ke hoach": "plan",
    "quy hoach": "planning",
    "chuong trinh": "programme",
    "de an": "scheme",
    "phuong an": "option",
    "du an": "project",
    "to trinh": "submission",
    "cong van": "letter",
    "bien ban": "minutes",
    "nghi dinh": "decree",
    "phap lenh": "ordinance",
    "bo luat": "law",
    "luat": "law",
}  # fmt: skip
SHORT_HEADS = {"nq": "resolution", "qd": "decision", "kl": "conclusion", "nd": "decree", "ct": "directive",
               "hd": "guidance", "kh": "plan", "tb": "notice", "tt": "ministerial_circular",
               "cv": "letter", "bc": "report", "qc": "statute", "ctr": "programme", "ttr": "submission",
               "da": "scheme", "bb": "minutes"}  # fmt: skip
# After these a bare number is a document's without "số"; the others are also said of five plans or three reports.
STRONG = {"resolution", "decision", "regulation", "conclusion", "directive", "decree", "guidance", "circular",
          "ministerial_circular", "notice"}  # fmt: skip
# After these a bare number is one even with "số" only if a day or an issuer follows: "phương án số 2".
WEAK = {"programme", "scheme", "option", "project", "planning", "report", "minutes", "communique", "submission",
        "statute", "law"}  # fmt: skip
# "Nghị định 13/2023", but "báo cáo 10/2022" is that of October.
NUMBERED_BY_YEAR = {"law", "decree", "resolution", "decision", "ministerial_circular", "ordinance"}
BARE_SHORT = {"nq", "kl", "qd", "nd"}

# Symbol of the type -> as written, and the kinds it may stand for.
TYPES: dict[str, tuple[str, tuple[str, ...]]] = {
    "nq": ("NQ", ("resolution",)),
    "qdi": ("QĐi", ("regulation",)),
    "qyd": ("QyĐ", ("regulation",)),
    "qd": ("QĐ", ("decision", "regulation")),
    "kl": ("KL", ("conclusion",)),
    "ct": ("CT", ("directive",)),
    "qc": ("QC", ("statute",)),
    "ttlt": ("TTLT", ("ministerial_circular",)),
    "ttr": ("TTr", ("submission",)),
    "tt": ("TT", ("circular", "ministerial_circular")),
    "hd": ("HD", ("guidance",)),
    "tb": ("TB", ("notice",)),
    "tc": ("TC", ("communique",)),
    "bc": ("BC", ("report",)),
    "kh": ("KH", ("plan",)),
    "qh": ("QH", ("planning",)),
    "ctr": ("CTr", ("programme",)),
    "da": ("ĐA", ("scheme", "project")),
    "pa": ("PA", ("option",)),
    "cv": ("CV", ("letter",)),
    "bb": ("BB", ("minutes",)),
    "nd": ("NĐ", ("decree",)),
    "pl": ("PL", ("ordinance",)),
}
# Symbols of issuers that small letters or missing diacritics would spoil.
ISSUERS = {"tw": "TW", "t.w": "TW", "t.u": "TU", "tu": "TU", "th.u": "Th.U", "thu": "Th.U", "hu": "HU", "du": "ĐU",
           "d.u": "ĐU", "hdnd": "HĐND", "ttg": "TTg", "dh": "ĐH"}  # fmt: skip

# Issuer in words -> symbol; the first that fits. `*` marks bodies after which the name of a place may follow.
_TOP = r"(?: trung uong| tw| t\.u)"
_MEETING = "(?:hoi nghi (?:lan thu [a-z]{1,12} |lan thu [0-9]{1,2} )?)?"
BODIES = (
    (f"ban to chuc{_TOP}", "BTCTW"),
    (f"van phong{_TOP}(?: dang)?", "VPTW"),
    (f"uy ban kiem tra{_TOP}", "UBKTTW"),
    (f"ban tuyen giao(?: va dan van)?{_TOP}", ""),
    (f"ban (?:dan van|noi chinh|kinh te){_TOP}", ""),
    (f"bo chinh tri(?:,? ban chap hanh{_TOP})?(?: dang)?", "TW"),
    (f"ban bi thu{_TOP}?(?: dang)?", "TW"),
    (f"{_MEETING}(?:ban chap hanh|bch){_TOP}(?: dang)?(?: cong san viet nam)?", "TW"),
    ("bchtw(?: dang)?", "TW"),
    ("(?:hoi nghi )?trung uong(?: dang)?", "TW"),
    ("ban to chuc tinh uy*", "BTCTU"),
    ("uy ban kiem tra tinh uy*", "UBKTTU"),
    ("van phong tinh uy*", "VPTU"),
    ("(?:ban thuong vu |btv |thuong truc )?tinh uy*", "TU"),
    ("(?:ban chap hanh|bch) dang bo tinh*", "TU"),
    ("(?:ban thuong vu |btv |thuong truc )?thanh uy*", ""),
    ("(?:ban thuong vu |btv |thuong truc )?huyen uy*", "HU"),
    ("(?:ban thuong vu |btv |thuong truc )?thi uy*", "Th.U"),
    ("(?:ban thuong vu |btv |thuong truc )?dang uy*", "ĐU"),
    ("(?:uy ban thuong vu quoc hoi|ubtvqh)", ""),
    ("quoc hoi", ""),
    ("thu tuong chinh phu", "TTg"),
    ("chinh phu", "CP"),
    ("(?:hoi dong nhan dan|hdnd)*", "HĐND"),
    ("(?:chu tich )?(?:uy ban nhan dan|ubnd)*", "UBND"),
)  # fmt: skip
PLACE_WORDS = {"tinh", "xa", "phuong", "huyen", "khoi", "quan", "thanh", "pho", "thi", "dac", "khu"}


def words(pattern: str) -> str:
    """A pattern whose spaces are gaps."""
    return pattern.replace(" ", GAP)


def spaced(symbol: str) -> str:
    """A symbol whose letters a machine may have set apart: Q Đ."""
    return " ?".join(symbol)


HEAD = "|".join(words(head) for head in sorted(HEADS, key=len, reverse=True))
TYPE = "|".join(spaced(symbol) for symbol in sorted(TYPES, key=len, reverse=True))
BODY = re.compile(
    rf"(?P<of>{GAP}[,(]?{GAP}(?:cua|do) {GAP})(?:"
    + "|".join(f"(?P<b{at}>{words(pattern.rstrip('*'))})" for at, (pattern, _s) in enumerate(BODIES))
    + r")(?![a-z0-9])"
)
TERM = re.compile(
    rf"{GAP}(?P<open>[,(])?{GAP}khoa {{1,40}}(?P<term>[ivx]{{1,5}}|[0-9]{{1,2}})(?![a-z0-9-])(?P<close>{GAP}\))?"
)
SESSION = re.compile(
    rf"{GAP},?{GAP}(?:cua {GAP})?(?:hoi nghi {GAP})?(?:lan thu [a-z0-9]{{1,4}} {GAP})?"
    rf"(?:ban{GAP}chap{GAP}hanh {GAP}|bch {GAP})?(?:trung{GAP}uong|tw)(?:{GAP}dang)?"
    rf"{GAP}(?P<session>[0-9]{{1,2}})?{GAP}(?P<open>[,(])?{GAP}"
    rf"khoa {{1,40}}(?P<term>[ivx]{{1,5}}|[0-9]{{1,2}})(?![a-z0-9-])(?P<close>{GAP}\))?"
)
_ROMAN = {"i": 1, "v": 5, "x": 10}


def roman(text: str) -> int:
    """A number in Roman figures, small letters; in Arabic ones as it is."""
    if text.isdigit():
        return int(text)
    values = [_ROMAN[letter] for letter in text]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


# Between a head and its number: "Chương trình hành động số 33-CTr/TU".
MIDDLE = re.compile(rf"{GAP}(?:hanh{GAP}dong|lien{GAP}tich|chuyen{GAP}de|phoi{GAP}hop)(?= )")
ANY_MIDDLE = re.compile(r"(?P<middle>[^0-9.;:()\"“”]{1,70}?) so {0,40}(?=[0-9])")
# What may follow a bare number of a document; after others it counts things: "Kết luận 3 nội dung".
FOLLOWS = re.compile(
    rf"{GAP}(?:$|[.,;:!?)\]\"'”’»…]|(?:cua|ve|ngay|khoa|va|hoac|cung|trung uong|nay|(?:da )?(?:neu|noi) tren|neu ro"
    r"|duoc|da|co|la|de|trong|tai|o|cho|cac|thi|khi|den|con|chi|voi|theo|phai|tiep|se|dang|gom|do|tu|nen|truoc|sau|nham|bang"
    r"|lam|ra|vao|nam [12][0-9]{3}|bo|tren|thay|-)(?![a-z0-9]))"
)
# "Kế hoạch 5 năm 2026-2030": a count of years, and the years.
YEARS_ON = re.compile(rf"{GAP}(?:-|den (?:nam )?){GAP}(?:19|20)[0-9]{{2}}(?![0-9])")
# What is counted or measured even after "số".
COUNTED = re.compile(
    rf"{GAP}(?:ty|trieu|nghin|ngan|dong|nguoi|can{GAP}bo|dang{GAP}vien|dong{GAP}chi|tap{GAP}the|ca{GAP}nhan|ban{GAP}thang"
    rf"|nhom|noi{GAP}dung|giai{GAP}phap|bien{GAP}phap|nhiem{GAP}vu|truong{GAP}hop|buoc|lan|nam|thang|ngay|tuan|gio|hinh{GAP}thuc|muc"
    rf"|van{GAP}de|viec|diem|loai|cap|don{GAP}vi|co{GAP}quan|xa|phuong|chi{GAP}bo|phan|chuong|dieu|khoan|ban|ben|cach|phien|nhan{GAP}su|cau"
    rf"|tieu{GAP}chi|chi{GAP}tieu|muc{GAP}tieu|to{GAP}chuc|hoc{GAP}sinh|y{GAP}kien)(?![a-z0-9])(?! ?[12][0-9]{{3}})"
)
