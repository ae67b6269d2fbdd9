"""Reading the register: a person the actor may see, what needs attention in a unit, its bodies, finding people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db.models import Case, Count, F, Max, QuerySet, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Collate

from nhiemky.accounts.models import User
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.dated import Step
from nhiemky.domain.findings import Finding
from nhiemky.domain.members.booking import PROBATION_MONTHS
from nhiemky.domain.names import clean, fold
from nhiemky.domain.organisation.kinds import CELL_KINDS, CELL_MINIMUM, COMMITTEE_MINIMUM, KIND_CODE
from nhiemky.domain.organisation.structure import Bools, Ints
from nhiemky.domain.periods import Period, day_of
from nhiemky.members.models import Movement, Person, PersonChange
from nhiemky.members.register import query_of
from nhiemky.members.sums import View

VIEW = "members.view"
_NAMED = 4
"""So many cases are told one by one; more are counted, with a link to all."""


def visible_person(actor: Actor, person_id: int, permission: str = VIEW) -> Person:
    """The person, if the actor may see the unit they belong to, or belonged to last.

    Raises:
        Denied: 404 outside the actor's subtree, 403 where only this permission is missing.
    """
    found = Person.objects.select_related("last_unit").filter(pk=person_id).first()
    if found is None or found.last_unit_id is None:
        raise Denied(permission, "no_such_person", status=404)
    actor.require(VIEW, found.last_unit_id)
    actor.require(permission, found.last_unit_id)
    return found


def visible_movement(actor: Actor, movement_id: int, permission: str) -> Movement:
    """The ledger entry, if the actor may see the person."""
    found = Movement.objects.select_related("from_unit", "to_unit").filter(pk=movement_id).first()
    if found is None:
        raise Denied(permission, "no_such_movement", status=404)
    visible_person(actor, found.person_id, permission)
    return found


def that_count(person: Person) -> QuerySet[Movement]:
    """The entries of the person that are neither counter-entries nor taken back by one."""
    return person.movements.filter(reverses=None, reversed_by=None)


def last_that_counts(person: Person) -> Movement | None:
    """The newest entry of the person that counts."""
    return that_count(person).order_by("-on", "-pk").first()


_MATCHES = "to_tsvector('simple'::regconfig, COALESCE(folded, '')) @@ to_tsquery('simple', %s)"


def found_people(actor: Actor, text: str, limit: int = 8, within: Sequence[int] | None = None) -> list[Person]:
    """People by name, diacritics aside and the last word perhaps unfinished; of the units `within`, if any are given.

    An exact card number comes first, then who is spelt just as typed, then whose name has the words in full: so "nguyen
    thi an" brings Nguyễn Thị Ân before the many whose name only begins like that.
    """
    words = fold(text)
    query = query_of(words)
    if len(query) < 4:
        return []
    scope = actor.scope(VIEW)
    people = Person.objects.select_related("last_unit").defer("identity_sealed", "identity_mark")
    if not scope.everything:
        people = people.filter(last_unit_id__in=scope.unit_ids)
    if within is not None:
        people = people.filter(last_unit_id__in=within)
    exact = list(people.filter(card_number=words)[:1]) if words.isdigit() and len(words) == 8 else []
    orders: list[str | Combinable] = [Collate(F("name_key"), "C"), "pk"]
    if words != clean(text).lower():
        # Stored names begin each word large; the database's own lower() knows no Vietnamese letters.
        orders.insert(0, Case(When(full_name__contains=clean(text).title(), then=0), default=1))
    found = exact
    for asked in (query.removesuffix(":*"), query):
        if len(found) < limit:
            named = people.exclude(pk__in=[person.pk for person in found])
            found += named.extra(where=[_MATCHES], params=[asked]).order_by(*orders)[: limit - len(found)]
    return found


# What needs attention


@dataclass(frozen=True)
class Attention:
    """One rule and the cases it found: units (positions), or stays for people."""

    key: str
    cases: Ints
    findings: tuple[Finding, ...]


def attention(view: View, unit: int, *, people: bool) -> list[Attention]:
    """Rules that something in the unit's subtree does not keep on the day. `people`: whether people may be named."""
    inside = view.inside(unit)
    found = [_committees(view, inside), _too_small(view, inside)]
    if people:
        found.append(_probations(view, inside))
    return [one for one in found if len(one.cases)]


def _cells(view: View, inside: Bools) -> Bools:
    return np.isin(view.structure.kinds(view.on), [KIND_CODE[kind] for kind in CELL_KINDS]) & inside


def _committees(view: View, inside: Bools) -> Attention:
    rule, official = COMMITTEE_MINIMUM.at(view.on), view.official.direct
    wanting = _cells(view, inside) & (official >= rule.value) & ~view.with_cell_committee()
    words = ("members.cell_needs_committee", "members.cells_need_committee")
    return _told(view, "committee", np.flatnonzero(wanting), words, rule, official)


def _too_small(view: View, inside: Bools) -> Attention:
    rule, official = CELL_MINIMUM.at(view.on), view.official.direct
    small = _cells(view, inside) & (official < rule.value)
    words = ("members.cell_too_small", "members.cells_too_small")
    return _told(view, "small", np.flatnonzero(small), words, rule, official)


