"""Papers that directives ask for as the review counts them (`domain.reporting.lives.Source`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise

from django.urls import reverse

from nhiemky.directives import selectors
from nhiemky.directives.models import AskedOf, Move
from nhiemky.documents.wording import cited, titled
from nhiemky.domain.access import Actor
from nhiemky.domain.directives.standing import LATE, NOT_DUE, STATES, Facts, standing
from nhiemky.domain.organisation.structure import FOREVER
from nhiemky.domain.periods import day_number, day_of
from nhiemky.domain.reporting.lives import Lives, Piece, Told


class Papers:
    """Each unit asked for a paper, at whoever owes it, by the year in which it is due; `group` is the directive."""

    apps = ("directives", "documents", "organisation", "demo")

    def lives(self) -> Lives:
        return Lives.of(STATES, (NOT_DUE, LATE), self._pieces())

    def _pieces(self) -> Iterator[Piece]:
        moved = _moves()
        for one in AskedOf.objects.select_related("ask").order_by("pk"):
            facts = Facts(one.ask.last_on, one.answered_on, one.exempt_on, one.ask.withdrawn_on)
            yield from _life(one, facts, moved.get(one.pk, []))

    def told(self, ids: Collection[int], actor: Actor) -> Mapping[int, Told]:
        found = selectors.asked(actor).filter(pk__in=ids).select_related("ask__document__issuer")
        return {one.pk: Told(titled(one.ask.document), cited(one.ask.document),
                             reverse("directives:asked", args=[one.pk])) for one in found}  # fmt: skip


class Directives(Papers):
    """The same at both sides, whoever owes the paper and whoever asked for it: what a unit has in hand."""

    def _pieces(self) -> Iterator[Piece]:
        asked_by = _moves(asker=True)
        asks = {one.pk: one for one in AskedOf.objects.select_related("ask")}
        for piece in super()._pieces():
            yield piece
            one = asks[piece.id]
            yield piece._replace(unit=_whose(one.ask.unit_id, asked_by.get(one.ask_id, []), day_of(piece.start)))


def _moves(*, asker: bool = False) -> dict[int, list[tuple[date, int, int]]]:
    """Of asked units, or of the asks at their askers: the day of a reorganisation, whose it was before and after."""
    found: dict[int, list[tuple[date, int, int]]] = defaultdict(list)
    moves = Move.objects.filter(asked_of__isnull=asker).order_by("reorganisation__effective_on", "pk")
    side = "ask" if asker else "asked_of"
    for number, on, before, after in moves.values_list(side, "reorganisation__effective_on", "before", "after"):
        found[number].append((on, before, after or before))
    return found


def _life(one: AskedOf, facts: Facts, moved: list[tuple[date, int, int]]) -> Iterator[Piece]:
    begun = one.ask.asked_on
    turns = {facts.last_on + timedelta(days=1), facts.answered_on, facts.exempt_on, facts.withdrawn_on,
             *(on for on, _before, _after in moved)}  # fmt: skip
    days = [begun, *sorted(day for day in turns if day is not None and day > begun)]
    told = [(standing(facts, day), _whose(one.owing_id, moved, day)) for day in days]
    starts = [0, *(n for n, (before, now) in enumerate(pairwise(told), start=1) if before != now)]
    for start, end in pairwise([*starts, len(days)]):
        state, unit = told[start]
        until = day_number(days[end]) if end < len(days) else FOREVER
        yield Piece(one.pk, unit, STATES.index(state), day_number(days[start]), until,
                    day_number(one.ask.due_on), day_number(begun), one.ask.document_id)  # fmt: skip


def _whose(now: int, moved: list[tuple[date, int, int]], day: date) -> int:
    """Whose it was on the day: the first of the later moves tells whom it left."""
    return next((before for on, before, _after in moved if day < on), now)


PAPERS, DIRECTIVES = Papers(), Directives()
