"""`nhiemky check` finds each of a set of deliberately corrupted databases."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from builders import SYSTEM, TODAY, book, decision, person, province, seat
from nhiemky.config.checking import check
from nhiemky.organisation import services

pytestmark = pytest.mark.django_db

# What is broken, and the check that must see it.
CORRUPTIONS = {
    "a circle from the first day on": (
        """ALTER TABLE organisation_placement DISABLE TRIGGER ALL;
           UPDATE organisation_placement SET parent_id = (SELECT id FROM organisation_unit WHERE code = 'C3')
           WHERE unit_id = (SELECT id FROM organisation_unit WHERE code = 'X2');
           ALTER TABLE organisation_placement ENABLE TRIGGER ALL""",
        "tree.sound",
    ),
    "a standing turned over": (
        "UPDATE members_stay SET standing = 'probationary' WHERE standing = 'official' AND upper_inf(during)",
        "ledger.standing",
    ),
    "an exemption without an entry": (
        "UPDATE members_stay SET exempt = true WHERE upper_inf(during)",
        "ledger.standing",
    ),
    "an official day wiped": (
        "UPDATE members_person SET official_on = NULL WHERE official_on IS NOT NULL",
        "person.dates",
    ),
    "somebody without any entry": (
        """INSERT INTO members_person (full_name, name_key, folded, sex, birth_date, ethnic_group, card_number,
                                       file_number, changed)
           VALUES ('Ai', 'ai', 'ai', 'male', '1990-01-01', 1, '', '', 1)""",
        "person.entries",
    ),
    "members in a committee": (
        """UPDATE organisation_unitversion SET kind = 'sectional'
           WHERE unit_id = (SELECT max(unit_id) FROM members_stay)""",
        "life.stay",
    ),
    "a succession deleted": ("DELETE FROM organisation_succession", "succession.operations"),
    "a succession of another day": (
        'UPDATE organisation_succession SET "on" = "on" + 1',
        "succession.days",
    ),
    "a decision said to be undone": (
        "UPDATE organisation_reorganisation SET status = 'undone'",
        "reorganisation.rows",
    ),
    "a closed unit without its decision": (
        "UPDATE organisation_unitversion SET closed_by_id = NULL WHERE closed_by_id IS NOT NULL",
        "reorganisation.edges",
    ),
    "a way of the members deleted": ("DELETE FROM organisation_enbloc", "ledger.en_bloc"),
    "a seat beyond its term": (
        "UPDATE members_seat SET during = daterange(lower(during), '2040-01-01')",
        "seats.days",
    ),
    "more seats than there are": ("UPDATE organisation_term SET seats = 0", "seats.number"),
    "an event of another app": (
        """ALTER TABLE audit_event DISABLE TRIGGER ALL;
           UPDATE audit_event SET app = 'organisation' WHERE seq = 2;
           ALTER TABLE audit_event ENABLE TRIGGER ALL""",
        "audit.app",
    ),
    "two parents at once": (
        """ALTER TABLE organisation_placement DROP CONSTRAINT organisation_placement_no_overlap;
           INSERT INTO organisation_placement (unit_id, parent_id, during)
           SELECT c.id, h.id, '[2010-01-01,)' FROM organisation_unit c, organisation_unit h
           WHERE c.code = 'C1' AND h.code = 'X3'""",
        "overlap.organisation_placement",
    ),
    "two stays at once": (
        """ALTER TABLE members_stay DROP CONSTRAINT members_stay_no_overlap;
           UPDATE members_stay SET during = '[2015-01-01,)' WHERE during @> '2020-06-01'::date""",
        "overlap.members_stay",
    ),
    "a stay moved by hand": (
        """UPDATE members_stay SET unit_id = (SELECT id FROM organisation_unit WHERE code = 'C4')
           WHERE id = (SELECT max(id) FROM members_stay)""",
        "ledger.entry_opens_stay",
    ),
    "a stay deleted": (
        "DELETE FROM members_stay WHERE id = (SELECT max(id) FROM members_stay)",
        "ledger.entry_opens_stay",
    ),
    "a stay ended without an entry": (
        "UPDATE members_stay SET during = daterange(lower(during), '2026-01-01') WHERE upper_inf(during)",
        "ledger.stay_has_entry",
    ),
    "a unit without a place": (
        """DELETE FROM organisation_placement WHERE unit_id =
           (SELECT id FROM organisation_unit WHERE code = 'C5')""",
        "life.version_and_placement",
    ),
    "a unit that ended under its people": (
        """UPDATE organisation_unitversion SET during = '[2000-01-01,2021-01-01)' WHERE unit_id =
           (SELECT id FROM organisation_unit WHERE code = 'C1')""",
        "life.stay",
    ),
    "a person without a unit's row": (
        """ALTER TABLE members_stay DISABLE TRIGGER ALL;
           UPDATE members_stay SET unit_id = 999999 WHERE id = (SELECT max(id) FROM members_stay);
           ALTER TABLE members_stay ENABLE TRIGGER ALL""",
        "orphan.members_stay.unit_id",
    ),
    "a wrong last unit": (
        """UPDATE members_person SET last_unit_id = (SELECT id FROM organisation_unit WHERE code = 'C4')
           WHERE id = (SELECT min(id) FROM members_person)""",
        "person.last_unit",
    ),
    "an event rewritten": (
        """ALTER TABLE audit_event DISABLE TRIGGER ALL;
           UPDATE audit_event SET user_name = 'somebody else' WHERE seq = 2;
           ALTER TABLE audit_event ENABLE TRIGGER ALL""",
        "audit.chain",
    ),
    "an event removed": (
        """ALTER TABLE audit_event DISABLE TRIGGER ALL;
           DELETE FROM audit_event WHERE seq = (SELECT max(seq) FROM audit_event);
           ALTER TABLE audit_event ENABLE TRIGGER ALL""",
        "audit.chain",
    ),
}


def register() -> None:
    """People with a few years of history and one reorganisation."""
    province()
    somebody = person("Nguyễn Thị Ân", "C1", date(2020, 1, 10))
    person("Trần Văn Bảo", "C4", date(2020, 3, 10), sex="male")
    seat(person("Lê Thị Hòa", "C2", date(2020, 3, 10)), "X1")
    book(somebody, "official_recognition", date(2021, 1, 10))
    book(somebody, "transfer_within", date(2022, 5, 1), "C3")
    services.reorganisation_apply(
        actor=SYSTEM,
        decision=decision({"op": "merge", "units": ["C2"], "into": "C1"}, effective=date(2024, 1, 1)),
        today=TODAY,
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_sound_register_passes_and_says_how_much_was_checked() -> None:
    register()
    found = check()
    assert found["ok"], found
    checks = found["checks"]
    assert isinstance(checks, dict)
    assert checks["life.stay"]["checked"] == 7
    assert checks["audit.chain"]["checked"] == 9
    assert checks["ledger.balance"]["checked"] == 7 * 11


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_each_corruption_is_found(name: str) -> None:
    register()
    statement, expected = CORRUPTIONS[name]
    with connection.cursor() as cursor:
        cursor.execute(statement)
    found = check()
    assert not found["ok"]
    checks = found["checks"]
    assert isinstance(checks, dict)
    assert not checks[expected]["ok"], {k: v for k, v in checks.items() if not v["ok"]}
    assert checks[expected]["broken"] >= 1
