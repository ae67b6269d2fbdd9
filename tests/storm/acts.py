"""What may happen in a storm: each act does one thing through a service, with whatever was drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from builders import SYSTEM, TODAY, decision
from nhiemky.accounts.models import User
from nhiemky.domain.members.kinds import MOVEMENT_KINDS
from nhiemky.exchange.drafting import Given
from nhiemky.exchange.services.imports import import_carry_out, import_preview, import_receive
from nhiemky.members.models import Movement, Person
from nhiemky.members.services import entering, ledger, particulars
from nhiemky.members.services.entering import PersonData
from nhiemky.members.services.ledger import Paper
from nhiemky.organisation import services
from nhiemky.organisation.models import Reorganisation, Unit
from nhiemky.quality.models import Merge
from nhiemky.quality.services.merging import merge_undo, people_merge

FIRST = date(2020, 1, 1)
KINDS = [kind.key for kind in MOVEMENT_KINDS if kind.typed and kind.key != "admission"]
Act = Callable[[Random], object]


def day(draw: Random) -> date:
    return FIRST + timedelta(days=draw.randrange((TODAY - FIRST).days + 1))


def cell(draw: Random) -> str:
    return draw.choice(Unit.objects.exclude(code__in=("T", "H1", "H2", "X1", "X2", "X3")).order_by("pk")).code


def somebody(draw: Random) -> Person:
    return draw.choice(Person.objects.order_by("pk"))


def _data(draw: Random) -> PersonData:
    name = f"{draw.choice(('Nguyễn', 'Trần', 'Lê'))} {draw.choice(('Thị', 'Văn'))} {draw.choice(('An', 'Bình', 'Ý'))}"
    return PersonData(name, draw.choice(("female", "male")), date(1980, 1, 1) + timedelta(draw.randrange(7000)), 1)


def admit(draw: Random) -> object:
    on = day(draw)
    return entering.person_admit(
        actor=SYSTEM, person=_data(draw), unit_code=cell(draw), decided_on=on, admitted_on=on, paper=Paper("1"),
        today=TODAY,
    )  # fmt: skip


def receive(draw: Random) -> object:
    on = day(draw)
    return entering.person_receive(
        actor=SYSTEM, person=_data(draw), unit_code=cell(draw), on=on, place="Gia Lai", paper=Paper("2"), today=TODAY,
        decided_on=date(2010, 1, 1), admitted_on=date(2010, 2, 1),
        official_on=draw.choice((None, date(2011, 2, 1))),
    )  # fmt: skip


def book(draw: Random) -> object:
    who, last = somebody(draw), Movement.objects.order_by("-on").first()
    after = last.on if last is not None and draw.random() < 0.5 else day(draw)
    return ledger.movement_book(
        actor=SYSTEM, person_id=who.pk, kind=draw.choice(KINDS), on=after + timedelta(days=draw.randrange(400)),
        paper=Paper("3"), today=TODAY, unit_code=cell(draw), place="Huế",
    )  # fmt: skip


def take_back(draw: Random) -> object:
    wrong = draw.choice(Movement.objects.filter(reverses=None).order_by("pk"))
    return ledger.movement_reverse(actor=SYSTEM, movement_id=wrong.pk, reason="nhầm", today=TODAY)


def amend(draw: Random) -> object:
    values = {"birth_date": date(1985, 5, 5), "full_name": "Phạm Thị Sửa", "sex": "male"}
    key = draw.choice(sorted(values))
    who = somebody(draw)
    return particulars.person_amend(
        actor=SYSTEM, person_id=who.pk, values={key: values[key]}, reason="sửa", today=TODAY
    )


def reorganise(draw: Random) -> object:
    first, second, other = cell(draw), cell(draw), cell(draw)
    new = {"op": "found", "code": f"N{draw.randrange(10**6)}", "name": "Chi bộ Mới", "kind": "cell",
           "sector": "residential", "parent": draw.choice(("X1", "X2", "X3"))}  # fmt: skip
    operations: list[list[dict[str, object]]] = [
        [{"op": "merge", "units": [first], "into": second}],
        [{"op": "merge", "units": [first, other], "into": second}],
        [dict(new), {"op": "merge", "units": [first], "into": new["code"]}],
        [dict(new)],
        [{"op": "move", "unit": first, "parent": draw.choice(("X1", "X2", "X3"))}],
        [{"op": "move", "unit": draw.choice(("X1", "X2", "X3")), "parent": draw.choice(("H1", "H2"))}],
        [{"op": "dissolve", "unit": first, "members_to": second}],
        [{"op": "merge", "units": ["X1"], "into": draw.choice(("X2", "X3"))}],
        [{"op": "rename", "unit": first, "name": f"Chi bộ {draw.randrange(10**6)}"}],
    ]
    data = decision(*draw.choice(operations), effective=day(draw), number=f"{draw.randrange(10**9)}")
    return services.reorganisation_apply(actor=SYSTEM, decision=data, today=TODAY)


def undo(draw: Random) -> object:
    applied = Reorganisation.objects.filter(status=Reorganisation.APPLIED).order_by("pk")
    return services.reorganisation_undo(actor=SYSTEM, reorganisation_id=draw.choice(applied).pk, today=TODAY)


def take_over(draw: Random) -> object:
    """A small list of a commune, as somebody would hand it in: new people, known ones, and rows to be refused."""
    user, _made = User.objects.get_or_create(username="nguoinhap", defaults={"full_name": "Người nhập"})
    actor, on = replace(SYSTEM, user_id=user.pk), day(draw)
    lines = ["Họ và tên;Ngày sinh;Giới tính;Dân tộc;Ngày vào Đảng;Ngày chính thức;Mã chi bộ"]
    for _ in range(4):
        data = _data(draw)
        sex, official = "Nữ" if data.sex == "female" else "Nam", draw.choice(("3/2/2012", "", "31/31/2012"))
        born = f"{data.birth_date:%d/%m/%Y}"
        lines.append(f"{data.full_name};{born};{sex};Kinh;3/2/2011;{official};{cell(draw)}")
    given = Given("\n".join(lines).encode(), draw.choice(("X1", "X2", "T")), on)
    held = import_receive(actor=actor, given=given, file_name="danh-sach.csv")
    import_preview(actor=actor, import_id=held.pk, today=TODAY)
    return import_carry_out(actor=actor, import_id=held.pk, today=TODAY, good_rows=draw.random() < 0.8)


def merge(draw: Random) -> object:
    return people_merge(
        actor=SYSTEM, kept_id=somebody(draw).pk, dropped_id=somebody(draw).pk, reason="trùng", today=TODAY
    )


def unmerge(draw: Random) -> object:
    return merge_undo(actor=SYSTEM, merge_id=draw.choice(Merge.objects.order_by("pk")).pk, today=TODAY)


# An act and how often it is chosen.
ACTS: dict[str, tuple[Act, int]] = {
    "admit": (admit, 5),
    "receive": (receive, 2),
    "book": (book, 10),
    "take back": (take_back, 4),
    "amend": (amend, 1),
    "reorganise": (reorganise, 6),
    "undo": (undo, 3),
    "take over": (take_over, 2),
    "merge": (merge, 3),
    "unmerge": (unmerge, 2),
}