def _told(view: View, key: str, cases: Ints, words: tuple[str, str], rule: Step[int], has: Ints) -> Attention:
    one, many = words
    if len(cases) > _NAMED:
        facts: dict[str, object] = {"count": len(cases), "needs": rule.value}
        return Attention(key, cases, (Finding.of_rule(many, rule, facts=facts),))
    findings = []
    for case in cases:
        place = int(case)
        facts = {"unit": view.structure.name(place, view.on), "has": int(has[place]), "needs": rule.value}
        findings.append(Finding.of_rule(one, rule, facts=facts, value=view.structure.codes[place]))
    return Attention(key, cases, tuple(findings))


def _probations(view: View, inside: Bools) -> Attention:
    rule = PROBATION_MONTHS.at(view.on)
    rows = view.long_probation()
    rows = rows[inside[view.columns.stays.unit[rows]]]
    if len(rows) > _NAMED:
        facts: dict[str, object] = {"count": len(rows), "months": rule.value}
        return Attention(
            "probation", rows, (Finding.of_rule("members.probations_long", rule, facts=facts, blocks=False),)
        )
    findings = []
    for person in people_of(view, rows):
        facts = {"name": person.full_name, "since": person.admitted_on or person.decided_on}
        about = str(person.pk)
        findings.append(Finding.of_rule("members.probation_long", rule, facts=facts, blocks=False, value=about))
    return Attention("probation", rows, tuple(findings))


def people_of(view: View, rows: Ints) -> list[Person]:
    """The people of some stays, in Vietnamese order."""
    ids = view.columns.people.ids[view.columns.stays.person[rows]].tolist()
    found = Person.objects.select_related("last_unit").defer("identity_sealed", "identity_mark").filter(pk__in=ids)
    return list(found.order_by(Collate(F("name_key"), "C"), "pk"))


# The ledger of a year


def balance_finding(view: View, unit: int, during: Period) -> Finding:
    """Opening + in − out = closing, for one unit."""
    made = view.balance(during)
    facts = {
        "year": during.start.year,
        "opening": int(made.opening[unit]),
        "came": int(made.came[:, unit].sum()),
        "went": int(made.went[:, unit].sum()),
        "closing": int(made.closing[unit]),
    }
    return Finding("members.ledger_balances", ok=int(made.difference[unit]) == 0, facts=facts)


def entries_of(person: Person) -> list[Movement]:
    """Every entry of the person's ledger, the newest first, counter-entries included."""
    found = Movement.objects.filter(person=person).select_related("reorganisation", "reverses", "reversed_by")
    return list(found.order_by("-on", "-pk"))


def changes(person: Person) -> list[PersonChange]:
    """Every change of the person's particulars, the newest first."""
    return list(person.changes.order_by("-seq", "pk"))


def readings(person: Person, most: int) -> list[dict[str, Any]]:
    """Who looked at what of the person, how often and when last; the latest first.

    Another system is named beside the user whose rights it has, as it was when it read.
    """
    grouped = person.readings.values("user_id", "user_name", "what").annotate(times=Count("id"), last=Max("at"))
    rows: list[dict[str, Any]] = [dict(row) for row in grouped.order_by("-last")[:most]]
    return named(rows)


def named(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Readings with the reader's `name` in full, and by which door they came where it was no page."""
    ids = {row["user_id"] for row in rows}
    names = dict(User.objects.filter(pk__in=ids).values_list("pk", "full_name"))
    return [{**row, "name": _reader(names.get(row["user_id"], ""), row["user_name"])} for row in rows]


def _reader(full_name: str, noted: str) -> str:
    door = noted[noted.index(" (") :] if " (" in noted else ""
    return f"{full_name}{door}" if full_name else noted


def last_entry(entries: Sequence[Movement]) -> Movement | None:
    """The newest entry that counts and belongs to this person alone: the one that can be taken back."""
    for entry in entries:
        if entry.reverses_id is None and not hasattr(entry, "reversed_by"):
            return entry if entry.reorganisation_id is None else None
    return None


def tree_ended(view: View, unit: int) -> list[int]:
    """Units that last stood under the unit and no longer exist."""
    held = view.structure
    ended = [
        place
        for place in range(len(held))
        if (placements := [p for p in held.placements[place] if p.during.start <= view.on])
        and placements[-1].parent == unit
        and held.ended[place] <= view.number
    ]
    return sorted(ended, key=lambda place: view.structure.rank(place, view.on))


def top_units(view: View, actor: Actor) -> list[int]:
    """Where the actor's tree begins: units they may see whose superior they may not."""
    held, scope = view.structure, actor.scope("organisation.view")
    if scope.everything:
        return held.roots(view.shape)
    alive = held.alive(view.shape)
    seen = [held.index[unit_id] for unit_id in scope.unit_ids if alive[held.index[unit_id]]]
    inside = set(seen)
    top = [place for place in seen if held.parent(place, view.shape) not in inside]
    return sorted(top, key=lambda place: view.structure.rank(place, view.shape))


def ended_on(view: View, unit: int) -> date | None:
    """The first day on which the unit no longer existed, if that has come."""
    number = int(view.structure.ended[unit])
    return day_of(number) if number <= view.number else None
