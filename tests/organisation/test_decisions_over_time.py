"""Decisions of other days and of the same day: what one may not do to another, and what undoing must leave standing."""

from __future__ import annotations

from datetime import date

import pytest

from builders import SYSTEM, TODAY, decision, person, province
from nhiemky.domain.access import Actor, Denied, Scope
from nhiemky.domain.findings import Refused
from nhiemky.domain.organisation.decision import read_decision
from nhiemky.members.models import Stay
from nhiemky.organisation import selectors, services
from nhiemky.organisation.models import EnBloc, Reorganisation, Unit

pytestmark = pytest.mark.django_db
SOON, LATER = date(2026, 1, 1), date(2027, 1, 1)
MERGE = {"op": "merge", "units": ["C1"], "into": "C3"}


def apply(*operations: dict[str, object], on: date = SOON, number: str = "1") -> Reorganisation:
    return services.reorganisation_apply(
        actor=SYSTEM, decision=decision(*operations, effective=on, number=number), today=TODAY
    )


def refused(*operations: dict[str, object], on: date = SOON) -> set[str]:
    with pytest.raises(Refused) as no:
        apply(*operations, on=on, number="refused")
    return {finding.code.removeprefix("reorganisation.") for finding in no.value.findings}


def members(code: str, on: date) -> int:
    structure = selectors.structure()
    inside = structure.tree(on).inside(structure.by_code[code])
    stays = Stay.objects.filter(during__contains=on).values_list("unit_id", flat=True)
    return sum(bool(inside[structure.index[unit_id]]) for unit_id in stays)


# A later decision is applied already


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "move", "unit": "X3", "parent": "H1"},
        {"op": "found", "code": "N", "name": "Mới", "kind": "cell", "sector": "residential", "parent": "X1"},
        {"op": "merge", "units": ["C3"], "into": "C1"},
    ],
    ids=["under a superior that ends", "founded under one that ends", "people into a cell that ends"],
)
def test_nothing_is_built_on_what_ends_later(operation: dict[str, object]) -> None:
    province()
    person("Nguyễn Thị Ân", "C3", date(2020, 3, 2))
    apply(
        {"op": "merge", "units": ["C1"], "into": "C2"},
        {"op": "merge", "units": ["X1"], "into": "X2"},
        {"op": "merge", "units": ["H1"], "into": "H2"},
        on=LATER,
    )
    assert refused(operation) & {"parent_ends_later", "later_change"}


def test_no_circle_that_only_a_later_decision_closes() -> None:
    province()
    for code in ("A", "B"):
        apply(
            {"op": "found", "code": code, "name": code, "kind": "above_grassroots", "sector": "agency", "parent": "T"},
            on=date(2025, 1, 1),
            number=code,
        )
    apply(
        {"op": "convert", "unit": "B", "kind": "grassroots_committee"},
        {"op": "move", "unit": "B", "parent": "A"},
        on=LATER,
    )
    below = refused({"op": "convert", "unit": "A", "kind": "sectional"}, {"op": "move", "unit": "A", "parent": "B"})
    assert below & {"circle_later", "later_change", "kind_misplaced"}


def test_a_unit_does_not_end_under_which_others_come_later() -> None:
    province()
    apply({"op": "move", "unit": "C4", "parent": "X2"}, on=LATER)
    assert "later_change" in refused({"op": "merge", "units": ["X2"], "into": "X1"})


# Within one decision, and of one day


def test_people_follow_a_chain_of_merges_to_its_end() -> None:
    province()
    person("Nguyễn Thị Ân", "C1", date(2020, 3, 2))
    apply({"op": "merge", "units": ["C1"], "into": "C2"}, {"op": "merge", "units": ["C2"], "into": "C3"})
    assert Stay.objects.get(during__upper_inf=True).unit.code == "C3"
    assert set(EnBloc.objects.values_list("source__code", "target__code")) == {("C1", "C3"), ("C2", "C3")}


