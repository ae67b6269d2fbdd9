"""The door without a password: only the demo's data, only this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from ops.running import answer, nhiemky, serving


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "example.vn"])
def test_the_demo_is_refused_on_an_address_others_can_reach(tmp_path: Path, host: str) -> None:
    done = nhiemky(tmp_path / "d", "demo", "--small", "--host", host, "--json")
    assert done.returncode == 1
    assert answer(done)["findings"][0]["code"] == "config.demo_only_loopback"
    assert not (tmp_path / "d" / "postgres").exists()


def test_the_demo_is_refused_over_real_records(tmp_path: Path) -> None:
    data = tmp_path / "d"
    assert nhiemky(data, "check", "--json").returncode == 0
    _record_something(data)
    done = nhiemky(data, "demo", "--small", "--no-serve", "--fresh", "--json")
    assert done.returncode == 1
    assert answer(done)["findings"][0]["code"] == "config.not_demo_data"


def test_serving_never_opens_the_door(tmp_path: Path) -> None:
    """Not even with the variable that the demo hands to its workers."""
    with serving(tmp_path / "d", "serve", NHIEMKY_DEMO="1") as served:
        environ = Path(f"/proc/{_worker(served.process.pid)}/environ").read_bytes()
    assert b"NHIEMKY_DEMO" not in environ


def test_an_interrupted_generation_begins_anew(tmp_path: Path) -> None:
    data = tmp_path / "d"
    assert nhiemky(data, "check", "--json").returncode == 0
    _sql(data, "COMMENT ON TABLE organisation_unit IS 'nhiemky demo: unfinished'")
    _record_something(data)
    done = nhiemky(data, "demo", "--small", "--no-serve", "--json")
    assert answer(done)["generated"] is True


def _record_something(data: Path) -> None:
    _sql(data, "INSERT INTO organisation_unit (code) VALUES ('REAL')")


def _sql(data: Path, statement: str) -> None:
    import psycopg

    from nhiemky.config import embedded

    server = embedded.start(data, exclusive=False)
    try:
        with psycopg.connect(server.url()) as connection:
            connection.execute(statement)
    finally:
        server.stop()


def _worker(parent: int) -> int:
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return next(int(pid) for pid in children if b"granian" in Path(f"/proc/{pid}/cmdline").read_bytes())
