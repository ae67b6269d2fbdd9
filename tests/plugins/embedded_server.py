"""A pytest plugin: one embedded server for the whole run, unless DATABASE_URL names another.

It is a plugin and no conftest because Django's settings are read before any conftest. It lies on the path by
`tools/setup.sh`.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

_server: Any = None
_folder: Path | None = None


def _start() -> None:
    """The controlling process starts the server; xdist's workers inherit its address."""
    global _server, _folder
    os.environ.setdefault("NHIEMKY_TODAY", "2026-10-31")
    if "NHIEMKY_TEST_DATA" in os.environ:
        return
    _folder = Path(tempfile.mkdtemp(prefix="nhiemky-tests-"))
    _folder.chmod(0o755)
    os.environ["NHIEMKY_TEST_DATA"] = os.environ["NHIEMKY_DATA"] = str(_folder)
    if "DATABASE_URL" not in os.environ:
        from nhiemky.config import embedded

        _server = embedded.start(_folder, exclusive=True, durable=False)
        os.environ["DATABASE_URL"] = _server.url()


_start()


def pytest_unconfigure() -> None:
    if _server is not None:
        _server.stop()
    if _folder is not None:
        shutil.rmtree(_folder, ignore_errors=True)
