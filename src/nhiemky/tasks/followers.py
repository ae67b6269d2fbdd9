"""The tasks' side of a reorganisation (`organisation.followers.Follower`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding
from nhiemky.domain.organisation.plans import Plan
from nhiemky.domain.organisation.structure import Structure
from nhiemky.domain.tasks.kinds import OPEN
from nhiemky.organisation.models import Reorganisation
from nhiemky.tasks.models import Move, Programme, Task
from nhiemky.tasks.services import following


class TasksFollow:
    """Open tasks go to the whole successor of their unit, or wait for the giver."""

    def members(self, on: date) -> Mapping[int, int]:
        return {}

    def objections(self, structure: Structure, plan: Plan) -> Iterable[Finding]:
        """What will wait for a decision stops nothing; it is told before anybody decides."""
        whole = {link.predecessor for link in plan.links if link.whole}
        ended = [int(structure.ids[place]) for place in plan.ended if place < len(structure) and place not in whole]
        if count := Task.objects.filter(unit_id__in=ended, state__in=OPEN).count():
            yield Finding("tasks.will_wait", facts={"count": count}, blocks=False)

    def apply(self, actor: Actor, reorganisation: Reorganisation, moves: Mapping[int, int], today: date) -> int:
        """At once, if the day has come; else the worker does it on the day. No people move by it."""
        if reorganisation.effective_on <= today:
            following.followed(actor, today)
        return 0

    def objections_to_undo(self, reorganisation: Reorganisation) -> Iterable[Finding]:
        """Nothing may have been given to or by a founded unit since, nor may it have a programme."""
        ids = following.founded_by(reorganisation)
        came = Move.objects.filter(reorganisation=reorganisation).values("task_id")
        given = Task.objects.exclude(pk__in=came)
        if count := (given.filter(unit_id__in=ids) | given.filter(giver_id__in=ids)).count():
            yield Finding("tasks.given_since", facts={"count": count})
        if count := Programme.objects.filter(unit_id__in=ids).count():
            yield Finding("tasks.programmes_since", facts={"count": count})

    def undo(self, actor: Actor, reorganisation: Reorganisation, today: date) -> int:
        following.put_back(actor, reorganisation, today)
        return 0

    def unsound(self, structure: Structure, unit_ids: Collection[int], since: date) -> Iterable[Finding]:
        return ()


FOLLOWER = TasksFollow()
