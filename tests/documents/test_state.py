"""What holds of a document on a day: by examples, by properties, and in SQL as in Python."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import builders
from documents.papers import enter, relate
from nhiemky.documents import selectors
from nhiemky.documents.models import Document, Relation
from nhiemky.documents.services.relating import relation_strike
from nhiemky.domain.documents import state as states
from nhiemky.domain.documents.state import Bearing, Life, State, state_on
from nhiemky.domain.findings import Refused

START = date(2021, 12, 27)
DAY = timedelta(days=1)


def bearing(kind: str, on: date = date(2025, 10, 8), part: str = "", by: int = 7) -> Bearing:
    return Bearing(kind, on, by, part)


@pytest.mark.parametrize(
    ("bearings", "on", "expected"),
    [
        ([], START - DAY, State("not_yet", START)),
        ([], START, State("in_force", START)),
        ([bearing("cites"), bearing("implements"), bearing("guided_by")], date(2026, 1, 1), State("in_force", START)),
        ([bearing("replaces")], date(2025, 10, 7), State("in_force", START)),
        ([bearing("replaces")], date(2025, 10, 8), State("replaced", date(2025, 10, 8), (7,))),
        ([bearing("repeals", part="Điều 3")], date(2026, 1, 1), State("partly", date(2025, 10, 8), (7,))),
        ([bearing("amends"), bearing("supplements", by=8)], date(2026, 1, 1),
         State("amended", date(2025, 10, 8), (7,))),
        ([bearing("supplements")], date(2026, 1, 1), State("supplemented", date(2025, 10, 8), (7,))),
        ([bearing("repeals", date(2026, 2, 1), by=9), bearing("replaces")], date(2026, 3, 1),
         State("replaced", date(2025, 10, 8), (7,))),
    ],
)  # fmt: skip
def test_the_state_names_the_document_that_did_it(bearings: list[Bearing], on: date, expected: State) -> None:
    assert state_on(Life(START), bearings, on) == expected


def test_an_end_set_from_the_beginning_ends_it() -> None:
    life = Life(START, date(2023, 1, 1))
    assert state_on(life, [], date(2022, 12, 31)).key == "in_force"
    assert state_on(life, [bearing("replaces")], date(2026, 1, 1)) == State("ended", date(2023, 1, 1))
    assert state_on(Life(START, cancelled=True), [], START) == State("cancelled")


DAYS = st.dates(date(2020, 1, 1), date(2020, 1, 12))
BEARINGS = st.lists(
    st.builds(Bearing, st.sampled_from(["amends", "supplements", "replaces", "repeals", "cites"]), DAYS,
              st.integers(1, 5), st.sampled_from(["", "Điều 1"])), max_size=5,
)  # fmt: skip


@given(bearings=BEARINGS, end=st.none() | DAYS, on=DAYS)
def test_what_has_ended_never_holds_again(bearings: list[Bearing], end: date | None, on: date) -> None:
    life = Life(date(2020, 1, 1), end)
    today, later = state_on(life, bearings, on), state_on(life, bearings, on + 5 * DAY)
    if not today.holds:
        assert later == today


@pytest.mark.django_db(transaction=False)
def test_the_database_says_the_same_as_the_rule() -> None:
    builders.province()
    rows = [
        (n, kind, on, part)
        for n, (kind, on, part) in enumerate(
            ((kind, on, part) for kind in ("amends", "supplements", "replaces", "repeals") for on in (3, 9)
             for part in ("", "Điều 1")), start=1)
    ]  # fmt: skip
    targets: list[Document] = []
    for number, kind, on, part in rows:
        first, second, last = (enter(number, k, date(2020, 1, 1)) for k in ("plan", "report", "notice"))
        by = enter(number, "resolution", date(2020, 1, 1))
        for target in (first, second):
            relate(by, kind, target, on=date(2020, 1, on), part=part)
        other = enter(number, "circular", date(2020, 1, 1))
        relate(other, "replaces", second, on=date(2020, 1, 6))
        relate(other, "amends", last, on=date(2020, 1, 6))
        targets += [first, second, last]
    Document.objects.filter(pk=targets[1].pk).update(in_force_to=date(2020, 1, 2))
    Document.objects.filter(pk=targets[4].pk).update(in_force_from=date(2020, 1, 5))
    Document.objects.filter(pk=targets[7].pk).update(cancelled="twice")
    struck = enter(93, "resolution", date(2020, 1, 1))
    relate(struck, "supplements", enter(94, "plan", date(2020, 1, 1)), on=date(2020, 1, 3))
    Document.objects.filter(pk=struck.pk).update(cancelled="twice")
    Document.objects.filter(pk=enter(90, "plan").pk).update(cancelled="twice")
    Document.objects.filter(pk=enter(91, "plan", date(2020, 1, 1)).pk).update(in_force_to=date(2020, 1, 4))
    Document.objects.filter(pk=enter(92, "plan", date(2020, 1, 1)).pk).update(in_force_from=date(2020, 1, 5))
    for day in range(1, 12):
        on = date(2020, 1, day)
        kept = selectors.states_on(list(Document.objects.all()), on)
        for key in states.STATES:
            found = selectors.in_state(Document.objects.all(), [key], on)
            assert {one.pk for one in found} == {pk for pk, state in kept.items() if state.key == key}
    assert {state.key for state in kept.values()} >= set(states.STATES) - {"not_yet"}


def refused(act: Any, *args: Any, **more: Any) -> list[str]:
    with pytest.raises(Refused) as no:
        act(*args, **more)
    return [finding.code.removeprefix("documents.") for finding in no.value.findings]


@pytest.mark.django_db
def test_relations_make_no_circle_in_their_graph() -> None:
    builders.province()
    one, two, three = (enter(number, "plan") for number in (1, 2, 3))
    relate(one, "amends", two)
    relate(two, "replaces", three)
    assert refused(relate, three, "supplements", one) == ["circle"]
    assert refused(relate, one, "amends", two) == ["relation_there"]
    assert refused(relate, one, "cites", one) == ["own_relation"]
    relate(three, "cites", one)
    relate(one, "guided_by", three)
    relate(three, "implements", one)  # guidance both guides and implements: two graphs


@pytest.mark.django_db
def test_the_database_holds_the_circle_out_by_itself() -> None:
    from django.db import IntegrityError

    builders.province()
    one, two = (enter(number, "plan") for number in (1, 2))
    relate(one, "amends", two)
    with pytest.raises(IntegrityError, match="circle"):
        Relation.objects.create(source=two, target=one, kind="replaces", on=two.signed_on, seq=1)


@pytest.mark.django_db
def test_relations_go_by_days_and_by_whose_document_it_is() -> None:
    from documents.papers import issuer

    builders.province()
    commune, district, centre = issuer("ĐU", "X1"), issuer("HU", "H1"), issuer()
    old, new = enter(1, on=date(2020, 1, 1), by=centre), enter(2, on=date(2022, 1, 1), by=centre)
    assert refused(relate, old, "replaces", new) == ["relation_backwards"]
    assert refused(relate, new, "guided_by", old) == ["guidance_before"]
    relate(new, "guided_by", old, sure=True)
    theirs, above = enter(1, on=date(2023, 1, 1), by=commune), enter(1, on=date(2023, 1, 1), by=district)
    assert refused(relate, theirs, "repeals", new) == ["not_theirs_to_change"]
    assert refused(relate, theirs, "amends", above) == ["not_theirs_to_change"]
    relate(theirs, "implements", above)
    relate(above, "amends", theirs)


@pytest.mark.django_db
def test_a_struck_relation_no_longer_bears() -> None:
    builders.province()
    old, new = enter(1, on=date(2020, 1, 1)), enter(2, on=date(2022, 1, 1))
    relation = relate(new, "replaces", old)
    assert selectors.states_on([old], builders.TODAY)[old.pk].by == (new.pk,)
    relation_strike(actor=builders.SYSTEM, relation_id=relation.pk, reason="nhầm")
    assert selectors.states_on([old], builders.TODAY)[old.pk].key == "in_force"
    relate(new, "replaces", old)
