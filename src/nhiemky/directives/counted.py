"""Papers that directives ask for as the review counts them (`domain.reporting.lives.Source`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from django.urls import reverse

from nhiemky.directives import selectors
from nhiemky.directives.models import AskedOf, Move
from nhiemky.documents.wording import cited, titled
from nhiemky.domain.access import Actor
from nhiemky.domain.directives.standing import LATE, NOT_DUE, STATES, Facts, standing
from nhiemky.domain.periods import day_number
from nhiemky.domain.reporting.lives import Lives, Piece, Told, stretches


class Papers:
    """Each unit asked for a paper, at whoever owes it, by the year in which it is due; `group` is the directive."""

    apps = ("directives", "organisation", "demo")

    def lives(self) -> Lives:
        return Lives.of(STATES, (NOT_DUE, LATE), self._pieces())

    def _pieces(self) -> Iterator[Piece]:
        owed = _moves()
        for one in _asked():
            yield from _life(one, one.owing_id, owed.get(one.pk, []))

    def told(self, ids: Collection[int], actor: Actor) -> Mapping[int, Told]:
        found = selectors.asked(actor).filter(pk__in=ids).select_related("ask__document__issuer")
        return {one.pk: Told(titled(one.ask.document), cited(one.ask.document),
                             reverse("directives:asked", args=[one.pk])) for one in found}  # fmt: skip


class Directives(Papers):
    """The same at both sides, whoever owes the paper and whoever asked for it: what a unit has in hand."""

    def _pieces(self) -> Iterator[Piece]:
        owed, asked = _moves(), _moves(asker=True)
        for one in _asked():
            yield from _life(one, one.owing_id, owed.get(one.pk, []))
            yield from _life(one, one.asker_id, asked.get(one.ask_id, []))


class _Asked(NamedTuple):
    """What is read of an asked unit: a province has some thousands, so no more than is needed."""

    pk: int
    owing_id: int
    ask_id: int
    asker_id: int
    document_id: int
    asked_on: date
    due_on: date
    last_on: date
    answered_on: date | None
    exempt_on: date | None
    withdrawn_on: date | None


def _asked() -> Iterator[_Asked]:
    of_ask = ("unit_id", "document_id", "asked_on", "due_on", "last_on")
    fields = ("pk", "owing_id", "ask_id", *(f"ask__{name}" for name in of_ask),
              "answered_on", "exempt_on", "ask__withdrawn_on")  # fmt: skip
    return (_Asked(*row) for row in AskedOf.objects.order_by("pk").values_list(*fields))


def _moves(*, asker: bool = False) -> dict[int, list[tuple[date, int]]]:
    """Of asked units, or of the asks at their askers: the day of a reorganisation, and whose it was before."""
    found: dict[int, list[tuple[date, int]]] = defaultdict(list)
    moves = Move.objects.filter(asked_of__isnull=asker).order_by("reorganisation__effective_on", "pk")
    side = "ask" if asker else "asked_of"
    for number, on, before in moves.values_list(side, "reorganisation__effective_on", "before"):
        found[number].append((on, before))
    return found


def _life(one: _Asked, now: int, moved: list[tuple[date, int]]) -> Iterator[Piece]:
    """How the asked unit stood, with whoever had it in hand: `now`, and before each move another."""
    facts = Facts(one.last_on, one.answered_on, one.exempt_on, one.withdrawn_on)
    turns = (one.last_on + timedelta(days=1), one.answered_on, one.exempt_on, one.withdrawn_on,
             *(on for on, _before in moved))  # fmt: skip

    def tell(day: date) -> tuple[str, int]:
        return standing(facts, day), _whose(now, moved, day)

    due, begun = day_number(one.due_on), day_number(one.asked_on)
    for start, end, (state, unit) in stretches(one.asked_on, turns, tell):
        yield Piece(one.pk, unit, STATES.index(state), start, end, due, begun, one.document_id)


def _whose(now: int, moved: list[tuple[date, int]], day: date) -> int:
    """Whose it was on the day: the first of the later moves tells whom it left."""
    return next((before for on, before in moved if day < on), now)


PAPERS, DIRECTIVES = Papers(), Directives()
