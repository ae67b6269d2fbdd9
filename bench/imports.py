"""Import of 100,000 members from .xlsx, against reading the same file and copying it into a bare table."""

from __future__ import annotations

import io
import os
import random
import shutil
import time
from typing import Any

from table import FOLDER, TODAY, django_on, fact, line

ROWS = int(os.environ.get("NHIEMKY_BENCH_ROWS", "100000"))
HEADINGS = (
    "STT", "Họ và tên", "Giới tính", "Ngày sinh", "Dân tộc", "Tôn giáo", "Quê quán", "Nơi ở hiện nay", "SĐT",
    "Nghề nghiệp", "Trình độ văn hóa", "Trình độ chuyên môn", "Lý luận chính trị", "Số thẻ ĐV", "Số LL", "Số CCCD",
    "Ngày quyết định kết nạp", "Ngày vào Đảng", "Ngày chính thức", "Mã chi bộ",
)  # fmt: skip


def imports() -> None:
    """Import, import again, and a preview; nothing is left running afterwards."""
    data = FOLDER / "imports"
    shutil.rmtree(data, ignore_errors=True)
    with django_on(data):
        from nhiemky.exchange.services import imports as services

        actor, codes = _province()
        content = _workbook(codes)
        fact("the workbook", f"{ROWS:,} rows, {len(HEADINGS)} columns, {len(content) / 2**20:.1f} MB", "")
        base, read = _baseline(content)
        held = _received(actor, content)
        begun = time.perf_counter()
        held = services.import_carry_out(actor=actor, import_id=held.pk, today=TODAY)
        took = time.perf_counter() - begun
        fact("import: rows taken over", f"{held.counts}"[:70], "")
        line("import with checks, history and audit", [took], "≤ 5 × read and COPY", base, f"{ROWS / took:,.0f} rows/s")
        line("  calamine read and bare COPY", [base], "baseline", None, f"of it reading {read:.1f} s")
        again = _received(actor, content)
        begun = time.perf_counter()
        again = services.import_carry_out(actor=actor, import_id=again.pk, today=TODAY)
        seconds = time.perf_counter() - begun
        fact("the same file again", f"{seconds:.1f} s, {again.counts['same']:,} the same", "0 new, 0 changed")
        fact("left running", f"{_running()} statements", "0")


def _province() -> tuple[Any, list[str]]:
    """A province of 2,000 cells."""
    from django.db.backends.postgresql.psycopg_any import DateRange

    from nhiemky.domain.access import Actor
    from nhiemky.organisation import selectors
    from nhiemky.organisation.models import Placement, Unit, UnitVersion

    codes = ["T", *(f"C{n:05d}" for n in range(2000))]
    units = Unit.objects.bulk_create([Unit(code=code) for code in codes])
    from datetime import date

    during = DateRange(date(2000, 1, 1), None)
    UnitVersion.objects.bulk_create(
        [
            UnitVersion(unit=unit, name=f"Chi bộ {unit.code}", name_key=unit.code, folded=f"chi bo {unit.code.lower()}",
                        kind="cell" if number else "provincial", sector="residential", during=during)
            for number, unit in enumerate(units)
        ]
    )  # fmt: skip
    Placement.objects.bulk_create(
        [Placement(unit=unit, parent=units[0] if number else None, during=during) for number, unit in enumerate(units)]
    )
    selectors.forget()
    return Actor.system("bench"), codes[1:]


def _workbook(codes: list[str]) -> bytes:
    import xlsxwriter

    chance = random.Random(3)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "in_memory": False})
    page = book.add_worksheet()
    page.write_row(0, 0, HEADINGS)
    family, middle = ["Nguyễn", "Trần", "Lê", "Phạm", "Võ", "Đinh"], ["Văn", "Thị", "Đức", "Ngọc", "Hữu", "Thanh"]
    given = ["Ân", "Bình", "Cường", "Dũng", "Hà", "Hồng", "Lan", "Minh", "Ngọc", "Phúc", "Quân", "Sơn", "Tú", "Vân"]
    for n in range(ROWS):
        name = f"{chance.choice(family)} {chance.choice(middle)} {chance.choice(given)} {chance.choice(given)}"
        born, joined = 1945 + chance.randrange(58), 2000 + chance.randrange(24)
        joined = max(joined, born + 18)
        day = f"{1 + chance.randrange(28):02d}/{1 + chance.randrange(12):02d}"
        page.write_row(n + 1, 0, (
            n + 1, name, chance.choice(("Nam", "Nữ")), f"{day}/{born}", chance.choice(("Kinh", "Kinh", "H'rê", "Co")),
            "Không", f"xã {chance.randrange(400)}, Quảng Ngãi", f"thôn {chance.randrange(900)}", f"09{n:08d}",
            "Nông dân",
            "12/12", chance.choice(("Đại học", "Trung cấp", "Cao đẳng")), "Trung cấp", f"{n:08d}", f"{n:06d}QNG",
            f"0512{n:08d}", f"{day}/{joined}", f"{day}/{joined}", f"{day}/{joined + 1}", codes[n % len(codes)],
        ))  # fmt: skip
    book.close()
    return out.getvalue()


def _baseline(content: bytes) -> tuple[float, float]:
    """Seconds to read the file with calamine and copy every cell into a bare table; and of the reading alone."""
    import python_calamine
    from django.db import connection

    with connection.cursor() as cursor:
        columns = ", ".join(f"c{n} text" for n in range(len(HEADINGS)))
        cursor.execute(f"CREATE TABLE bare ({columns})")
        begun = time.perf_counter()
        rows = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
        read = time.perf_counter() - begun
        with cursor.copy("COPY bare FROM STDIN") as copy:
            copy.write("".join(["\t".join(map(str, row)) + "\n" for row in rows[1:]]))
        seconds = time.perf_counter() - begun
        cursor.execute("DROP TABLE bare")
    return seconds, read


def _received(actor: Any, content: bytes) -> Any:
    from nhiemky.exchange.drafting import Given
    from nhiemky.exchange.services import imports as services

    given = Given(content, "T", TODAY)
    return services.import_receive(actor=actor, given=given, file_name="100000.xlsx")


def _running() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE state <> 'idle' AND pid <> pg_backend_pid() "
                       "AND datname = current_database()")  # fmt: skip
        return int(cursor.fetchone()[0])
