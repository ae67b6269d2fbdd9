"""What the frame around every page needs: menu, day and structure pickers, language switch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language

from nhiemky.domain.access import Actor

Text = str | Promise
LANGUAGES = (("vi", "Tiếng Việt"), ("en", "English"))


@dataclass(frozen=True, slots=True)
class MenuLink:
    label: Text
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class MenuSection:
    label: Text
    links: tuple[MenuLink, ...]


def shell(request: HttpRequest) -> dict[str, object]:
    """Context processor."""
    today: date | None = getattr(request, "today", None)
    actor: Actor = getattr(request, "actor", None) or Actor()
    return {
        "menu": tuple(_menu(request, actor)),
        "home_url": "/",
        "search_url": getattr(settings, "NHIEMKY_SEARCH_URL", "/search"),
        "today": today,
        "on": getattr(request, "on", today),
        "structure": getattr(request, "structure", None),
        "quick_days": tuple(_quick_days(today)) if today else (),
        "marked_days": getattr(settings, "NHIEMKY_MARKED_DAYS", ()),
        "kept_query": _kept(request),
        "languages": LANGUAGES,
        "language": (get_language() or "vi")[:2],
        "actor": actor,
        "demo": getattr(settings, "NHIEMKY_DEMO", False),
    }


def _menu(request: HttpRequest, actor: Actor) -> Iterator[MenuSection]:
    allowed = []
    for section, label, name, permission in settings.NHIEMKY_MENU:
        if not (actor.may(permission) if permission else actor.person_id is None):
            continue
        try:
            allowed.append((section, label, name, reverse(name)))
        except NoReverseMatch:
            continue  # a test asks that every entry resolves; a page must not fall over a menu line
    here = _here(request, [(name, url) for _, _, name, url in allowed])
    sections: dict[Text, list[MenuLink]] = {}
    for section, label, name, url in allowed:
        sections.setdefault(section, []).append(MenuLink(label, url, name == here))
    for title, links in sections.items():
        yield MenuSection(title, tuple(links))


def _here(request: HttpRequest, lines: Sequence[tuple[str, str]]) -> str:
    """The menu line that this page belongs to: its own, else the longest address above it, else its app's first."""
    match = getattr(request, "resolver_match", None)
    if match is None or not lines:
        return ""
    if match.view_name in {name for name, _ in lines}:
        return str(match.view_name)
    above = [(len(url), name) for name, url in lines if url != "/" and request.path.startswith(url.rstrip("/") + "/")]
    if above:
        return max(above)[1]
    info = getattr(match.func, "page", None)
    if info is None or info.permission is None:
        return ""  # a page of one's own account stands under no line
    return next((name for name, _ in lines if name.partition(":")[0] == match.namespace), "")


def _quick_days(today: date) -> Iterator[date]:
    """Days that reports ask for: ends of the last month, quarter and years."""
    first = today.replace(day=1)
    quarter = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    days = [first, quarter, *(date(today.year - back, 1, 1) for back in range(4))]
    yield from dict.fromkeys(day - timedelta(days=1) for day in days)


def _kept(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    """The rest of the query, so that the pickers change only the day."""
    dropped = {"on", "structure", "page"}
    return tuple((key, value) for key, values in request.GET.lists() if key not in dropped for value in values)
