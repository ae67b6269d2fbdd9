"""From a messy spreadsheet into the register, and again without a trace."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from books import HEADINGS, codes, given, judged, members, row, take_over, xlsx

from builders import SYSTEM, TODAY, book, decision, person, province
from nhiemky.audit.models import Event
from nhiemky.domain.access import PERMISSIONS, Actor, Scope
from nhiemky.domain.findings import Refused
from nhiemky.exchange import selectors
from nhiemky.exchange.drafting import lay_out
from nhiemky.exchange.models import Import, ImportRow
from nhiemky.exchange.reading import read
from nhiemky.exchange.services import imports
from nhiemky.members.identity import unseal
from nhiemky.members.models import Movement, Person, PersonChange, Stay
from nhiemky.members.services.ledger import movement_reverse
from nhiemky.members.services.particulars import person_amend
from nhiemky.members.sums import View
from nhiemky.organisation.models import Unit
from nhiemky.organisation.services import reorganisation_apply

MESSY = [
    ["ĐẢNG BỘ XÃ AN PHÚ"],
    ["DANH SÁCH ĐẢNG VIÊN"],
    [],
    ["TT", "Họ và tên", "Ngày, tháng, năm sinh", "", "Dân tộc", "Số thẻ ĐV", "Số CCCD", "Vào Đảng", "", "Đơn vị"],
    ["", "", "Nam", "Nữ", "", "", "", "Dự bị", "Chính thức", ""],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)"],
    ["I", "Chi bộ thôn Đông"],
    [1, "Nguyễn Thị Ân", "", "19/5/1990", "Kinh", 12345, 51190000123, "02-03-2020", "2/3/2021", "Chi bộ thôn Đông"],
    [2, "  Trần   Văn Bình ", 1975, "", "H're", "00000002", "", "1/2/99", date(2000, 2, 1), "thôn Tây"],
    [3, "Lê Cường", "31/02/1980", "", "Kinh", "", "", "", "1/1/2010", "C1"],
    ["", "Tổng cộng", 2, 1],
    ["", "Người lập biểu"],
]


@pytest.fixture(autouse=True)
def units(db: None) -> None:
    province()


def test_a_messy_list_is_understood_row_by_row_and_nothing_is_written() -> None:
    draft = judged(xlsx(MESSY))
    assert draft.judgement.counts() == {"rows": 3, "new": 2, "changed": 0, "same": 0, "refused": 1, "warning": 2}
    assert codes(draft) == {
        8: {"exchange.zero_added", "exchange.zero_added_sealed"},
        9: {"exchange.century"},
        10: {"exchange.not_understood"},
    }
    assert {why for _at, why in draft.laid.layout.skipped} == {"title", "numbering", "section", "total"}
    assert not Person.objects.exists()


def test_an_import_enters_people_with_entries_stays_and_one_event_each() -> None:
    held = take_over(xlsx(MESSY), good_rows=True)
    assert held.counts["new"] == 2
    first, second = Person.objects.order_by("pk")
    assert (first.full_name, first.sex, first.card_number) == ("Nguyễn Thị Ân", "female", "00012345")
    assert (second.full_name, second.birth_date, second.birth_year_only) == ("Trần Văn Bình", date(1975, 1, 1), True)
    assert (second.ethnic_group, second.admitted_on, second.official_on) == (19, date(1999, 2, 1), date(2000, 2, 1))
    assert [stay.unit.code for stay in Stay.objects.order_by("person_id")] == ["C1", "C2"]
    assert set(Movement.objects.values_list("kind", "on")) == {("opening", TODAY)}
    view = View(TODAY)
    assert view.members.of(view.structure.by_code["T"]) == 2
    made = list(Event.objects.order_by("seq").values_list("action", flat=True))
    assert made[-2:] == ["members.people_taken_over", "exchange.imported"]


def test_the_same_file_again_changes_nothing() -> None:
    content = members(row(1, "Nguyễn Thị Ân"), row(2, "Trần Thị Bình", "C2"))
    take_over(content)
    before = list(Person.objects.values())
    held = take_over(content)
    assert held.counts == {"rows": 2, "new": 0, "changed": 0, "same": 2, "refused": 0, "warning": 0}
    assert list(Person.objects.values()) == before
    assert not PersonChange.objects.exists()


def test_all_or_nothing_is_nothing_where_one_row_is_refused() -> None:
    content = members(row(1, "Nguyễn Thị Ân"), row(2, "Trần Thị Bình", "Chi bộ nào đó"))
    with pytest.raises(Refused) as no:
        take_over(content)
    assert [(f.code, f.row) for f in no.value.findings] == [("exchange.unit_unknown", 3)]
    assert not Person.objects.exists()


def test_particulars_of_who_is_known_are_changed_with_a_history() -> None:
    who = person("Nguyễn Thị Ân", "C1", date(2020, 3, 2))
    headings = ["Họ tên", "Ngày sinh", "Quê quán", "SĐT"]
    content = members(["Nguyễn Thị Ân", "19/05/1990", "Mộ Đức", 905123456], headings=headings)
    assert take_over(content).counts["changed"] == 1
    who.refresh_from_db()
    assert (who.home_place, who.phone) == ("Mộ Đức", "0905123456")
    assert set(PersonChange.objects.values_list("field", "source")) == {("home_place", "import"), ("phone", "import")}
    assert SYSTEM.name == PersonChange.objects.first().user_name  # type: ignore[union-attr]


def known(**more: str) -> Person:
    """Somebody in C1 with numbers."""
    who = person("Nguyễn Thị Ân", "C1", date(2020, 3, 2))
    values = {"identity_number": "051190000123", "card_number": "00012345", **more}
    person_amend(actor=SYSTEM, person_id=who.pk, values=values, reason="phiếu", today=TODAY)
    who.refresh_from_db()
    return who


HEADS = ["Họ tên", "Ngày sinh", "Số thẻ", "CCCD", "Quê quán", "Chi bộ", "Ngày chính thức", "Dân tộc", "Giới tính"]


def line(name: str = "Nguyễn Thị Ân", born: str = "19/05/1990", **more: str) -> list[str]:
    keys = ("card", "number", "home", "cell", "official", "group", "sex")
    return [name, born, *(more.get(key, "") for key in keys)]


def only(*rows: list[str], unit: str = "X1", **more: Any) -> tuple[list[str], set[str]]:
    """States of the rows, and everything that is said about any of them."""
    draft = judged(members(*rows, headings=HEADS), unit, **more)
    found = codes(draft).values()
    return [one.state for one in draft.judgement.lines], {code.split(".")[1] for told in found for code in told}


def test_people_are_known_by_number_before_name() -> None:
    known()
    assert only(line("Nguyễn Thị Ấn", number="51190000123")) == (["changed"], {"zero_added_sealed"})
    assert only(line("Nguyễn Thị Ân", "20/05/1990", card="00012345")) == (["changed"], set())


def test_a_number_of_somebody_else_is_refused_not_taken_for_a_new_name() -> None:
    known()
    assert only(line("Trần Văn Bình", "01/01/1980", card="00012345"))[1] == {"other_person"}


def test_two_numbers_of_two_people_are_refused() -> None:
    known()
    other = person("Trần Văn Bình", "C1", date(2020, 3, 2))
    person_amend(actor=SYSTEM, person_id=other.pk, values={"card_number": "00000009"}, reason="phiếu", today=TODAY)
    assert only(line(card="00000009", number="051190000123"))[1] == {"two_people"}


def test_namesakes_of_one_day_are_told_apart_by_the_cell_or_refused() -> None:
    person("Nguyễn Thị Ân", "C1", date(2020, 3, 2))
    person("Nguyễn Thị Ân", "C2", date(2020, 3, 2))
    states, said = only(line(home="Mộ Đức", cell="C2"))
    assert (states, said) == (["changed"], set())
    states, said = only(line(home="Mộ Đức"))
    assert "ambiguous" in said


def test_a_number_of_somebody_outside_the_actors_reach_is_refused_without_a_name() -> None:
    known()
    clerk = Actor(1, "kẻ lạ", dict.fromkeys(PERMISSIONS, Scope(unit_ids=frozenset(ids("X3", "C4")))), True)
    draft = judged(members(line(card="00012345", cell="C4", official="1/1/2000"), headings=HEADS), "X3", actor=clerk)
    (one,) = draft.judgement.lines
    assert [finding.code for finding in one.findings if finding.blocks] == ["members.card_known"]
    assert "Ân" not in str([finding.facts for finding in one.findings])


def ids(*codes: str) -> list[int]:
    return list(Unit.objects.filter(code__in=codes).values_list("pk", flat=True))


def test_another_cell_is_told_and_nobody_is_moved() -> None:
    who = known()
    content = members(line(cell="C2", home="Mộ Đức"), headings=HEADS)
    assert codes(judged(content)) == {2: {"exchange.other_unit"}}
    take_over(content)
    who.refresh_from_db()
    assert who.home_place == "Mộ Đức"
    assert [stay.unit.code for stay in who.stays.all()] == ["C1"]


def test_days_and_standing_of_the_ledger_are_told_and_left() -> None:
    who = known()
    assert only(line(official="01/01/2022"))[1] == {"ledger_differs"}
    take_over(members(line(official="01/01/2022", home="Mộ Đức"), headings=HEADS))
    who.refresh_from_db()
    assert who.official_on is None


def test_who_has_left_does_not_come_back_by_a_list() -> None:
    who = known()
    book(who, "leaving", date(2024, 1, 1))
    assert only(line(home="Mộ Đức"))[1] == {"has_left"}


def test_whose_every_entry_was_taken_back_is_entered_again_as_the_same_person() -> None:
    who = known()
    wrong = Movement.objects.get(person=who)
    movement_reverse(actor=SYSTEM, movement_id=wrong.pk, reason="nhầm", today=TODAY)
    row_ = line(number="051190000123", cell="C2", official="1/1/2022", group="Kinh", sex="Nữ")
    take_over(members(row_, headings=HEADS))
    again = Person.objects.get()
    assert (again.pk, again.official_on, again.last_unit.code) == (who.pk, date(2022, 1, 1), "C2")  # type: ignore[union-attr]


def test_the_year_alone_does_not_blur_a_day_that_is_known() -> None:
    known()
    assert only(line(born="1990")) == (["same"], set())


def test_the_same_person_twice_in_a_file_is_refused_the_second_time() -> None:
    new = {"cell": "C1", "official": "1/1/2020", "group": "Kinh", "sex": "Nữ"}
    assert only(line(**new), line(**new)) == (["new", "refused"], {"twice"})
    numbered = {**new, "number": "051190000123"}
    assert only(line(**numbered), line("Lê B", "1/1/1980", **numbered)) == (["refused"] * 2, {"identity_known"})


def test_every_rule_of_entering_holds_in_bulk() -> None:
    new = {"cell": "C1", "official": "1/1/2020", "group": "Kinh", "sex": "Nữ"}
    assert only(line(**{**new, "group": ""}))[1] == {"value_missing"}
    assert only(line(**{**new, "card": "123"}))[1] == {"card_form"}
    assert only(line(born="1/1/1850", **new))[1] == {"day_impossible"}
    assert only(line(**{**new, "cell": "X1"}))[1] == {"no_such_cell"}
    assert only(line(**{**new, "cell": ""}))[1] == {"unit_missing"}
    assert only(line(**{**new, "official": "1/1/2026"}), on=date(2025, 1, 1))[1] == {"taken_over_before"}
    with pytest.raises(Refused):
        judged(members(line(**new), headings=HEADS), on=date(2027, 1, 1))


def test_who_is_taken_over_on_an_earlier_day_follows_the_reorganisations_since() -> None:
    merge = {"op": "merge", "units": ["C1"], "into": "C2"}
    reorganisation_apply(actor=SYSTEM, decision=decision(merge), today=TODAY)
    take_over(members(row(1, "Nguyễn Thị Ân", "C1")), on=date(2024, 1, 1))
    who = Person.objects.get()
    assert who.last_unit.code == "C2"  # type: ignore[union-attr]
    spans = [(s.unit.code, s.during.lower, s.during.upper) for s in who.stays.order_by("during")]
    assert spans == [("C1", date(2024, 1, 1), date(2025, 7, 1)), ("C2", date(2025, 7, 1), None)]
    assert list(who.movements.order_by("on").values_list("kind", flat=True)) == ["opening", "en_bloc"]


def test_a_list_divided_by_headings_of_cells_needs_no_column_for_them() -> None:
    rows = [HEADINGS[:-1], ["I", "Chi bộ thôn Đông"], row(1, "Nguyễn Thị Ân")[:-1], ["II", "Chi bộ thôn Tây"],
            row(2, "Trần Văn Bình")[:-1]]  # fmt: skip
    take_over(xlsx(rows))
    assert [who.last_unit.code for who in Person.objects.order_by("pk")] == ["C1", "C2"]  # type: ignore[union-attr]


def test_refused_rows_come_back_with_their_columns_and_reasons_and_can_be_handed_in_again() -> None:
    held = take_over(xlsx(MESSY), good_rows=True)
    back = read(selectors.refused_file(held))
    assert back.rows[0][-1] == "Lý do chưa nhận"
    assert back.rows[1][1] == "Lê Cường"
    assert "31/02/1980" in str(back.rows[1][-1])
    assert len(back.rows) == 2
    mended = [list(one) for one in back.rows]
    mended[1][2] = "28/02/1980"
    assert take_over(xlsx(mended)).counts["new"] == 1


def test_columns_once_corrected_are_remembered_for_unit_and_headings() -> None:
    content = members(["Nguyễn Thị Ân", "19/05/1990", "Mộ Đức"], headings=["Họ tên", "Ngày sinh", "Nơi chốn"])
    held = imports.import_receive(actor=SYSTEM, given=given(content), file_name="a.xlsx")
    assert held.columns == {"0": "full_name", "1": "birth_date"}
    chosen = {0: "full_name", 1: "birth_date", 2: "home_place"}
    imports.import_arrange(actor=SYSTEM, import_id=held.pk, columns=chosen, day=TODAY, today=TODAY)
    assert lay_out(SYSTEM, given(content)).columns == chosen
    assert not lay_out(SYSTEM, given(content, "X2")).remembered


def test_a_file_lies_sealed_and_is_forgotten_once_taken_over() -> None:
    held = imports.import_receive(actor=SYSTEM, given=given(b"H\xe1\xbb\x8d t\xc3\xaan;CCCD\nA B;051190000123\n"),
                                  file_name="a.csv")  # fmt: skip
    assert held.file is not None
    assert b"051190000123" not in bytes(held.file)
    done = take_over(members(row(1, "Nguyễn Thị Ân")))
    assert Import.objects.get(pk=done.pk).file is None


def test_identity_numbers_stand_in_no_event_no_preview_and_no_refusal() -> None:
    known()
    new = {"cell": "C1", "official": "1/1/2020", "group": "Kinh", "sex": "Nữ"}
    content = members(line("Lê B", "1/1/1980", number="051190000999", **new), line("Lê C", number="05119000099"),
                      headings=HEADS)  # fmt: skip
    held = imports.import_receive(actor=SYSTEM, given=given(content), file_name="a.xlsx")
    imports.import_preview(actor=SYSTEM, import_id=held.pk, today=TODAY)
    with pytest.raises(Refused) as no:
        imports.import_carry_out(actor=SYSTEM, import_id=held.pk, today=TODAY)
    kept = [*ImportRow.objects.values_list("cells", "told"), *Event.objects.values_list("subject", "facts")]
    assert "05119000099" not in f"{kept} {no.value} {no.value.findings}"


def test_many_changes_are_written_as_few_are(monkeypatch: pytest.MonkeyPatch) -> None:
    rows_ = [row(n, f"Nguyễn Thị {name}") for n, name in enumerate(("Ân", "Bình", "Cúc"), start=1)]
    take_over(members(*rows_))
    monkeypatch.setattr("nhiemky.members.services.particulars._MANY", 2)
    heads = ["Họ tên", "Ngày sinh", "Số thẻ", "CCCD", "Quê quán", "Dân tộc"]
    content = members(["Nguyễn Thị Ân", "19/05/1990", "00000001", "051190000001", "Mộ Đức \\ \"x\"", "Tày"],
                      ["Nguyễn Thị Bình", "19/05/1990", "", "", "Đức Phổ", ""],
                      ["Nguyễn Thị Cúc", "19/05/1990", "", "", "", "Hrê"], headings=heads)  # fmt: skip
    assert take_over(content).counts["changed"] == 3
    found = Person.objects.order_by("pk").values_list("card_number", "home_place", "ethnic_group", "phone")
    assert list(found) == [("00000001", 'Mộ Đức \\ "x"', 2, ""), ("", "Đức Phổ", 1, ""), ("", "", 19, "")]
    assert PersonChange.objects.count() == 6
    assert take_over(content).counts["same"] == 3
    again = members(["Nguyễn Thị Ân", "19/05/1990", "", "", "Mộ Đức", ""],
                    ["Nguyễn Thị Bình", "19/05/1990", "", "051190000002", "", ""], headings=heads)  # fmt: skip
    assert take_over(again).counts["changed"] == 2
    sealed = [who.identity_sealed for who in Person.objects.order_by("pk")]
    assert [unseal(bytes(number)) for number in sealed if number] == ["051190000001", "051190000002"]
