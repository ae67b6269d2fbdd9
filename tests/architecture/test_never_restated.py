"""Parts of work look at a day, never at another day's structure: the access walk leaves that question out for them."""

from __future__ import annotations

import re

from access.matrix import NEVER_RESTATED
from architecture import sources

_ASKS = re.compile(r"request\.structure|GET[^\n]*structure")


def test_parts_of_work_never_restate() -> None:
    asking = [
        sources.short(path)
        for path in sources.python_files()
        if any(f"/nhiemky/{part[:-1]}/" in str(path) for part in NEVER_RESTATED) and _ASKS.search(path.read_text())
    ]
    assert asking == []


def test_the_search_sees_who_restates() -> None:
    found = [path for path in sources.python_files() if _ASKS.search(path.read_text())]
    assert any("/nhiemky/core/" in str(path) or "/nhiemky/reporting/" in str(path) for path in found)
