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
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

from nhiemky.domain.exchange.workbooks import Parsed, ParserFailed, parsed

MEMORY = 4 * 2**30
SECONDS = 120


class Child:
    """A workbook being parsed by a child (`domain.exchange.workbooks.Parsing`), which a thread feeds meanwhile."""

    def __init__(self, content: bytes, sheet: str, most_rows: int, most_columns: int) -> None:
        command = [sys.executable, "-m", __name__, sheet, str(most_rows), str(most_columns)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
        )
        feeder = ThreadPoolExecutor(max_workers=1)
        self.waiting = feeder.submit(self._fed, content)
        feeder.shutdown(wait=False)

    def result(self) -> Parsed:
        """The table.

        Raises:
            ParserFailed: there is none.
        """
        return self.waiting.result()

    def stop(self) -> None:
        """End the child, whatever it is doing, and wait until the thread has let go of it."""
        if self.process.poll() is None:
            self.process.kill()
        wait([self.waiting])

    def _fed(self, content: bytes) -> Parsed:
        try:
            out, _none = self.process.communicate(content, timeout=SECONDS)
        except subprocess.TimeoutExpired as wrong:
            raise ParserFailed from wrong
        finally:
            self._ended()
        if self.process.returncode or not out:
            raise ParserFailed(password=self.process.returncode == _PASSWORD)
        return Parsed(*(pickle.loads(out[1:]) if out[:1] == _PICKLED else marshal.loads(out[1:])))

    def _ended(self) -> None:
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
    try:
        found = parsed(io.BytesIO(sys.stdin.buffer.read()), sheet, most_rows, most_columns)
    except ParserFailed as wrong:
        return _PASSWORD if wrong.password else 1
    sys.stdout.buffer.write(_packed((found.name, found.number, found.others, found.height, found.width, found.rows)))
    sys.stdout.buffer.flush()
    os._exit(0)  # freeing millions of cells one by one would take as long as reading them


def _packed(found: tuple[Any, ...]) -> bytes:
    """By marshal, which is twice as fast but knows no days; with a day in it by pickle."""
    try:
        return _MARSHALLED + marshal.dumps(found)
    except ValueError:
        return _PICKLED + pickle.dumps(found, protocol=5)


if __name__ == "__main__":
    raise SystemExit(_child(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
