"""What a storm does to people: entries of the ledger, corrections, spreadsheets, two made one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from builders import SYSTEM
from nhiemky.accounts.models import User
from nhiemky.domain.members.grounds import OF_KIND
from nhiemky.domain.members.kinds import MOVEMENT_KINDS
from nhiemky.exchange.drafting import Given
from nhiemky.exchange.services.imports import import_carry_out, import_preview, import_receive
from nhiemky.members.models import Movement
from nhiemky.members.services import entering, ledger, particulars
from nhiemky.quality.models import Merge
from nhiemky.quality.services.merging import merge_undo, people_merge
from storm.weather import PAPER, Storm

KINDS = [kind.key for kind in MOVEMENT_KINDS if kind.typed and kind.key != "admission"]


def admit(storm: Storm) -> object:
    on = storm.day()
    return entering.person_admit(
        actor=SYSTEM, person=storm.data(), unit_code=storm.cell(), decided_on=on, admitted_on=on, paper=PAPER,
        today=storm.today,
    )  # fmt: skip


def receive(storm: Storm) -> object:
    on, decided = storm.day(), date(storm.draw.choice((1993, 1994, 2010)), 1, 1)
    return entering.person_receive(
        actor=SYSTEM, person=storm.data(), unit_code=storm.cell(), on=on, place="Gia Lai", paper=PAPER,
        today=storm.today, decided_on=decided, admitted_on=decided,
        official_on=storm.draw.choice((None, date(2011, 2, 1))),
    )  # fmt: skip


def book(storm: Storm) -> object:
    """Any kind of entry, with or without a ground, from before everything to after the person's last entry."""
    return _booked(storm, storm.draw.choice(KINDS))


def leave_or_return(storm: Storm) -> object:
    """With its ground struck off or exempted; somebody who has left is readmitted."""
    kind = storm.draw.choice(("striking_off", "exemption_on", "exemption_off", "leaving", "readmission"))
    return _booked(storm, kind)


def _booked(storm: Storm, kind: str) -> object:
    who = storm.somebody()
    last = Movement.objects.filter(person=who, reverses=None, reversed_by=None).order_by("-on").first()
    on = storm.day()
    if last is not None and storm.draw.random() < 0.7:
        on = min(last.on + timedelta(days=storm.draw.choice((1, 30, 400, 1100))), storm.today)
    return ledger.movement_book(
        actor=SYSTEM, person_id=who.pk, kind=kind, on=on, paper=PAPER, today=storm.today, unit_code=storm.cell(),
        place="Huế", ground=storm.draw.choice(("", *OF_KIND.get(kind, ()))),
    )  # fmt: skip


def take_back(storm: Storm) -> object:
    wrong = storm.one_of(storm.own())
    return ledger.movement_reverse(actor=SYSTEM, movement_id=wrong.pk, reason="nhầm", today=storm.today)


def amend(storm: Storm) -> object:
    values: dict[str, object] = {
        "birth_date": date(1985, 5, 5), "full_name": "Phạm Thị Sửa", "sex": "male", "decided_on": date(2012, 6, 1),
    }  # fmt: skip
    key = storm.draw.choice(sorted(values))
    return particulars.person_amend(
        actor=SYSTEM, person_id=storm.somebody().pk, values={key: values[key]}, reason="sửa", today=storm.today
    )


def take_over(storm: Storm) -> object:
    """A small list of a commune, as somebody would hand it in: new people, known ones, and rows to be refused."""
    user, _made = User.objects.get_or_create(username="nguoinhap", defaults={"full_name": "Người nhập"})
    actor, on = replace(SYSTEM, user_id=user.pk), storm.day()
    lines = ["Họ và tên;Ngày sinh;Giới tính;Dân tộc;Ngày vào Đảng;Ngày chính thức;Mã chi bộ"]
    for _ in range(4):
        data = storm.data()
        sex, official = "Nữ" if data.sex == "female" else "Nam", storm.draw.choice(("3/2/2012", "", "31/31/2012"))
        born = f"{data.birth_date:%d/%m/%Y}"
        lines.append(f"{data.full_name};{born};{sex};Kinh;3/2/2011;{official};{storm.cell()}")
    given = Given("\n".join(lines).encode(), storm.draw.choice(("X1", "X2", "T")), on)
    held = import_receive(actor=actor, given=given, file_name="danh-sach.csv")
    import_preview(actor=actor, import_id=held.pk, today=storm.today)
    return import_carry_out(actor=actor, import_id=held.pk, today=storm.today, good_rows=storm.draw.random() < 0.8)


def merge(storm: Storm) -> object:
    kept, dropped = storm.somebody().pk, storm.somebody().pk
    return people_merge(actor=SYSTEM, kept_id=kept, dropped_id=dropped, reason="trùng", today=storm.today)


def unmerge(storm: Storm) -> object:
    held = storm.one_of(Merge.objects.order_by("pk"))
    return merge_undo(actor=SYSTEM, merge_id=held.pk, today=storm.today)
