"""The list of who was shredded, in the data folder: `restore` reads it (`rights.services.repeating`)."""

from __future__ import annotations

from nhiemky.config import env, keys
from nhiemky.rights.services import repeating


def keep() -> int:
    """Bring the list up to date with what was carried out."""
    data = env.read().data
    return repeating.list_keep(repeating.path_of(data), keys.read_or_make(data).sealing)
