"""What the worker does by itself in the course of a day begins like a job: its own connection, the book of the day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.conf import settings
from django.db import close_old_connections
from django.utils.module_loading import import_string

from nhiemky.core.middleware import today


@contextmanager
def work_of_the_day() -> Iterator[date]:
    """Around a periodic task; gives the day. The worker may have begun long before an office spoke of a rule."""
    close_old_connections()
    try:
        import_string(settings.NHIEMKY_BEFORE_JOB)()
        yield today()
    finally:
        close_old_connections()
