"""The small demo in a process of its own, and Debian's Chromium without any way out of the machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the small demo."""
    data: Path = tmp_path_factory.mktemp("nhiệm kỳ")
    port = _free_port()
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "DJANGO_", "NHIEMKY_"))}
    command = [sys.executable, "-m", "nhiemky", "demo", "--small", "--port", str(port), "--data", str(data)]
    process = subprocess.Popen(
        command, env={**kept, "NHIEMKY_TODAY": "2026-10-31"}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    end = time.monotonic() + 90
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"{address}/sign-in", timeout=5).read()
            break
        except urllib.error.HTTPError as no:
            pytest.fail(f"the demo answers {no.code}")
        except (urllib.error.URLError, OSError):
            assert process.poll() is None, "the demo ended"
            time.sleep(0.2)
    yield address
    process.terminate()
    process.wait(30)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["NHIEMKY_BROWSER"], args=FLAGS)
        yield browser
        browser.close()


class Visitor:
    """A page of the browser that remembers what it asked of whom, and what scripts complained about."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site
        self.asked: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self._heard(message))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, message: Any) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.complaints.append(message.text)

    def come_in_as(self, name: str) -> None:
        """By the demo's door: one click on a persona."""
        self.page.goto(f"{self.site}/sign-in")
        self.page.get_by_role("button", name=name).first.click()
        self.page.wait_for_url(lambda url: "/sign-in" not in url)

    def open(self, path: str) -> Page:
        answer = self.page.goto(self.site + path)
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"
        return self.page

    def went_nowhere_else(self) -> None:
        """Every request stayed on this machine, and the content security policy had nothing to refuse."""
        elsewhere = [url for url in self.asked if not url.startswith((self.site, "data:", "about:"))]
        assert not elsewhere
        assert not self.complaints


@pytest.fixture
def visitor(chromium: Browser, site: str) -> Iterator[Visitor]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="vi-VN")
    visitor = Visitor(context.new_page(), site)
    yield visitor
    visitor.went_nowhere_else()
    context.close()
