"""Pages of reorganisations tell members only to who may see members, and name nothing outside the reader's scope."""

from __future__ import annotations

from datetime import date

import pytest

import builders
from nhiemky.organisation import services
from nhiemky.organisation.models import Reorganisation
from pages_kit import somebody, words

pytestmark = pytest.mark.django_db
MERGE = {"op": "merge", "units": ["C2"], "into": "C4"}


@pytest.fixture(autouse=True)
def _province() -> None:
    builders.province()
    for number in range(7):
        builders.person(f"Nguyễn Thị {'ABCDEGH'[number]}", "C2", date(2020, 3, 2))
    builders.person("Trần Văn Bình", "C4", date(2020, 3, 2))


def applied() -> Reorganisation:
    return services.reorganisation_apply(actor=builders.SYSTEM, decision=builders.decision(MERGE), today=builders.TODAY)


def counts(page: object) -> dict[str, tuple[int | None, int | None]]:
    rows = page.context["table"].rows  # type: ignore[attr-defined]
    return {row.code: (row.members_before, row.members_after) for row in rows}


def members_in(nodes: list[object]) -> dict[str, int | None]:
    told: dict[str, int | None] = {}
    for node in nodes:
        told |= {node.code: node.members, **members_in(node.below)}  # type: ignore[attr-defined]
    return told


def test_without_the_right_to_members_no_count_is_told() -> None:
    page = somebody("administrator", "T").get(f"/reorganisations/{applied().pk}/")
    assert counts(page) == {"C2": (None, 0)}
    assert set(members_in(page.context["before"]).values()) == {None}
    assert [row.kind for row in page.context["sums"] if not row.kind] == []


def test_with_the_right_counts_are_told_of_ones_own_units_only() -> None:
    done = applied()
    whole = somebody("leader", "T").get(f"/reorganisations/{done.pk}/")
    assert counts(whole) == {"C2": (7, 0)}
    part = somebody("clerk", "X3").get(f"/reorganisations/{done.pk}/")
    assert set(members_in(part.context["after"])) <= {"T", "H2", "X3", "C4"}
    outside = {code: told for code, told in members_in(part.context["before"]).items() if code in ("T", "H1", "X1")}
    assert set(outside.values()) <= {None}


def test_a_typed_code_of_others_is_neither_named_nor_opened() -> None:
    local = somebody("specialist", "X1")
    head = {"number": "1-QĐ", "date": "16/06/2025", "body": "Đảng ủy", "effective": "01/07/2025"}
    assert local.post("/reorganisations/new/head/", head).status_code == 302
    split = local.post("/reorganisations/new/add/split/", {"unit": "X3", "into": "C1, C2"})
    assert "C4" not in split.content.decode()
    assert "Bắc" not in words(split.content)
    own = local.post("/reorganisations/new/add/split/", {"unit": "X1", "into": "X8, X9"})
    assert "thôn Đông" in words(own.content)
    local.post("/reorganisations/new/add/rename/", {"unit": "C4", "name": "Khác"})
    local.post("/reorganisations/new/add/rename/", {"unit": "C1", "name": "Khác"})
    page = words(local.get("/reorganisations/new/").content)
    assert "thôn Bắc" not in page
    assert "thôn Đông" in page
