"""Findings accepted and opened again, lists confirmed each quarter, and the share that is left."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

import builders
from builders import SYSTEM, TODAY
from nhiemky.core.desk import work_of
from nhiemky.domain.access import Actor, Denied, Scope
from nhiemky.domain.findings import Refused
from nhiemky.members.models import Person
from nhiemky.members.services.particulars import person_amend
from nhiemky.members.sums import View
from nhiemky.organisation.models import Unit
from nhiemky.quality import selectors
from nhiemky.quality.looking import Share, look
from nhiemky.quality.models import Accepted, Confirmation, Score
from nhiemky.quality.services.accepting import finding_accept, finding_reopen
from nhiemky.quality.services.confirming import list_confirm, score_note

FULL = {
    "identity_number": "051190123456", "file_number": "000001QNG", "home_place": "Mộ Đức", "residence": "An Phú",
    "phone": "0905123456", "religion": "none", "occupation": "farmer", "general_education": "upper_secondary",
    "qualification": "none", "political_theory": "none",
}  # fmt: skip


@pytest.fixture
def who(db: None) -> Person:
    """A probationary member about whom nothing is open: born 1990, a woman, as the number says."""
    builders.province()
    made = builders.person("Nguyễn Thị Ân", "C1", date(2026, 3, 2))
    amend(made, **FULL)
    return Person.objects.get(pk=made.pk)


def amend(person: Person, **values: object) -> None:
    person_amend(actor=SYSTEM, person_id=person.pk, values=values, reason="nhập", today=TODAY)


def keys(person: Person) -> list[str]:
    return [one.rule.key for one in selectors.findings_of(person, TODAY) if one.accepted is None]


def share(code: str) -> Share:
    seen = look(View(TODAY))
    return seen.share(seen.view.structure.by_code[code])


def accept(person: Person, rule: str, reason: str = "không dùng điện thoại") -> Accepted:
    return finding_accept(actor=SYSTEM, person_id=person.pk, rule=rule, reason=reason, today=TODAY)


def test_a_finding_goes_when_it_is_mended_and_the_share_with_it(who: Person) -> None:
    assert (keys(who), share("T")) == ([], Share(1, 1))
    amend(who, phone="", sex="male")
    assert keys(who) == ["phone_missing", "identity_sex"]
    assert [share(code) for code in ("T", "X1", "X2")] == [Share(1, 0), Share(1, 0), Share(0, 0)]
    amend(who, phone="0905123456", sex="female")
    assert share("X1") == Share(1, 1)


def test_findings_stay_with_their_person_when_an_earlier_one_is_touched(who: Person) -> None:
    other = builders.person("Lê Văn Bình", "C1", date(2026, 3, 2), sex="male")
    amend(other, **FULL | {"identity_number": "051090123457", "file_number": "000002QNG", "phone": ""})
    assert (keys(who), keys(other)) == ([], ["phone_missing"])
    amend(who, residence="Mộ Đức")
    assert (keys(who), keys(other)) == ([], ["phone_missing"])


def test_no_finding_tells_an_identity_number(who: Person) -> None:
    amend(who, sex="male", birth_date=date(1981, 1, 1), identity_number="951190123456")
    told = [one.finding.as_dict() for one in selectors.findings_of(who, TODAY)]
    assert len(told) == 3
    assert "951190" not in str(told)


def test_an_accepted_finding_no_longer_counts_until_it_is_opened_again(who: Person) -> None:
    amend(who, phone="")
    made = accept(who, "phone_missing")
    assert (keys(who), share("T")) == ([], Share(1, 1))
    seen = look(View(TODAY))
    every = selectors.cases(seen, seen.view.inside(0), accepted=True)
    assert [case.rule.key for case in every] == ["phone_missing"]
    finding_reopen(actor=SYSTEM, accepted_id=made.pk)
    assert (keys(who), share("T")) == (["phone_missing"], Share(1, 0))
    with pytest.raises(Refused, match="undone_already"):
        finding_reopen(actor=SYSTEM, accepted_id=made.pk)
    assert Accepted.objects.count() == 1


def test_an_exception_lapses_when_the_particulars_it_is_about_change(who: Person) -> None:
    amend(who, sex="male")
    accept(who, "identity_sex", "đã xác minh")
    amend(who, phone="0905000000")
    assert keys(who) == []
    amend(who, birth_date=date(2001, 1, 1))
    assert "identity_sex" in keys(who)
    accept(who, "identity_sex", "xác minh lại")
    assert "identity_sex" not in keys(who)


def test_only_what_is_found_is_accepted_and_only_with_a_reason(who: Person) -> None:
    with pytest.raises(Refused, match="nothing_to_accept"):
        accept(who, "phone_missing")
    amend(who, phone="")
    with pytest.raises(Refused, match="reason_missing"):
        accept(who, "phone_missing", "  ")


def test_a_decision_is_never_deleted(who: Person) -> None:
    amend(who, phone="")
    accept(who, "phone_missing")
    with pytest.raises(DatabaseError), transaction.atomic():
        Accepted.objects.all().delete()


# Lists


def confirm(members: int, official: int = 0, code: str = "C1", actor: Actor = SYSTEM) -> Confirmation:
    return list_confirm(actor=actor, unit_code=code, members=members, official=official, today=TODAY)


def test_a_list_is_confirmed_once_a_quarter_and_only_when_the_numbers_agree(who: Person) -> None:
    with pytest.raises(Refused, match="numbers_differ"):
        confirm(2)
    with pytest.raises(Refused, match="numbers_differ"):
        confirm(1, 1)
    with pytest.raises(Refused, match="no_members_here"):
        confirm(0, code="X1")
    assert confirm(1).quarter == date(2026, 10, 1)
    with pytest.raises(Refused, match="confirmed_already"):
        confirm(1)
    assert list_confirm(actor=SYSTEM, unit_code="C1", members=1, official=0, today=date(2027, 1, 4)).pk


def test_a_confirmed_list_notes_the_share_of_the_unit_and_all_above(who: Person) -> None:
    amend(who, phone="")
    confirm(1)
    noted = {s.unit.code: (s.members, s.fine) for s in Score.objects.select_related("unit")}
    assert noted == dict.fromkeys(("T", "H1", "X1", "C1"), (1, 0))
    amend(who, phone="0905123456")
    assert score_note(actor=SYSTEM, unit_code="T", today=TODAY) == 4
    assert set(Score.objects.values_list("members", "fine")) == {(1, 1)}


def test_the_desk_tells_what_is_open_in_ones_own_subtree(who: Person) -> None:
    amend(who, phone="", sex="male")

    def codes(*units: str, rights: tuple[str, ...] = ("members.view", "members.write")) -> dict[str, int]:
        ids = frozenset(Unit.objects.filter(code__in=units).values_list("pk", flat=True))
        actor = Actor(1, "x", dict.fromkeys(("organisation.view", *rights), Scope(unit_ids=ids)))
        return {due.finding.code: due.count for due in work_of(actor, TODAY) if due.finding.code.startswith("quality.")}

    assert codes("X1", "C1") == {"quality.desk_open": 1, "quality.desk_list": 1}
    assert codes("X2", "C3") == {}
    assert codes("X1", "C1", rights=("members.view",)) == {}
    confirm(1)
    assert codes("X1", "C1") == {"quality.desk_open": 1}


def test_others_lists_and_people_are_not_decided_about(who: Person) -> None:
    amend(who, phone="")
    ids = frozenset(Unit.objects.filter(code__in=("X2", "C3")).values_list("pk", flat=True))
    stranger = Actor(1, "x", dict.fromkeys(("organisation.view", "members.view", "members.write"), Scope(unit_ids=ids)))
    with pytest.raises(Denied):
        confirm(1, actor=stranger)
    with pytest.raises(Denied):
        finding_accept(actor=stranger, person_id=who.pk, rule="phone_missing", reason="x", today=TODAY)
