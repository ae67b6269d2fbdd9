"""What is asked of units in a reorganisation: the successor owes the answer, or the asker decides who does.

Looked at from the rows as they are, as tasks are (`tasks.services.following`), so it may be asked again any day.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q

from nhiemky.audit.services import record, service
from nhiemky.directives import selectors
from nhiemky.directives.models import Ask, AskedOf, Move
from nhiemky.directives.services.asking import of_asker, still_owed, tell
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.organisation.ends import Ends
from nhiemky.organisation.models import Reorganisation, UnitVersion
from nhiemky.tasks.services.assigning import superiors
from nhiemky.tasks.services.steps import code_of, id_of


def _ended(side: str, today: date) -> Q:
    there = UnitVersion.objects.filter(during__contains=today)
    return Q(~Exists(there.filter(unit_id=OuterRef(side))))


def owing_ended(today: date) -> Q:
    """Asked units that still owe an answer and have ended, about which nobody has been asked yet."""
    return selectors.OPEN & Q(awaits=None) & _ended("owing_id", today)


def asker_ended(today: date) -> Q:
    """Asks that are not withdrawn whose asking unit has ended."""
    return Q(withdrawn_on=None) & _ended("unit_id", today)


def any_left_behind(today: date) -> bool:
    """Whether something has to follow."""
    asked = AskedOf.objects.filter(owing_ended(today))
    return asked.exists() or Ask.objects.filter(asker_ended(today)).exists()


@service
def directives_follow(*, actor: Actor, today: date) -> int:
    """Let everything asked of or by ended units follow; how many did."""
    count = followed(actor, today)
    if not count:
        record("directives.asks_followed", actor=actor, facts={"count": 0})
    return count


def followed(actor: Actor, today: date) -> int:
    """A step of a service: both sides, each for itself; one event, if anything did."""
    ends, count = Ends(today), 0
    for one in AskedOf.objects.select_for_update(of=("self",)).filter(owing_ended(today)).order_by("pk"):
        count += _owing_goes(one, ends)
    for ask in Ask.objects.select_for_update(of=("self",)).filter(asker_ended(today)).order_by("pk"):
        count += _asker_goes(ask, ends)
    if count:
        record("directives.asks_followed", actor=actor, facts={"count": count})
    return count


def _owing_goes(one: AskedOf, ends: Ends) -> int:
    by, heir = ends.by(one.owing_id), ends.heir(one.owing_id)
    if by is None:
        return 0
    # Exempted and asked again since, it comes here a second time.
    Move.objects.update_or_create(
        ask_id=one.ask_id, asked_of=one, reorganisation=by, defaults={"before_id": one.owing_id, "after_id": heir}
    )
    one.awaits = by if heir is None else None
    one.owing_id = heir or one.owing_id
    one.save(update_fields=["awaits", "owing"])
    return 1


def _asker_goes(ask: Ask, ends: Ends) -> int:
    """An asker without a whole successor is replaced by the unit that stood above it."""
    by, heir = ends.by(ask.unit_id), ends.heir(ask.unit_id) or ends.above(ask.unit_id)
    if by is None or heir is None:
        return 0
    Move.objects.create(ask=ask, reorganisation=by, before_id=ask.unit_id, after_id=heir)
    ask.unit_id = heir
    ask.save(update_fields=["unit"])
    return 1


def put_back(actor: Actor, undone: Reorganisation) -> int:
    """A step of a service: what followed the reorganisation returns, unless it was decided or answered since."""
    moves = list(Move.objects.filter(reorganisation=undone).select_related("ask", "asked_of"))
    for move in moves:
        _put_back(move)
    Move.objects.filter(reorganisation=undone).delete()
    if moves:
        facts = {"count": len(moves), "number": undone.number}
        record("directives.asks_put_back", actor=actor, facts=facts)
    return len(moves)


def _put_back(move: Move) -> None:
    one, ask = move.asked_of, move.ask
    if one is None and ask.unit_id == move.after_id:
        ask.unit_id = move.before_id
        ask.save(update_fields=["unit"])
    elif one is not None and one.answered_on is None and one.owing_id == (move.after_id or move.before_id):
        one.owing_id, one.awaits = move.before_id, None
        one.save(update_fields=["owing", "awaits"])


@service
def owing_decide(*, actor: Actor, asked_id: int, unit_code: str, today: date) -> AskedOf:
    """The asker says which unit owes the answer of one that has ended; that none does is an exemption.

    Raises:
        Refused: there is nothing to decide, or the unit does not stand under the asker today.
        Denied: the actor does not write for the asking unit.
    """
    found = of_asker(actor, asked_id)
    if found.awaits_id is None:
        raise Refused(Finding("directives.nothing_to_decide"))
    refuse_if_any(still_owed(found))
    unit_id = id_of(unit_code, "unit")
    if not UnitVersion.objects.filter(unit_id=unit_id, during__contains=today).exists():
        refuse_if_any([Finding("directives.unit_not_there", field="unit", value=unit_code)])
    if unit_id == found.ask.unit_id or found.ask.unit_id not in superiors(unit_id, today):
        refuse_if_any([Finding("directives.not_below", field="unit", value=unit_code)])
    before, found.owing_id, found.awaits = found.owing_id, unit_id, None
    found.save(update_fields=["owing", "awaits"])
    tell("owing_decided", actor, found.ask, [unit_id, before], to=code_of(unit_id), before=code_of(before))
    return found
