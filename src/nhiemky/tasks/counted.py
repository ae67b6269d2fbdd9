"""Tasks, key tasks and programmes as the review counts them (`domain.reporting.lives.Source`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from django.db.models import DateField, F
from django.db.models.functions import Coalesce
from django.urls import reverse

from nhiemky.documents.wording import cited
from nhiemky.domain.access import Actor
from nhiemky.domain.organisation.structure import FOREVER
from nhiemky.domain.periods import day_number
from nhiemky.domain.reporting.lives import Lives, Piece, Told
from nhiemky.domain.tasks.kinds import GRANTED, OUTCOMES, PROGRAMME_KINDS
from nhiemky.domain.tasks.lives import STILL, pieces, simple
from nhiemky.domain.tasks.standing import Extension, Facts
from nhiemky.members.snapshot import copied
from nhiemky.tasks import selectors
from nhiemky.tasks.columns import url
from nhiemky.tasks.models import MoreTime, Move, Programme, Step, Task

_EVENTFUL = f"""(
    EXISTS (SELECT 1 FROM tasks_step s WHERE s.task_id = t.id AND (s.act IN ('return', 'decide')
            OR s.act = 'submit' AND t.state = 'cancelled'))
    OR EXISTS (SELECT 1 FROM tasks_moretime m WHERE m.task_id = t.id AND m.state = '{GRANTED}')
    OR EXISTS (SELECT 1 FROM tasks_move v WHERE v.task_id = t.id AND v.side = 'doer'))"""
"""Returned, given more time or handed on: their past is told step by step; that of all others follows from the row."""


def _day(column: str) -> str:
    return f"COALESCE({column} - DATE '1970-01-01', {FOREVER})"


_COLUMNS = ("t.id", "t.unit_id", _day("t.given_on"), _day("t.due_on"), _day("t.last_on"), _day("t.closed_on"),
            _day("COALESCE(t.done_on, t.handed_on)"), "(t.state = 'cancelled')::int")  # fmt: skip


def lives_of(ids: Collection[int] | None = None) -> Lives:
    """The outcomes of tasks over time: of all, or of some."""
    chosen = "TRUE" if ids is None else f"t.id IN ({', '.join(str(int(n)) for n in ids) or 'NULL'})"
    plain = copied(_COLUMNS, f"FROM tasks_task t WHERE {chosen} AND NOT {_EVENTFUL}")
    eventful = copied(("t.id",), f"FROM tasks_task t WHERE {chosen} AND {_EVENTFUL}")[0]
    number, unit, given, due, last, closed, handed, dropped = plain
    at_once = simple(number, unit, given, due, last, closed, handed, dropped.astype(bool))
    return at_once + Lives.of(OUTCOMES, STILL, _told(eventful.tolist()))


def _told(ids: list[int]) -> Iterator[Piece]:
    """The pieces of tasks with a past."""
    extensions: dict[int, list[Extension]] = defaultdict(list)
    granted = MoreTime.objects.filter(task__in=ids, state=GRANTED).order_by("decided_on", "seq")
    for task_id, on, before in granted.values_list("task", "decided_on", "before"):
        if on is not None:
            extensions[task_id].append(Extension(on, before))
    handed: dict[int, list[tuple[date, bool]]] = defaultdict(list)
    steps = Step.objects.filter(task__in=ids, act__in=("submit", "return")).order_by("on", "seq")
    for number, act, on in steps.values_list("task", "act", "on"):
        handed[number].append((on, act == "submit"))
    changes = _changes(ids)
    for task in Task.objects.filter(pk__in=ids).defer("folded"):
        facts = Facts(task.state, task.due_on, task.done_on, task.closed_on,
                      tuple(extensions[task.pk]), tuple(handed[task.pk]))  # fmt: skip
        yield from pieces(task.pk, task.given_on, facts, changes.get(task.pk) or [(task.given_on, task.unit_id)])


def _changes(ids: list[int]) -> dict[int, list[tuple[date, int]]]:
    """From which day on a task was whose: with a reorganisation, or as the giver decided."""
    found: dict[int, list[tuple[date, int]]] = defaultdict(list)
    moves = Move.objects.filter(task__in=ids, side="doer").order_by("reorganisation__effective_on", "pk")
    for number, on, before, after in moves.values_list("task", "reorganisation__effective_on", "before", "after"):
        if not found[number]:
            found[number].append((date.min, before))
        found[number].append((on, after or before))
    decided = Step.objects.filter(task__in=ids, act="decide", unit__isnull=False).order_by("on", "seq")
    for number, on, unit_id in decided.values_list("task", "on", "unit"):
        if number in found:
            found[number].append((on, unit_id))
    return {number: [days[0], *sorted(days[1:], key=lambda one: one[0])] for number, days in found.items()}


class Tasks:
    """Every task at the unit that does it, by the year in which it is due."""

    apps = ("tasks", "organisation", "demo")

    def lives(self) -> Lives:
        return lives_of()

    def told(self, ids: Collection[int], actor: Actor) -> Mapping[int, Told]:
        return {one.pk: Told(one.title, one.deliverable, url(one))
                for one in selectors.tasks(actor).filter(pk__in=ids)}  # fmt: skip


class KeyTasks(Tasks):
    """The ten key tasks of a year at the unit that set them, by the year they are key tasks of."""

    def lives(self) -> Lives:
        chosen = Task.objects.filter(key_year__isnull=False)
        key = {number: (giver, day_number(date(year or 1, 1, 1)))
               for number, giver, year in chosen.values_list("pk", "giver", "key_year")}  # fmt: skip
        held = lives_of(list(key))
        lines = zip(held.ids, held.sort, held.start, held.end, held.begun, strict=True)
        return Lives.of(OUTCOMES, STILL, (
            Piece(int(number), key[int(number)][0], int(sort), int(start), int(end), key[int(number)][1], int(begun))
            for number, sort, start, end, begun in lines
        ))  # fmt: skip


class Programmes:
    """Work programmes, programmes and plans, on the day of the paper they were issued by, or their first."""

    apps = ("tasks", "documents", "organisation", "demo")

    def lives(self) -> Lives:
        found = Programme.objects.annotate(
            on=Coalesce(F("document__signed_on"), F("during__startswith"), output_field=DateField())
        )
        lines = ((number, unit, PROGRAMME_KINDS.index(kind), day_number(on))
                 for number, unit, kind, on in found.values_list("pk", "unit", "kind", "on"))  # fmt: skip
        return Lives.of(PROGRAMME_KINDS, (), (
            Piece(number, unit, sort, day, FOREVER, day, day) for number, unit, sort, day in lines
        ))  # fmt: skip

    def told(self, ids: Collection[int], actor: Actor) -> Mapping[int, Told]:
        found = selectors.programmes(actor).filter(pk__in=ids).select_related("document__issuer")
        return {one.pk: Told(one.title, cited(one.document) if one.document else "",
                             reverse("tasks:programme", args=[one.pk])) for one in found}  # fmt: skip


TASKS, KEY_TASKS, PROGRAMMES = Tasks(), KeyTasks(), Programmes()
