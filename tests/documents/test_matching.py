"""Which document a citation means."""

from __future__ import annotations

from datetime import date

import pytest

from nhiemky.domain.documents.citations import find_citations
from nhiemky.domain.documents.matching import Known, match

ON = date(2026, 1, 5)
KNOWN = (
    Known(1, "guidance", 11, "BTCTW", date(2007, 5, 3)),
    Known(2, "guidance", 11, "BTCTW", date(2021, 12, 13)),
    Known(3, "conclusion", 21, "TW", date(2021, 10, 25)),
    Known(4, "conclusion", 21, "TU", date(2022, 3, 1)),
    Known(5, "decision", 127, "HU", date(2022, 3, 1), ("", "Huyện ủy Bình Sơn")),
    Known(6, "decision", 127, "HU", date(2022, 4, 1), ("", "Huyện ủy Sơn Hà")),
    Known(7, "resolution", 18, "TW", date(2017, 10, 25)),
    Known(8, "resolution", 18, "TW", date(2022, 6, 16)),
    Known(9, "decision", 99, "TW", date(2017, 10, 3)),
    Known(10, "regulation", 99, "TW", date(2022, 2, 3)),
)


@pytest.mark.parametrize(
    ("text", "state", "candidates"),
    [
        ("Kết luận số 21-KL/TW", "linked", [(3, ())]),
        ("Kết luận số 21", "several", [(4, ()), (3, ())]),
        ("Kết luận số 21-KL/HU", "unknown", []),
        ("Kết luận số 21-KL/TW ngày 26/10/2021", "unknown", [(3, ("day",))]),
        ("Hướng dẫn số 11-HD/BTCTW", "several", [(2, ()), (1, ())]),
        ("Hướng dẫn số 11-HD/BTCTW năm 2007", "linked", [(1, ())]),
        ("Hướng dẫn số 11-HD/BTCTW năm 2019", "unknown", [(2, ("year",)), (1, ("year",))]),
        ("Quyết định 127-QĐ/HU", "several", [(6, ()), (5, ())]),
        ("Quyết định 127-QĐ/HU của Ban Thường vụ Huyện ủy Bình Sơn", "linked", [(5, ())]),
        ("Nghị quyết 18 Trung ương 6 khoá XII", "linked", [(7, ())]),
        ("Nghị quyết Trung ương 6 khoá XII", "several", [(7, ())]),
        ("99-QĐ/TW", "several", [(10, ()), (9, ())]),
        ("Quyết định 99-QĐ/TW", "linked", [(9, ())]),
        ("Nghị quyết số 18a-NQ/TW", "unknown", []),
    ],
)
def test_a_citation_means(text: str, state: str, candidates: list[tuple[int, tuple[str, ...]]]) -> None:
    found = match(find_citations(text)[0], KNOWN, ON)
    assert (found.state, [(one.id, one.differs) for one in found.candidates]) == (state, candidates)


def test_what_was_signed_after_the_text_is_not_meant() -> None:
    cited = find_citations("Hướng dẫn số 11-HD/BTCTW")[0]
    assert [one.id for one in match(cited, KNOWN, date(2020, 1, 1)).candidates] == [1]
    alone = match(cited, [KNOWN[1]], date(2020, 1, 1))
    assert (alone.state, alone.candidates[0].differs) == ("unknown", ("later",))
