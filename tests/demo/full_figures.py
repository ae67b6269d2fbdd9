"""What the full demo province says, as JSON: run as a program against a data folder of its own."""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from typing import Any

REFORM = date(2025, 7, 1)
FIRST, ASKED = 2015, 2022


def main() -> None:
    """Start the server of NHIEMKY_DATA, count, print."""
    from nhiemky.config.commands import database

    with database():
        json.dump(told(), sys.stdout)


def told() -> dict[str, Any]:
    """Restated figures of all units below, of the province, and as they were of both old ones; and both trees."""
    from nhiemky.core.middleware import today
    from nhiemky.organisation import selectors as organisation
    from nhiemky.reporting import selectors
    from nhiemky.reporting.indicators import INDICATORS

    structure, now = organisation.structure(), today()

    def figures(code: str, restated: date | None = None, on: date | None = None) -> dict[str, tuple[int, int]]:
        year = on.year if on else ASKED
        question = selectors.question(structure.by_code[code], year, now, on=on, structure=restated)
        asked = selectors.Asked(selectors.facts(), question)
        return {i.key: (asked.count(i).low, asked.count(i).high) for i in INDICATORS}

    root = structure.by_code["T-51"]
    below = [structure.codes[place] for place in structure.children(root, REFORM)]
    return {
        "additive": [i.key for i in INDICATORS if i.additive],
        "below": {code: figures(code, REFORM) for code in below},
        "restated": figures("T-51", REFORM),
        "old": {code: figures(code) for code in ("T-51", "T-62")},
        "congress": figures("T-51", on=date(2025, 9, 15))["members.total"][0],
        "own": _own(selectors.question(root, ASKED, now, structure=REFORM)),
        "communes": {
            "before": _alive(structure, r"X24-\d+", date(2025, 6, 30)),
            "after": _alive(structure, r"X25-\d+", REFORM),
        },
    }


def _own(question: Any) -> dict[str, list[int]]:
    """What counts for the province but for no unit below it."""
    from nhiemky.reporting import splitting
    from nhiemky.reporting.indicators import INDICATORS

    found = {}
    for indicator in INDICATORS:
        count = splitting.part(question, indicator, splitting.OWN)
        found[indicator.key] = [count.low, count.high]
    return found


def _alive(structure: Any, pattern: str, on: date) -> int:
    alive = structure.alive(on)
    return sum(int(alive[place]) for code, place in structure.by_code.items() if re.fullmatch(pattern, code))


if __name__ == "__main__":
    main()
