"""Every write leaves one link of the chain, and no link can be changed unseen."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from nhiemky.accounts.models import User
from nhiemky.accounts.services import user_create
from nhiemky.audit import chain, selectors
from nhiemky.audit.models import Event
from nhiemky.audit.moment import one_moment
from nhiemky.audit.services import NothingRecorded, OutsideService, record, service
from nhiemky.domain.access import Actor, Scope

SYSTEM = Actor.system("tests")


@service
def note(what: str, *, actor: Actor = SYSTEM, unit_id: int | None = None) -> Event:
    return record("tests.thing_noted", actor=actor, subject=what, unit_id=unit_id, facts={"day": None, "n": 3})


@service
def forget() -> None:
    User.objects.create(username="x", full_name="X")


@service
def both() -> None:
    note("one")
    note("two")


def break_in(sql: str) -> None:
    """What somebody with the database's password could do."""
    with connection.cursor() as cursor:
        for table in ("audit_event", "audit_chainhead"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql)
        for table in ("audit_event", "audit_chainhead"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.mark.django_db
def test_links_follow_one_another() -> None:
    both()
    note("three")
    assert list(Event.objects.order_by("seq").values_list("subject", flat=True)) == ["one", "two", "three"]
    assert chain.verify() == (3, [])
    assert selectors.last_seq("tests") == selectors.head_seq() == 3
    assert selectors.last_seq("members") == 0


@pytest.mark.django_db
def test_a_write_that_records_nothing_is_undone() -> None:
    with pytest.raises(NothingRecorded):
        forget()
    assert not User.objects.exists()
    with pytest.raises(OutsideService):
        record("tests.thing_noted", actor=SYSTEM)


@pytest.mark.django_db
def test_a_failed_write_leaves_no_link() -> None:
    @service
    def fails() -> None:
        note("one")
        raise ValueError("on purpose")

    with pytest.raises(ValueError, match="purpose"):
        fails()
    assert chain.verify() == (0, [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_event SET subject = 'x'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "UPDATE audit_chainhead SET seq = 0, hash = ''",
        "UPDATE audit_chainhead SET seq = seq + 1",
        "UPDATE audit_chainhead SET hash = repeat('0', 64)",
        "INSERT INTO audit_chainhead (seq, hash) VALUES (9, '')",
        "DELETE FROM audit_chainhead",
        "TRUNCATE audit_chainhead",
        "TRUNCATE members_movement CASCADE",
        "TRUNCATE members_reading",
    ],
)
def test_the_database_itself_keeps_links_from_being_changed(sql: str) -> None:
    note("one")
    wanted = "append-only|goes from event to event"
    with pytest.raises(IntegrityError, match=wanted), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.usefixtures("own_database")
def test_a_write_while_the_chain_is_walked_is_no_false_alarm(monkeypatch: pytest.MonkeyPatch) -> None:
    note("one")
    real, written = chain.hash_of, []

    def meanwhile(event: Event) -> str:
        if not written:
            written.append(1)
            thread = threading.Thread(target=lambda: (note("two"), connection.close()))
            thread.start()
            thread.join()
        return real(event)

    monkeypatch.setattr(chain, "hash_of", meanwhile)
    assert chain.verify() == (1, [])
    monkeypatch.undo()
    assert chain.verify() == (2, [])


@pytest.mark.django_db
def test_the_head_is_told_to_be_kept_elsewhere() -> None:
    note("one")
    last = note("two")
    assert selectors.head() == (2, last.hash)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sql", "codes"),
    [
        ("UPDATE audit_event SET subject = 'x' WHERE seq = 2", {"audit.changed"}),
        ("UPDATE audit_event SET facts = '{}' WHERE seq = 3", {"audit.changed"}),
        ("UPDATE audit_event SET at = at + interval '1 second' WHERE seq = 1", {"audit.changed"}),
        ("UPDATE audit_event SET user_name = 'other' WHERE seq = 1", {"audit.changed"}),
        ("DELETE FROM audit_event WHERE seq = 2", {"audit.gap", "audit.changed"}),
        ("DELETE FROM audit_event WHERE seq = 3", {"audit.head"}),
        ("UPDATE audit_chainhead SET seq = 9", {"audit.head"}),
        ("UPDATE audit_chainhead SET seq = 2, hash = (SELECT hash FROM audit_event WHERE seq = 2)", {"audit.head"}),
        ("UPDATE audit_event SET app = 'members' WHERE seq = 2", {"audit.changed"}),
        ("UPDATE audit_event SET unit_ids = '{}' WHERE seq = 3", {"audit.changed"}),
        ("UPDATE audit_event SET unit_ids = '{7,8}' WHERE seq = 1", {"audit.changed"}),
    ],
)
def test_every_break_is_found(sql: str, codes: set[str]) -> None:
    note("one")
    note("two")
    note("three", unit_id=7)
    break_in(sql)
    assert {finding.code for finding in chain.verify()[1]} == codes


