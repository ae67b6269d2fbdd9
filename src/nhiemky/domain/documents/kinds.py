"""Types of documents and relations between them, in the words of the Party's rules on documents (66-QĐ/TW)."""

from __future__ import annotations

from dataclasses import dataclass

RULE = "Quy định 66-QĐ/TW về thể loại, thẩm quyền ban hành văn bản của Đảng; Hướng dẫn 36-HD/VPTW"


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of document with the symbol in its number. `confirmed` tells that a source shows the symbol."""

    key: str
    symbol: str
    vi: str
    en: str
    confirmed: bool = False


KINDS = (
    Kind("resolution", "NQ", "Nghị quyết", "Resolution", confirmed=True),
    Kind("decision", "QĐ", "Quyết định", "Decision", confirmed=True),
    Kind("regulation", "QĐ", "Quy định", "Regulation", confirmed=True),
    Kind("conclusion", "KL", "Kết luận", "Conclusion", confirmed=True),
    Kind("directive", "CT", "Chỉ thị", "Directive", confirmed=True),
    Kind("statute", "QC", "Quy chế", "Working rules"),
    Kind("circular", "TT", "Thông tri", "Circular"),
    Kind("guidance", "HD", "Hướng dẫn", "Guidance", confirmed=True),
    Kind("notice", "TB", "Thông báo", "Notice"),
    Kind("communique", "TC", "Thông cáo", "Communiqué"),
    Kind("report", "BC", "Báo cáo", "Report"),
    Kind("plan", "KH", "Kế hoạch", "Plan", confirmed=True),
    Kind("planning", "QH", "Quy hoạch", "Planning"),
    Kind("programme", "CTr", "Chương trình", "Programme"),
    Kind("scheme", "ĐA", "Đề án", "Scheme"),
    Kind("option", "PA", "Phương án", "Option"),
    Kind("project", "DA", "Dự án", "Project"),
    Kind("submission", "TTr", "Tờ trình", "Submission"),
    Kind("letter", "CV", "Công văn", "Letter"),
    Kind("minutes", "BB", "Biên bản", "Minutes"),
    Kind("law", "", "Luật", "Law"),
    Kind("decree", "NĐ", "Nghị định", "Decree"),
)
KIND = {kind.key: kind for kind in KINDS}
OF_STATE = ("law", "decree")

IMPLEMENTS, AMENDS, SUPPLEMENTS, REPLACES, REPEALS, CITES, GUIDED_BY = RELATIONS = (
    "implements", "amends", "supplements", "replaces", "repeals", "cites", "guided_by",
)  # fmt: skip
