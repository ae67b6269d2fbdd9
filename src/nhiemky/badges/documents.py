"""The papers of a round as .docx: the decision with its list, and the text of each certificate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from nhiemky.badges.models import BadgeDecision
from nhiemky.badges.selectors import Line
from nhiemky.core.papers import DOTS, Grid, Paper, Text, docx_of
from nhiemky.domain.organisation.issuers import Issuer, issuer
from nhiemky.organisation import selectors as organisation

DECISION, CERTIFICATES = "decision", "certificates"
FILES = {DECISION: "quyet-dinh-tang-huy-hieu-dang", CERTIFICATES: "giay-chung-nhan-huy-hieu-dang"}
_WHY = {"illness": "tặng sớm do bệnh nặng", "posthumous": "truy tặng", "late": "tặng bổ sung"}


def write(file: str, place: int, day: date, lines: Sequence[Line], decision: BadgeDecision | None) -> bytes:
    """One of the papers; without a decision there is room for its number and day."""
    made = _issuer(place, day)
    number, on = (decision.number, decision.decided_on) if decision else (f"......-QĐ/{made.symbol}", None)
    return docx_of(
        _decision(made, number, on, day, lines) if file == DECISION else _certificates(number, on, day, lines)
    )


def _issuer(place: int, day: date) -> Issuer:
    held = organisation.structure()
    version = held.version(place, day) or held.versions[place][-1]
    above = [held.name(one, day) for one in reversed(held.tree(day).path(place)[:-1])]
    return issuer(version.name, version.kind, above)


def _decision(made: Issuer, number: str, on: date | None, day: date, lines: Sequence[Line]) -> Paper:
    levels = Counter(line.years for line in lines)
    parts = "; ".join(
        f"{count} Huy hiệu {years} năm tuổi đảng" for years, count in sorted(levels.items(), reverse=True)
    )
    blocks = (
        Text(f"Căn cứ Điều lệ Đảng và quy định thi hành Điều lệ Đảng về Huy hiệu Đảng;\n{made.name} quyết định:"),
        Text(f" Tặng, truy tặng Huy hiệu Đảng đợt {day:%d/%m/%Y} cho {len(lines)} đảng viên có tên sau đây: {parts}.",
             lead="Điều 1."),
        Grid(("TT", "Họ và tên", "Năm sinh", "Tuổi đảng tính từ", "Huy hiệu", "Chi bộ, ghi chú"),
             [_row(n, line, day) for n, line in enumerate(lines, start=1)], (1.0, 4.2, 1.6, 2.6, 1.7, 5.4)),
        Text(" Mức tiền thưởng kèm theo thực hiện theo hướng dẫn hiện hành.", lead="Điều 2."),
        Text(" Các tổ chức đảng liên quan và đảng viên có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này.",
             lead="Điều 3."),
    )  # fmt: skip
    sent_to = (made.superior, "Như Điều 3", made.office) if made.superior else ("Như Điều 3", made.office)
    return Paper("Quyết định", "về việc tặng Huy hiệu Đảng", blocks, made, number, on, recipients=sent_to)


def _row(number: int, line: Line, day: date) -> tuple[str, ...]:
    decided = f"{line.person.decided_on:%d/%m/%Y}" if line.person.decided_on else ""
    note = f"{_unit(line, day)}" + (f" ({_WHY[line.basis]})" if line.basis in _WHY else "")
    return str(number), line.person.full_name, str(line.person.birth_date.year), decided, f"{line.years} năm", note


def _unit(line: Line, day: date) -> str:
    held = organisation.structure()
    return held.name(held.index[line.unit_id], day)


def _certificates(number: str, on: date | None, day: date, lines: Sequence[Line]) -> Paper:
    """What is to be printed on each certificate, one after the other."""
    blocks: list[Text] = []
    under = f"Theo Quyết định số {number}" + (f" ngày {on:%d/%m/%Y}" if on else "")
    for line in lines:
        deed = "Truy tặng" if line.basis == "posthumous" else "Tặng"
        blocks += [
            Text(f"{deed} Huy hiệu {line.years} năm tuổi đảng", bold=True, centred=True),
            Text(f"Đồng chí {line.person.full_name}", bold=True, centred=True),
            Text(f"Sinh năm {line.person.birth_date.year}; vào Đảng ngày {_joined(line)}; "
                 f"đảng viên {_unit(line, day)}.", centred=True),
            Text(f"{under}.", italic=True, centred=True),
            Text(DOTS, centred=True),
        ]  # fmt: skip
    return Paper("Giấy chứng nhận", f"Huy hiệu Đảng, đợt {day:%d/%m/%Y}", blocks, sign_as=("T/M CẤP ỦY",))


def _joined(line: Line) -> str:
    return f"{line.person.admitted_on:%d/%m/%Y}" if line.person.admitted_on else "....../....../......"
