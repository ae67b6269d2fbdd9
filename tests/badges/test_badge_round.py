"""A round of badges: who is due on the day, special cases, the decision, and what each office may see and do."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from docx import Document
from python_calamine import CalamineWorkbook

from builders import SYSTEM, TODAY, book, person, province
from nhiemky.audit.models import Event
from nhiemky.badges import desk, selectors, services
from nhiemky.badges.models import Badge, BadgeDecision, SpecialCase
from nhiemky.badges.services import Special
from nhiemky.config.checking import check
from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Refused
from nhiemky.members.models import Person
from nhiemky.members.services.entering import PersonData, person_receive
from nhiemky.members.services.ledger import Paper
from nhiemky.organisation import selectors as organisation
from pages_kit import somebody, words
from transfers.letters import clerk

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 7)
PAPER = Paper("40-QĐ/TU", date(2026, 10, 20), "Ban Thường vụ Tỉnh ủy")
URL = "/units/X1/badges/2026-11-07/"


@pytest.fixture
def people() -> dict[str, Person]:
    """Before, in and after the round of 7 November 2026 (the one before it is 2 September), here and elsewhere."""
    province()
    return {
        name: aged(name, cell, decided)
        for name, (cell, decided) in {
            "due": ("C1", date(1996, 9, 3)),
            "on_the_day": ("C2", date(1986, 11, 7)),
            "a_day_late": ("C2", date(1996, 11, 8)),
            "round_before": ("C2", date(1996, 9, 2)),
            "thirty_five": ("C1", date(1991, 10, 1)),
            "elsewhere": ("C4", date(1966, 10, 1)),
        }.items()
    }


def aged(name: str, cell: str, decided: date) -> Person:
    """Entered after the cells were founded in 2000, by transfer, with the days of long ago."""
    data = PersonData(
        full_name=f"Lê Thị {name}", sex="female", birth_date=date(decided.year - 25, 1, 1), ethnic_group=1
    )
    return person_receive(
        actor=SYSTEM, person=data, unit_code=cell, on=date(2005, 3, 1), place="Gia Lai", paper=Paper("1", TODAY, "x"),
        today=TODAY, decided_on=decided, admitted_on=decided, official_on=date(decided.year + 1, 12, 20),
    )  # fmt: skip


def place(code: str) -> int:
    return organisation.structure().by_code[code]


def due(code: str, day: date = NOVEMBER) -> dict[str, int]:
    return {line.person.full_name: line.years for line in selectors.lines(place(code), day)}


def add(who: Person, years: int, basis: str, *, day: date = NOVEMBER, reason: str = "theo đề nghị") -> SpecialCase:
    special = Special(years, basis, reason, Paper("7-TTr/ĐU", date(2026, 10, 1), "Đảng ủy xã"))
    return services.special_add(actor=SYSTEM, person_id=who.pk, day=day, special=special, today=TODAY)


def decide(code: str = "X1", paper: Paper = PAPER, day: date = NOVEMBER) -> BadgeDecision:
    return services.round_decide(actor=SYSTEM, unit_code=code, day=day, paper=paper, today=TODAY)


def codes(no: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {finding.code.removeprefix("badges.") for finding in no.value.findings}


def test_due_is_who_reaches_a_level_after_the_round_before_and_up_to_the_day(people: dict[str, Person]) -> None:
    assert due("X1") == {"Lê Thị due": 30, "Lê Thị on_the_day": 40}
    assert due("T") == {"Lê Thị due": 30, "Lê Thị on_the_day": 40, "Lê Thị elsewhere": 60}
    assert due("X1", date(2026, 9, 2)) == {"Lê Thị round_before": 30}
    assert [line.years for line in selectors.lines(place("T"), NOVEMBER)] == [60, 40, 30]


def test_who_is_on_probation_or_has_left_is_not_due(people: dict[str, Person]) -> None:
    book(people["due"], "striking_off", date(2026, 10, 1), ground="duties")
    assert due("X1") == {"Lê Thị on_the_day": 40}


def test_the_decision_gives_what_is_due_once(people: dict[str, Person]) -> None:
    made = decide()
    assert sorted(made.badges.values_list("years", "basis")) == [(30, "due"), (40, "due")]
    assert {line.state for line in selectors.lines(place("X1"), NOVEMBER)} == {"given"}
    with pytest.raises(Refused) as no:
        decide(paper=Paper("41-QĐ/TU", date(2026, 10, 21), "x"))
    assert codes(no) == {"nobody_due"}
    whole = decide("T", Paper("42-QĐ/TU", date(2026, 10, 21), "x"))
    assert [badge.years for badge in whole.badges.all()] == [60]
    event = Event.objects.filter(action="badges.round_decided").earliest("seq")
    assert (event.facts["badges"], event.subject) == (2, "X1")
    kept = {"decision": made, "person": people["due"], "unit_id": people["due"].last_unit_id, "years": 30}
    with pytest.raises(IntegrityError, match="badges_once_a_level"), transaction.atomic():
        Badge.objects.create(**kept, basis="due")


@pytest.mark.parametrize(
    ("paper", "day", "says"),
    [
        (Paper("", date(2026, 10, 20), "x"), NOVEMBER, "members.paper_missing"),
        (Paper("1", date(2026, 11, 2), "x"), NOVEMBER, "members.in_future"),
        (PAPER, date(2027, 2, 3), "round_too_far"),
        (PAPER, date(2026, 11, 8), "no_round"),
    ],
)
def test_a_decision_needs_its_paper_and_a_day_that_has_its_round(
    people: dict[str, Person], paper: Paper, day: date, says: str
) -> None:
    with pytest.raises(Refused) as no:
        decide(paper=paper, day=day)
    assert codes(no) == {says}
    assert not Badge.objects.exists()


def test_special_cases_join_the_round_and_who_is_held_back_leaves_it(people: dict[str, Person]) -> None:
    add(people["a_day_late"], 30, "illness")
    add(people["due"], 30, "held")
    book(people["round_before"], "death", date(2026, 10, 10))
    add(people["round_before"], 30, "posthumous")
    lines = {line.person.full_name: line for line in selectors.lines(place("X1"), NOVEMBER)}
    assert {name: (line.basis, line.state) for name, line in lines.items()} == {
        "Lê Thị a_day_late": ("illness", "due"),
        "Lê Thị due": ("held", "held"),
        "Lê Thị on_the_day": ("due", "due"),
        "Lê Thị round_before": ("posthumous", "due"),
    }
    made = decide()
    assert sorted(made.badges.values_list("years", "basis")) == [(30, "illness"), (30, "posthumous"), (40, "due")]


def test_what_a_special_case_may_not_be(people: dict[str, Person]) -> None:
    probationary = person("Võ Thị Mới", "C1", date(2026, 3, 2), born=date(1990, 1, 1))
    for who, years, basis, says in (
        (people["due"], 30, "illness", {"reached_already"}),
        (people["due"], 30, "late", {"due_anyway"}),
        (people["thirty_five"], 40, "illness", {"too_early_ill"}),
        (people["thirty_five"], 35, "late", {"no_such_level"}),
        (probationary, 30, "illness", {"not_official"}),
        (people["due"], 30, "posthumous", {"still_alive"}),
    ):
        with pytest.raises(Refused) as no:
            add(who, years, basis)
        assert codes(no) == says, basis
    add(people["round_before"], 30, "late")
    with pytest.raises(Refused) as no:
        add(people["round_before"], 30, "late", reason=" ")
    assert codes(no) == {"case_already", "reason_missing"}


def test_before_the_decision_a_case_is_taken_out_after_it_the_badge_withdrawn(
    people: dict[str, Person],
) -> None:
    case = add(people["round_before"], 30, "late")
    services.special_remove(actor=SYSTEM, case_id=case.pk)
    assert "Lê Thị round_before" not in due("X1")
    case = add(people["round_before"], 30, "late")
    made = decide()
    with pytest.raises(Refused) as no:
        services.special_remove(actor=SYSTEM, case_id=case.pk)
    assert codes(no) == {"decided_already"}
    badge = made.badges.get(basis="late")
    with pytest.raises(Refused):
        services.badge_withdraw(actor=SYSTEM, badge_id=badge.pk, reason=" ")
    services.badge_withdraw(actor=SYSTEM, badge_id=badge.pk, reason="nhầm người")
    assert selectors.of_person(people["round_before"]) == []
    with pytest.raises(Refused) as no:
        services.badge_withdraw(actor=SYSTEM, badge_id=badge.pk, reason="nữa")
    assert codes(no) == {"withdrawn_already"}


def test_an_outsider_neither_adds_nor_decides_nor_withdraws(people: dict[str, Person]) -> None:
    badge, case = decide().badges.earliest("pk"), add(people["round_before"], 30, "late")
    stranger, held = clerk("X3", "C4"), Special(30, "held", "x", PAPER)
    who = people["due"].pk
    for act in (
        lambda: services.round_decide(actor=stranger, unit_code="X1", day=NOVEMBER, paper=PAPER, today=TODAY),
        lambda: services.badge_withdraw(actor=stranger, badge_id=badge.pk, reason="x"),
        lambda: services.special_remove(actor=stranger, case_id=case.pk),
        lambda: services.special_add(actor=stranger, person_id=who, day=NOVEMBER, special=held, today=TODAY),
    ):
        with pytest.raises(Denied) as no:
            act()
        assert no.value.status == 404


def test_the_desk_tells_of_the_coming_round_until_it_is_decided(people: dict[str, Person]) -> None:
    here = clerk("X1", "C1", "C2")
    (line,) = desk.due(here, TODAY)
    assert (line.count, line.on) == (2, NOVEMBER)
    decide()
    assert list(desk.due(here, TODAY)) == []
    assert list(desk.due(here, date(2026, 11, 8))) == []
    assert [line.count for line in desk.due(clerk("X3", "C4"), TODAY)] == [1]


def test_the_page_its_spreadsheet_and_its_papers_name_the_same_people(people: dict[str, Person]) -> None:
    browser = somebody("clerk", "X1")
    shown = words(browser.get(URL).content)
    assert "Lê Thị due" in shown
    assert "Lê Thị on_the_day" in shown
    assert "elsewhere" not in shown
    rows = CalamineWorkbook.from_filelike(io.BytesIO(browser.get(f"{URL}?as=xlsx").content)).get_sheet_by_index(0)
    text = str(rows.to_python())
    assert "Lê Thị due" in text
    assert "Lê Thị on_the_day" in text
    for file in ("decision", "certificates"):
        document = Document(io.BytesIO(browser.get(f"{URL}{file}.docx").content))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        whole = " ".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
        assert "Lê Thị due" in whole, file
        assert "40 năm" in whole, file
    assert Event.objects.filter(action="members.list_exported").count() == 3
    assert browser.get("/units/X3/badges/2026-11-07/").status_code == 404
    assert browser.get("/units/X1/badges/2026-11-08/").status_code == 404


def test_a_round_is_decided_on_the_page_after_one_confirmation(people: dict[str, Person]) -> None:
    browser = somebody("clerk", "X1")
    given = {"paper_number": "40-QĐ/TU", "paper_date": "20/10/2026", "paper_body": "Ban Thường vụ Tỉnh ủy"}
    asked = browser.post(f"{URL}decide/", given)
    assert "2 members get the badge" in words(asked.content)
    assert not Badge.objects.exists()
    assert browser.post(f"{URL}decide/", {**given, "confirmed": "yes"}).status_code == 302
    assert Badge.objects.count() == 2
    told = words(browser.get(f"/members/{people['due'].pk}/").content)
    assert "Party age: 30 years" in told
    assert "badge for 30 years (07/11/2026, 40-QĐ/TU)" in told
    assert "40-QĐ/TU" in words(browser.get("/badges/").content)


def test_a_special_case_is_entered_on_the_page(people: dict[str, Person]) -> None:
    browser = somebody("clerk", "X1")
    found = words(browser.get(f"{URL}special/?q=le thi").content)
    assert "Lê Thị round_before" in found
    assert "elsewhere" not in found
    page = f"/members/{people['round_before'].pk}/badges/2026-11-07/special/"
    given = {"basis": "late", "years": "30", "reason": "bỏ sót"}
    refused = browser.post(page, given)
    assert refused.status_code == 422
    paper = {"paper_number": "7-TTr/ĐU", "paper_date": "01/10/2026", "paper_body": "Đảng ủy xã", "confirmed": "yes"}
    assert browser.post(page, {**given, **paper}).status_code == 302
    case = SpecialCase.objects.get()
    assert browser.post(f"/badges/special/{case.pk}/remove/").status_code == 302
    assert not SpecialCase.objects.exists()


def test_the_check_finds_a_badge_given_too_early(people: dict[str, Person]) -> None:
    made = decide()
    assert check()["ok"]
    badge = Badge.objects.create(
        decision=made, person=people["thirty_five"], unit_id=made.unit_id, years=40, basis="due"
    )
    found = check()["checks"]
    assert [name for name, part in found.items() if not part["ok"]] == ["badges.age"]  # type: ignore[attr-defined]
    badge.delete()
