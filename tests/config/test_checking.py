"""`nhiemky check` finds each of a set of deliberately corrupted databases."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from builders import SYSTEM, book, decision, person, province
from nhiemky.config.checking import check
from nhiemky.organisation import services

pytestmark = pytest.mark.django_db

# What is broken, and the check that must see it.
CORRUPTIONS = {
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
    book(somebody, "official_recognition", date(2021, 1, 10))
    book(somebody, "transfer_within", date(2022, 5, 1), "C3")
    services.reorganisation_apply(
        actor=SYSTEM, decision=decision({"op": "merge", "units": ["C2"], "into": "C1"}, effective=date(2024, 1, 1))
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_sound_register_passes_and_says_how_much_was_checked() -> None:
    register()
    found = check()
    assert found["ok"], found
    checks = found["checks"]
    assert isinstance(checks, dict)
    assert checks["life.stay"]["checked"] == 4
    assert checks["audit.chain"]["checked"] == 5
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
