"""Two texts side by side: nothing is lost, nothing is said twice, and only what differs is marked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nhiemky.domain.documents.comparing import CHANGED, GONE, NEW, SAME, Row, compare, paragraphs, tally

TEXTS = st.lists(st.lists(st.sampled_from(["Điều", "một", "hai", "họp", "tháng"]), min_size=1, max_size=6), max_size=8)


def said(rows: list[Row], side: str) -> list[str]:
    told = ("".join(piece.text for piece in getattr(row, side)) for row in rows)
    return [text for text in told if text]


def lines(text: list[list[str]]) -> str:
    return "\n".join(" ".join(words) for words in text)


@given(TEXTS, TEXTS)
def test_each_side_says_exactly_its_own_text(before: list[list[str]], after: list[list[str]]) -> None:
    rows = compare(lines(before), lines(after))
    assert said(rows, "left") == paragraphs(lines(before))
    assert said(rows, "right") == paragraphs(lines(after))


@given(TEXTS, TEXTS)
def test_what_is_not_marked_stands_on_both_sides(before: list[list[str]], after: list[list[str]]) -> None:
    for row in compare(lines(before), lines(after)):
        left, right = (["".join(p.text for p in side if not p.differs)] for side in (row.left, row.right))
        assert row.sort in (GONE, NEW) or "".join(left).split() == "".join(right).split()


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: list[list[str]]) -> None:
    assert all(row.sort == SAME for row in compare(lines(text), lines(text)))


def test_in_a_changed_paragraph_only_the_changed_words_are_marked() -> None:
    rows = compare("Điều 1. Họp tháng một lần.\nĐiều 2. Hết.", "Điều 1. Họp tháng hai lần.\nĐiều 2. Hết.\nĐiều 3. Mới")
    assert [row.sort for row in rows] == [CHANGED, SAME, NEW]
    assert [piece.text for piece in rows[0].left if piece.differs] == ["một"]
    assert [piece.text for piece in rows[0].right if piece.differs] == ["hai"]
    assert tally(rows) == {SAME: 1, CHANGED: 1, GONE: 0, NEW: 1}
