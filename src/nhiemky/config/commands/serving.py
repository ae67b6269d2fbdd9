"""demo, serve."""

from __future__ import annotations

import os
import sys
import time
from argparse import ArgumentParser, Namespace

from nhiemky.config.commands import Command, Day, Shown, database


def _serve_arguments(parser: ArgumentParser, day: Day) -> None:
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--workers", type=int, default=2)


def _demo_arguments(parser: ArgumentParser, day: Day) -> None:
    _serve_arguments(parser, day)
    parser.add_argument("--small", action="store_true", help="about 2,000 people")
    parser.add_argument("--no-serve", action="store_true", help="generate, then stop")


def serve(given: Namespace) -> Shown:
    """Serve until Ctrl-C."""
    from nhiemky.config.serving import serve as run

    with database(exclusive=True):
        print(f"→ http://{given.host}:{given.port}/", file=sys.stderr)
        run(given.host, given.port, given.workers)
    return None


def demo(given: Namespace) -> Shown:
    """Generate the demo province where the database is empty, then serve it."""
    from nhiemky.config.serving import is_loopback
    from nhiemky.config.serving import serve as run

    if not is_loopback(given.host):
        print("✕ demo chỉ chạy trên địa chỉ loopback (127.0.0.1). / demo runs on the loopback only.", file=sys.stderr)
        raise SystemExit(2)
    os.environ["NHIEMKY_DEMO"] = "1"
    os.environ.setdefault("NHIEMKY_TODAY", "2026-10-31")
    begun = time.monotonic()
    with database(exclusive=True):
        generated = _generate(given.small)
        seconds = round(time.monotonic() - begun, 1)
        payload = {"ok": True, "generated": generated, "seconds": seconds}
        if given.no_serve:
            return payload, f"sẵn sàng sau {seconds} s"
        _print_personas(given)
        run(given.host, given.port, given.workers)
    return None


def _generate(small: bool) -> bool:
    from nhiemky.demo.generate import generate
    from nhiemky.organisation.models import Unit

    if Unit.objects.exists():
        return False
    generate(small=small, progress=_progress)
    print(file=sys.stderr)
    return True


def _progress(what: str, fraction: float) -> None:
    """One line that fills up on a terminal; one line per step elsewhere."""
    bar = "█" * round(24 * fraction)
    end = "" if sys.stderr.isatty() else "\n"
    start = "\r\x1b[K" if sys.stderr.isatty() else ""
    print(f"{start}{bar:░<24} {fraction:4.0%} {what}", end=end, file=sys.stderr, flush=True)


def _print_personas(given: Namespace) -> None:
    from nhiemky.demo.personas import PERSONAS

    print(f"\n  Nhiệm Kỳ · http://{given.host}:{given.port}/\n", file=sys.stderr)
    print("  Đăng nhập bằng một cú bấm trên trang đăng nhập / Sign in with one click on the page:\n", file=sys.stderr)
    for persona in PERSONAS:
        print(f"  · {persona.name} – {persona.what_vi}", file=sys.stderr)
    print("\n  Ctrl-C để dừng / to stop\n", file=sys.stderr)


COMMANDS = (
    Command("demo", "tỉnh mẫu được sinh ra, rồi phục vụ / generated province, then serve", _demo_arguments, demo),
    Command("serve", "phục vụ trang / serve pages", _serve_arguments, serve),
)
