"""From which address a request comes, also behind a proxy that the machine's administrator has named."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address of the browser.

    `X-Forwarded-For` is believed only as far as NHIEMKY_PROXY goes: so many proxies, each of which adds one entry at
    the right, or proxies at these addresses. What stands further left was written by whoever asks.
    """
    peer = str(request.META.get("REMOTE_ADDR") or "")
    proxies: tuple[str, ...] = settings.NHIEMKY_PROXY
    told = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if not proxies or not told:
        return peer
    if proxies[0].isdecimal():
        return told[max(len(told) - int(proxies[0]), 0)][:64] if int(proxies[0]) else peer
    chain = [*told, peer]
    while len(chain) > 1 and chain[-1] in proxies:
        chain.pop()
    return chain[-1][:64]
