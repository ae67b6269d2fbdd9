"""Reading bodies: who holds their seats on a day, and all their terms over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nhiemky.domain.access import Actor, Denied
from nhiemky.members.models import Seat
from nhiemky.members.register import age_on
from nhiemky.organisation.models import Term


@dataclass(frozen=True)
class BodyFacts:
    """A body in office on a day: who holds its seats."""

    kind: str
    term: Term
    since: date
    until: date | None
    seats: int
    holders: Sequence[Seat]
    women: int
    under_40: int
    minority: int

    def share(self, count: int) -> float | None:
        """Per cent of those in office."""
        return 100 * count / len(self.holders) if self.holders else None

    @property
    def shares(self) -> tuple[float | None, float | None, float | None]:
        """Women, under 40, minority."""
        return self.share(self.women), self.share(self.under_40), self.share(self.minority)


_POST_RANK = {"secretary": 0, "deputy": 1, "member": 2}


def bodies(unit_id: int, on: date) -> list[BodyFacts]:
    """The bodies of the unit in office on the day."""
    terms = list(
        Term.objects.select_related("body").filter(body__unit_id=unit_id, during__contains=on).order_by("body__kind")
    )
    seats = Seat.objects.select_related("person").filter(term__in=terms, during__contains=on)
    by_term: dict[int, list[Seat]] = {}
    for seat in seats:
        by_term.setdefault(seat.term_id, []).append(seat)
    return [_body(term, by_term.get(term.pk, []), on) for term in terms]


def _body(term: Term, seats: list[Seat], on: date) -> BodyFacts:
    seats.sort(key=lambda seat: (_POST_RANK[seat.post], seat.person.name_key))
    return BodyFacts(
        kind=term.body.kind,
        term=term,
        since=term.during.lower,
        until=term.during.upper,
        seats=term.seats,
        holders=seats,
        women=sum(seat.person.sex == "female" for seat in seats),
        under_40=sum(age_on(seat.person.birth_date, on) < 40 for seat in seats),
        minority=sum(seat.person.ethnic_group > 1 for seat in seats),
    )


def terms(unit_id: int) -> dict[str, list[tuple[Term, list[Seat]]]]:
    """Every term of the unit's bodies by kind of body, the newest first, with everybody who held a seat in it."""
    found = list(Term.objects.select_related("body__unit", "cut_by").filter(body__unit_id=unit_id).order_by("-during"))
    seats: dict[int, list[Seat]] = {}
    for seat in Seat.objects.select_related("person", "closed_by").filter(term__in=found):
        seats.setdefault(seat.term_id, []).append(seat)
    result: dict[str, list[tuple[Term, list[Seat]]]] = {}
    for term in found:
        held = sorted(seats.get(term.pk, []), key=lambda s: (_POST_RANK[s.post], s.during.lower, s.person.name_key))
        result.setdefault(term.body.kind, []).append((term, held))
    return result


def visible_term(actor: Actor, term_id: int, permission: str) -> Term:
    """The term, if the actor holds the permission over the unit.

    Raises:
        Denied: 404 outside the actor's subtree, 403 where only this permission is missing.
    """
    found = Term.objects.select_related("body__unit").filter(pk=term_id).first()
    if found is None:
        raise Denied(permission, "no_such_term", status=404)
    actor.require(permission, found.body.unit_id)
    return found


def visible_seat(actor: Actor, seat_id: int, permission: str) -> Seat:
    """The seat, if the actor holds the permission over the unit of its body."""
    found = Seat.objects.select_related("person", "term__body__unit").filter(pk=seat_id).first()
    if found is None:
        raise Denied(permission, "no_such_seat", status=404)
    actor.require(permission, found.term.body.unit_id)
    return found
