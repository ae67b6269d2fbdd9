"""Every address as everybody: a generated walk. A new page is in it by itself; a new argument needs a row."""

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
from django.urls.exceptions import NoReverseMatch

from nhiemky.core.pages import PageInfo
from nhiemky.domain.access import ROLES, WRITE_PERMISSIONS
from personas import CAST, Cast

NO_PAGE = {
    "set_language": "Django's own; a POST that sets a cookie and nothing else",
}
ROLE_OF = {username: role for username, _, role, _, ended in CAST if not ended}


def _patterns(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, (*spaces, *([entry.namespace] if entry.namespace else [])))
        else:
            yield ":".join((*spaces, entry.name or "")), entry


PAGES = dict(_patterns(get_resolver()))
OURS = {name: entry for name, entry in PAGES.items() if name not in NO_PAGE}


def info_of(name: str) -> PageInfo:
    info = getattr(PAGES[name].callback, "page", None)
    assert isinstance(info, PageInfo), f"{name} is not declared with @page"
    return info


def test_every_view_is_declared() -> None:
    assert len(OURS) > 10
    undeclared = [
        name for name, entry in OURS.items() if not isinstance(getattr(entry.callback, "page", None), PageInfo)
    ]
    assert undeclared == []
    assert set(NO_PAGE) <= set(PAGES), "an exemption that exempts nothing"


def test_every_address_has_a_name_and_only_one() -> None:
    names = [name for name, _ in _patterns(get_resolver())]
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert not [name for name in names if name.endswith(":") or not name]


def test_public_pages_are_these_and_no_others() -> None:
    assert {name for name in OURS if info_of(name).public} == {"accounts:sign_in", "accounts:demo_door"}


def test_every_menu_line_leads_somewhere(settings: Any) -> None:
    missing = [name for _, _, name, _ in settings.NHIEMKY_MENU if name not in PAGES]
    assert missing == []


@pytest.fixture
def arguments(cast_of_users: dict[str, Any]) -> dict[str, Any]:
    """For each name of an argument a row that the province really has."""
    import walk_rows

    return walk_rows.arguments(cast_of_users)


def address(name: str, arguments: dict[str, Any]) -> str:
    names = PAGES[name].pattern.converters
    try:
        return reverse(name, kwargs={key: arguments[key] for key in names})
    except (KeyError, NoReverseMatch) as lacking:
        raise AssertionError(f"{name} takes {list(names)}: add a row to tests/architecture/walk_rows.py") from lacking


def test_who_is_not_signed_in_is_led_to_the_door(arguments: dict[str, Any]) -> None:
    wrong = {}
    for name in OURS:
        method = info_of(name).methods[0].lower()
        answer = getattr(Client(), method)(address(name, arguments))
        led = answer.status_code == 302 and answer["Location"].startswith("/sign-in?next=")
        if not led and not info_of(name).public:
            wrong[name] = answer.status_code
    assert wrong == {}


@pytest.mark.parametrize("username", [username for username, *_ in CAST])
def test_every_page_as(username: str, signed: Cast, arguments: dict[str, Any]) -> None:
    """Without the permission 403; with it never 403 for lack of it, and never a fault."""
    rights = ROLES.get(ROLE_OF.get(username, ""), frozenset())
    client, wrong = signed(username), {}
    for name in sorted(OURS):
        info = info_of(name)
        if "GET" not in info.methods:
            continue
        answer = client.get(address(name, arguments))
        held = info.permission is None or info.permission in rights
        allowed = (200, 302, 404) if held else (403,)
        if answer.status_code not in allowed:
            wrong[name] = answer.status_code
    assert wrong == {}


def test_who_writes_and_gave_no_second_factor_gets_no_page(
    cast_of_users: dict[str, Any], arguments: dict[str, Any]
) -> None:
    client, wrong = Client(), {}
    client.force_login(cast_of_users["anphu"], backend="django.contrib.auth.backends.ModelBackend")
    assert ROLES["clerk"] & WRITE_PERMISSIONS
    for name in OURS:
        info = info_of(name)
        if not info.public and not info.unverified:
            answer = getattr(client, info.methods[0].lower())(address(name, arguments))
            if answer.status_code != 302 or not answer["Location"].startswith("/second-factor"):
                wrong[name] = answer.status_code
    assert wrong == {}
    assert {name for name in OURS if info_of(name).unverified} == {
        "accounts:sign_out",
        "accounts:second_factor",
        "accounts:second_factor_qr",
    }


def test_every_page_forbids_inline_code(signed: Cast, arguments: dict[str, Any]) -> None:
    client = signed("chuyenvien")
    for name in OURS:
        if "GET" in info_of(name).methods:
            answer = client.get(address(name, arguments))
            assert "default-src 'self'" in answer["Content-Security-Policy"], name
            assert "unsafe" not in answer["Content-Security-Policy"], name


def _english() -> list[str]:
    """Messages long enough to be English by more than chance."""
    catalogue = sources.catalogue_tool()
    whole = [e.msgid for e in catalogue.read() if e.msgid != catalogue.vietnamese(e) and "%(" not in e.msgid]
    return [text for text in whole if len(text) > 14 and " " in text]


@pytest.mark.parametrize("username", ["chuyenvien", "quantri", "kiemtra"])
def test_vietnamese_pages_say_nothing_in_english(username: str, signed: Cast, arguments: dict[str, Any]) -> None:
    messages, client, found = _english(), signed(username), []
    assert len(messages) > 50
    for name in OURS:
        if "GET" not in info_of(name).methods or name == "core:kit":
            continue
        answer = client.get(address(name, arguments))
        if "html" in answer.get("Content-Type", "") and not answer.streaming:
            text = html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))
            found += [(name, message) for message in messages if message in text]
    assert found == []
