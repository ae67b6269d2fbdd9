"""People move along with their units: en bloc, by entries of the ledger that are no transfers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, DateField, Func, Max, Min, Q, Value
from django.db.models.functions import Coalesce

from nhiemky.audit.services import current_seq
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding
from nhiemky.domain.organisation.kinds import KIND
from nhiemky.domain.organisation.plans import Plan
from nhiemky.domain.organisation.structure import Structure
from nhiemky.domain.periods import Period, merged
from nhiemky.members.models import Movement, Seat, Stay
from nhiemky.organisation.models import Reorganisation

_BOOK = """
INSERT INTO members_movement (person_id, kind, "on", from_unit_id, to_unit_id, paper_number, paper_date, paper_body,
                              place, reorganisation_id, reason, seq)
SELECT s.person_id, 'en_bloc', %(day)s, s.unit_id, pair.target, %(number)s, %(decided)s, %(body)s, '', %(by)s, '',
       %(seq)s
FROM members_stay s JOIN unnest(%(sources)s::bigint[], %(targets)s::bigint[]) AS pair(source, target)
     ON pair.source = s.unit_id
WHERE s.during @> %(day)s::date"""
_CLOSE = """
UPDATE members_stay s SET during = daterange(lower(s.during), m.on), closed_by_id = m.id
FROM members_movement m
WHERE m.reorganisation_id = %(by)s AND m.seq = %(seq)s AND m.person_id = s.person_id AND s.during @> m.on"""
_OPEN = """
INSERT INTO members_stay (person_id, unit_id, standing, exempt, during, opened_by_id)
SELECT m.person_id, m.to_unit_id, s.standing, s.exempt, daterange(m.on, NULL), m.id
FROM members_movement m JOIN members_stay s ON s.closed_by_id = m.id
WHERE m.reorganisation_id = %(by)s AND m.seq = %(seq)s"""
# Until a reorganisation takes effect, people are looked up where they still are (`services.turning`).
_TOUCH = """
UPDATE members_person p SET changed = %(seq)s,
       last_unit_id = CASE WHEN m.on <= %(today)s THEN m.to_unit_id ELSE p.last_unit_id END
FROM members_movement m WHERE m.reorganisation_id = %(by)s AND m.seq = %(seq)s AND m.person_id = p.id"""

# The terms of ended units are cut already when people move; their seats end with them.
_CUT_SEATS = """
UPDATE members_seat s SET planned_until = upper(s.during), during = daterange(lower(s.during), upper(t.during))
FROM organisation_term t WHERE t.id = s.term_id AND t.cut_by_id = %(by)s AND upper(s.during) > upper(t.during)"""
_UNCUT_SEATS = """
UPDATE members_seat s SET during = daterange(lower(s.during), s.planned_until), planned_until = NULL
FROM organisation_term t WHERE t.id = s.term_id AND t.cut_by_id = %(by)s AND s.closed_by_id IS NULL
     AND s.end_paper = '' AND upper(s.during) = upper(t.during) AND s.planned_until IS NOT NULL"""

_COUNTER = """
INSERT INTO members_movement (person_id, kind, "on", from_unit_id, to_unit_id, paper_number, paper_date, paper_body,
                              place, reorganisation_id, reverses_id, reason, seq)
SELECT person_id, kind, "on", from_unit_id, to_unit_id, paper_number, paper_date, paper_body, place,
       reorganisation_id, id, %(reason)s, %(seq)s
FROM members_movement m WHERE reorganisation_id = %(by)s AND reverses_id IS NULL
     AND NOT EXISTS (SELECT 1 FROM members_movement r WHERE r.reverses_id = m.id)
