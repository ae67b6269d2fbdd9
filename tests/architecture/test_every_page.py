"""What every page owes: a generated walk. A new page is in it by itself; a new argument needs a row.

Who gets which answer where is walked over the demo in tests/access/test_matrix.py.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import sources
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from nhiemky.core.pages import PageInfo
from personas import Cast

NO_PAGE = {"set_language": "Django's own; a POST that sets a cookie and nothing else"}


def _patterns(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, (*spaces, *([entry.namespace] if entry.namespace else [])))
        else:
            yield ":".join((*spaces, entry.name or "")), entry


ENTRIES = tuple(_patterns(get_resolver()))
# Operations of the interface for other systems are no pages: their door is a token (tests/api).
OPERATIONS = tuple((name, entry) for name, entry in ENTRIES if getattr(entry.callback, "operation", False))
OURS = tuple((name, entry) for name, entry in ENTRIES if name not in NO_PAGE and (name, entry) not in OPERATIONS)


def info_of(entry: URLPattern) -> PageInfo:
    info = getattr(entry.callback, "page", None)
    assert isinstance(info, PageInfo), f"{entry} is not declared with @page"
    return info


def test_every_view_is_declared() -> None:
    assert len(OURS) > 10
    assert [name for name, entry in OURS if not isinstance(getattr(entry.callback, "page", None), PageInfo)] == []
    assert set(NO_PAGE) <= {name for name, _ in ENTRIES}, "an exemption that exempts nothing"


def test_operations_are_no_pages_and_lie_under_the_interface() -> None:
    assert len(OPERATIONS) > 5
    assert [name for name, entry in OPERATIONS if isinstance(getattr(entry.callback, "page", None), PageInfo)] == []
    assert [name for name, entry in OPERATIONS if "api/v" not in str(entry.pattern)] == []


def test_every_address_has_a_name_of_its_own() -> None:
    """One name may serve with and without an argument, never twice with the same."""
    assert not [name for name, _ in ENTRIES if name.endswith(":") or not name]
    taken = Counter((name, tuple(sorted(entry.pattern.regex.groupindex))) for name, entry in ENTRIES)
    assert [name for name, count in taken.items() if count > 1] == []


def test_public_pages_are_these_and_no_others() -> None:
    known = {"accounts:sign_in", "accounts:demo_door", "tasks:feed"}  # the feed has a secret address
    assert {name for name, entry in OURS if info_of(entry).public} == known


def test_every_menu_line_leads_somewhere(settings: Any) -> None:
    known = {name for name, _ in ENTRIES}
    assert [name for _, _, name, _ in settings.NHIEMKY_MENU if name not in known] == []
    for _, _, name, _ in settings.NHIEMKY_MENU:
        assert reverse(name).startswith("/")


@pytest.fixture
def arguments(cast_of_users: dict[str, Any]) -> dict[str, Any]:
    """For each name of an argument a row that the province really has."""
    import walk_rows

    return walk_rows.arguments(cast_of_users)


def address(name: str, entry: URLPattern, arguments: dict[str, Any]) -> str:
    needed = list(entry.pattern.regex.groupindex)
    lacking = [key for key in needed if key not in arguments]
    assert not lacking, f"{name} takes {lacking}: add a row to tests/architecture/walk_rows.py"
    return reverse(name, kwargs={key: arguments[key] for key in needed})


def opened(client: Client, arguments: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every page that is opened by a link, with its answer."""
    for name, entry in OURS:
        if "GET" in info_of(entry).methods and name != "core:kit":
            yield name, client.get(address(name, entry, arguments))


def test_without_the_second_factor_who_may_write_gets_no_page(
    cast_of_users: dict[str, Any], arguments: dict[str, Any]
) -> None:
    client, wrong = Client(), {}
    client.force_login(cast_of_users["anphu"], backend="django.contrib.auth.backends.ModelBackend")
    for name, entry in OURS:
        info = info_of(entry)
        if not info.public and not info.unverified:
            answer = getattr(client, info.methods[0].lower())(address(name, entry, arguments))
            if answer.status_code != 302 or not answer["Location"].startswith("/second-factor"):
                wrong[name] = answer.status_code
    assert wrong == {}
    assert {name for name, entry in OURS if info_of(entry).unverified} == {
        "accounts:sign_out",
        "accounts:second_factor",
        "accounts:second_factor_qr",
    }


INLINE = re.compile(r"<style|<[^>]*\sstyle=|<script(?![^>]*\ssrc=)|<[^>]*\son[a-z]+=")


def test_every_page_forbids_inline_code_and_has_none(signed: Cast, arguments: dict[str, Any]) -> None:
    for name, answer in opened(signed("chuyenvien"), arguments):
        assert answer.status_code < 500, name
        assert "default-src 'self'" in answer["Content-Security-Policy"], name
        assert "unsafe" not in answer["Content-Security-Policy"], name
        if "html" in answer.get("Content-Type", ""):
            assert not INLINE.search(answer.content.decode()), name


def _english() -> list[str]:
    """Messages long enough to be English by more than chance."""
    tool = sources.catalogue_tool()
    whole = [e.msgid for e in tool.read() if e.msgid != tool.vietnamese(e) and "%(" not in e.msgid]
    return [text for text in whole if len(text) > 14 and " " in text]


@pytest.mark.parametrize("username", ["chuyenvien", "quantri", "kiemtra"])
def test_vietnamese_pages_say_nothing_in_english(username: str, signed: Cast, arguments: dict[str, Any]) -> None:
    messages, found = _english(), []
    assert len(messages) > 50
    for name, answer in opened(signed(username), arguments):
        if "html" in answer.get("Content-Type", ""):
            text = html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))
            found += [(name, message) for message in messages if message in text]
    assert found == []
