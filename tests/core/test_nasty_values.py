"""No value in an address makes a page fall over: days at the calendar's edge, digits that are no numbers, NUL, much."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from access import matrix, planting
from nhiemky.accounts.models import User
from nhiemky.core.pages import PageInfo
from pages_kit import signed_in

pytestmark = pytest.mark.django_db

WORDS = ("²", "٢٠٢٢", "-1", "1" * 30, "\0", "'\"<>%", "a" * 4000, "9999")
DAYS = ("0001-01-01", "9999-12-31", "1900-01-01", "31/12/2199", "²/1/2026")
NAMES = (
    *("year", "page", "sort", "unit", "q", "kind", "way", "person", "part", "user", "all", "day", "about", "app"),
    *("user_name", "theme", "ended", "age", "sex", "standing", "sector", "as", "next", "indicator", "name"),
)


OTHERS = {"access.grant": 1, "audit.view": 2}
"""Whose pages the specialist may not open."""


@pytest.fixture
def clients() -> list[Client]:
    planting.world()
    return [signed_in(User.objects.get(username=name)) for name in ("chuyenvien", "quantri", "kiemtra")]


def pages() -> list[matrix.Address]:
    found = [a for a in matrix.addresses("X1") if "GET" in a.info.methods]
    return [a for a in found if a.name != "core:kit"]


def failed(client: Client, url: str, query: dict[str, str]) -> str:
    client.raise_request_exception = False
    status = client.get(url, query).status_code
    return f"{url} {str(query)[:90]}: {status}" if status >= 500 else ""


def test_no_query_makes_a_page_fall_over(clients: list[Client]) -> None:
    wrong = []
    for address in pages():
        permission = address.info.permission
        client = clients[OTHERS.get(permission or "", 0)]
        for word in WORDS:
            wrong.append(failed(client, address.url(), dict.fromkeys(NAMES, word)))
        for day in DAYS:
            wrong.append(failed(client, address.url(), {"on": day, "structure": day, "way": "in"}))
    assert [told for told in wrong if told] == []


def test_no_argument_of_a_path_makes_a_page_fall_over(clients: list[Client]) -> None:
    wrong, samples = [], {**matrix.samples("X1"), "kind": "json"}
    for name, pattern in matrix.patterns(get_resolver().url_patterns):
        info: Any = getattr(pattern.callback, "page", None)
        arguments = pattern.pattern.converters
        if not isinstance(info, PageInfo) or "GET" not in info.methods or not arguments:
            continue
        for nasty in (("²", 0), ("\0", 10**30), ("'", 2**63), ("a" * 3000, 9999), ("../..", 1), ("x y", 1899)):
            for argument, converter in arguments.items():
                value = nasty[1] if type(converter).__name__ == "IntConverter" else quote(nasty[0], safe="")
                kwargs = {key: samples[key] for key in arguments} | {argument: value}
                url = reverse(name, kwargs=kwargs)
                wrong.append(failed(clients[OTHERS.get(info.permission or "", 0)], url, {"way": "in"}))
    assert [told for told in wrong if told] == []
