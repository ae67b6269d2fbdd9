"""What holds for every test: caches start empty, and nothing leaves the machine."""

from __future__ import annotations

import socket
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _fresh_caches() -> None:
    """Tests roll back, so event numbers come again: nothing may be remembered from test to test."""
    from nhiemky.members import snapshot
    from nhiemky.organisation import selectors

    selectors.forget()
    snapshot.SNAPSHOT.forget()


@pytest.fixture(autouse=True)
def _only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection to another host is a failure."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
