"""What holds after every act of a storm, whatever it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
from django.conf import settings
from django.db.models import Max
from django.utils.module_loading import import_string

from builders import SYSTEM
from nhiemky.admissions import cases
from nhiemky.admissions import selectors as admissions
from nhiemky.admissions.models import Case
from nhiemky.config.checking import check
from nhiemky.domain.members.kinds import MOVEMENT
from nhiemky.domain.organisation.kinds import KIND
from nhiemky.domain.periods import year_to
from nhiemky.members.models import Movement, Stay
from nhiemky.members.sums import Measure, View
from nhiemky.organisation import selectors as organisation
from nhiemky.organisation.models import Placement, Reorganisation, Succession
from nhiemky.transfers import selectors as transfers
from storm.weather import FIRST, Storm

Sums = dict[str, int]
Figures = dict[tuple[str, date, date | None], Sums]


def assert_sound(storm: Storm) -> None:
    """Every property of a moment; of what changed since another one `Asked` knows."""
    assert broken() == {}
    assert_in_one_place(storm.today)
    assert_sums_follow_from_entries(storm.today)
    assert_restated_sums_agree(storm)
    assert_letters_are_on_a_desk(storm.today)
    assert_cases_are_on_a_desk(storm.today)
    assert_desks_can_be_asked(storm.today)


def assert_desks_can_be_asked(today: date) -> None:
    """Every part but the rights: on the days of the storm the rules of theirs were not in force yet."""
    for path in settings.NHIEMKY_DESKS:
        if ".rights." not in path:
            list(import_string(path)(SYSTEM, today))


def broken() -> dict[str, object]:
    return {name: part["findings"] for name, part in check()["checks"].items() if not part["ok"]}  # type: ignore[attr-defined]


def _replayed(day: date) -> dict[int, int]:
    """Where everybody is at the end of the day, by the entries alone: the last one that counts."""
    counted = Movement.objects.filter(reverses=None, reversed_by=None, on__lte=day).order_by("on", "pk")
    last = {entry.person_id: entry for entry in counted}
    return {person: entry.to_unit_id for person, entry in last.items() if not MOVEMENT[entry.kind].leaves}


def assert_in_one_place(day: date) -> None:
    """Who has come and not gone is in exactly one cell, one that exists; nobody else is anywhere."""
    held, there = organisation.structure(), list(Stay.objects.filter(during__contains=day))
    assert Counter(stay.person_id for stay in there) == Counter(_replayed(day).keys())
    for stay in there:
        version = held.version(held.index[stay.unit_id], day)
        assert version is not None
        assert KIND[version.kind].has_members


def assert_sums_follow_from_entries(day: date) -> None:
    """The figure of every unit is counted again from entries and placements, by nothing that the pages count with."""
    above = dict(Placement.objects.filter(during__contains=day).values_list("unit_id", "parent_id"))
    sums: Counter[int] = Counter()
    for unit in _replayed(day).values():
        place: int | None = unit
        while place is not None:
            sums[place] += 1
            place = above[place]
    assert _by_code(View(day).members) == {organisation_code(unit): count for unit, count in sums.items()}


def organisation_code(unit_id: int) -> str:
    held = organisation.structure()
    return held.codes[held.index[unit_id]]


def _by_code(measure: Measure) -> Sums:
    """What a measure says of every unit; nothing of those it says 0 or nothing certain of."""
    held = organisation.structure()
    return {code: count for place, code in enumerate(held.codes) if (count := measure.of(place))}


def assert_restated_sums_agree(storm: Storm) -> None:
    """Under the structure of its own day a sum is the sum as it was; under any other the whole is the same whole."""
    days = (storm.today, storm.today - timedelta(days=40), FIRST)
    for on in days:
        was = View(on)
        assert _by_code(View(on, on).members) == _by_code(was.members)
        for shape in days:
            restated = View(on, shape)
            roots = [restated.members.of(root) for root in restated.structure.roots(shape)]
            assert sum(root or 0 for root in roots) == len(was.columns.stays.on(was.number))
            _assert_parts_make_the_whole(restated, shape)


def _assert_parts_make_the_whole(restated: View, shape: date) -> None:
    """Where every part is certain, a unit's sum is that of its parts and of what it holds itself."""
    members, tree = restated.members, restated.structure.tree(shape)
    places = members.places
    assert places is not None
    for unit in np.flatnonzero(tree.first >= 0).tolist():
        parts = [members.of(part) for part in restated.structure.children(unit, shape)]
        own = (places.lowest == places.first[unit]) & (places.highest == places.first[unit])
        if None not in (*parts, members.of(unit)) and bool((places.lowest == places.highest)[members.direct > 0].all()):
            assert members.of(unit) == sum(part or 0 for part in parts) + int(members.direct[own].sum())