RETURNING reverses_id"""
_REMOVE = "DELETE FROM members_stay WHERE opened_by_id = ANY(%(moves)s)"
_REOPEN = """
UPDATE members_stay SET during = daterange(lower(during), NULL), closed_by_id = NULL
WHERE closed_by_id = ANY(%(moves)s)"""
_RETURN = """
UPDATE members_person p SET last_unit_id = m.from_unit_id, changed = %(seq)s
FROM members_movement m WHERE m.id = ANY(%(moves)s) AND m.person_id = p.id"""


class MembersFollow:
    """The members' side of a reorganisation (`organisation.followers.Follower`)."""

    def members(self, on: date) -> Mapping[int, int]:
        counted = Stay.objects.filter(during__contains=on).values_list("unit_id").annotate(Count("id")).order_by()
        return dict(counted)

    def objections(self, structure: Structure, plan: Plan) -> Iterable[Finding]:
        """Nobody of a unit that moves people on, ends or becomes no cell may have an entry on the day or later."""
        day = plan.decision.effective_on
        no_cells = {unit for unit in plan.changed if not KIND[plan.after[unit].kind].has_members}
        places = {*plan.en_bloc, *plan.ended, *no_cells}
        ids = [int(structure.ids[place]) for place in places if place < len(structure)]
        later = Stay.objects.filter(unit_id__in=ids, during__startswith__gte=day)
        ending = Stay.objects.filter(unit_id__in=ids, during__contains=day, during__upper_inf=False)
        for found in (later, ending):
            for code, count in found.values_list("unit__code").annotate(Count("id")).order_by("unit__code"):
                facts = {"on": day, "count": count}
                yield Finding("reorganisation.later_movements", field="unit", value=code, facts=facts)
        ended = [int(structure.ids[place]) for place in plan.ended if place < len(structure)]
        seats = Seat.objects.filter(term__body__unit_id__in=ended, during__startswith__gte=day)
        for code, count in (
            seats.values_list("term__body__unit__code").annotate(Count("id")).order_by("term__body__unit")
        ):
            yield Finding("reorganisation.later_seats", field="unit", value=code, facts={"on": day, "count": count})

    def apply(self, actor: Actor, reorganisation: Reorganisation, moves: Mapping[int, int], today: date) -> int:
        with connection.cursor() as cursor:
            cursor.execute(_CUT_SEATS, {"by": reorganisation.pk})
        if not moves:
            return 0
        values: dict[str, Any] = {
            "day": reorganisation.effective_on,
            "number": reorganisation.number,
            "decided": reorganisation.decided_on,
            "body": reorganisation.body,
            "by": reorganisation.pk,
            "seq": current_seq(),
            "today": today,
            "sources": list(moves),
            "targets": list(moves.values()),
        }
        with connection.cursor() as cursor:
            cursor.execute(_BOOK, values)
            moved = cursor.rowcount
            for statement in (_CLOSE, _OPEN, _TOUCH):
                cursor.execute(statement, values)
                if cursor.rowcount != moved:
                    raise RuntimeError(f"{moved} people were to move, {cursor.rowcount} rows changed")
        return moved

    def objections_to_undo(self, reorganisation: Reorganisation) -> Iterable[Finding]:
        """Nothing may have happened to the people since, and nobody may have come to a founded unit."""
        later = Stay.objects.filter(opened_by__reorganisation=reorganisation, closed_by__isnull=False).count()
        if later:
            yield Finding("reorganisation.people_moved_since", facts={"count": later})
        founded = reorganisation.versions_opened.exclude(unit__versions__closed_by=reorganisation)
        ids = list(founded.values_list("unit_id", flat=True))
        since = {"seq__gt": reorganisation.applied_seq or 0, "reverses": None, "reversed_by": None}
        came = Movement.objects.filter(to_unit_id__in=ids, **since)
        if count := came.exclude(reorganisation=reorganisation).count():
            yield Finding("reorganisation.people_came_since", facts={"count": count})
        if count := Seat.objects.filter(term__body__unit_id__in=ids).count():
            yield Finding("reorganisation.seats_since", facts={"count": count})

    def undo(self, actor: Actor, reorganisation: Reorganisation, today: date) -> int:
        values: dict[str, Any] = {"by": reorganisation.pk, "seq": current_seq(), "reason": "undo"}
        with connection.cursor() as cursor:
            cursor.execute(_COUNTER, values)
            moves = [row[0] for row in cursor.fetchall()]
            for statement in (_REMOVE, _REOPEN, _RETURN, _UNCUT_SEATS):
                cursor.execute(statement, {**values, "moves": moves})
        return len(moves)

    def unsound(self, structure: Structure, unit_ids: Collection[int], since: date) -> Iterable[Finding]:
        """People who would belong to a unit that is not there, or is no cell."""
        lasting = Q(during__upper_inf=True) | Q(during__endswith__gt=since)
        held = Stay.objects.filter(lasting, unit_id__in=unit_ids)
        first = Min(Func("during", function="lower", output_field=DateField()))
        upper = Func("during", function="upper", output_field=DateField())
        last = Max(Coalesce(upper, Value(date.max, output_field=DateField())))
        found = held.values_list("unit_id").annotate(first=first, last=last, count=Count("id"))
        for unit_id, start, end, count in found.order_by():
            place, until = structure.index[unit_id], None if end == date.max else end
            if not _holds(structure, place, Period(max(start, since), until)):
                facts = {"count": count, "on": since}
                yield Finding("reorganisation.people_left_behind", value=structure.codes[place], facts=facts)


def _holds(structure: Structure, place: int, during: Period) -> bool:
    """Whether the unit is there and a cell on all of the days."""
    cells = [v.during for v in structure.versions[place] if KIND[v.kind].has_members]
    return any(whole.covers(during) for whole in merged(cells))


FOLLOWER = MembersFollow()
