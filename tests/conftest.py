"""What holds for every test: caches start empty, and nothing leaves the machine."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

# A loaded machine is no failure: time is measured in `make bench`.
settings.register_profile("nhiemky", deadline=None)
settings.load_profile("nhiemky")


@pytest.fixture(autouse=True)
def _fresh_caches() -> None:
    """Tests roll back, so event numbers come again: nothing may be remembered from test to test."""
    from nhiemky.members import snapshot
    from nhiemky.organisation import selectors
    from nhiemky.regulations import rules
    from nhiemky.reporting import work

    selectors.forget()
    snapshot.SNAPSHOT.forget()
    work.HELD.forget()
    rules.forget()


@pytest.fixture(autouse=True)
def _only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection to another host is a failure."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def cast_of_users(db: None) -> dict[str, Any]:
    """The small province and its fixed cast of users."""
    import builders
    import personas

    builders.province()
    return personas.users()


@pytest.fixture
def signed(cast_of_users: dict[str, Any]) -> Any:
    """A browser of the named user, second factor given."""
    import personas

    return lambda name: personas.client_of(cast_of_users[name])


@pytest.fixture(scope="session")
def empty_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database, also where no test of the run is marked to need it: pytest-django then makes none."""
    from django.db import connection

    plain = connection.settings_dict["NAME"]
    made = not plain.startswith("test_")
    with django_db_blocker.unblock():
        if made:
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        yield
        if made:
            connection.creation.destroy_test_db(plain, verbosity=0)


@pytest.fixture
def own_database(empty_database: None, django_db_blocker: Any) -> Iterator[None]:
    """A copy of the empty test database for tests that must commit: the append-only chain cannot be emptied again."""
    from django.db import connection

    with django_db_blocker.unblock():
        template = connection.settings_dict["NAME"]
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{template}_own" TEMPLATE "{template}"')
        connection.settings_dict["NAME"] = f"{template}_own"
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = template
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{template}_own" (FORCE)')
