"""Papers 1-KNĐ to 9-KNĐ: from the application to the decision on admission.

The wording follows the forms of guide 12-HD/BTCTW (2022) as far as they were seen; each office compares it with its own
copy. What only people can say stays a dotted line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from nhiemky.admissions.documents.dossier import DOTS, Dossier, Line, Sheet, blanks, long_day
from nhiemky.admissions.models import Sponsor

_ON = "việc kết nạp quần chúng {name} vào Đảng"
OFFICIALS = "đảng viên chính thức"
COMMITTEE = "cấp ủy viên"


def own_hand(known: Dossier, title: str, lines: Sequence[Line], signer: str, key: str, subject: str = "") -> Sheet:
    """A paper that the person writes by hand: names and days are filled in."""
    place = known.issuer("cell").place or DOTS
    return Sheet((), "", f"{place}, {long_day(known.on(key))}", title, subject, lines, (("NGƯỜI VIẾT", signer),))


def issued(
    known: Dossier, level: str, key: str, title: str, subject: str, lines: Sequence[Line], kind: str = "NQ"
) -> Sheet:
    """A paper that a body issues."""
    by = known.issuer(level)
    left = [part for part in (by.parent, by.name) if part]
    number = known.number(key) if known.on(key) else f"……-{kind}/{by.symbol}"
    behalf = by.on_behalf if level in ("cell", "authority") else "T/M ĐẢNG ỦY"
    recipients = (*([by.superior] if by.superior else []), "Lưu hồ sơ đảng viên")
    day = f"{by.place or DOTS}, {long_day(known.on(key))}"
    return Sheet(left, number, day, title, subject, lines, ((f"{behalf}\n{by.post}", ""),), recipients)


def application(known: Dossier) -> list[Sheet]:
    """1-KNĐ."""
    lines = [
        Line(f"Kính gửi: Chi ủy {known.cell}", "bold"),
        *known.particulars,
        Line("Qua quá trình học tập, công tác và tìm hiểu về Đảng, tôi nhận thức về Đảng như sau:"),
        *blanks(8),
        Line(f"Tôi làm đơn này xin được đứng trong hàng ngũ của Đảng. Nếu được kết nạp, tôi xin hứa: {DOTS}"),
        *blanks(3),
    ]
    return [own_hand(known, "ĐƠN XIN VÀO ĐẢNG", lines, known.name, "application")]


def history(known: Dossier) -> list[Sheet]:
    """2-KNĐ: only the part that the office knows; the rest is the person's own."""
    lines = [
        *known.particulars,
        Line("Lịch sử bản thân:", "bold"),
        *blanks(6),
        Line("Những công việc, chức vụ đã qua:", "bold"),
        *blanks(4),
        Line("Hoàn cảnh gia đình:", "bold"),
        *blanks(4),
        Line("Tự nhận xét:", "bold"),
        *blanks(3),
        Line("Tôi cam đoan đã khai đầy đủ, rõ ràng, trung thực và chịu trách nhiệm trước Đảng về những điều đã khai."),
        Line(f"Kết quả thẩm tra, {long_day(known.on('background'))}: {known.note('background') or DOTS}"),
    ]
    return [own_hand(known, "LÝ LỊCH", lines, known.name, "application", "của người xin vào Đảng")]


def recommendations(known: Dossier) -> list[Sheet]:
    """3-KNĐ: a page for each member who recommends."""
    since = dict(known.case.sponsors.filter(role=Sponsor.RECOMMENDER).values_list("person_id", "since"))
    people = [(one.full_name, long_day(since[one.pk])) for one in known.sponsors(Sponsor.RECOMMENDER)]
    return [_recommendation(known, name, day) for name, day in people or [(DOTS, long_day(None))]]


def _recommendation(known: Dossier, name: str, since: str) -> Sheet:
    lines = [
        Line(f"Kính gửi: {known.cell}", "bold"),
        Line(f"Tôi là: {name}, đảng viên chính thức, đang sinh hoạt tại {known.cell}."),
        Line(f"Được chi bộ phân công giúp đỡ, theo dõi quần chúng {known.described}; cùng công tác từ {since}."),
        Line("Tôi xin báo cáo những vấn đề chủ yếu của quần chúng như sau (phẩm chất, năng lực, quan hệ quần chúng):"),
        *blanks(6),
        Line(f"Tôi giới thiệu và đề nghị chi bộ xét kết nạp quần chúng {known.name} vào Đảng."),
    ]
    return own_hand(known, "GIẤY GIỚI THIỆU", lines, "" if name == DOTS else name, "recommendation", "người vào Đảng")


def union(known: Dossier) -> list[Sheet]:
    """4-KNĐ: the Union's own paper, with the names filled in."""
    by = known.issuer("cell")
    lines = [
        Line(f"Ban Chấp hành Đoàn {DOTS} đã họp xét giới thiệu đoàn viên ưu tú {known.described} vào Đảng."),
        Line("Ưu điểm, khuyết điểm chính:"),
        *blanks(4),
        Line("Số ủy viên tán thành: …… đồng chí (đạt ……%); không tán thành: …… đồng chí."),
        Line(f"Ban Chấp hành giới thiệu đoàn viên {known.name} với {known.cell} xem xét, đề nghị kết nạp vào Đảng."),
    ]
    left = (f"ĐOÀN {DOTS}", "BAN CHẤP HÀNH")
    day = f"{by.place or DOTS}, {long_day(None)}"
    signs = (("T/M BAN CHẤP HÀNH\nBÍ THƯ", ""),)
    return [Sheet(left, "……", day, "NGHỊ QUYẾT", "giới thiệu đoàn viên ưu tú vào Đảng", lines, signs)]


