"""A file as an answer."""

from __future__ import annotations

from typing import IO, cast

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header


def download(content: bytes | IO[bytes], name: str, kind: str) -> HttpResponse:
    """A file to be saved under this name, and kept by no browser or proxy. An open file is streamed and then closed."""
    if isinstance(content, bytes):
        response = HttpResponse(content, content_type=kind)
    else:  # Django's two kinds of response share no named type that pages use
        response = cast(HttpResponse, FileResponse(content, content_type=kind))
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["Cache-Control"] = "private, no-store"
    return response
