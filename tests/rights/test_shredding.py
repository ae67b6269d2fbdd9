"""Data of people who left long ago go, and not one sum changes; nothing else passes the door that this opens."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from builders import SYSTEM, book, person
from nhiemky.accounts.models import User
from nhiemky.admissions.models import Case, StepTaken
from nhiemky.config.check_queries import QUERIES
from nhiemky.config.checking import asked, check
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.findings import Refused
from nhiemky.domain.members.particulars import FORGOTTEN, PARTICULAR
from nhiemky.domain.rights.shredding import COUNTED, IDENTIFYING, coarsened
from nhiemky.members.models import Movement, Person, PersonChange, Reading
from nhiemky.members.services.reading import reading_note
from nhiemky.members.sums import View
from nhiemky.quality.services.merging import people_merge
from nhiemky.rights import retention
from nhiemky.rights.models import Shredded, Shredding
from nhiemky.rights.services import shredding
from nhiemky.transfers.models import Transfer, TransferStep
from rights.cases import TODAY, browser, office
from rights.shreds import FIRST, PAPER, SECOND, Write, amend, everything, opened, refuses, shred, sums


def test_nothing_tells_any_more_who_it_was(gone: Person) -> None:
    # Reasons of changes stand in the audit chain too, which keeps what people typed there; everything else is empty.
    telling = ("Nguyễn Thị Ân", "0905123456", "Xóm Mới", "Xóm Cũ", "00012345", "1984-10-20")
    before = everything()
    assert [text for text in telling if text not in before] == []
    shred(gone)
    assert [text for text in telling if text in everything()] == []
    gone.refresh_from_db()
    assert (gone.full_name, gone.identity_sealed, gone.identity_mark) == (FORGOTTEN, None, None)
    assert not User.objects.get(username=f"dv{gone.pk:07d}").is_active


def test_every_sum_of_every_day_stays(gone: Person) -> None:
    before = sums()
    told = ("pk", "kind", "on", "from_unit", "to_unit", "paper_number", "seq")
    movements = list(Movement.objects.order_by("pk").values_list(*told))
    shred(gone)
    assert sums() == before
    assert list(Movement.objects.order_by("pk").values_list(*told)) == movements
    assert check()["ok"]


def test_the_check_names_who_was_shredded_and_is_told_again(gone: Person) -> None:
    shred(gone)
    proof = next(query for query in QUERIES if query.name == "rights.shredded")
    assert asked(proof)["ok"]
    Person.objects.filter(pk=gone.pk).update(phone="0905123456", forgotten=None)
    assert not asked(proof)["ok"]


def test_what_figures_of_past_days_are_read_from_stays_in_the_history(gone: Person) -> None:
    shred(gone)
    rows = {change.field: (change.before, change.after, change.reason) for change in PersonChange.objects.all()}
    assert rows["qualification"] == ("", "university", "")
    assert {rows[key] for key in ("phone", "residence", "birth_date", "card_number")} == {("", "", "")}


def test_every_particular_is_either_emptied_or_counted() -> None:
    assert set(IDENTIFYING) | set(COUNTED) == set(PARTICULAR)
    assert not set(IDENTIFYING) & set(COUNTED)


def age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@given(
    st.dates(date(1920, 1, 1), date(2008, 12, 31)),
    st.lists(st.dates(date(2015, 1, 1), date(2026, 12, 31)), max_size=4),
    st.integers(2015, 2030),
)
def test_a_coarser_birthday_changes_no_age_that_is_counted(born: date, days: list[date], year: int) -> None:
    coarse = coarsened(born, days)
    assert coarse <= born
    assert coarse.year == born.year
    for on in (*days, date(year, 6, 30), date(year, 12, 31)):
        assert age(coarse, on) == age(born, on)


def test_who_left_not_long_ago_or_came_back_is_not_due(gone: Person) -> None:
    late = person("Trần Văn Cư", "C1", date(2012, 3, 2))
    book(late, "death", date(2016, 10, 31))
    assert [one.person for one in retention.gone(SYSTEM, TODAY)] == [gone]
    assert [one.person for one in retention.gone(SYSTEM, date(2026, 10, 31))] == [gone, late]
    back = person("Võ Văn Dư", "C1", date(2011, 3, 2))
    book(back, "transfer_out", date(2011, 5, 2))
    assert back in [one.person for one in retention.gone(SYSTEM, TODAY)]
    book(back, "transfer_in", date(2012, 3, 2), "C1")
    assert back not in [one.person for one in retention.gone(SYSTEM, TODAY)]


def test_a_second_person_types_the_number_of_the_decision(gone: Person) -> None:
    here = office("T", "X1", "C1", user_id=User.objects.create(username="a", full_name="A").pk)
    held = shredding.shredding_prepare(actor=here, person_ids=[gone.pk], paper=PAPER, today=TODAY)
    wrong = ((here, "77-QĐ/TU", "rights.second_person"), (SECOND, "78-QĐ/TU", "rights.other_number"))
    for actor, number, code in wrong:
        with pytest.raises(Refused) as no:
            shredding.shredding_carry_out(actor=actor, shredding_id=held.pk, number=number, today=TODAY)
        assert [finding.code for finding in no.value.findings] == [code]
    gone.refresh_from_db()
    assert gone.full_name == "Nguyễn Thị Ân"


def test_who_came_back_since_the_list_was_made_stops_it(gone: Person) -> None:
    other = person("Võ Văn Dư", "C1", date(2011, 3, 2))
    book(other, "transfer_out", date(2011, 5, 2))
    both = [gone.pk, other.pk]
    held = shredding.shredding_prepare(actor=FIRST, person_ids=both, paper=PAPER, today=TODAY)
    book(other, "transfer_in", date(2012, 3, 2), "C1")
    with pytest.raises(Refused) as no:
        shredding.shredding_carry_out(actor=SECOND, shredding_id=held.pk, number="77-QĐ/TU", today=TODAY)
    assert no.value.findings[0].code == "rights.not_due"
    assert not Shredded.objects.exists()


def test_nobody_else_s_people_are_listed_or_shredded(gone: Person) -> None:
    stranger = office("C4", "X3")
    with pytest.raises(Refused) as no:
        shredding.shredding_prepare(actor=stranger, person_ids=[gone.pk], paper=PAPER, today=TODAY)
    assert no.value.findings[0].code == "rights.not_due"
    held = shredding.shredding_prepare(actor=FIRST, person_ids=[gone.pk], paper=PAPER, today=TODAY)
    with pytest.raises(Denied):
        shredding.shredding_carry_out(actor=stranger, shredding_id=held.pk, number="77-QĐ/TU", today=TODAY)


def test_who_is_in_the_register_twice_is_shredded_twice(gone: Person) -> None:
    twin = person("Nguyễn Thị Ân Anh", "C1", date(2012, 4, 2), born=date(1984, 10, 19))
    people_merge(actor=SYSTEM, kept_id=gone.pk, dropped_id=twin.pk, reason="trùng", today=TODAY)
    shred(gone)
    twin.refresh_from_db()
    assert twin.full_name == FORGOTTEN
    assert set(Movement.objects.values_list("reason", flat=True)) == {""}


def test_other_parts_forget_too_and_only_then(gone: Person) -> None:
    admission = Movement.objects.get(person=gone, kind="admission")
    case = Case.objects.create(
        unit_id=admission.to_unit_id, full_name=gone.full_name, name_key="x", folded="x", sex="female", ethnic_group=1,
        birth_date=gone.birth_date, residence="Xóm Mới", person=gone, admission=admission, changed=1,
    )  # fmt: skip
    step = StepTaken.objects.create(case=case, key="course", on=date(2011, 5, 2), note="chị Ân", struck="nhầm", seq=1)
    letter = {"letter_number": "1", "letter_on": date(2014, 1, 1), "letter_body": "x", "decided_on": date(2014, 1, 1)}
    sent = Transfer.objects.create(
        person=gone, kind="official", source_unit_id=admission.to_unit_id, place="Huế", state="withdrawn",
        sent_on=date(2014, 1, 1), sent_by="x", seq=1, **letter,
    )  # fmt: skip
    TransferStep.objects.create(
        transfer=sent, act="withdrawn", on=date(2014, 1, 2), text="chị Ân", user_name="x", seq=1
    )
    steps, told = StepTaken.objects.filter(pk=step.pk), TransferStep.objects.filter(transfer=sent)
    for write in (lambda: steps.update(note=""), lambda: steps.update(struck="-"), lambda: told.update(text="")):
        refuses(write)
    held = shred(gone)
    assert list(steps.values_list("note", "struck")) == [("", "-")]
    assert list(told.values_list("text")) == [("",)]
    assert list(Case.objects.values_list("full_name", "residence")) == [(FORGOTTEN, "")]
    opened(held.pk)
    for write in (lambda: steps.update(note="x"), lambda: steps.update(struck=""), lambda: steps.delete(),
                  lambda: steps.update(on=date(2012, 1, 1)), lambda: told.update(act="sent")):  # fmt: skip
        refuses(write)


def test_what_was_shredded_is_not_entered_again(gone: Person) -> None:
    shred(gone)
    with pytest.raises(Refused) as no:
        amend(gone, {"phone": "0905123456"})
    assert no.value.findings[0].code == "members.forgotten"


# --- The door --------------------------------------------------------------------------------------------------------


def test_the_door_is_shut_before_and_after(gone: Person) -> None:
    writes: tuple[Write, ...] = (
        lambda: PersonChange.objects.filter(person=gone).update(reason=""),
        lambda: Movement.objects.filter(person=gone).update(reason=""),
        lambda: PersonChange.objects.filter(person=gone).update(before="", after=""),
    )
    for write in writes:
        refuses(write)
    shred(gone)
    for write in writes:
        refuses(write)


def test_a_setting_alone_opens_nothing(gone: Person) -> None:
    held = shredding.shredding_prepare(actor=FIRST, person_ids=[gone.pk], paper=PAPER, today=TODAY)
    opened(held.pk)
    refuses(lambda: PersonChange.objects.filter(person=gone).update(reason=""))


def test_a_list_that_nobody_else_carried_out_opens_nothing(gone: Person) -> None:
    held = shredding.shredding_prepare(actor=FIRST, person_ids=[gone.pk], paper=PAPER, today=TODAY)
    opened(held.pk)
    refuses(lambda: Shredded.objects.create(person=gone, shredding=held, seq=1))
    refuses(lambda: PersonChange.objects.filter(person=gone).update(reason=""))
    for name in ("", FIRST.name):
        with pytest.raises(IntegrityError, match="rights_shredding_done"), transaction.atomic():
            Shredding.objects.filter(pk=held.pk).update(state="done", done_name=name, done_on=TODAY)


def test_a_list_begins_as_prepared_and_only_its_state_goes_on(gone: Person) -> None:
    made = {"number": "1", "decided_on": TODAY, "body": "x", "people": [gone.pk], "prepared_name": "a", "seq": 1}
    done = {"state": "done", "done_name": "b", "done_on": TODAY}
    refuses(lambda: Shredding.objects.create(**made, **done))
    refuses(lambda: Shredding.objects.create(**made, xact=1))
    other = Person.objects.get(full_name="Lê Thị Bình")
    held = shredding.shredding_prepare(actor=FIRST, person_ids=[gone.pk], paper=PAPER, today=TODAY)
    mine = Shredding.objects.filter(pk=held.pk)
    changes: tuple[dict[str, object], ...] = (
        {"people": [gone.pk, other.pk]}, {"people": [other.pk], **done}, {"number": "2"},
        {"prepared_name": "c", **done},
    )  # fmt: skip
    for values in changes:
        refuses(lambda values=values: mine.update(**values))  # type: ignore[misc]
    refuses(mine.delete)
    shred_on(held)
    for values in (*changes, {"state": "prepared", "done_name": "", "done_on": None}, {"done_name": "c"}, {"xact": 1}):
        refuses(lambda values=values: mine.update(**values))  # type: ignore[misc]


def shred_on(held: Shredding) -> None:
    shredding.shredding_carry_out(actor=SECOND, shredding_id=held.pk, number=held.number, today=TODAY)


def test_the_door_is_for_who_stands_on_the_list_and_shut_for_every_later_transaction(gone: Person) -> None:
    other = Person.objects.get(full_name="Lê Thị Bình")
    held = shred(gone)
    opened(held.pk)
    refuses(lambda: Shredded.objects.create(person=other, shredding=held, seq=1))
    amends = PersonChange.objects.filter(person=gone, field="phone")
    amends.update(reason="")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE rights_shredding DISABLE TRIGGER rights_shredding_goes_on")
        cursor.execute("UPDATE rights_shredding SET xact = xact - 1")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE rights_shredding ENABLE TRIGGER rights_shredding_goes_on")
    refuses(lambda: amends.update(reason=""))


def test_what_figures_are_counted_by_passes_no_door(gone: Person) -> None:
    """Each counted particular, also emptied, and a birthday that would become another year's."""
    held = shred(gone)
    opened(held.pk)
    for field in (*COUNTED, "birth_date"):
        made = PersonChange.objects.create(
            person=gone, field=field, before="1984-10-20", after="1984-10-21", source="form", user_name="x", seq=9
        )
        row = PersonChange.objects.filter(pk=made.pk)
        wrong = ["1983-12-31", "1984-10-22", "năm 1984", *([""] if field in COUNTED else [])]
        for text in wrong:
            refuses(lambda row=row, text=text: row.update(after=text))  # type: ignore[misc]


