"""Entering documents, mending and striking them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

import builders
from documents.papers import clerk, enter, given, issuer, relate
from nhiemky.audit.models import Event
from nhiemky.documents import selectors
from nhiemky.documents.models import Document
from nhiemky.documents.services.numbering import number_give
from nhiemky.documents.services.registering import document_amend, document_enter, document_strike, issuer_enter
from nhiemky.documents.wording import cited, number_of
from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _province(db: None) -> None:
    builders.province()


def codes(no: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [finding.code.removeprefix("documents.") for finding in no.value.findings]


def test_a_document_is_entered_and_cited_as_papers_cite_it() -> None:
    made = enter(21, "resolution", date(2022, 6, 16), title="Về tăng cường củng cố tổ chức cơ sở đảng")
    assert cited(made) == "Nghị quyết số 21-NQ/TW ngày 16/6/2022"
    assert cited(enter(6, "guidance", date(2025, 6, 9))) == "Hướng dẫn số 06-HD/TW ngày 9/6/2025"
    assert Event.objects.filter(action="documents.document_entered").count() == 2


def test_state_bodies_number_by_year() -> None:
    assembly, government = issuer("QH15", sort="state"), issuer("CP", sort="state")
    assert number_of(enter(96, "resolution", date(2023, 6, 23), by=assembly)) == "96/2023/QH15"
    assert number_of(enter(13, "decree", date(2023, 4, 17), by=government)) == "13/2023/NĐ-CP"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"number": 0}, "number_impossible"),
        ({"number": 2_022_000}, "number_impossible"),
        ({"signed_on": date(2026, 11, 1)}, "day_to_come"),
        ({"signed_on": date(1902, 6, 16)}, "day_impossible"),
        ({"title": " "}, "title_missing"),
        ({"title": "Về củng cố tổ chứс"}, "lookalikes"),
        ({"title": "Về củng\u200bcố"}, "lookalikes"),
        ({"kind": "poem"}, "no_such_type"),
        ({"in_force_to": date(2022, 6, 16)}, "ends_before"),
        ({"in_force_from": date(2022, 6, 1)}, "in_force_early"),
        ({"withheld": True}, "withheld_title"),
        ({"withheld": True, "title": "", "number": None}, "withheld_number"),
    ],
)
def test_what_cannot_be_is_refused(more: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as no:
        document_enter(actor=builders.SYSTEM, given=replace(given(), **more), today=builders.TODAY)
    assert codes(no) == [code]
    assert not Document.objects.exists()


def test_an_unknown_issuer_is_refused() -> None:
    with pytest.raises(Refused) as no:
        document_enter(actor=builders.SYSTEM, given=replace(given(), issuer_id=999_999), today=builders.TODAY)
    assert codes(no) == ["no_such_issuer"]


def test_the_same_key_with_another_title_is_refused_and_names_the_other() -> None:
    first = enter(21, title="Về củng cố tổ chức")
    with pytest.raises(Refused) as no:
        enter(21, title="Về việc khác")
    assert codes(no) == ["key_taken"]
    assert no.value.findings[0].facts["document"] == first.pk
    with pytest.raises(Refused) as no:
        enter(21, title="Về củng cố tổ chức")
    assert codes(no) == ["already_there"]
    enter(21, "conclusion")
    enter(21, on=date(2012, 3, 2))  # a number comes again in another term


def test_a_number_of_our_own_comes_once_in_a_term() -> None:
    builders.term("T", start=date(2020, 10, 20), end=date(2025, 10, 1))
    ours = issuer("TU", "T")
    enter(7, on=date(2021, 2, 1), by=ours)
    with pytest.raises(Refused) as no:
        enter(7, on=date(2021, 3, 1), by=ours)
    assert codes(no) == ["number_taken"]
    enter(7, on=date(2019, 3, 1), by=ours)


def test_a_type_that_the_body_may_not_issue_needs_a_word() -> None:
    ours = issuer("TU", "T")
    with pytest.raises(Refused) as no:
        enter(3, "directive", by=ours, organ="committee")
    assert codes(no) == ["type_not_theirs"]
    assert "66-QĐ/TW" in no.value.findings[0].cites
    enter(3, "directive", by=ours, organ="standing")
    enter(4, "directive", by=ours, organ="committee", sure=True)
    enter(5, "directive", date(2015, 3, 2), by=ours, organ="committee")  # no rule is known of that time
    enter(6, "directive", by=issuer("ĐU", "X1"), organ="committee")  # nor of that level


def test_of_a_withheld_paper_the_number_alone_is_known() -> None:
    made = enter(9, title="", withheld=True)
    assert (number_of(made), made.title) == ("09-NQ/TW", "")
    with pytest.raises(Refused) as no:
        document_amend(actor=builders.SYSTEM, document_id=made.pk, changes={"title": "Về bí mật"})
    assert codes(no) == ["withheld_title"]


def test_an_amendment_keeps_before_and_after_in_the_audit() -> None:
    made = enter(21, title="Về củng cố")
    document_amend(actor=builders.SYSTEM, document_id=made.pk, changes={"title": "Về tăng cường củng cố"})
    event = Event.objects.get(action="documents.document_amended")
    assert event.facts["before"] == {"title": "Về củng cố"}
    assert list(selectors.search(Document.objects.all(), "tang cuong 21-nq/tw")) == [made]
    for changes, code in (({"number": 3}, "not_amendable"), ({"title": "Về tăng cường củng cố"}, "nothing_changes")):
        with pytest.raises(Refused) as no:
            document_amend(actor=builders.SYSTEM, document_id=made.pk, changes=changes)
        assert codes(no) == [code]


def test_a_struck_entry_stays_and_frees_its_key() -> None:
    made, other = enter(21), enter(22)
    relate(other, "cites", made)
    with pytest.raises(Refused) as no:
        document_strike(actor=builders.SYSTEM, document_id=made.pk, reason="sai số")
    assert codes(no) == ["still_related"]
    third = enter(23)
    document_strike(actor=builders.SYSTEM, document_id=third.pk, reason="sai số")
    assert enter(23, title="Đúng").pk != third.pk


def test_the_centres_documents_are_kept_by_who_writes_for_the_whole_register() -> None:
    made = enter(21)
    commune = clerk("X1")
    assert selectors.visible_document(commune, made.pk) == made
    with pytest.raises(Denied) as no:
        enter(22, actor=commune)
    assert no.value.status == 403
    with pytest.raises(Denied):
        issuer_enter(actor=commune, name="Bộ Nội vụ", symbol="BNV", sort="state")


def test_a_units_documents_are_seen_by_it_those_below_and_those_above() -> None:
    made = {code: enter(1, by=issuer("ĐU", code)) for code in ("T", "H1", "X1", "X2", "X3")}
    seen = {who: {code for code, one in made.items() if one in selectors.documents(clerk(*below))}
            for who, below in (("X1", ("X1", "C1", "C2")), ("H1", ("H1", "X1", "X2", "C1", "C2", "C3")))}  # fmt: skip
    assert seen == {"X1": {"T", "H1", "X1"}, "H1": {"T", "H1", "X1", "X2"}}
    with pytest.raises(Denied) as no:
        selectors.visible_document(clerk("X1"), made["X3"].pk)
    assert no.value.status == 404
    with pytest.raises(Denied) as no:
        selectors.visible_document(clerk("X1", rights=("organisation.view",)), made["X1"].pk)
    assert no.value.status == 403
    with pytest.raises(Denied) as no:
        selectors.writable_document(clerk("X1"), made["H1"].pk)
    assert no.value.status == 403


@pytest.mark.parametrize("kind", ["law", "decree"])
def test_no_organisation_of_the_party_issues_laws(kind: str) -> None:
    with pytest.raises(Refused, match="type_of_state"):
        enter(5, kind, date(2026, 3, 3), by=issuer("ĐU", "X1"))


def test_a_number_of_a_congress_is_taken_for_every_type() -> None:
    by, on = issuer("ĐH", "T", sort="congress"), date(2026, 3, 3)
    enter(1, "resolution", on, by=by)
    with pytest.raises(Refused, match="key_taken"):
        enter(1, "minutes", on, by=by)
    made = number_give(actor=builders.SYSTEM, issuer_id=by.pk, kind="notice", on=on, title="Về A", today=builders.TODAY)
    assert made.number == 2
    with pytest.raises(Refused, match="number_given_here"):
        enter(3, "minutes", on, by=by)


def test_what_a_founded_unit_issued_stands_in_the_way_of_undoing() -> None:
    from nhiemky.organisation import services as organisation

    new = {"op": "found", "kind": "cell", "sector": "residential", "parent": "X2", "code": "C9", "name": "Chi bộ 9"}
    today = date(2026, 9, 7)
    done = organisation.reorganisation_apply(
        actor=builders.SYSTEM, decision=builders.decision(new, effective=date(2026, 9, 1)), today=today
    )
    paper = enter(1, "plan", date(2026, 9, 3), by=issuer("CB", "C9"))
    with pytest.raises(Refused, match="documents_since"):
        organisation.reorganisation_undo(actor=builders.SYSTEM, reorganisation_id=done.pk, today=today)
    document_strike(actor=builders.SYSTEM, document_id=paper.pk, reason="nhầm")
    organisation.reorganisation_undo(actor=builders.SYSTEM, reorganisation_id=done.pk, today=today)
    assert done.versions_opened.count() == 0