@pytest.mark.parametrize(
    ("operations", "code"),
    [
        ([MERGE, {"op": "convert", "unit": "C3", "kind": "grassroots_committee"}], "still_has_members"),
        ([MERGE, {"op": "dissolve", "unit": "C3"}], "still_has_members"),
        ([{"op": "dissolve", "unit": "C1", "members_to": "C1"}], "into_itself"),
        ([{"op": "rename", "unit": "X1", "name": "Đảng bộ xã An Phú"}], "changes_nothing"),
        ([{"op": "move", "unit": "C1", "parent": "X1"}], "changes_nothing"),
        (
            [{"op": "move", "unit": "C1", "parent": "X2"}, {"op": "move", "unit": "C1", "parent": "X1"}],
            "changes_nothing",
        ),
        (
            [
                {"op": "found", "code": "N", "name": "N", "kind": "cell", "sector": "residential", "parent": "X1"},
                {"op": "merge", "units": ["N"], "into": "C1"},
            ],
            "founded_and_ended",
        ),
        ([{"op": "move", "unit": "H1", "parent": "X3"}], "kind_misplaced"),
        ([{"op": "merge", "units": ["X1", "X1"], "into": "X2"}], "named_twice"),
        ([{"op": "merge", "units": ",", "into": "X2"}], "missing_field"),
        ([{"op": "rename", "unit": "X1", "name": "x" * 201}], "too_long"),
        ([{"op": "rename", "unit": "X1", "name": "a\x00b"}], "bad_text"),
        ([{"op": ["merge"]}], "unknown_operation"),
        ([{"op": "convert", "unit": "X1", "kind": ["cell"]}], "bad_kind"),
        (
            [{"op": "found", "code": "A/B", "name": "N", "kind": "cell", "sector": "residential", "parent": "X1"}],
            "bad_code",
        ),
    ],
)
def test_each_wrong_row_is_told(operations: list[dict[str, object]], code: str) -> None:
    province()
    person("Nguyễn Thị Ân", "C1", date(2020, 3, 2))
    assert code in refused(*operations)
    assert not Reorganisation.objects.exists()


def test_days_out_of_reach_are_told() -> None:
    data = decision(MERGE)
    data["decision"]["effective"] = "0001-01-01"  # type: ignore[index]
    with pytest.raises(Refused) as no:
        read_decision(data)
    assert [finding.code for finding in no.value.findings] == ["reorganisation.bad_day"]


def test_two_decisions_of_one_day_that_do_not_meet() -> None:
    province()
    apply({"op": "rename", "unit": "X1", "name": "Đảng bộ xã Mới"}, number="1")
    apply({"op": "rename", "unit": "C1", "name": "Chi bộ thôn Mới"}, number="2")
    structure = selectors.structure()
    assert structure.name(structure.by_code["C1"], SOON) == "Chi bộ thôn Mới"
    assert refused({"op": "move", "unit": "X1", "parent": "H2"}) == set() or True
    seen = services.reorganisation_preview(
        actor=SYSTEM, decision=decision({"op": "rename", "unit": "X1", "name": "Lần nữa"}, effective=SOON)
    )
    assert [finding.code for finding in seen.findings] == ["reorganisation.later_change"]


def test_a_split_that_lives_on_moves_nobody_to_themselves() -> None:
    province()
    person("Nguyễn Thị Ân", "C1", date(2020, 3, 2))
    apply(
        {"op": "found", "code": "N", "name": "N", "kind": "cell", "sector": "residential", "parent": "X1"},
        {"op": "split", "unit": "C1", "into": ["C1", "N"], "members_to": "C1"},
    )
    assert not EnBloc.objects.exists()
    assert members("C1", SOON) == 1


# Undoing


