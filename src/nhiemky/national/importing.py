"""What the import of a spreadsheet of members costs, against reading the same file and copying it into a bare table."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import python_calamine
import xlsxwriter
from django.db import connection

from nhiemky.domain.access import Actor
from nhiemky.exchange.drafting import Given
from nhiemky.exchange.models import DONE, Import
from nhiemky.exchange.services import imports

ROWS = 100_000
_HEADINGS = (
    "STT", "Họ và tên", "Giới tính", "Ngày sinh", "Dân tộc", "Tôn giáo", "Quê quán", "Nơi ở hiện nay", "SĐT",
    "Nghề nghiệp", "Trình độ văn hóa", "Trình độ chuyên môn", "Lý luận chính trị", "Số thẻ ĐV", "Số LL", "Số CCCD",
    "Ngày quyết định kết nạp", "Ngày vào Đảng", "Ngày chính thức", "Mã chi bộ",
)  # fmt: skip
_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Võ", "Đinh")
_MIDDLE = ("Văn", "Thị", "Đức", "Ngọc", "Hữu", "Thanh")
_GIVEN = ("Ân", "Bình", "Cường", "Dũng", "Hà", "Hồng", "Lan", "Minh", "Ngọc", "Phúc", "Quân", "Sơn", "Tú", "Vân")
# No number of the generated nation begins so.
_CARDS = 90_000_000
_FILE = "bench.xlsx"


@dataclass(frozen=True)
class Taken:
    """Seconds: `bare` of reading the file and copying every cell into a bare table, `read` of the reading alone,
    `first` of the import, `again` of the same file once more. `running`: statements left running afterwards.
    """

    rows: int
    size: int
    bare: float
    read: float
    first: float
    again: float
    counts: dict[str, int]
    counts_again: dict[str, int]
    running: int

    @property
    def ratio(self) -> float:
        """How many times as long the import takes as the bare copy."""
        return self.first / self.bare

    @property
    def whole(self) -> bool:
        """Every row was taken over, and the second time not one was new or changed."""
        return self.counts["new"] == self.rows and self.counts_again["same"] == self.rows


def measured(unit_code: str, codes: Sequence[str], today: date, rows: int = ROWS) -> Taken:
    """Import a generated workbook of people of these cells below the unit, twice, with every check and the history."""
    # On a nation that is kept from an earlier run the people of that run are there already.
    content = _workbook(codes, rows, Import.objects.filter(file_name=_FILE, state=DONE).count() * rows)
    # The machine is not alone: the median of three, one of them after the import, all in the same minute.
    baselines = [_baseline(content) for _ in range(2)]
    first, counts = _imported(unit_code, content, today)
    bare, read = sorted([*baselines, _baseline(content)])[1]
    again, counts_again = _imported(unit_code, content, today)
    return Taken(rows, len(content), bare, read, first, again, counts, counts_again, _running())


def _imported(unit_code: str, content: bytes, today: date) -> tuple[float, dict[str, int]]:
    actor = Actor.system("bench")
    given = Given(content, unit_code, today)
    held: Import = imports.import_receive(actor=actor, given=given, file_name=_FILE)
    begun = time.perf_counter()
    held = imports.import_carry_out(actor=actor, import_id=held.pk, today=today)
    return time.perf_counter() - begun, held.counts


def _workbook(codes: Sequence[str], rows: int, first: int) -> bytes:
    chance, out = random.Random(first), io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "in_memory": False})
    page = book.add_worksheet()
    page.write_row(0, 0, _HEADINGS)
    for n in range(rows):
        page.write_row(n + 1, 0, _row(first + n, chance, codes[n % len(codes)]))
    book.close()
    return out.getvalue()


def _row(n: int, chance: random.Random, code: str) -> tuple[object, ...]:
    name = " ".join(chance.choice(words) for words in (_FAMILY, _MIDDLE, _GIVEN, _GIVEN))
    born = 1945 + chance.randrange(58)
    joined = max(2000 + chance.randrange(24), born + 18)
    day = f"{1 + chance.randrange(28):02d}/{1 + chance.randrange(12):02d}"
    return (
        n + 1, name, chance.choice(("Nam", "Nữ")), f"{day}/{born}", chance.choice(("Kinh", "Kinh", "H'rê", "Co")),
        "Không", f"xã {chance.randrange(400)}, Quảng Ngãi", f"thôn {chance.randrange(900)}", f"09{n:08d}", "Nông dân",
        "12/12", chance.choice(("Đại học", "Trung cấp", "Cao đẳng")), "Trung cấp", f"{_CARDS + n:08d}",
        f"{n % 1_000_000:06d}QNG", f"0512{n:08d}", f"{day}/{joined}", f"{day}/{joined}", f"{day}/{joined + 1}", code,
    )  # fmt: skip


def _baseline(content: bytes) -> tuple[float, float]:
    """Seconds to read the file with calamine and copy every cell into a bare table; and of the reading alone."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare ({', '.join(f'c{n} text' for n in range(len(_HEADINGS)))})")
        begun = time.perf_counter()
        rows = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
        read = time.perf_counter() - begun
        with cursor.copy("COPY bare FROM STDIN") as copy:
            copy.write("".join(["\t".join(map(str, row)) + "\n" for row in rows[1:]]))
        seconds = time.perf_counter() - begun
        cursor.execute("DROP TABLE bare")
    return seconds, read


def _running() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE state <> 'idle' AND pid <> pg_backend_pid() "
                       "AND datname = current_database()")  # fmt: skip
        return int(cursor.fetchone()[0])
