"""demo, serve."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from argparse import ArgumentParser, Namespace

from nhiemky.config.commands import Command, Day, Shown, WrongUsage, database
from nhiemky.domain.findings import Finding, Refused

DEMO_TODAY = "2026-10-31"


def _serve_arguments(parser: ArgumentParser, day: Day) -> None:
    parser.add_argument("--port", type=int, default=8000, help="0: một cổng trống / a free one")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--workers", type=int, default=2)


def _demo_arguments(parser: ArgumentParser, day: Day) -> None:
    _serve_arguments(parser, day)
    parser.add_argument("--small", action="store_true", help="khoảng 2.000 người / about 2,000 people")
    parser.add_argument("--fresh", action="store_true", help="sinh lại từ đầu / generate anew")
    parser.add_argument("--no-serve", action="store_true", help="sinh rồi dừng / generate, then stop")


def serve(given: Namespace) -> Shown:
    """Serve until Ctrl-C. The demo's door is never open here, whatever the environment says."""
    from nhiemky.config.serving import free_port
    from nhiemky.config.serving import serve as run

    os.environ.pop("NHIEMKY_DEMO", None)
    _refuse_traces_for_others(given.host)
    _check_port(given.port)
    port = free_port(given.host, given.port)
    with database(exclusive=True):
        _turn_of_the_day()
        run(given.host, port, given.workers, lambda: _say(f"→ {_address(given.host, port)}"), _turn_of_the_day)
    return None


def demo(given: Namespace) -> Shown:
    """Generate the demo province where the database is empty, then serve it."""
    from nhiemky.config.serving import free_port, is_loopback
    from nhiemky.config.serving import serve as run

    if not is_loopback(given.host):
        raise Refused(Finding("config.demo_only_loopback", facts={"host": given.host}, field="--host"))
    _check_port(given.port)
    port = given.port if given.no_serve else free_port(given.host, given.port)
    os.environ["NHIEMKY_DEMO"] = "1"
    os.environ.setdefault("NHIEMKY_TODAY", DEMO_TODAY)
    begun = time.monotonic()
    with database(exclusive=True):
        generated = _generate(given.small, fresh=given.fresh)
        seconds = round(time.monotonic() - begun, 1)
        if given.no_serve:
            return {"ok": True, "generated": generated, "seconds": seconds}, f"✓ {seconds} s"
        _turn_of_the_day()
        run(given.host, port, given.workers, lambda: _print_personas(_address(given.host, port)), _turn_of_the_day)
    return None


def _turn_of_the_day() -> None:
    """Let decisions take effect that were applied for today, and files go that are kept no longer.

    A database that is away is asked again in a minute.
    """
    from django.db import OperationalError, close_old_connections

    from nhiemky.core.middleware import today
    from nhiemky.domain.access import Actor
    from nhiemky.exchange.services import forgetting
    from nhiemky.jobs import services as jobs
    from nhiemky.members.services import turning

    close_old_connections()
    with contextlib.suppress(OperationalError):
        if turning.due(today()):
            turning.turn(actor=Actor.system("turn of the day"), today=today())
        if jobs.files_overdue(today()):
            jobs.files_expire(actor=Actor.system("turn of the day"), today=today())
        if forgetting.overdue(today()).exists():
            forgetting.imports_expire(actor=Actor.system("turn of the day"), today=today())


def _refuse_traces_for_others(host: str) -> None:
    """A trace in the browser shows settings and rows to whoever makes a page fail.

    Raises:
        Refused: traces are asked for where others can reach the pages, by the address or by a name.
    """
    from nhiemky.config import env
    from nhiemky.config.serving import is_loopback

    asked = env.read()
    if asked.debug and not (is_loopback(host) and all(is_loopback(name) for name in asked.allowed_hosts)):
        raise Refused(Finding("config.debug_only_loopback", facts={"host": host}))


def _check_port(port: int) -> None:
    if not 0 <= port <= 65535:
        raise WrongUsage(f"--port {port}: 0–65535")


def _address(host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/"


def _generate(small: bool, *, fresh: bool) -> bool:
    """Generate, unless demo data is there already. An interrupted generation begins anew.

    Raises:
        Refused: the records are not the demo's.
    """
    from nhiemky.config import demo_mark
    from nhiemky.demo.generate import generate

    mark = demo_mark.read()
    if demo_mark.holds_records() and not mark:
        raise Refused(Finding("config.not_demo_data"))
    if mark == demo_mark.READY and not fresh:
        return False
    if mark:
        demo_mark.wipe()
    demo_mark.write(demo_mark.UNFINISHED)
    generate(small=small, progress=_progress)
    demo_mark.write(demo_mark.READY)
    if sys.stderr.isatty():
        _say("")
    return True


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _progress(what: str, fraction: float) -> None:
    """One line that fills up on a terminal; one line per step elsewhere."""
    bar = "█" * round(24 * fraction)
    end = "" if sys.stderr.isatty() else "\n"
    start = "\r\x1b[K" if sys.stderr.isatty() else ""
    print(f"{start}{bar:░<24} {fraction:4.0%} {what}", end=end, file=sys.stderr, flush=True)


def _print_personas(address: str) -> None:
    from nhiemky.demo.personas import PERSONAS

    width = max(len(persona.name) for persona in PERSONAS)
    _say(f"\n  Nhiệm Kỳ · {address}\n")
    _say("  Đăng nhập: mở trang trên, bấm vào một người; không cần mật khẩu.")
    _say("  Sign in: open the page and click a person; no password is needed.\n")
    for persona in PERSONAS:
        _say(f"  {persona.name:{width}}  {persona.what_vi}")
    _say("\n  Ctrl-C: dừng / stop\n")


COMMANDS = (
    Command("demo", "tỉnh mẫu được sinh ra, rồi phục vụ / generated province, then serve", _demo_arguments, demo),
    Command("serve", "phục vụ trang / serve pages", _serve_arguments, serve),
)
