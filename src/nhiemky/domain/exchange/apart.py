"""The parser of workbooks in a process of its own, with little memory and time.

A hostile workbook can make any parser ask for more memory than there is, which ends the whole process and cannot be
caught in it. Here that ends the child; the parent says that the file is broken. Run as a module, this is the child.
"""

from __future__ import annotations

import contextlib
import io
import marshal
import os
import pickle
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

MEMORY = 4 * 2**30
SECONDS = 120
_MOST_SHEETS = 30


@dataclass(frozen=True)
class Parsed:
    """The sheet that was asked for or has the most rows, its place among all sheets, and the names of the others.

    `rows` is None where the sheet is larger than `most_rows` or `most_columns`: `height` and `width` tell.
    """

    name: str
    number: int
    others: tuple[str, ...]
    height: int
    width: int
    rows: list[list[Any]] | None


class ParserFailed(ValueError):
    """The child gave no table; `password` where the workbook asks for one."""

    def __init__(self, *, password: bool = False) -> None:
        self.password = password
        super().__init__()


class Parsing:
    """A workbook being parsed; `result` waits for it."""

    def __init__(self, content: bytes, sheet: str, most_rows: int, most_columns: int) -> None:
        command = [sys.executable, "-m", __name__, sheet, str(most_rows), str(most_columns)]
        self.content = content
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
        )

    def result(self) -> Parsed:
        """The table.

        Raises:
            ParserFailed: there is none.
        """
        try:
            out, _none = self.process.communicate(self.content, timeout=SECONDS)
        except subprocess.TimeoutExpired as wrong:
            raise ParserFailed from wrong
        finally:
            self.stop()
        if self.process.returncode or not out:
            raise ParserFailed(password=self.process.returncode == _PASSWORD)
        return Parsed(*(pickle.loads(out[1:]) if out[:1] == _PICKLED else marshal.loads(out[1:])))

    def stop(self) -> None:
        """End the child, whatever it is doing."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


_PASSWORD = 3
_MARSHALLED, _PICKLED = b"m", b"p"


def _environment() -> dict[str, str]:
    """Nothing of ours: no address of the database, no keys; only where the code lies."""
    return {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def _child(sheet: str, most_rows: int, most_columns: int) -> int:
    import gc
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    gc.disable()
    import python_calamine as calamine

    try:
        book = calamine.load_workbook(io.BytesIO(sys.stdin.buffer.read()))
        found = _chosen(calamine, book, sheet, most_rows, most_columns)
    except calamine.PasswordError:
        return _PASSWORD
    sys.stdout.buffer.write(_packed(found))
    sys.stdout.buffer.flush()
    os._exit(0)  # freeing millions of cells one by one would take as long as reading them


def _packed(found: tuple[Any, ...]) -> bytes:
    """By marshal, which is twice as fast but knows no days; with a day in it by pickle."""
    try:
        return _MARSHALLED + marshal.dumps(found)
    except ValueError:
        return _PICKLED + pickle.dumps(found, protocol=5)


def _chosen(calamine: Any, book: Any, wanted: str, most_rows: int, most_columns: int) -> tuple[Any, ...]:
    usual = (calamine.SheetTypeEnum.WorkSheet, calamine.SheetVisibleEnum.Visible)
    visible = [meta.name for meta in book.sheets_metadata if (meta.typ, meta.visible) == usual]
    names = (visible or list(book.sheet_names))[:_MOST_SHEETS]
    sheets = {name: book.get_sheet_by_name(name) for name in names}
    name = wanted if wanted in sheets else max(sheets, key=lambda one: sheets[one].height)
    height, width = sheets[name].total_height, sheets[name].total_width
    fits = height <= most_rows and width <= most_columns
    rows = sheets[name].to_python(skip_empty_area=False) if fits else None
    others = tuple(one for one in names if one != name)
    return name, list(book.sheet_names).index(name), others, height, width, rows


if __name__ == "__main__":
    raise SystemExit(_child(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
