"""Addresses of the interface for other systems, and of the pages about it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, path, re_path

from nhiemky.api import views
from nhiemky.api.door import api, unknown
from nhiemky.api.endpoints import router

BASE = "api/v1/"
api.add_router("", router)


def _operation(pattern: URLPattern) -> URLPattern:
    """An operation of the interface: no page, its door is the token."""
    view = login_not_required(pattern.callback)
    view.operation = True  # type: ignore[attr-defined]
    view.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie lets anybody in here
    return path(f"{BASE}{pattern.pattern}", view, name=f"v1_{pattern.name}")


def _operations() -> list[URLPattern]:
    patterns: list[Any] = api.urls[0]
    return [_operation(pattern) for pattern in patterns if pattern.name != "api-root"]


def _elsewhere() -> URLPattern:
    view = login_not_required(unknown)
    view.operation = True  # type: ignore[attr-defined]
    return re_path(r"^api/v\d", view, name="unknown")


app_name = "api"
urlpatterns = [
    path("api/", views.interface, name="interface"),
    path("api/openapi.json", views.openapi, name="openapi"),
    path("api/tokens/", views.tokens, name="tokens"),
    path("api/tokens/new/", views.token_new, name="token_new"),
    path("api/tokens/<int:token_id>/withdraw/", views.token_withdraw, name="token_withdraw"),
    *_operations(),
    _elsewhere(),
]