def opinions(known: Dossier) -> list[Sheet]:
    """5-KNĐ."""
    lines = [
        Line(f"{known.cell} tổng hợp ý kiến nhận xét đối với quần chúng {known.described}, như sau:"),
        Line("1. Ý kiến của đại diện tổ chức chính trị - xã hội nơi làm việc:", "bold"),
        *blanks(3),
        Line("2. Ý kiến của chi ủy (chi bộ) nơi cư trú:", "bold"),
        *blanks(3),
        Line("Kết luận của chi ủy:", "bold"),
        *([Line(known.note("opinions"))] if known.note("opinions") else blanks(3)),
    ]
    return [issued(known, "cell", "opinions", "TỔNG HỢP Ý KIẾN NHẬN XÉT", "đối với người xin vào Đảng", lines, "BC")]


def cell_resolution(known: Dossier) -> list[Sheet]:
    """6-KNĐ."""
    on = known.on("cell_vote")
    lines = [
        Line(f"{long_day(on).capitalize()}, {known.cell} đã họp xét, đề nghị kết nạp quần chúng {known.described}, "
             "vào Đảng."),
        *known.presence("cell_vote", OFFICIALS),
        Line(f"Chủ trì hội nghị: đồng chí {DOTS} Thư ký: đồng chí {DOTS}"),
        Line("Sau khi nghe báo cáo và thảo luận, chi bộ thống nhất kết luận:"),
        Line("Ưu điểm, khuyết điểm chính:"),
        *blanks(4),
        *known.vote("cell_vote", _ON.format(name=known.name), OFFICIALS),
        Line(f"Chi bộ báo cáo {known.above} xem xét, đề nghị kết nạp quần chúng {known.name} vào Đảng."),
    ]  # fmt: skip
    return [issued(known, "cell", "cell_vote", "NGHỊ QUYẾT", "đề nghị kết nạp đảng viên", lines)]


def sectional(known: Dossier) -> list[Sheet]:
    """7-KNĐ."""
    by = known.issuer("sectional")
    lines = [
        Line(f"Ngày {DOTS}, {by.name} đã thẩm định Nghị quyết số {known.number('cell_vote')} của {known.cell} về việc "
             f"đề nghị kết nạp quần chúng {known.described}, vào Đảng."),
        Line("Kết quả thẩm định:"),
        *([Line(known.note("sectional"))] if known.note("sectional") else blanks(4)),
        Line(f"Đề nghị {known.issuer('grassroots').name} xem xét, quyết định."),
    ]  # fmt: skip
    title = "thẩm định nghị quyết của chi bộ về đề nghị kết nạp đảng viên"
    return [issued(known, "sectional", "sectional", "BÁO CÁO", title, lines, "BC")]


def grassroots(known: Dossier) -> list[Sheet]:
    """8-KNĐ."""
    by = known.issuer("grassroots")
    lines = [
        Line(f"{long_day(known.on('grassroots')).capitalize()}, {by.name} đã họp xét Nghị quyết số "
             f"{known.number('cell_vote')} của {known.cell} về việc đề nghị kết nạp quần chúng {known.described}."),
        *known.presence("grassroots", COMMITTEE),
        Line("Kết luận:"),
        *blanks(3),
        *known.vote("grassroots", _ON.format(name=known.name), COMMITTEE),
        Line(f"{by.name} đề nghị {known.issuer('authority').name} xét, quyết định kết nạp quần chúng {known.name} "
             "vào Đảng."),
    ]  # fmt: skip
    return [issued(known, "grassroots", "grassroots", "NGHỊ QUYẾT", "đề nghị kết nạp đảng viên", lines)]


def decision(known: Dossier) -> list[Sheet]:
    """9-KNĐ."""
    before = "grassroots" if "grassroots" in known.levels else "cell"
    asked = known.number("grassroots" if before == "grassroots" else "cell_vote")
    lines = [
        Line("- Căn cứ Điều lệ Đảng Cộng sản Việt Nam;"),
        Line(f"- Xét đề nghị của {known.issuer(before).name} tại Nghị quyết số {asked},"),
        Line("BAN THƯỜNG VỤ QUYẾT ĐỊNH", "centre"),
        Line(f"Điều 1. Kết nạp quần chúng {known.described}, vào Đảng Cộng sản Việt Nam."),
        Line(f"Điều 2. {known.issuer(before).name}, {known.cell} và quần chúng {known.name} chịu trách nhiệm thi hành "
             "Quyết định này."),
        Line("Chi bộ tổ chức lễ kết nạp trong thời hạn quy định, kể từ ngày nhận được Quyết định."),
    ]  # fmt: skip
    return [issued(known, "authority", "decision", "QUYẾT ĐỊNH", "kết nạp đảng viên", lines, "QĐ")]


WRITERS: Mapping[str, Callable[[Dossier], list[Sheet]]] = {
    "1-KNĐ": application,
    "2-KNĐ": history,
    "3-KNĐ": recommendations,
    "4-KNĐ": union,
    "5-KNĐ": opinions,
    "6-KNĐ": cell_resolution,
    "7-KNĐ": sectional,
    "8-KNĐ": grassroots,
    "9-KNĐ": decision,
}
