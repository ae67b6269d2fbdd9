"""The citation finder: figures on the labelled texts, offsets, linear steps, what short mentions mean."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from documents import labelled
from nhiemky.domain.documents import citation_numbers, citation_tails, citation_words, citations
from nhiemky.domain.documents.citation_letters import level
from nhiemky.domain.documents.citations import find_citations

# What was reached on the tuned part when it was tuned; see `make bench ARGS=citations` for the held-out part.
PRECISION, RECALL, TUNED, HELD_OUT = 1.0, 1.0, 336, 181
WORDS = (
    "Nghị quyết|Kết luận|Quy định|QĐ|NQ|số|Số:|các|và|, |; |-|/|–|28|21|2 1|O8|96/2023/QH15|28-NQ/TW|/TW|-KL|ngày"
    "|25/10/2021|tháng|năm|2022|của|Bộ Chính trị|Trung ương|6|khóa|XII|(|)|này|trên|\n|\u00a0|\u200b|\u0301"
    "|e\u0302\u0309|Ð|К|   |.|%|Th.U|a"
)
PIECES = st.sampled_from(WORDS.split("|"))
TEXTS = st.lists(PIECES | st.text(max_size=4), max_size=40).map("".join) | st.lists(PIECES, max_size=40).map(" ".join)


def keys(text: str) -> list[str]:
    return [one.key for one in find_citations(text)]


def test_the_tuned_texts_keep_their_figures() -> None:
    reached = labelled.score(labelled.TUNED)
    assert reached.there >= TUNED
    assert (reached.precision, reached.recall) >= (PRECISION, RECALL)


def test_a_third_of_the_labels_is_held_out() -> None:
    assert labelled.score(labelled.HELD_OUT).there >= HELD_OUT


def test_every_label_slices_to_a_citation_and_not_to_what_surrounds_it() -> None:
    for one in (*labelled.texts(labelled.TUNED), *labelled.texts(labelled.HELD_OUT)):
        for start, end, _key in one.cites:
            assert one.text[start:end] == one.text[start:end].strip(), one.name
            assert re.search(r"[\dO]|nay$|tren$|[ivx]$", level(one.text[start:end]).plain), one.name


@given(TEXTS)
@settings(max_examples=400, deadline=None)
@example("Kết luận số 21-KL/TW\ufeff")
@example("e\u0301" * 50)
def test_offsets_slice_to_what_is_cited_and_never_overlap(text: str) -> None:
    last = 0
    for one in find_citations(text):
        assert last <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.text
        assert one.again is None or 0 <= one.again < len(find_citations(text))
        last = one.end


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_composed_and_decomposed_letters_cite_the_same(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert keys(composed) == keys(unicodedata.normalize("NFD", composed))


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_the_levelled_text_is_as_long_as_the_composed_one(text: str) -> None:
    levelled = level(text)
    assert len(levelled.plain) == len(levelled.composed)
    assert levelled.starts is None or len(levelled.starts) == len(levelled.plain)


def _patterns() -> list[re.Pattern[str]]:
    modules = (citations, citation_numbers, citation_tails, citation_words)
    held = [value for module in modules for value in vars(module).values()]
    loose = [one for value in held for one in (value if isinstance(value, tuple) else [value])]
    loose += citation_numbers.FORMS.values()
    return [one for one in loose if isinstance(one, re.Pattern)]


def test_no_pattern_reads_further_than_a_bound() -> None:
    """So each anchor costs a bounded number of steps, and anchors do not overlap: linear, whatever the text."""
    widths = [re._parser.parse(one.pattern, one.flags & ~re.UNICODE).getwidth()[1] for one in _patterns()]  # type: ignore[attr-defined]
    assert len(widths) > 20
    assert max(widths) < 1500


def test_a_pattern_without_a_bound_would_be_seen() -> None:
    assert re._parser.parse("số *[0-9]+").getwidth()[1] > 1500  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "unit",
    ["Nghị quyết ", "Nghị quyết số 21, ", "21-", "1/", " ", "Kết luận số 21-KL/TW ", "Kết luận này ", "của ", "(",
     "số ", "\u0301", "e\u0302\u200b", "Nghị quyết" + " " * 50, "Quy chế bầu cử trong Đảng bộ xã ",
     "các Nghị quyết 21 và 22, "],
)  # fmt: skip
def test_long_hostile_texts_are_read_in_one_pass(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps are counted, not seconds: anchors read, and numbers tried, per character."""
    steps = [0, 0]
    counts = []
    read, anchored = citations.read_number, citations._Scan._anchored

    def counted(*args: object, **more: object) -> object:
        steps[0] += 1
        return read(*args, **more)  # type: ignore[arg-type]

    def seen(scan: citations._Scan, anchor: re.Match[str]) -> object:
        steps[1] += 1
        return anchored(scan, anchor)

    monkeypatch.setattr(citations, "read_number", counted)
    monkeypatch.setattr(citations._Scan, "_anchored", seen)
    for times in (500, 2000):
        steps[:] = [0, 0]
        find_citations(unit * times)
        counts.append(sum(steps))
    assert counts[1] <= 4 * counts[0] + 40


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quy định số 37-QĐ/TW ngày 25/10/2021. Quy định này rõ.", ["regulation:37:TW:2021-10-25"] * 2),
        ("QUY ĐỊNH\nvề việc A. Thay Quy định số 37-QĐ/TW. Quy định này có hiệu lực.", ["regulation:37:TW"]),
        ("Quy định 1-QĐ/TW và Quy định 2-QĐ/TW. Quy định này mờ.", ["regulation:1:TW", "regulation:2:TW"]),
        ("Quy định này đứng trước Quy định 1-QĐ/TW.", ["regulation:1:TW"]),
        ("Kết luận 21-KL/TW; Kết luận 21-KL/TU; Kết luận 21.", 
         ["conclusion:21:TW", "conclusion:21:TU", "conclusion:21"]),
    ],
)  # fmt: skip
def test_a_short_mention_goes_back_to_the_one_it_can_mean(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


def test_a_later_mention_names_the_place_of_the_earlier() -> None:
    first, second = find_citations("Kết luận số 21-KL/TW ngày 25/10/2021; sau đó Kết luận 21.")
    assert (first.again, second.again, second.on) == (None, 0, date(2021, 10, 25))


@pytest.mark.parametrize(
    "text",
    ["Quyết định số lượng 21", "số 21 Lê Lợi", "mẫu 2-KNĐ", "Điều 21 khoản 2", "0914 123 456", "2.500.000 đồng",
     "21/28 phiếu", "28-30/TW"],
)  # fmt: skip
def test_what_is_no_citation_is_not_told(text: str) -> None:
    assert keys(text) == []


def test_symbol_and_words_that_contradict_go_by_the_symbol() -> None:
    assert keys("Nghị quyết số 21-KL/TW") == ["conclusion:21:TW"]
