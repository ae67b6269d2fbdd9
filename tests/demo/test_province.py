"""The small demo province holds together: generated once for this file, and rolled back at its end."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.db.models import F
from django.test import TestCase

from demo.daily_work import SPOILT, TODAY, DailyWork
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
from nhiemky.members.models import Movement, Person, Seat
from nhiemky.members.selectors import attention
from nhiemky.members.sums import View
from nhiemky.organisation import selectors as organisation
from nhiemky.reporting import selectors as reporting
from nhiemky.reporting.indicators import BY_KEY
from nhiemky.reporting.models import Target

REFORM = date(2025, 7, 1)
YEARS = range(2015, 2027)


def rows(query: str) -> list[tuple[Any, ...]]:
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


class SmallProvince(DailyWork, TestCase):
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
        spoilt = 0
        for person in Person.objects.all():
            assert person.decided_on is not None
            assert person.admitted_on is not None
            assert person.decided_on <= person.admitted_on <= (person.official_on or TODAY)
            spoilt += months_after(person.birth_date, 18 * 12) > person.admitted_on
        assert spoilt <= SPOILT

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

    def test_targets_are_shared_out_whole_and_within_reach(self) -> None:
        targets = {(t.unit.code, t.year): t for t in Target.objects.select_related("unit")}
        assert all(t.assumed and t.indicator == "members.admitted" for t in targets.values())
        assert {("T-51", 2022), ("T-51", 2026), ("T-62", 2022), ("H-522", 2022), ("T-62", 2025)} <= set(targets)
        assert ("T-62", 2026) not in targets
        for root, number in [key for key in targets if key[0] in ("T-51", "T-62")]:
            unit = self.structure.by_code[root]
            below = {
                p.unit
                for ps in self.structure.placements
                for p in ps
                if p.parent == unit and p.during.overlaps(year(number))
            }
            parts = [
                t.value for (code, of), t in targets.items() if of == number and self.structure.by_code[code] in below
            ]
            assert sum(parts) == targets[root, number].value, (root, number)
        for (code, number), target in targets.items():
            # A handful of people is no share of anything: units of this small province may have a target of one.
            most = 3 * target.value if target.value >= 10 else target.value + 10
            assert (figure(code, number, "members.admitted") or 0) <= most, (code, number)
        new = [t for (code, number), t in targets.items() if number == 2025 and code.startswith("X25-")]
        assert new
        assert {t.since for t in new} == {REFORM}

    def test_cells_without_a_committee_are_few_and_become_fewer(self) -> None:
        total = figure("T-51", 2022, "cells.residential.total") or 0
        key = "cells.residential.with_committee"
        covered = [figure("T-51", number, key) or 0 for number in (2015, 2016, 2018, 2021, 2022)]
        assert covered == sorted(covered)
        assert 0.8 * total < covered[0] < covered[-1] < total
        late = figure("T-51", 2026, "cells.residential.total") or 0
        assert covered[-1] < (figure("T-51", 2026, key) or 0) < late

    def test_who_works_retires_and_forces_are_young_men(self) -> None:
        (found,) = rows("""
            SELECT count(*), count(*) FILTER (WHERE date '2022-12-31' - p.birth_date > 62 * 365.25),
                   avg(date '2022-12-31' - p.birth_date) / 365.25, avg((p.sex = 'female')::int) FROM members_stay s
            JOIN members_person p ON p.id = s.person_id JOIN organisation_unitversion v ON v.unit_id = s.unit_id
                AND v.during @> date '2022-12-31'
            WHERE s.during @> date '2022-12-31' AND v.sector IN ('police', 'military')""")
        count, old, age, women = found
        assert int(str(count)) > 50
        assert old == 0
        assert 30 < float(str(age)) < 42
        assert float(str(women)) < 0.25
        assert rows("SELECT count(*) FROM members_person WHERE date '2022-12-31' - birth_date > 98 * 365") == [(1,)]
        retired = Movement.objects.filter(kind="transfer_within", on__year=2018).count()
        assert retired > 10

    def test_the_first_year_is_like_any_other(self) -> None:
        """The opening holds probationary and exempt members; transfers and recognitions begin at once."""
        for key in ("members.recognised", "members.exempt", "members.transferred_in", "members.probationary"):
            assert figure("T-51", 2015, key), key
        assert Movement.objects.filter(kind="transfer_within", on__year=2015).count() > 5

    def test_probations_end_late_or_otherwise(self) -> None:
        late = rows("""
            SELECT count(*) FILTER (WHERE m.on > p.admitted_on + interval '1 year 7 days'), count(*),
                   max(m.on - p.admitted_on) FROM members_movement m JOIN members_person p ON p.id = m.person_id
            WHERE m.kind = 'official_recognition'""")
        some, every, most = (int(str(value)) for value in late[0])
        assert 0 < some < every
        assert most <= 366 + 58 + 11
        differs = [figure("T-51", n, "members.probationary") != figure("T-51", n, "members.admitted") for n in YEARS]
        assert any(differs)  # of a few dozen a year; in the full province every year
        view = View(TODAY, None)
        cases = {c.key: len(c.cases) for c in attention(view, self.structure.by_code["T-51"], people=True)}
        assert cases.get("probation", 0) < 10

    def test_ceremonies_are_held_on_working_days_before_the_great_days(self) -> None:
        days = [row[0] for row in rows("SELECT \"on\" FROM members_movement WHERE kind = 'admission'")]
        assert sum(day.weekday() > 4 for day in days) < len(days) / 8
        assert sum(day.month in (1, 2, 5, 8, 11) for day in days) > len(days) / 2
        assert max(Counter(Person.objects.values_list("admitted_on", flat=True)).values()) < 10

    def test_readmission_comes_after_three_years(self) -> None:
        early = rows("""
            SELECT m.id FROM members_movement m JOIN members_movement b ON b.person_id = m.person_id AND b.on < m.on
            WHERE m.kind = 'readmission' AND b.to_unit_id IS NULL AND m.on < b.on + interval '36 months'""")
        assert early == []
        assert Movement.objects.filter(kind="readmission").exists()

    def test_organisations_are_founded_all_the_year_and_dissolved_too(self) -> None:
        assert figure("T-51", 2022, "units.founded.non_state") == 3
        assert (figure("T-51", 2022, "units.founded") or 0) > 3
        assert figure("T-51", 2026, "units.founded")
        assert figure("T-51", 2020, "units.dissolved")
        founded = rows("SELECT DISTINCT extract(month FROM lower(during)) FROM organisation_unitversion "
                       "WHERE opened_by_id IS NULL AND lower(during) > '2015-01-01'")  # fmt: skip
        assert len(founded) > 8

    def test_papers_are_signed_by_the_committee_of_the_day(self) -> None:
        assert set(
            Movement.objects.filter(kind__in=["death", "opening"]).values_list("paper_number", "paper_body")
        ) == {("", "")}
        signed = Movement.objects.exclude(kind__in=["death", "opening", "en_bloc", "exemption_on", "exemption_off"])
        late, early = signed.filter(on__gt=REFORM), signed.filter(on__lt=REFORM)
        assert not late.filter(paper_body__iregex="huyện|thị ủy|thành ủy|tỉnh kon tum|tỉnh ủy").exists()
        assert late.filter(paper_body="Ban Thường vụ Đảng ủy xã An Phú", paper_number__endswith="/ĐU").exists()
        assert early.filter(paper_body="Ban Thường vụ Huyện ủy Trà Bồng", paper_number__endswith="/HU").exists()
        assert not signed.filter(paper_date__gt=F("on")).exists()

    def test_names_are_of_their_day(self) -> None:
        def names(on: date) -> list[str]:
            return [v.name for place in range(len(self.structure)) if (v := self.structure.version(place, on))]

        assert not [n for n in names(TODAY) if re.search("huyện|thị xã|thành phố|thị trấn|tỉnh Kon Tum|20[12]", n)]
        before, after = names(date(2025, 2, 28)), names(date(2025, 3, 1))
        assert "Đảng bộ Sở Nông nghiệp và Môi trường tỉnh Quảng Ngãi" in set(after) - set(before)
        assert "Đảng bộ Sở Tài nguyên và Môi trường tỉnh Quảng Ngãi" in set(before) - set(after)
        assert max(Counter(names(TODAY)).values()) == 1
        own = self.structure.children(self.structure.by_code["X25-21034"], TODAY)
        sectors = Counter(v.sector for place in own if (v := self.structure.version(place, TODAY)))
        assert (sectors["police"], sectors["agency"], sectors["military"]) == (1, 1, 1)

    def test_seats_are_held_within_the_term_by_people_of_the_unit(self) -> None:
        stray = rows("""
            SELECT s.id FROM members_seat s JOIN organisation_term t ON t.id = s.term_id
            JOIN organisation_body b ON b.id = t.body_id JOIN members_person p ON p.id = s.person_id
            WHERE NOT t.during @> s.during OR lower(s.during) - p.birth_date BETWEEN 70.1 * 365.25 AND 36525 OR NOT (
                SELECT range_agg(y.during) FROM members_stay y WHERE y.person_id = s.person_id
                AND (b.kind <> 'cell_committee' OR y.unit_id = b.unit_id)) @> s.during""")
        led = rows("""
            SELECT COALESCE((SELECT range_agg(s.during) FROM members_seat s WHERE s.term_id = t.id
                AND s.post = 'secretary'), '{}') @> t.during FROM organisation_term t
            JOIN organisation_body b ON b.id = t.body_id
            WHERE b.kind = 'cell_committee' AND lower(t.during) >= '2020-01-01'""")
        assert stray == []
        assert sum(whole for (whole,) in led) > 0.85 * len(led)  # cells of this small province have few to choose from
        assert Seat.objects.exclude(closed_by=None).exclude(planned_until=None).exists()
        ended = Seat.objects.exclude(closed_by=None).values_list("during", "closed_by__on")
        assert all(during.upper == on for during, on in ended)

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
        numbers, unfit = set(), 0
        for person in Person.objects.all():
            if person.identity_sealed is None:
                continue
            number = identity.unseal(bytes(person.identity_sealed))
            assert bytes(person.identity_mark) == identity.mark(number)
            century = 2 if person.birth_date.year >= 2000 else 0
            fits = f"{century + (person.sex == 'female')}{person.birth_date.year % 100:02}"
            unfit += number[:3] not in ("051", "062") or number[3:6] != fits
            numbers.add(number)
        assert 1 <= unfit <= 2 * SPOILT
        assert 1 <= Person.objects.count() - len(numbers) <= 2 * SPOILT

    def test_there_is_somebody_to_search_for(self) -> None:
        """The search for `nguyen thi an` is shown with this name."""
        assert Person.objects.filter(full_name="Nguyễn Thị Ân", folded="nguyen thi an").exists()

    def test_personas_hold_their_grants_and_no_password(self) -> None:
        roles = {"specialist", "leader", "clerk", "secretary", "auditor", "administrator", "member"}
        assert {p.role for p in PERSONAS} == roles
        assert [p.ended for p in PERSONAS].count(True) == 1
        for persona in PERSONAS:
            user = User.objects.get(username=persona.username)
            if persona.role == "member":
                assert not user.grants.exists()
                continue
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
