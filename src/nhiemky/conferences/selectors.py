"""Reading conferences: those the actor may see, who came, what was instructed and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from nhiemky.conferences.models import AgendaItem, Conference, Instruction, Invitee
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.conferences.kinds import (
    CALLED_OFF,
    COUNTED,
    GUEST,
    INSTRUCTION,
    LIMIT,
    NO_TASK,
    PRESENT,
    WAIVED,
)
from nhiemky.domain.conferences.quorum import Quorum, quorum
from nhiemky.domain.organisation.structure import Structure
from nhiemky.domain.tasks.kinds import OUTCOMES
from nhiemky.organisation import selectors as organisation
from nhiemky.tasks import rollup
from nhiemky.tasks.models import Task

VIEW, WRITE = "work.view", "work.write"
BECAME = (*OUTCOMES, NO_TASK, WAIVED)
"""What can have become of something instructed: how its task stands, or that it has none."""


def conferences(actor: Actor, permission: str = VIEW) -> QuerySet[Conference]:
    """Conferences of the actor's units and those below."""
    scope = actor.scope(permission)
    found = Conference.objects.select_related("unit", "current")
    return found if scope.everything else found.filter(unit_id__in=scope.unit_ids)


def visible_conference(actor: Actor, conference_id: int, permission: str = VIEW) -> Conference:
    """The conference, if the actor may see it.

    Raises:
        Denied: 404 outside the actor's subtree, 403 where only this permission is missing.
    """
    found = Conference.objects.select_related("unit", "current").filter(pk=conference_id).first()
    if found is None:
        raise Denied(permission, "no_such_conference", status=404)
    actor.require(permission, found.unit_id)
    return found


def visible_item(actor: Actor, item_id: int, permission: str = VIEW) -> AgendaItem:
    """The agenda item, if the actor may see its conference."""
    found = AgendaItem.objects.select_related("conference__unit").filter(pk=item_id).first()
    if found is None:
        raise Denied(permission, "no_such_conference", status=404)
    actor.require(permission, found.conference.unit_id)
    return found


def visible_invitee(actor: Actor, invitee_id: int, permission: str = VIEW) -> Invitee:
    """Somebody invited, if the actor may see the conference."""
    found = Invitee.objects.select_related("conference__unit", "person").filter(pk=invitee_id).first()
    if found is None:
        raise Denied(permission, "no_such_conference", status=404)
    actor.require(permission, found.conference.unit_id)
    return found


def visible_instruction(actor: Actor, instruction_id: int, permission: str = VIEW) -> Instruction:
    """Something noted, if the actor may see the conference."""
    held = Instruction.objects.select_related("conference__unit", "by__person", "task")
    found = held.filter(pk=instruction_id).first()
    if found is None:
        raise Denied(permission, "no_such_conference", status=404)
    actor.require(permission, found.conference.unit_id)
    return found


def agenda(conference: Conference) -> list[AgendaItem]:
    """In the order of the day, with their papers."""
    return list(conference.items.prefetch_related("papers__issuer").order_by("begins_at", "pk"))


def invitees(conference: Conference) -> QuerySet[Invitee]:
    """Everybody invited, chairs first, then by given name."""
    return conference.invitees.select_related("person", "unit")


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many of whom came: `counts` by presence ("" is not noted) of those summoned, guests apart."""

    counts: Counter[str]
    guests: Counter[str]
    quorum: Quorum

    @property
    def summoned(self) -> int:
        return self.counts.total()

    @property
    def present(self) -> int:
        return self.counts[PRESENT]


def attendance(conference: Conference) -> Attendance:
    """Counted from the rows."""
    counts: Counter[str] = Counter()
    guests: Counter[str] = Counter()
    for role, presence, count in conference.invitees.order_by().values_list("role", "presence").annotate(Count("pk")):
        (guests if role == GUEST else counts)[presence] += count
    assert GUEST not in COUNTED
    reached = quorum(
        conference.kind, conference.on, counts.total(), counts[PRESENT], set_percent=conference.quorum_percent
    )
    return Attendance(counts, guests, reached)


def before(conference: Conference) -> list[Conference]:
    """The last conference of the same kind before this one: of a yearly review, last year's.

    The unit's own comes first; then those of units that went into it whole since, which it answers for now.
    """
    held = organisation.structure()
    return _before(held, held.index[conference.unit_id], conference, conference.on)


def _before(held: Structure, place: int, conference: Conference, day: date) -> list[Conference]:
    of_unit = Conference.objects.filter(unit_id=int(held.ids[place]), kind=conference.kind, on__lt=day)
    own = of_unit.exclude(pk=conference.pk).exclude(state=CALLED_OFF).order_by("-on", "-pk").first()
    found = [own] if own else []
    since = own.on if own else date.min
    for link in held.links:
        if link.successor == place and link.whole and since < link.on <= day:
            found += _before(held, link.predecessor, conference, link.on)
    return found


@dataclass(frozen=True, slots=True)
class Became:
    """Something noted at a conference and what became of it by a day (one of `BECAME`)."""

    note: Instruction
    outcome: str
    task: Task | None


def instructions(conference: Conference) -> QuerySet[Instruction]:
    """In the order in which they were noted."""
    held = conference.instructions.select_related("by__person", "item", "task__unit", "conference")
    return held.order_by("pk")


def became(conference: Conference, today: date) -> list[Became]:
    """What became of each thing noted, by today, in the order in which they were noted."""
    notes = list(instructions(conference))
    held = Task.objects.filter(pk__in=[note.task_id for note in notes if note.task_id])
    stands = {task.pk: task for task in rollup.standing(held.select_related("unit"), today, today)}
    return [_became(note, stands) for note in notes]


def _became(note: Instruction, stands: dict[int, Task]) -> Became:
    if note.task_id is not None:
        task = stands[note.task_id]
        return Became(note, task.outcome, task)  # type: ignore[attr-defined]
    return Became(note, WAIVED if note.waived else NO_TASK, None)


def tally(found: Iterable[Became]) -> dict[str, int]:
    """How many of each outcome, in their order; nothing left out."""
    counted = Counter(one.outcome for one in found)
    return {outcome: counted[outcome] for outcome in BECAME}


def numbers_of_notes(conference: Conference) -> dict[str, int]:
    """How many instructions and limits were noted."""
    told = conference.instructions.aggregate(
        instruction=Count("pk", filter=Q(kind=INSTRUCTION)), limit=Count("pk", filter=Q(kind=LIMIT))
    )
    return {INSTRUCTION: told["instruction"], LIMIT: told["limit"]}
