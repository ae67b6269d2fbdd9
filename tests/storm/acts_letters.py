"""What a storm does between two offices: letters of introduction and what becomes of them."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet

from builders import SYSTEM
from nhiemky.domain.transfers.kinds import ABROAD, RECEIVED, RETURNED, SENT, TEMPORARY
from nhiemky.members.services.ledger import Paper
from nhiemky.organisation.models import Unit
from nhiemky.transfers.models import GuestStay, Transfer
from nhiemky.transfers.services import receiving, sending
from nhiemky.transfers.services.sending import Letter
from storm.weather import Storm


def _letter(storm: Storm) -> Letter:
    """Any kind, on one of the last days or so long ago that nobody has presented it in time: it is lost."""
    draw = storm.draw
    on = storm.today - timedelta(days=draw.choice((0, 3, 10, 70)))
    kind = draw.choice(("internal", "official", "official", TEMPORARY, ABROAD))
    until = on + timedelta(days=200) if kind in (TEMPORARY, ABROAD) else None
    outside = kind == ABROAD or (kind != "internal" and draw.random() < 0.2)
    target = "" if outside else draw.choice(Unit.objects.exclude(code="T").order_by("pk")).code
    return Letter(
        kind, on, Paper(f"{draw.randrange(99)}-GT/ĐU", on, "Đảng ủy"), target, place="Nhật Bản" if outside else "",
        purpose="work" if kind == TEMPORARY else "", until=until,
    )  # fmt: skip


def _one(storm: Storm, found: QuerySet[Transfer]) -> Transfer:
    return storm.one_of(found.order_by("pk"))


def send(storm: Storm) -> object:
    who = storm.somebody().pk
    return sending.transfer_send(actor=SYSTEM, person_id=who, letter=_letter(storm), today=storm.today)


def send_again(storm: Storm) -> object:
    held = _one(storm, Transfer.objects.filter(state=RETURNED))
    return sending.transfer_send_again(actor=SYSTEM, transfer_id=held.pk, letter=_letter(storm), today=storm.today)


def withdraw(storm: Storm) -> object:
    held = _one(storm, Transfer.objects.filter(state__in=(SENT, RETURNED)))
    return sending.transfer_withdraw(actor=SYSTEM, transfer_id=held.pk, reason="thôi", today=storm.today)


def confirm(storm: Storm) -> object:
    """In one of the cells that the addressed organisation has by now, which may be a successor's."""
    held = _one(storm, Transfer.objects.filter(state=SENT))
    on = storm.draw.choice((storm.today, held.letter_on, held.letter_on + timedelta(days=2)))
    cell = "" if held.target_unit_id is None else storm.cell(within=held.target_unit_id)
    return receiving.transfer_receive(
        actor=SYSTEM, transfer_id=held.pk, on=on, unit_code=cell, today=storm.today
    )  # fmt: skip


def send_back(storm: Storm) -> object:
    held = _one(storm, Transfer.objects.filter(state=SENT))
    return receiving.transfer_return(actor=SYSTEM, transfer_id=held.pk, reason="sai số thẻ", today=storm.today)


def end_stay(storm: Storm) -> object:
    stay = storm.one_of(GuestStay.objects.order_by("pk"))
    on = min(stay.during.lower + timedelta(days=storm.draw.choice((1, 30, 150))), storm.today)
    return receiving.stay_end(
        actor=SYSTEM, transfer_id=stay.transfer_id, on=on, reason="về sớm", today=storm.today
    )  # fmt: skip


def come_back(storm: Storm) -> object:
    held = _one(storm, Transfer.objects.filter(state=RECEIVED, kind=ABROAD))
    on = storm.draw.choice((storm.today, storm.day()))
    return receiving.abroad_return(
        actor=SYSTEM, transfer_id=held.pk, on=on, unit_code=storm.cell(), paper=Paper("8-GT", date(2024, 1, 1), "ĐSQ"),
        today=storm.today,
    )  # fmt: skip