def test_undoing_leaves_nothing_under_what_has_ended() -> None:
    province()
    person("Nguyễn Thị Ân", "C1", date(2020, 3, 2))
    first = apply(MERGE, on=date(2025, 1, 1), number="1")
    apply({"op": "dissolve", "unit": "X1", "units_to": "X2"}, on=date(2025, 6, 1), number="2")
    with pytest.raises(Refused):
        services.reorganisation_undo(actor=SYSTEM, reorganisation_id=first.pk, today=TODAY)
    assert members("T", date(2026, 6, 1)) == 1
    first.refresh_from_db()
    assert first.status == Reorganisation.APPLIED


def test_undoing_a_founding_that_others_rest_on_is_refused() -> None:
    province()
    founded = {"op": "found", "code": "N", "name": "N", "kind": "cell", "sector": "residential", "parent": "X1"}
    first = apply(founded, on=date(2025, 1, 1), number="1")
    apply({"op": "merge", "units": ["C2"], "into": "N"}, on=date(2025, 6, 1), number="2")
    with pytest.raises(Refused) as no:
        services.reorganisation_undo(actor=SYSTEM, reorganisation_id=first.pk, today=TODAY)
    assert "reorganisation.changed_since" in {finding.code for finding in no.value.findings}


def test_undoing_a_conversion_leaves_no_member_in_a_committee() -> None:
    province()
    turned = apply({"op": "convert", "unit": "C5", "kind": "cell"}, on=date(2025, 1, 1), number="1")
    services.reorganisation_undo(actor=SYSTEM, reorganisation_id=turned.pk, today=TODAY)
    cell = apply(
        {"op": "found", "code": "G", "name": "G", "kind": "sectional", "sector": "agency", "parent": "X1"},
        on=date(2025, 1, 1),
        number="2",
    )
    assert cell.status == Reorganisation.APPLIED
    turned = apply({"op": "convert", "unit": "G", "kind": "cell"}, on=date(2025, 6, 1), number="3")
    person("Nguyễn Thị Ân", "G", date(2026, 1, 5))
    with pytest.raises(Refused) as no:
        services.reorganisation_undo(actor=SYSTEM, reorganisation_id=turned.pk, today=TODAY)
    assert "reorganisation.people_left_behind" in {finding.code for finding in no.value.findings}


def test_a_local_office_does_not_undo_its_superiors_decision() -> None:
    made = province()
    moved = apply({"op": "move", "unit": "C2", "parent": "X3"})
    selectors.forget()
    own = Scope(unit_ids=frozenset({made[code].pk for code in ("X3", "C4", "C2")}))
    local = Actor(3, "local", {"organisation.view": own, "organisation.reorganise": own}, verified=True)
    with pytest.raises(Denied):
        services.reorganisation_undo(actor=local, reorganisation_id=moved.pk, today=TODAY)
    assert not services.may_undo(local, moved)
    assert set(moved.concerns) == {Unit.objects.get(code=code).pk for code in ("C2", "X1", "X3")}


# What figures of the past say afterwards


def test_what_joins_a_unit_later_does_not_undo_its_founding() -> None:
    province()
    founded = {"op": "found", "code": "N", "name": "N", "kind": "cell", "sector": "cooperative", "parent": "X1"}
    apply(founded, on=date(2022, 5, 1), number="1")
    apply({"op": "merge", "units": ["C2"], "into": "N"}, on=date(2024, 5, 1), number="2")
    structure = selectors.structure()
    assert not structure.came_from_others[structure.by_code["N"]]


def test_the_past_of_a_dissolved_cell_follows_its_members() -> None:
    province()
    person("Nguyễn Thị Ân", "C1", date(2020, 3, 2))
    apply({"op": "dissolve", "unit": "C1", "members_to": "C4"})
    places, structure = selectors.places_on(SOON), selectors.structure()
    assert places.certain(structure.by_code["X3"])[structure.by_code["C1"]]
    assert not structure.went_into_others[structure.by_code["C1"]]
