"""Badge rounds of the demo: those from 19 May 2026 on are decided, the coming one has its first special cases."""

from __future__ import annotations

from datetime import date, timedelta

from nhiemky.badges import services
from nhiemky.badges.services import Special
from nhiemky.domain.access import Actor
from nhiemky.domain.badges import rules
from nhiemky.domain.periods import day_number
from nhiemky.members.models import Person
from nhiemky.members.services.ledger import Paper
from nhiemky.members.snapshot import columns
from nhiemky.organisation import selectors as organisation

PROVINCE, AN_PHU = "T-51", "X25-21034"
FIRST = date(2026, 5, 19)
_BODY = "Ban Thường vụ Tỉnh ủy Quảng Ngãi"
# How long before its day a round is decided on.
_AHEAD = timedelta(days=20)


def write(actor: Actor, today: date) -> None:
    """Decide what has passed, then enter who is seriously ill for the round ahead."""
    day, number = FIRST, 1583
    while day <= today:
        paper = Paper(f"{number}-QĐ/TU", day - _AHEAD, _BODY)
        services.round_decide(actor=actor, unit_code=PROVINCE, day=day, paper=paper, today=today)
        day, number = rules.coming_round(day + timedelta(days=1)), number + 97
    for who, years in (_soon(AN_PHU, day) or _soon(PROVINCE, day))[:2]:
        paper = Paper("118-TTr/ĐU", today - timedelta(days=3), "Ban Thường vụ Đảng ủy xã An Phú")
        special = Special(years, rules.ILLNESS, "Bệnh nặng, Đảng ủy xã đề nghị xét tặng sớm", paper)
        services.special_add(actor=actor, person_id=who, day=day, special=special, today=today)


def _soon(code: str, day: date) -> list[tuple[int, int]]:
    """Official members of the organisation who reach a level within the months by which illness brings it forward."""
    structure, held = organisation.structure(), columns()
    inside = structure.tree(day).inside(structure.by_code[code])
    rows = held.stays.on(day_number(day))
    rows = rows[held.stays.official[rows] & inside[held.stays.unit[rows]]]
    ids = held.people.ids[held.stays.person[rows]].tolist()
    found = []
    people = Person.objects.filter(pk__in=ids, decided_on__isnull=False).order_by("pk")
    for who, decided in people.values_list("pk", "decided_on"):
        assert decided is not None
        for level in rules.LEVELS.at(day).value:
            if not rules.check_special(rules.ILLNESS, level, decided, day, None):
                found.append((who, level))
    return found
