"""Papers 10-KNĐ to 16-KNĐ: from the probationary member's self-review to the decision on official status."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from nhiemky.admissions.documents.before import COMMITTEE, OFFICIALS, issued, own_hand
from nhiemky.admissions.documents.dossier import DOTS, Dossier, Line, Sheet, blanks, long_day

_ON = "công nhận đảng viên dự bị {name} trở thành đảng viên chính thức"


def _joined(known: Dossier) -> str:
    """The member with the days of joining and of the end of probation."""
    ends = known.standing.state.probation_ends
    return (
        f"{known.described}, được kết nạp vào Đảng {long_day(known.standing.facts.ceremony_on)}, hết thời gian dự bị "
        f"{long_day(ends)}"
    )


def self_review(known: Dossier) -> list[Sheet]:
    """10-KNĐ."""
    lines = [
        Line(f"Kính gửi: Chi ủy {known.cell}", "bold"),
        *known.particulars,
        Line(f"Được kết nạp vào Đảng {long_day(known.standing.facts.ceremony_on)}, đang sinh hoạt tại {known.cell}."),
        Line("Căn cứ tiêu chuẩn và nhiệm vụ của đảng viên, trong thời gian dự bị tôi có những ưu, khuyết điểm sau:"),
        Line("Ưu điểm:", "bold"),
        *blanks(4),
        Line("Khuyết điểm:", "bold"),
        *blanks(3),
        Line("Biện pháp khắc phục:", "bold"),
        *blanks(3),
        Line("Đề nghị chi bộ xét, đề nghị cấp có thẩm quyền công nhận tôi là đảng viên chính thức."),
    ]
    return [own_hand(known, "BẢN TỰ KIỂM ĐIỂM", lines, known.name, "reviews", "của đảng viên dự bị")]


def helpers_comment(known: Dossier) -> list[Sheet]:
    """11-KNĐ."""
    lines = [
        Line(f"Kính gửi: Chi ủy {known.cell}", "bold"),
        Line(f"Tôi là: {known.helper}, đảng viên chính thức, được chi bộ phân công giúp đỡ đảng viên dự bị "
             f"{_joined(known)}. Tôi xin báo cáo như sau:"),
        *blanks(8),
        Line(f"Đề nghị chi bộ xem xét việc công nhận đảng viên {known.name} trở thành đảng viên chính thức."),
    ]  # fmt: skip
    signer = "" if known.helper == DOTS else known.helper
    return [own_hand(known, "BẢN NHẬN XÉT", lines, signer, "reviews", "đảng viên dự bị")]


def opinions(known: Dossier) -> list[Sheet]:
    """12-KNĐ."""
    lines = [
        Line(f"{known.cell} tổng hợp ý kiến nhận xét đối với đảng viên dự bị {_joined(known)}, như sau:"),
        Line("1. Ý kiến của tổ chức chính trị - xã hội nơi làm việc:", "bold"),
        *blanks(3),
        Line("2. Ý kiến của chi ủy nơi cư trú:", "bold"),
        *blanks(3),
        Line("Kết luận của chi ủy:", "bold"),
        *([Line(known.note("official_opinions"))] if known.note("official_opinions") else blanks(3)),
    ]
    key = "official_opinions"
    return [issued(known, "cell", key, "TỔNG HỢP Ý KIẾN NHẬN XÉT", "đối với đảng viên dự bị", lines, "BC")]


def cell_resolution(known: Dossier) -> list[Sheet]:
    """13-KNĐ."""
    lines = [
        Line(f"{long_day(known.on('official_vote')).capitalize()}, {known.cell} đã họp xét, đề nghị công nhận đảng "
             f"viên dự bị {_joined(known)}, trở thành đảng viên chính thức."),
        *known.presence("official_vote", OFFICIALS),
        Line(f"Chủ trì hội nghị: đồng chí {DOTS} Thư ký: đồng chí {DOTS}"),
        Line("Ưu điểm, khuyết điểm chính trong thời gian dự bị:"),
        *blanks(4),
        *known.vote("official_vote", _ON.format(name=known.name), OFFICIALS),
        Line(f"Chi bộ báo cáo {known.above} xem xét, quyết định."),
    ]  # fmt: skip
    return [issued(known, "cell", "official_vote", "NGHỊ QUYẾT", "đề nghị công nhận đảng viên chính thức", lines)]


def sectional(known: Dossier) -> list[Sheet]:
    """14-KNĐ."""
    by = known.issuer("sectional")
    lines = [
        Line(f"{by.name} đã thẩm định Nghị quyết số {known.number('official_vote')} của {known.cell} về việc đề nghị "
             f"công nhận đảng viên dự bị {_joined(known)}."),
        Line("Kết quả thẩm định:"),
        *blanks(4),
        Line(f"Đề nghị {known.issuer('grassroots').name} xem xét, quyết định."),
    ]  # fmt: skip
    title = "thẩm định nghị quyết của chi bộ về công nhận đảng viên chính thức"
    return [issued(known, "sectional", "official_sectional", "BÁO CÁO", title, lines, "BC")]


def grassroots(known: Dossier) -> list[Sheet]:
    """15-KNĐ."""
    by = known.issuer("grassroots")
    lines = [
        Line(f"{long_day(known.on('official_grassroots')).capitalize()}, {by.name} đã họp xét Nghị quyết số "
             f"{known.number('official_vote')} của {known.cell} về việc đề nghị công nhận đảng viên dự bị "
             f"{_joined(known)}."),
        *known.presence("official_grassroots", COMMITTEE),
        Line("Kết luận:"),
        *blanks(3),
        *known.vote("official_grassroots", _ON.format(name=known.name), COMMITTEE),
        Line(f"{by.name} đề nghị {known.issuer('authority').name} xem xét, quyết định."),
    ]  # fmt: skip
    key = "official_grassroots"
    return [issued(known, "grassroots", key, "NGHỊ QUYẾT", "đề nghị công nhận đảng viên chính thức", lines)]


def decision(known: Dossier) -> list[Sheet]:
    """16-KNĐ."""
    below = "grassroots" if "grassroots" in known.levels else "cell"
    asked = known.number("official_grassroots" if below == "grassroots" else "official_vote")
    official = known.who.official_on if hasattr(known.who, "official_on") else None
    lines = [
        Line("- Căn cứ Điều lệ Đảng Cộng sản Việt Nam;"),
        Line(f"- Xét đề nghị của {known.issuer(below).name} tại Nghị quyết số {asked},"),
        Line("BAN THƯỜNG VỤ QUYẾT ĐỊNH", "centre"),
        Line(f"Điều 1. Công nhận đảng viên dự bị {_joined(known)}, là đảng viên chính thức từ "
             f"{long_day(official or known.standing.state.probation_ends)}."),
        Line(f"Điều 2. {known.issuer(below).name}, {known.cell} và đảng viên {known.name} chịu trách nhiệm thi hành "
             "Quyết định này."),
    ]  # fmt: skip
    title = "công nhận đảng viên chính thức"
    return [issued(known, "authority", "official_decision", "QUYẾT ĐỊNH", title, lines, "QĐ")]


WRITERS: Mapping[str, Callable[[Dossier], list[Sheet]]] = {
    "10-KNĐ": self_review,
    "11-KNĐ": helpers_comment,
    "12-KNĐ": opinions,
    "13-KNĐ": cell_resolution,
    "14-KNĐ": sectional,
    "15-KNĐ": grassroots,
    "16-KNĐ": decision,
}
