"""What conferences instructed and pointed out, and what became of it, as the review counts it
(`domain.reporting.lives.Source`)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import numpy as np

from nhiemky.conferences import selectors
from nhiemky.conferences.models import Instruction
from nhiemky.conferences.summary import notes_url
from nhiemky.domain.access import Actor
from nhiemky.domain.conferences.kinds import NO_TASK, WAIVED
from nhiemky.domain.organisation.structure import FOREVER
from nhiemky.domain.periods import day_number
from nhiemky.domain.reporting.lives import Lives, Piece, Told
from nhiemky.domain.tasks.kinds import OUTCOMES
from nhiemky.domain.tasks.lives import STILL
from nhiemky.tasks.counted import lives_of

SORTS = (*OUTCOMES, NO_TASK, WAIVED)


class Notes:
    """What was noted of one kind, at the unit that held the conference, by the year of the conference."""

    apps = ("conferences", "tasks", "organisation", "demo")

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def lives(self) -> Lives:
        return Lives.of(SORTS, (*STILL, NO_TASK), self._pieces())

    def _pieces(self) -> Iterator[Piece]:
        noted = list(Instruction.objects.filter(kind=self.kind).select_related("conference").order_by("pk"))
        tasks = lives_of([one.task_id for one in noted if one.task_id is not None])
        for one in noted:
            unit, begun = one.conference.unit_id, day_number(one.conference.on)
            if one.task_id is None:
                sort = SORTS.index(WAIVED if one.waived else NO_TASK)
                yield Piece(one.pk, unit, sort, begun, FOREVER, begun, begun)
                continue
            rows = np.flatnonzero((tasks.ids == one.task_id) & (tasks.end > begun))
            given = int(tasks.begun[rows].min())
            if given > begun:
                yield Piece(one.pk, unit, SORTS.index(NO_TASK), begun, given, begun, begun)
            for row in rows.tolist():
                start, end = max(int(tasks.start[row]), begun), int(tasks.end[row])
                yield Piece(one.pk, unit, int(tasks.sort[row]), start, end, begun, begun)

    def told(self, ids: Collection[int], actor: Actor) -> Mapping[int, Told]:
        seen = selectors.conferences(actor).values("pk")
        found = Instruction.objects.filter(pk__in=ids, conference__in=seen).select_related("conference")
        return {one.pk: Told(one.text, one.conference.title, notes_url(one.conference)) for one in found}


LIMITS, INSTRUCTIONS = Notes("limit"), Notes("instruction")
