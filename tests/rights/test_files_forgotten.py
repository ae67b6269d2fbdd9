"""Files that hold people's data are sealed, kept for days only, and dropped with the data of who is in them."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from builders import SYSTEM, province
from nhiemky.accounts.models import User
from nhiemky.exchange.drafting import Given
from nhiemky.exchange.models import Import, ImportRow
from nhiemky.exchange.services import forgetting
from nhiemky.exchange.services.imports import import_carry_out, import_preview, import_receive
from nhiemky.jobs import services as jobs
from nhiemky.jobs.models import Job
from nhiemky.members.models import Person
from rights.cases import TODAY
from rights.shreds import everything, shred

HEADINGS = "Họ và tên;Ngày sinh;Số điện thoại;Mã chi bộ\n"
BAD = "Nguyễn Thị Ân;31/02/1984;0905123456;C1\n"
TOLD = ("Nguyễn Thị Ân", "0905123456", "NGUYỄN THỊ ÂN")


def handed_in(text: str, name: str = "dang-vien.csv") -> Import:
    given = Given((HEADINGS + text).encode(), "X1", date(2026, 10, 1))
    held = import_receive(actor=SYSTEM, given=given, file_name=name)
    return import_preview(actor=SYSTEM, import_id=held.pk, today=TODAY)


def taken_over(text: str) -> Import:
    return import_carry_out(actor=SYSTEM, import_id=handed_in(text).pk, today=TODAY, good_rows=True)


def made_file(**values: object) -> Job:
    user, _made = User.objects.get_or_create(username="zz", full_name="Zz")
    with_it = {"kind": "x", "title": "x", "arguments": {}, "state": "done", "file": b"x", "file_name": "a.csv"}
    return Job.objects.create(user=user, verified=True, ended_at=timezone.now(), **{**with_it, **values})


def test_no_spreadsheet_tells_any_more_who_it_was(gone: Person) -> None:
    draft = handed_in("NGUYỄN THỊ ÂN;20/10/1984;0905123456;C1\n", "Nguyễn Thị Ân.csv")
    done = taken_over(BAD)
    assert done.refused_file is not None
    assert ImportRow.objects.filter(of=done).exists()
    other = handed_in("Lê Thị Bình;03/02/1984;;C1\n")
    shred(gone)
    lines = [line for line in everything().splitlines() if not line.startswith("audit_event")]
    rows = [row for row in lines if "exchange" in row or "jobs" in row]
    assert [row for row in rows for text in TOLD if text in row] == []
    assert not Import.objects.filter(pk=draft.pk).exists()
    assert list(Import.objects.filter(pk=done.pk).values_list("refused_file", "counts__refused")) == [(None, 1)]
    assert Import.objects.get(pk=other.pk).rows.count() == 1


def test_drafts_and_refused_rows_go_after_a_month(db: None) -> None:
    province()
    draft, done = handed_in(BAD), taken_over("Trần Văn Tám;31/02/1984;;C1\n")
    day = timezone.localdate()
    assert not forgetting.overdue(day + timedelta(days=30)).exists()
    later = day + timedelta(days=31)
    assert forgetting.imports_expire(actor=SYSTEM, today=later) == 2
    assert not forgetting.overdue(later).exists()
    assert list(Import.objects.values_list("pk", "refused_file")) == [(done.pk, None)]
    assert draft.pk != done.pk
    assert not ImportRow.objects.exists()


def test_what_long_work_made_goes_after_a_week_and_with_shredded_people(gone: Person) -> None:
    made_file()
    day = timezone.localdate()
    assert not jobs.files_overdue(day + timedelta(days=7))
    assert jobs.files_expire(actor=SYSTEM, today=day + timedelta(days=8)) == 1
    assert list(Job.objects.values_list("file", "file_name")) == [(None, "")]
    made_file()
    shred(gone)
    assert list(Job.objects.values_list("file", "file_name")) == [(None, "")] * 2
