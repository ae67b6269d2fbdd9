"""The frame of every write: one transaction, all writes one after the other, at least one event."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

from django.db import transaction
from django.utils import timezone

from nhiemky.audit import moment
from nhiemky.audit.chain import hash_of
from nhiemky.audit.models import ChainHead, Event
from nhiemky.domain.access import Actor

Params = ParamSpec("Params")
Result = TypeVar("Result")


class NothingRecorded(RuntimeError):
    """A service wrote and recorded no event; its transaction is undone."""


class OutsideService(RuntimeError):
    """`record` was called where no service runs."""


class _Open:
    """The write under way: the locked head and how many events it recorded."""

    def __init__(self, head: ChainHead) -> None:
        self.head = head
        self.recorded = 0


_open: ContextVar[_Open | None] = ContextVar("nhiemky_open_write", default=None)


def service(function: Callable[Params, Result]) -> Callable[Params, Result]:
    """Run in one transaction that holds the chain's head, and demand an event.

    Locking the head first puts all writes in a row. That costs nothing in an office, and makes event numbers rise in
    the order of commits: whoever has seen number n has seen everything up to n. A service called by a service joins it.
    """

    @functools.wraps(function)
    def run(*args: Params.args, **kwargs: Params.kwargs) -> Result:
        if _open.get() is not None:
            return function(*args, **kwargs)
        with transaction.atomic():
            write = _Open(ChainHead.objects.select_for_update().get())
            moment.forget()
            token = _open.set(write)
            try:
                result = function(*args, **kwargs)
            finally:
                _open.reset(token)
                moment.forget()
            if not write.recorded:
                raise NothingRecorded(f"{function.__module__}.{function.__qualname__} recorded no event")
            return result

    run.is_service = True  # type: ignore[attr-defined]
    return run


def _current() -> _Open:
    write = _open.get()
    if write is None:
        raise OutsideService("An event can only be recorded inside a @service.")
    return write


def current_seq() -> int:
    """The number of the next event of this write: rows it changes are stamped with it."""
    return _current().head.seq + 1


def recorded() -> bool:
    """Whether a write is under way that has recorded already: caches must then not look at uncommitted rows."""
    write = _open.get()
    return write is not None and write.recorded > 0


def record(
    action: str,
    *,
    actor: Actor,
    subject: object = "",
    unit_id: int | None = None,
    units: Iterable[int] = (),
    facts: Mapping[str, object] | None = None,
) -> Event:
    """Append one event to the chain. `action` is "<app>.<entity>_<past tense>".

    `unit_id` and `units` are the units it concerns: the auditors of each of them may read it.
    """
    write = _current()
    head = write.head
    how = {"how": actor.how} if actor.how else {}
    event = Event(
        seq=head.seq + 1,
        at=timezone.now(),
        user_id=actor.user_id,
        user_name=actor.name,
        app=action.split(".", 1)[0],
        action=action,
        subject=str(subject)[:120],
        unit_id=unit_id,
        unit_ids=sorted({*units, *([] if unit_id is None else [unit_id])}),
        facts={key: _plain(value) for key, value in {**(facts or {}), **how}.items()},
        previous_hash=head.hash,
    )
    event.hash = hash_of(event)
    event.save(force_insert=True)
    head.seq, head.hash = event.seq, event.hash
    head.save()
    write.recorded += 1
    return event


def _plain(value: object) -> object:
    """Only what JSON gives back unchanged, or the hash could not be computed again."""
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return str(value)
