"""One look at the clock of writes for each request: a page asks many times what the last event is, and once is enough.

Within `one_moment` the answers of `selectors.last_seq` are kept until a service of this same request has written.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_known: ContextVar[dict[str, int] | None] = ContextVar("nhiemky_known_events", default=None)


@contextmanager
def one_moment() -> Iterator[None]:
    """Keep what is learnt about the last event until the end."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def known() -> dict[str, int] | None:
    """What this moment has learnt, by app; None outside any."""
    return _known.get()


def forget() -> None:
    """Ask again: something was written, or what others wrote must be seen."""
    held = _known.get()
    if held is not None:
        held.clear()
