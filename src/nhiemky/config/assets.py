"""The static files' fingerprint: a part of their address."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path


def fingerprint(package: Path) -> str:
    """Changes with any static file of ours and with the library that brings the script for partial pages."""
    content = hashlib.sha256(version("django-htmx").encode())
    for path in sorted(package.glob("*/static/**/*")):
        if path.is_file():
            content.update(path.name.encode() + path.read_bytes())
    return content.hexdigest()[:10]
