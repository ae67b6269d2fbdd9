"""The keys of an installation: made once, kept beside the data with access for its owner only."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Keys:
    """`signing` signs sessions; `sealing` (32 bytes) encrypts identity numbers."""

    signing: str
    sealing: bytes


def path_of(data: Path) -> Path:
    """Where the keys of a data folder lie."""
    return data / "keys.json"


def read_or_make(data: Path) -> Keys:
    """The keys of the data folder; new ones where there are none yet."""
    path = path_of(data)
    if not path.exists():
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = json.dumps({"signing": secrets.token_urlsafe(50), "sealing": secrets.token_hex(32)})
        fresh = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(content)
        try:
            os.link(fresh, path)  # whoever comes first wins; nobody overwrites a key
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    stored = json.loads(path.read_text())
    return Keys(stored["signing"], bytes.fromhex(stored["sealing"]))
