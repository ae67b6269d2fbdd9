"""Where a former unit was split, figures and targets say that they cannot be told exactly."""

from __future__ import annotations

from datetime import date

import pytest

from builders import SYSTEM, TODAY, decision, person, province
from nhiemky.domain.reporting import wording
from nhiemky.organisation import selectors as organisation
from nhiemky.organisation import services
from nhiemky.organisation.models import Unit
from nhiemky.reporting import commands, listing, review, selectors
from nhiemky.reporting.models import Target
from nhiemky.reporting.sentences import plain

pytestmark = pytest.mark.django_db
DAY = date(2025, 7, 1)
CELL = {"kind": "cell", "sector": "residential"}
SPLIT = (
    {"op": "found", "code": "A", "name": "Chi bộ thôn A", "parent": "X1", **CELL},
    {"op": "found", "code": "B", "name": "Chi bộ thôn B", "parent": "X3", **CELL},
    {"op": "split", "unit": "C1", "into": ["A", "B"], "members_to": "A"},
)


@pytest.fixture(autouse=True)
def _split() -> None:
    province()
    for number, cell in enumerate(("C1", "C1", "C1", "C2", "C4")):
        person(f"Nguyễn Thị Số {number}", cell, date(2022, 3, 10 + number))
    services.reorganisation_apply(actor=SYSTEM, decision=decision(*SPLIT), today=TODAY)


def asked(code: str, *, structure: date | None = DAY, year: int = 2022) -> selectors.Question:
    return selectors.question(organisation.position(code), year, TODAY, structure=structure)


def figure(code: str, key: str = "members.admitted") -> selectors.Figure:
    return selectors.figures(asked(code), [key])[key]


def test_between_two_bounds_where_the_place_is_not_known() -> None:
    found = figure("X1")
    assert (found.value, found.low, found.high, found.why) == (None, 1, 4, "split")
    assert figure("X3").high == 4
    assert figure("T").value == 5
    assert figure("X1").change is None


def test_doubtful_rows_are_marked() -> None:
    rows = listing.Rows(SYSTEM, asked("X1"), selectors.BY_KEY["members.admitted"])
    assert len(rows) == 4
    assert [row.doubtful for row in rows[:]].count(True) == 3


def test_doubtful_people_of_others_are_counted_but_not_named() -> None:
    """A clerk of X1 may see who certainly went there, not who may be in somebody else's unit."""
    from nhiemky.domain.access import Actor, Scope

    ids = dict(Unit.objects.values_list("code", "pk"))
    own = Scope(unit_ids=frozenset(ids[code] for code in ("X1", "C2", "A")))
    clerk = Actor(1, "clerk", {"members.view": own, "reporting.view": own, "organisation.view": own}, True)
    for key in ("members.admitted", "members.total"):
        rows = listing.Rows(clerk, asked("X1"), selectors.BY_KEY[key])
        assert [row.unit_code for row in rows[:]] == ["C2"], key
        assert rows.hidden == 3
        assert figure("X1", key).high == 4


def test_scripts_get_the_bounds() -> None:
    answer = commands.figures(
        unit="X1", year=2022, on=None, structure=DAY, indicators=["members.admitted"], rows=True, today=TODAY
    )
    entry = answer["figures"]["members.admitted"]  # type: ignore[index]
    assert (entry["value"], entry["at_least"], entry["at_most"], entry["why"]) == (None, 1, 4, "split")
    assert len(entry["rows"]) == 4


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_the_review_says_so_in_words(language: str) -> None:
    said = [plain(s) for section in review.review(asked("X1"), language).sections for s in section.sentences]
    bounds = wording.plain(wording.inexact(1, 4, language))
    assert any(bounds in sentence for sentence in said)
    assert not any("{" in sentence for sentence in said)


def test_targets_add_up_only_where_everything_went_over_whole() -> None:
    for code, value in (("H1", 5), ("H2", 2)):
        Target.objects.create(unit=Unit.objects.get(code=code), indicator="members.admitted", year=2022, value=value)
    assert figure("T").target == 7
    assert figure("H1").target is None
    Target.objects.filter(unit__code="H2").delete()
    assert figure("T").target is None


def test_reading_twice_gives_the_same_and_a_write_shows_at_once() -> None:
    first = figure("T").value
    assert figure("T").value == first
    person("Nguyễn Thị Sau", "C2", date(2022, 9, 9))
    assert figure("T").value == (first or 0) + 1


def test_a_unit_before_its_founding_and_after_its_end() -> None:
    found = selectors.figures(asked("B", structure=None), ["members.total"])["members.total"]
    assert (found.value, found.why) == (None, "not_founded")
    later = selectors.figures(asked("C1", structure=None, year=2026), ["members.total"])["members.total"]
    assert (later.value, later.why) == (None, "ended")
    elsewhere = selectors.figures(asked("C1"), ["members.total"])["members.total"]
    assert (elsewhere.value, elsewhere.why) == (None, "not_in_structure")
