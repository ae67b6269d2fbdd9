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
from nhiemky.domain.periods import day_number
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


def _moves() -> dict[int, list[tuple[date, int, int]]]:
    """Of asked units: the day of the reorganisation, whose it was before and after."""
    found: dict[int, list[tuple[date, int, int]]] = defaultdict(list)
    moves = Move.objects.filter(asked_of__isnull=False).order_by("reorganisation__effective_on", "pk")
    for number, on, before, after in moves.values_list("asked_of", "reorganisation__effective_on", "before", "after"):
        found[number].append((on, before, after or before))
    return found


def _life(one: AskedOf, facts: Facts, moved: list[tuple[date, int, int]]) -> Iterator[Piece]:
    begun = one.ask.asked_on
    turns = {facts.last_on + timedelta(days=1), facts.answered_on, facts.exempt_on, facts.withdrawn_on,
             *(on for on, _before, _after in moved)} - {None}  # fmt: skip
    days = [begun, *sorted(day for day in turns if day is not None and day > begun)]
    told = [(standing(facts, day), _owing(one, moved, day)) for day in days]
    starts = [0, *(n for n, (before, now) in enumerate(pairwise(told), start=1) if before != now)]
    for start, end in pairwise([*starts, len(days)]):
        state, unit = told[start]
        until = day_number(days[end]) if end < len(days) else FOREVER
        yield Piece(one.pk, unit, STATES.index(state), day_number(days[start]), until,
                    day_number(one.ask.due_on), day_number(begun), one.ask.document_id)  # fmt: skip


def _owing(one: AskedOf, moved: list[tuple[date, int, int]], day: date) -> int:
    """Who owed the answer on the day."""
    if not moved or day >= moved[-1][0]:
        return one.owing_id
    return next(before for on, before, _after in moved if day < on)


PAPERS = Papers()