def test_through_the_open_door_things_are_emptied_and_nothing_else(gone: Person) -> None:
    other = Person.objects.get(full_name="Lê Thị Bình")
    amend(other, {"phone": "0905000000"})
    reading_note(actor=Actor(7, "anphu"), person_id=other.pk, what="page")
    held = shred(gone)
    opened(held.pk)
    mine, seen = PersonChange.objects.filter(person=gone), Reading.objects.filter(person=gone)
    for write in (
        lambda: mine.update(reason="khác"),
        lambda: mine.update(after="1"),
        lambda: mine.update(user_name=""),
        lambda: mine.update(field="sex"),
        lambda: mine.update(person=other),
        lambda: mine.filter(field="phone").delete(),
        lambda: seen.update(what=""),
        lambda: seen.update(user_name="", user_id=None),
        lambda: Movement.objects.filter(person=gone).update(on=date(2015, 1, 1)),
        lambda: Movement.objects.filter(person=gone).update(kind="leaving"),
        lambda: Movement.objects.filter(person=gone).update(reason="", place="x"),
        lambda: PersonChange.objects.filter(person=other).update(reason=""),
        lambda: Reading.objects.filter(person=other).update(user_name=""),
        lambda: Shredded.objects.all().delete(),
    ):
        refuses(write)
    opened(int(held.pk) + 1)
    refuses(lambda: mine.update(reason=""))


def test_the_own_page_is_shut_when_the_data_are_gone(gone: Person) -> None:
    user = User.objects.get(username=f"dv{gone.pk:07d}")
    me = browser(Actor(user.pk, user.username, person_id=gone.pk))
    assert me.get("/own/").status_code == 200
    shred(gone)
    assert me.get("/own/")["Location"].startswith("/sign-in")


def test_ages_are_counted_from_arrays_that_are_in_step(gone: Person) -> None:
    """A shredding is an event of the register: arrays loaded before it are brought up to date."""
    column = View(TODAY).columns.people
    at = int(np.flatnonzero(column.ids == gone.pk)[0])
    before = int(column.born[at])
    shred(gone)
    assert int(View(TODAY).columns.people.born[at]) != before
