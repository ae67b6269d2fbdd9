"""Shredding moves no cell of the four forms of past years, neither in this process nor in one that starts afresh."""

from __future__ import annotations

from datetime import date

import pytest

from builders import book, person, province
from nhiemky.domain.findings import Refused
from nhiemky.members import snapshot as register
from nhiemky.members.models import Person, PersonChange
from nhiemky.organisation import selectors as organisation
from nhiemky.statistics import selectors as statistics
from nhiemky.statistics import snapshot
from rights.cases import TODAY
from rights.shreds import amend, shred

pytestmark = pytest.mark.django_db
Cells = dict[tuple[str, int, int, str], list[int]]


def forms() -> Cells:
    """Every cell of every line of the four forms, of the province and of a cell, for four years."""
    found: Cells = {}
    for code in ("T", "C1"):
        for year in (2012, 2013, 2014, 2015):
            count = statistics.count(statistics.asked(organisation.position(code), year, 0, TODAY))
            for form in (1, 2, 3, 4):
                found |= {(code, year, form, line.name): line.cells.low.tolist() for line in count.lines(form)}
    return found


def afresh(monkeypatch: pytest.MonkeyPatch) -> Cells:
    """The same, as a process counts them that loads everything anew."""
    register.SNAPSHOT.forget()
    monkeypatch.setattr(snapshot, "SNAPSHOT", snapshot._Snapshot())
    monkeypatch.setattr(statistics, "SNAPSHOT", snapshot.SNAPSHOT)
    return forms()


@pytest.fixture
def who() -> Person:
    province()
    made = person("Nguyễn Thị Ân", "C1", date(2012, 3, 2), born=date(1975, 10, 19))
    book(made, "official_recognition", date(2013, 6, 1))
    book(made, "death", date(2015, 8, 1))
    return made


def born_again(who: Person, born: date, since: date) -> None:
    """A birthday that holds from a day on, as it could be entered once."""
    PersonChange.objects.create(
        person=who, field="birth_date", before=who.birth_date.isoformat(), after=born.isoformat(), since=since,
        reason="chị Ân nộp", source="form", user_name="x", seq=who.changed,
    )  # fmt: skip
    Person.objects.filter(pk=who.pk).update(birth_date=born)


def test_a_birthday_never_holds_from_a_day_on(who: Person) -> None:
    with pytest.raises(Refused) as no:
        amend(who, {"birth_date": date(1960, 10, 20)}, since=date(2014, 5, 1))
    assert [(one.code, one.field) for one in no.value.findings] == [("members.always_held", "since")]
    amend(who, {"birth_date": date(1975, 10, 19), "qualification": "university"}, since=date(2014, 5, 1))
    amend(who, {"birth_date": date(1960, 10, 20)})


def test_no_cell_moves_where_the_birthday_was_corrected(who: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    amend(who, {"birth_date": date(1960, 10, 20)})
    amend(who, {"qualification": "university"}, since=date(2014, 1, 1))
    before = forms()
    shred(who)
    assert forms() == before
    assert afresh(monkeypatch) == before
    assert not PersonChange.objects.filter(field="birth_date").exclude(before="", after="").exists()


def test_no_cell_moves_where_a_birthday_once_held_from_a_day_on(who: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    born_again(who, date(1960, 10, 20), date(2014, 5, 1))
    amend(who, {"birth_date": date(1961, 2, 3)})
    before = forms()
    shred(who)
    assert forms() == before
    assert afresh(monkeypatch) == before
    told = [text for row in PersonChange.objects.values_list("before", "after", "reason") for text in row]
    assert not {"1975-10-19", "1960-10-20", "1961-02-03", "chị Ân nộp"} & set(told)


def test_the_process_that_counts_forgets_the_birthday_too(who: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    born_again(who, date(1960, 10, 20), date(2014, 5, 1))
    forms()
    shred(who)
    held = statistics.facts().particulars.changes
    afresh(monkeypatch)
    now = statistics.facts().particulars.changes
    assert held.before.tolist() == now.before.tolist()
    assert held.after.tolist() == now.after.tolist()
