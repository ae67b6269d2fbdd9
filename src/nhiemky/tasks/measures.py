"""How far a task is: accepted deliverables of all, or an indicator's figure against its target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol, cast

from django.conf import settings
from django.db.models import Count, Q
from django.utils.module_loading import import_string

from nhiemky.domain.tasks.kinds import INDICATOR
from nhiemky.domain.tasks.standing import Progress
from nhiemky.tasks.models import Deliverable, Task


class Indicators(Protocol):
    """Who answers for figures: reporting, which lies above; the wiring names it."""

    def names(self) -> Mapping[str, str]:
        """What each indicator is called that a task can be measured by, in the reader's language."""

    def value(self, key: str, unit_id: int, on: date) -> float | None:
        """The figure of the unit for the year up to the day; None where it cannot be told."""

    def url(self, key: str, unit_code: str, year: int) -> str:
        """Where the rows behind the figure are."""


def indicators() -> Indicators:
    """Whom the wiring names."""
    return cast(Indicators, import_string(settings.NHIEMKY_INDICATORS))


def progress(task: Task, today: date) -> Progress | None:
    """How far the task is today; a closed one as it was when it closed. None where the figure cannot be told."""
    if task.measure == INDICATOR:
        value = indicators().value(task.indicator, task.unit_id, min(task.closed_on or today, task.due_on, today))
        return None if value is None or task.target is None else Progress(value, float(task.target))
    return progresses([task]).get(task.pk, Progress(0, 0))


def progresses(tasks: Iterable[Task]) -> dict[int, Progress]:
    """Accepted deliverables of all, of many tasks at once."""
    ids = [task.pk for task in tasks if task.measure != INDICATOR]
    counted = Deliverable.objects.filter(task_id__in=ids).values_list("task_id")
    rows = counted.annotate(done=Count("pk", filter=Q(accepted_on__isnull=False)), whole=Count("pk")).order_by()
    return {task_id: Progress(done, whole) for task_id, done, whole in rows}