@pytest.mark.usefixtures("own_database")
def test_writes_at_the_same_time_make_one_chain() -> None:
    def write(name: str) -> None:
        try:
            for at in range(5):
                note(f"{name}{at}")
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert chain.verify() == (20, [])


@pytest.mark.django_db
def test_who_sees_a_part_sees_the_links_of_that_part() -> None:
    note("here", unit_id=7)
    note("there", unit_id=8)
    note("nowhere")
    actor = Actor(1, "k", {"audit.view": Scope(unit_ids=frozenset({7}))})
    assert [event.subject for event in selectors.events(actor)] == ["here"]
    assert [event.subject for event in selectors.events(SYSTEM, about="THERE")] == ["there"]
    assert not selectors.events(Actor(1, "k"))


@pytest.mark.django_db
def test_an_event_about_several_units_is_seen_from_each() -> None:
    @service
    def transfer() -> Event:
        return record("tests.thing_moved", actor=SYSTEM, unit_id=8, units=(7, 9))

    assert transfer().unit_ids == [7, 8, 9]
    for unit_id, seen in ((7, 1), (8, 1), (9, 1), (10, 0)):
        actor = Actor(1, "k", {"audit.view": Scope(unit_ids=frozenset({unit_id}))})
        assert len(selectors.events(actor)) == seen
    break_in("UPDATE audit_event SET unit_ids = '{}'")  # as an event of before the list existed
    assert len(selectors.events(Actor(1, "k", {"audit.view": Scope(unit_ids=frozenset({8}))}))) == 1


@pytest.mark.django_db
def test_the_door_of_the_console_is_kept() -> None:
    event = note("by hand", actor=Actor.system("console", how="console"))
    assert event.facts["how"] == "console"
    assert "how" not in note("by page").facts


@pytest.mark.django_db
def test_no_password_enters_the_chain() -> None:
    user_create(actor=SYSTEM, username="an", full_name="An", password="một hai ba bốn năm")
    assert "bốn" not in str(list(Event.objects.values()))


@pytest.fixture
def auditor(signed: Any) -> Client:
    return signed("kiemtra")


def test_the_log_tells_deeds_in_the_readers_language(auditor: Client) -> None:
    page = auditor.get("/audit/?app=accounts&user_name=tests").content.decode()
    assert "tạo người dùng quantri (Lê Quốc Việt)" in page
    auditor.cookies["django_language"] = "en"
    assert "created the user quantri (Lê Quốc Việt)" in auditor.get("/audit/").content.decode()


def test_the_log_says_when_nothing_fits(auditor: Client) -> None:
    assert "Không có sự kiện nào hợp bộ lọc" in auditor.get("/audit/?user_name=nobody").content.decode()
    assert auditor.get("/audit/?day=31/02/2022").status_code == 200


def test_the_button_proves_the_chain_and_finds_a_break(auditor: Client) -> None:
    assert "Toàn bộ" in auditor.post("/audit/verify").content.decode()
    break_in("UPDATE audit_event SET subject = 'x' WHERE seq = 1")
    assert "Sự kiện 1 đã bị sửa" in auditor.post("/audit/verify").content.decode()


@pytest.mark.django_db
def test_within_one_moment_the_last_event_is_asked_once_and_again_after_a_write(
    django_assert_num_queries: Any,
) -> None:
    note("one")
    with one_moment():
        assert selectors.last_seq("tests") == 1
        with django_assert_num_queries(0):
            assert selectors.last_seq("tests") == 1
        note("two")
        assert selectors.last_seq("tests") == 2
        note_after_a_look("three")
        assert selectors.last_seq("tests") == 3
    note("four")
    assert selectors.last_seq("tests") == 4


@service
def note_after_a_look(what: str) -> None:
    """What a service learns before it writes is old when it is done."""
    assert selectors.last_seq("tests") == 2
    note(what)
