"""Loopback and ports."""

from __future__ import annotations

import socket

import pytest

from nhiemky.config.serving import free_port, is_loopback
from nhiemky.domain.findings import Refused


@pytest.mark.parametrize(
    ("host", "inside"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost", True),
     ("0.0.0.0", False), ("::", False), ("10.0.0.5", False), ("localhost.evil.vn", False), ("", False)],
)  # fmt: skip
def test_only_loopback_is_loopback(host: str, inside: bool) -> None:
    assert is_loopback(host) is inside


def test_a_port_somebody_listens_on_is_refused_and_zero_finds_one() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(Refused, match=r"config\.port_taken"):
            free_port("127.0.0.1", other.getsockname()[1])
    assert free_port("127.0.0.1", 0) > 1023
