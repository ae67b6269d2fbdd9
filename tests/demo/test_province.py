"""The small demo province holds together: generated once for this file, and rolled back at its end."""

from __future__ import annotations

import re
from datetime import date, timedelta

import numpy as np
from django.db import connection, transaction
from django.test import TestCase

from nhiemky.accounts.models import User
from nhiemky.config.checking import check
from nhiemky.demo.decisions import DAYS
from nhiemky.demo.generate import generate
from nhiemky.demo.personas import PERSONAS
from nhiemky.domain.members.booking import months_after
from nhiemky.domain.organisation.structure import Structure
from nhiemky.domain.periods import day_number, year
from nhiemky.domain.reporting.ledger import balance, stock
from nhiemky.members import identity, snapshot
from nhiemky.members.models import Movement, Person
from nhiemky.organisation import selectors as organisation
from nhiemky.reporting import selectors as reporting
from nhiemky.reporting.indicators import BY_KEY

TODAY = date(2026, 10, 31)
REFORM = date(2025, 7, 1)
YEARS = range(2015, 2027)


def rows(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def figure(code: str, number: int, key: str, structure_day: date | None = None) -> int | None:
    asked = reporting.question(organisation.position(code), number, TODAY, structure=structure_day)
    return reporting.figures(asked, [key])[key].value


def digest() -> list[tuple[object, ...]]:
    return rows("""
        SELECT count(*), md5(string_agg(concat_ws('|', p.full_name, p.birth_date, m.kind, m.on, f.code, t.code), ';'
            ORDER BY p.id, m.on)) FROM members_movement m JOIN members_person p ON p.id = m.person_id
        LEFT JOIN organisation_unit f ON f.id = m.from_unit_id
        LEFT JOIN organisation_unit t ON t.id = m.to_unit_id""")


def _assert_restated(structure: Structure, key: str) -> None:
    asked = reporting.question(structure.by_code["T-51"], 2022, TODAY, structure=REFORM)
    old = sum(figure(code, 2022, key) or 0 for code in ("T-51", "T-62"))
    parts = [part.value for part in reporting.parts(asked, BY_KEY[key])]
    assert old > 0
    assert None not in parts
    assert sum(part or 0 for part in parts) == figure("T-51", 2022, key, REFORM) == old


def _forget() -> None:
    organisation.forget()
    snapshot.SNAPSHOT.forget()


class SmallProvince(TestCase):
    """One generation for all tests of the class: Django undoes it at the end."""

    steps: list[tuple[str, float]]
    first: list[tuple[object, ...]]

    @classmethod
    def setUpTestData(cls) -> None:
        with transaction.atomic():
            generate(small=True, progress=lambda what, fraction: None)
            cls.first = digest()
            transaction.set_rollback(True)
        _forget()
        cls.steps = []
        generate(small=True, progress=lambda what, fraction: cls.steps.append((what, fraction)))

    def setUp(self) -> None:
        self.structure = organisation.structure()

    def test_progress_rises_to_the_end(self) -> None:
        fractions = [fraction for _what, fraction in self.steps]
        assert len(self.steps) > 5
        assert fractions == sorted(fractions)
        assert fractions[-1] == 1
        assert all(what for what, _fraction in self.steps)

    def test_check_finds_nothing(self) -> None:
        broken = {name: part["findings"] for name, part in check()["checks"].items() if not part["ok"]}
        assert broken == {}

    def test_every_balance_adds_up(self) -> None:
        columns = snapshot.columns()
        for number in YEARS:
            made = balance(self.structure, columns, year(number))
            assert not np.flatnonzero(made.difference).size, number
            assert made.closing.max() > 0

    def test_about_two_thousand_people(self) -> None:
        on = day_number(date(2025, 9, 15))
        assert 1_800 <= stock(self.structure, snapshot.columns(), on)[self.structure.by_code["T-51"]] <= 2_200

    def test_two_provinces_become_one(self) -> None:
        def roots(on: date) -> list[str]:
            return sorted(self.structure.codes[place] for place in self.structure.roots(on))

        def alive(prefix: str, on: date) -> int:
            there = self.structure.alive(on)
            codes = self.structure.by_code
            return sum(int(there[place]) for code, place in codes.items() if re.fullmatch(prefix + r"\d+", code))

        eve = date(2025, 6, 30)
        assert roots(eve) == ["T-51", "T-62"]
        assert roots(REFORM) == ["T-51"]
        assert alive("X24-", eve) > 20
        assert alive("H-", eve) > 2
        assert [alive(prefix, REFORM) for prefix in ("X24-", "H-")] == [0, 0]
        assert [alive("X25-", eve), alive("X25-", REFORM) > 5] == [0, True]
        assert self.structure.alive(REFORM)[self.structure.by_code["X25-21034"]]

    def test_a_split_commune_shares_out_its_cells(self) -> None:
        """Trà Bùi is the one commune that went to two."""
        bui = self.structure.by_code["X24-21142"]
        before = self.structure.children(bui, date(2025, 6, 30))
        after = {self.structure.codes[self.structure.parent(cell, REFORM) or 0] for cell in before}
        assert after == {"X25-21136", "X25-21157"}
        assert {link.whole for link in self.structure.links if link.predecessor == bui} == {False}

    def test_restated_figures_equal_both_old_provinces(self) -> None:
        for key in ["members.total", "members.admitted", "cells.residential.total"]:
            _assert_restated(self.structure, key)

    def test_nobody_has_two_entries_on_a_day(self) -> None:
        assert rows('SELECT person_id FROM members_movement GROUP BY person_id, "on" HAVING count(*) > 1') == []

    def test_only_people_of_ended_cells_move_on_the_days_of_decisions(self) -> None:
        assert not Movement.objects.filter(on__in=DAYS).exclude(kind="en_bloc").exists()
        assert not Movement.objects.filter(kind="en_bloc").exclude(on__in=DAYS).exists()
        assert not Movement.objects.filter(kind="en_bloc", reorganisation=None).exists()
        assert Movement.objects.filter(kind="en_bloc", on=REFORM).count() > 100

    def test_recognition_comes_after_twelve_months(self) -> None:
        found = Movement.objects.filter(kind="official_recognition").select_related("person")
        assert found.count() > 100
        for movement in found:
            assert movement.on >= months_after(movement.person.admitted_on, 12)
            assert movement.person.official_on == movement.on

    def test_dates_of_a_person_are_in_order(self) -> None:
        for person in Person.objects.all():
            assert person.decided_on is not None
            assert person.admitted_on is not None
            assert person.decided_on <= person.admitted_on <= (person.official_on or TODAY)
            assert months_after(person.birth_date, 18 * 12) <= person.admitted_on

    def test_a_founded_cell_begins_with_three_members(self) -> None:
        """Article 21: a cell has at least three. What a reorganisation founded is not looked at."""
        columns, made = snapshot.columns(), [link.successor for link in self.structure.links]
        born = self.structure.born
        founded = np.flatnonzero((born > day_number(date(2015, 1, 1))) & (self.structure.kinds(TODAY) >= 0))
        new = [p for p in founded.tolist() if p not in made and self.structure.codes[p].startswith("C-")]
        assert len(new) > 5
        for place in new:
            assert stock(self.structure, columns, int(born[place]))[place] >= 3, self.structure.codes[place]

    def test_committee_seats_are_held_by_official_members_of_the_cell(self) -> None:
        stray = rows("""
            SELECT s.id FROM members_seat s JOIN organisation_term t ON t.id = s.term_id
            JOIN organisation_body b ON b.id = t.body_id
            WHERE b.kind = 'cell_committee' AND NOT EXISTS (SELECT 1 FROM members_stay y WHERE y.person_id = s.person_id
                AND y.unit_id = b.unit_id AND y.during @> lower(s.during) AND y.standing = 'official')""")
        assert stray == []
        assert rows("SELECT count(*) > 100 FROM members_seat") == [(True,)]

    def test_merged_hamlet_cells_take_everybody_along(self) -> None:
        moved = Movement.objects.filter(kind="en_bloc", paper_number="45-QĐ/ĐU")
        (day,) = set(moved.values_list("on", flat=True))
        assert REFORM < day <= TODAY
        columns, target = snapshot.columns(), {self.structure.index[m.to_unit_id or 0] for m in moved}
        assert len(target) == 1
        sources = {self.structure.index[m.from_unit_id or 0] for m in moved}
        assert not self.structure.alive(day)[sorted(sources)].any()
        before = stock(self.structure, columns, day_number(day) - 1)
        after = stock(self.structure, columns, day_number(day))
        commune = self.structure.by_code["X25-21034"]
        assert moved.count() == sum(int(before[place]) for place in sources)
        assert after[target.pop()] >= moved.count()
        assert self.structure.parent(sorted(sources)[0], day - timedelta(days=1)) == commune

    def test_identity_numbers_fit_the_person_and_differ(self) -> None:
        numbers = set()
        people = Person.objects.all()
        for person in people:
            number = identity.unseal(bytes(person.identity_sealed))
            assert bytes(person.identity_mark) == identity.mark(number)
            assert number[:3] in ("051", "062")
            century = 2 if person.birth_date.year >= 2000 else 0
            assert number[3:6] == f"{century + (person.sex == 'female')}{person.birth_date.year % 100:02}"
            numbers.add(number)
        assert len(numbers) == people.count() > 1_000

    def test_only_recognised_members_have_a_card(self) -> None:
        assert not Person.objects.filter(official_on=None).exclude(card_number="").exists()
        assert not Person.objects.exclude(official_on=None).filter(card_number="").exists()

    def test_there_is_somebody_to_search_for(self) -> None:
        """The search for `nguyen thi an` is shown with this name."""
        assert Person.objects.filter(full_name="Nguyễn Thị Ân", folded="nguyen thi an").exists()

    def test_personas_hold_their_grants_and_no_password(self) -> None:
        assert {p.role for p in PERSONAS} == {"specialist", "leader", "clerk", "secretary", "auditor", "administrator"}
        assert [p.ended for p in PERSONAS].count(True) == 1
        for persona in PERSONAS:
            user = User.objects.get(username=persona.username)
            grant = user.grants.get()
            assert not user.has_usable_password()
            assert grant.role == persona.role
            assert persona.unit_code in ("", grant.unit.code)
            assert grant.during.upper == (TODAY if persona.ended else None)
            assert self.structure.alive(TODAY)[self.structure.index[grant.unit_id]]

    def test_the_secretary_sees_one_cell_of_the_clerks_commune(self) -> None:
        (secretary,) = (p for p in PERSONAS if p.role == "secretary")
        place = self.structure.index[User.objects.get(username=secretary.username).grants.get().unit_id]
        version = self.structure.version(place, TODAY)
        assert version is not None
        assert (version.kind, version.sector) == ("cell", "residential")
        assert self.structure.parent(place, TODAY) == self.structure.by_code["X25-21034"]

    def test_the_same_seed_gives_the_same_province(self) -> None:
        """Generated, rolled back and generated again: the same people with the same entries in the same units."""
        assert self.first == digest()
