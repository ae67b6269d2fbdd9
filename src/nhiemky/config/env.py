"""The one place that reads the environment. Every variable is told in docs/configuration.md."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Environment:
    """What the machine's administrator can set."""

    database_url: str
    data: Path
    demo: bool
    language: str
    today: date | None
    allowed_hosts: tuple[str, ...]
    secure: bool
    debug: bool
    proxy: tuple[str, ...]
    mail: str
    mail_from: str


def read() -> Environment:
    """The environment of this process, with the defaults of an office machine."""
    today = os.environ.get("NHIEMKY_TODAY", "")
    return Environment(
        database_url=os.environ.get("DATABASE_URL", ""),
        data=_data_folder(os.environ.get("NHIEMKY_DATA", "")),
        demo=os.environ.get("NHIEMKY_DEMO", "") == "1",
        language="en" if os.environ.get("NHIEMKY_LANGUAGE", "") == "en" else "vi",
        today=date.fromisoformat(today) if today else None,
        allowed_hosts=tuple(h for h in os.environ.get("NHIEMKY_HOSTS", "").split(",") if h),
        secure=os.environ.get("NHIEMKY_HTTPS", "") == "1",
        debug=os.environ.get("NHIEMKY_DEBUG", "") == "1",
        mail=os.environ.get("NHIEMKY_MAIL", ""),
        mail_from=os.environ.get("NHIEMKY_MAIL_FROM", ""),
        proxy=tuple(p.strip() for p in os.environ.get("NHIEMKY_PROXY", "").split(",") if p.strip()),
    )


def _data_folder(given: str) -> Path:
    """Never the folder one happens to stand in: a task of the night would begin an empty database somewhere else."""
    if given:
        return Path(given).expanduser().absolute()
    root = Path(__file__).resolve().parents[3]
    return root / "data" if (root / "pyproject.toml").exists() else Path.home() / ".local/share/nhiemky"
