"""The answer to a member as a paper of the unit that keeps the record."""

from __future__ import annotations

from datetime import date

from nhiemky.core.papers import Paper, Text, docx_of
from nhiemky.domain.members.particulars import PARTICULAR
from nhiemky.domain.organisation.issuers import Issuer, issuer
from nhiemky.domain.rights.requests import CORRECTION, GRANTED, WORDS
from nhiemky.members.sums import View
from nhiemky.rights.models import Request

# Papers are written in Vietnamese, whatever language the pages are read in.


def answer_docx(asked: Request, view: View) -> bytes:
    """The answer as .docx; the number and the signature are left to the office."""
    made = _issuer(asked, view)
    return docx_of(
        Paper(
            kind="Thông báo",
            subject="kết quả giải quyết đề nghị của đảng viên về dữ liệu cá nhân",
            blocks=[Text(line) for line in _lines(asked)],
            issuer=made,
            day=asked.answered_on,
            recipients=("Đảng viên có đề nghị", made.office),
        )
    )


def _issuer(asked: Request, view: View) -> Issuer:
    """The unit whose office answered."""
    assert asked.desk_id is not None
    held = view.structure
    place = held.index[asked.desk_id]
    path = held.tree(view.on).path(place)[:-1][::-1]
    version = held.version(place, view.on)
    kind = version.kind if version else ""
    return issuer(held.name(place, view.on), kind, [held.name(one, view.on) for one in path])


def _lines(asked: Request) -> list[str]:
    subject = f"thông tin “{PARTICULAR[asked.field].vi}”" if asked.field else asked.about
    asking = (
        f"Ngày {_day(asked.made_on)}, đồng chí {asked.person.full_name} có {_named(asked)} số {asked.pk}: {subject}."
    )
    outcome = "đồng ý, đã thực hiện" if asked.state == GRANTED else "không đồng ý"
    lines = [asking, f"Sau khi xem xét, tổ chức đảng {outcome}."]
    if asked.kind == CORRECTION and asked.state == GRANTED:
        lines.append("Sổ dữ liệu đảng viên đã ghi theo đề nghị; giá trị cũ được lưu trong lịch sử thay đổi.")
    if asked.answer:
        lines.append(asked.answer)
    if asked.source:
        lines.append(f"Căn cứ: {asked.source}.")
    lines.append("Nếu không nhất trí, đồng chí có quyền khiếu nại lên cấp ủy cấp trên theo quy định.")
    return lines


def _named(asked: Request) -> str:
    name = WORDS[asked.kind][0]
    return name[0].lower() + name[1:]


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
