"""Numbers are given out once per issuer, type and term, without gaps or doubles, whoever asks at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

import builders
from documents.papers import clerk, enter, issuer
from nhiemky.documents.models import Document, Issuer, Series
from nhiemky.documents.services.numbering import number_give
from nhiemky.documents.services.registering import document_amend, document_strike
from nhiemky.documents.wording import number_of
from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Refused

ON = date(2026, 3, 2)


def give(by: Issuer, kind: str = "resolution", on: date = ON, **more: Any) -> Document:
    return number_give(
        actor=more.pop("actor", builders.SYSTEM), issuer_id=by.pk, kind=kind, on=on, today=builders.TODAY, **more
    )


def codes(act: Any, *args: Any, **more: Any) -> list[str]:
    with pytest.raises(Refused) as no:
        act(*args, **more)
    return [finding.code.removeprefix("documents.") for finding in no.value.findings]


@pytest.fixture
def ours(db: None) -> Issuer:
    """The provincial committee's symbol, in two terms."""
    builders.province()
    builders.term("T", start=date(2020, 10, 20), end=date(2025, 10, 1))
    builders.term("T", start=date(2025, 10, 1), end=date(2030, 10, 1))
    return issuer("TU", "T")


def test_each_type_has_its_sequence_and_each_term_begins_anew(ours: Issuer) -> None:
    made = [give(ours), give(ours), give(ours, "plan"), give(ours, on=date(2025, 9, 30)), give(ours)]
    assert [number_of(one) for one in made] == ["01-NQ/TU", "02-NQ/TU", "01-KH/TU", "01-NQ/TU", "03-NQ/TU"]


def test_the_sequence_goes_on_from_the_paper_book(ours: Issuer) -> None:
    enter(14, on=date(2026, 1, 5), by=ours)
    enter(99, on=date(2024, 1, 5), by=ours)
    assert give(ours).number == 15
    assert codes(enter, 17, on=date(2026, 4, 1), by=ours) == ["number_given_here"]
    enter(13, on=date(2026, 1, 4), by=ours)  # what the paper book gave before may still be entered
    assert give(ours).number == 16


def test_secret_papers_share_the_sequence(ours: Issuer) -> None:
    give(ours)
    secret = give(ours, withheld=True)
    assert (number_of(secret), secret.withheld, secret.title) == ("02-NQ/TU", True, "")
    assert codes(give, ours, withheld=True, title="Về bí mật") == ["withheld_title"]


def test_a_cancelled_number_stays_taken(ours: Issuer) -> None:
    made = give(ours, title="Về việc")
    document_strike(actor=builders.SYSTEM, document_id=made.pk, reason="không ban hành")
    assert give(ours).number == 2
    assert codes(document_amend, actor=builders.SYSTEM, document_id=made.pk, changes={"title": "Khác"}) == [
        "cancelled_already"
    ]


def test_a_title_is_added_once_the_paper_is_written(ours: Issuer) -> None:
    made = give(ours)
    document_amend(actor=builders.SYSTEM, document_id=made.pk, changes={"title": "Về củng cố", "signer": "Bùi Văn A"})
    made.refresh_from_db()
    assert made.folded == "01-nq/tu ve cung co"


def test_where_no_term_is_recorded_no_number_is_given(ours: Issuer) -> None:
    assert codes(give, issuer("ĐU", "X1")) == ["no_term"]
    assert codes(give, ours, on=date(2019, 1, 1)) == ["no_term"]
    assert codes(give, issuer("TW")) == ["not_ours_to_number"]
    assert codes(give, ours, on=date(2026, 12, 1)) == ["day_to_come"]
    assert codes(give, ours, "directive", organ="committee") == ["type_not_theirs"]
    with pytest.raises(Denied):
        give(ours, actor=clerk("X1"))
    assert not Series.objects.exists()


def test_a_congress_has_one_sequence_for_all_types(ours: Issuer) -> None:
    congress = issuer("ĐH", "T", "congress")
    made = [give(congress, kind, date(2025, 9, 28)) for kind in ("programme", "report", "resolution")]
    assert codes(give, congress, "report", date(2025, 9, 28), organ="congress") == ["type_not_theirs"]
    assert [one.number for one in made] == [1, 2, 3]


def test_the_database_gives_no_number_twice(ours: Issuer) -> None:
    made = give(ours)
    with pytest.raises(IntegrityError, match="documents_given_once"), transaction.atomic():
        Document.objects.create(
            issuer=ours, kind="resolution", number=made.number, signed_on=date(2026, 5, 1), title="x",
            in_force_from=date(2026, 5, 1), series=made.series, seq=1,
        )  # fmt: skip
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        made.delete()


def test_two_hundred_numbers_by_eight_at_once_have_no_gap_and_no_double(own_database: None) -> None:
    builders.province()
    builders.term("T", start=date(2025, 10, 1), end=date(2030, 10, 1))
    ours = issuer("TU", "T")

    def take(_turn: int) -> list[int]:
        try:
            return [give(ours).number or 0 for _ in range(25)]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        taken = [number for numbers in pool.map(take, range(8)) for number in numbers]
    assert sorted(taken) == list(range(1, 201))
    assert Series.objects.get().last == Document.objects.filter(kind="resolution").count() == 200