def assert_letters_are_on_a_desk(today: date) -> None:
    """A letter can be confirmed, or the sender is told that it can only be withdrawn; who is away is not here."""
    withdrawn_only = {letter.pk for letter in transfers.overtaken(SYSTEM)}
    listed = {letter.pk for letter in transfers.outgoing(SYSTEM)}
    for letter in transfers.visible_transfers(SYSTEM).filter(state="sent"):
        assert letter.pk in listed
        assert (letter.pk in withdrawn_only) != transfers.still_where_sent(letter, today)
        if letter.target_unit_id is not None:
            assert_can_be_received(letter.target_unit_id, today)
    here = set(Stay.objects.filter(during__contains=today).values_list("person", flat=True))
    assert here.isdisjoint(letter.person_id for letter in transfers.away(SYSTEM))
    assert here.issuperset(stay.person_id for stay in transfers.guests(SYSTEM, today))


def assert_can_be_received(target: int, today: date) -> None:
    """The addressed organisation has been there; once it has ended, whatever has come of it receives its letters."""
    held = organisation.structure()
    assert held.last_version(held.index[target], today) is not None
    for heir in _come_of(target, today):
        assert transfers.belongs_to(held.index[heir], target, today)


def _come_of(unit: int, today: date) -> list[int]:
    held = organisation.structure()
    if held.version(held.index[unit], today) is not None:
        return [unit]
    heirs = Succession.objects.filter(predecessor=unit, on__lte=today).values_list("successor", flat=True)
    return [last for heir in heirs for last in _come_of(heir, today)]


def assert_cases_are_on_a_desk(today: date) -> None:
    """Every open case is in a cell that exists, so that somebody leads it on; no case is both open and closed."""
    held = organisation.structure()
    opened = admissions.open_cases(SYSTEM, today)
    for standing in opened:
        version = held.version(held.index[standing.unit_id], today)
        assert version is not None
        assert KIND[version.kind].has_members
        assert admissions.acting(standing, "authority", today)
    closed = set(cases.rows().filter(cases.CLOSED).values_list("pk", flat=True))
    assert {standing.pk for standing in opened}.isdisjoint(closed)
    assert len(opened) + len(closed) == Case.objects.count()


class Asked:
    """Figures that somebody has asked for: they stay what they were but for days from which on something changed."""

    def __init__(self, storm: Storm) -> None:
        self.storm = storm
        self.movements, self.applied, self.undone = self._marks()
        self.figures = self._ask()

    def _marks(self) -> tuple[int, int, int]:
        reorganisations = Reorganisation.objects.aggregate(a=Max("applied_seq"), u=Max("undone_seq"))
        last = Movement.objects.aggregate(last=Max("pk"))["last"]
        return last or 0, reorganisations["a"] or 0, reorganisations["u"] or 0

    def _days(self) -> list[date]:
        return [date(2023, 12, 31), date(2024, 6, 30), *(date(2024, 3, 4) + timedelta(days=n) for n in (150, 330, 500))]

    def _ask(self) -> Figures:
        found: Figures = {}
        days = [day for day in self._days() if day <= self.storm.today]
        for day in days:
            view = View(day)
            found["members", day, None] = _by_code(view.members)
            found["probationary", day, None] = _by_code(view.probationary)
            found["balance", day, None] = _flows(view, day)
            for shape in days:
                found["members", day, shape] = _by_code(View(day, shape).members)
        return found

    def _since(self) -> tuple[date, date]:
        """From which day on anything changed, and from which the organisation did."""
        entered = list(Movement.objects.filter(pk__gt=self.movements).values_list("on", flat=True))
        applied = Reorganisation.objects.filter(applied_seq__gt=self.applied)
        undone = Reorganisation.objects.filter(undone_seq__gt=self.undone)
        decided = [*applied.values_list("effective_on", flat=True), *undone.values_list("effective_on", flat=True)]
        shaken = min(decided, default=date.max)
        return min([*entered, shaken]), shaken

    def assert_unchanged(self) -> None:
        changed, shaken = self._since()
        now = self._ask()
        for (name, day, shape), sums in self.figures.items():
            if day < changed and (shape is None or shape < shaken):
                assert now[name, day, shape] == sums, (name, day, shape)


def _flows(view: View, day: date) -> Mapping[str, int]:
    made = view.balance(year_to(day))
    held = view.structure
    assert not made.difference.any()
    return {code: flow for place, code in enumerate(held.codes) if (flow := int(made.came[:, place].sum()))}
