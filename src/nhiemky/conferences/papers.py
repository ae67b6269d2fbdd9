"""Papers of a conference as .docx: invitations, minutes, the list of instructions, the summary with its sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from django.utils.translation import override

from nhiemky.conferences import selectors
from nhiemky.conferences.called import called_in_vietnamese, issuer_of, post_of, unit_name
from nhiemky.conferences.models import AgendaItem, Conference, Invitee
from nhiemky.conferences.qr import png
from nhiemky.conferences.selectors import Became
from nhiemky.conferences.summary import Line, Num, Summary, lower
from nhiemky.conferences.wording import BECAME, NOTE_KINDS, PRESENCE
from nhiemky.core.papers import Block, Grid, Paper, Picture, Text, docx_of, docx_of_all
from nhiemky.documents.wording import cited
from nhiemky.domain.conferences.kinds import CHAIR, EXCUSED, PRESENT, SECRETARY
from nhiemky.domain.names import name_key

_AGENDA = ("Thời gian", "Nội dung", "Người trình bày")
_AGENDA_WIDTHS = (3.3, 8.7, 4.5)


def write_time(item: AgendaItem) -> str:
    """When an item begins and how long it takes."""
    return f"{item.begins_at:%H:%M} ({item.minutes} phút)"


def _when(held: Conference) -> str:
    until = f" đến {held.ends_at:%H giờ %M}" if held.ends_at else ""
    return f"từ {held.starts_at:%H giờ %M}{until}, ngày {held.on:%d/%m/%Y}"


def _agenda(held: Conference) -> Grid:
    items = selectors.agenda(held)
    return Grid(_AGENDA, [(write_time(item), _with_papers(item), item.speaker) for item in items], _AGENDA_WIDTHS)


def _with_papers(item: AgendaItem) -> str:
    papers = "; ".join(cited(paper) for paper in item.papers.all())
    return f"{item.title} ({papers})" if papers else item.title


# Invitations


def invitations(held: Conference, address: Callable[[Invitee], str], today: date) -> bytes:
    """One paper for each of the invited; `address` is what the code on it leads to."""
    with override("vi"):
        agenda = _agenda(held)
        people = sorted(selectors.invitees(held), key=lambda one: name_key(one.name))
        return docx_of_all([_invitation(held, one, agenda, address(one), today) for one in people])


def _invitation(held: Conference, one: Invitee, agenda: Grid, address: str, today: date) -> Paper:
    code = f"{one.code[:5]} {one.code[5:]}"
    blocks: list[Block] = [
        Text(one.name, "Kính mời: ", bold=True),
        Text(post_of(one, held.on), "Chức vụ, đơn vị: "),
        Text(f"Đến dự {lower(held.title)}."),
        Text(_when(held), "Thời gian: "),
        Text(held.place, "Địa điểm: "),
    ]
    if agenda.rows:
        blocks += [Text("", "Chương trình:"), agenda]
    blocks += [
        Picture(png(address), 3.0, f"Mã điểm danh {code}"),
        Text(f"Mã điểm danh: {code} (dùng một lần, xuất trình khi đến dự)", centred=True, italic=True),
    ]
    return Paper("Giấy mời", lower(held.title), blocks, issuer=issuer_of(held), day=min(today, held.on))


# Minutes


def minutes(held: Conference, today: date) -> bytes:
    """Who chaired and came, what was dealt with, what was instructed, with whom and by when."""
    with override("vi"):
        people = sorted(selectors.invitees(held), key=lambda one: name_key(one.name))
        blocks = [*_opened(held, people), *_items(held), *_instructed(selectors.became(held, today))]
        blocks += [Text(_ended(held))]
        takes = ", ".join(one.name for one in people if one.role == SECRETARY)
        made = issuer_of(held)
        paper = Paper("Biên bản", lower(held.title), blocks, issuer=made, day=held.on,
                      sign_as=("THƯ KÝ                 CHỦ TRÌ",), signer=takes)  # fmt: skip
        return docx_of(paper)


def _ended(held: Conference) -> str:
    at = f" lúc {held.ends_at:%H giờ %M}" if held.ends_at else ""
    return f"Hội nghị kết thúc{at} cùng ngày." if held.closed else "Hội nghị chưa kết thúc."


def _opened(held: Conference, people: list[Invitee]) -> Iterator[Block]:
    came = selectors.attendance(held)
    yield Text(f"{_when(held)}, tại {held.place}.", "Thời gian, địa điểm: ")
    yield Text(_names(people, lambda one: one.role == CHAIR), "Chủ trì: ")
    yield Text(_names(people, lambda one: one.role == SECRETARY), "Thư ký: ")
    guests = came.guests[PRESENT]
    yield Text(f"{came.present}/{came.summoned} đại biểu được triệu tập; {guests} khách mời.", "Thành phần dự: ")
    if came.quorum.needed is not None:
        state = "đủ" if came.quorum.reached else "chưa đủ"
        source = came.quorum.rule.cites if came.quorum.rule else ""
        sure = "" if came.quorum.rule and came.quorum.rule.confirmed else ", chờ xác nhận"
        note = f" ({source or 'mức do hội nghị đặt'}{sure})"
        yield Text(f"cần {came.quorum.needed}, {state} để tiến hành{note}.", "Số đại biểu tối thiểu: ")
    away = [one for one in people if one.presence not in (PRESENT, "")]
    if away:
        rows = [(one.name, post_of(one, held.on), _why_away(one)) for one in away]
        yield Text("", "Vắng mặt:")
        yield Grid(("Họ và tên", "Chức vụ, đơn vị", "Lý do"), rows, (5.0, 7.0, 4.5))


def _why_away(one: Invitee) -> str:
    return one.reason if one.presence == EXCUSED else str(PRESENCE[one.presence])


def _names(people: list[Invitee], wanted: Callable[[Invitee], bool]) -> str:
    return "; ".join(called_in_vietnamese(one) for one in people if wanted(one)) or "................"


def _items(held: Conference) -> Iterator[Block]:
    grid = _agenda(held)
    if grid.rows:
        yield Text("", "Nội dung:")
        yield grid


_NOTED = ("TT", "Nội dung", "Người nêu", "Giao cho, thời hạn")


def _instructed(found: list[Became], *, outcome: bool = False) -> Iterator[Block]:
    for kind, title in NOTE_KINDS.items():
        of_kind = [one for one in found if one.note.kind == kind]
        if of_kind:
            yield Text("", f"{title}:")
            rows = [(str(n), one.note.text, one.note.by.name if one.note.by else "", _given(one, outcome=outcome))
                    for n, one in enumerate(of_kind, start=1)]  # fmt: skip
            yield Grid(_NOTED, rows, (1.0, 7.5, 3.5, 4.5))


def _given(one: Became, *, outcome: bool) -> str:
    stands = f" ({BECAME[one.outcome]})" if outcome else ""
    if one.task is None:
        return one.note.waived or str(BECAME[one.outcome])
    return f"{unit_name(one.task.unit_id, one.task.given_on)}, {one.task.due_on:%d/%m/%Y}{stands}"


def instructions(held: Conference, today: date) -> bytes:
    """The list of what was instructed and pointed out, with owner, day and how each stands today."""
    with override("vi"):
        blocks = list(_instructed(selectors.became(held, today), outcome=True))
        blocks = blocks or [Text("Hội nghị chưa ghi nhận nội dung nào.")]
        subject = f"các nội dung chỉ đạo và hạn chế nêu tại {lower(held.title)}"
        return docx_of(Paper("Danh mục", subject, blocks, issuer=issuer_of(held), day=today))


# The summary


def summary_paper(held: Conference, found: Summary, address: str, today: date) -> bytes:
    """The summary as a paper without a number."""
    blocks = summary_blocks(found, address)
    return docx_of(Paper("Thông báo", lower(found.title), blocks, issuer=issuer_of(held), day=today))


def summary_blocks(found: Summary, address: str) -> list[Block]:
    """The summary; each number bears the mark of its source, which the list at the end names with its address."""
    sources: list[Num] = []
    blocks: list[Block] = []
    for number, part in enumerate(found.parts, start=1):
        blocks.append(Text("", f"{number}. {part.title}"))
        blocks += [Text(_marked(line, sources)) for line in part.lines]
        blocks += [Text(f"{n}) {_marked(line, sources)}") for n, line in enumerate(part.listed, start=1)]
    rows = [(f"[{n}]", num.text, num.source, address.rstrip("/") + num.url) for n, num in enumerate(sources, start=1)]
    return [
        *blocks, Text("", "Nguồn số liệu"),
        Grid(("Số", "Số liệu", "Nguồn", "Địa chỉ"), rows, (1.2, 2.3, 5.5, 7.5)),
    ]  # fmt: skip


def _marked(line: Line, sources: list[Num]) -> str:
    text = ""
    for piece in line:
        if isinstance(piece, str):
            text += piece
        else:
            sources.append(piece)
            text += f"{piece.text} [{len(sources)}]"
    return text
