"""What is wrong with the register on purpose: about 1.5 % of the members, in the ways in which registers are wrong.

Values are spoilt before they are written; the ledger is never touched, so that no figure of the past depends on it. A
few people are then entered a second time, through the service, as happens where a cell receives a member whom
the register holds already.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from nhiemky.audit.services import current_seq, record, service
from nhiemky.core.copying import copy_rows
from nhiemky.demo.book import YEAR, Bools, Ints
from nhiemky.demo.people import TARGET
from nhiemky.domain.access import Actor
from nhiemky.domain.organisation.structure import FOREVER
from nhiemky.domain.periods import Period, day_number
from nhiemky.domain.quality.confirming import last_day_of, quarter_before, quarter_of
from nhiemky.members.models import Person, Stay
from nhiemky.members.services.entering import PersonData, person_receive
from nhiemky.members.services.ledger import Paper
from nhiemky.members.sums import View
from nhiemky.organisation import selectors as organisation
from nhiemky.quality.looking import Look, look

Texts = NDArray[np.object_]
_SEED = 20260420
# Fields left empty: so many of a whole province's people.
_EMPTY = {
    "phone": 420, "home_place": 180, "general_education": 150, "political_theory": 120, "qualification": 90,
    "religion": 60, "file_number": 80, "identity_number": 110,
}  # fmt: skip
_BEGIN, _REPORT = day_number(date(2015, 1, 1)), day_number(date(2023, 1, 1))
TWICE_ON = date(2026, 3, 16)


@dataclass
class Written:
    """What is about to be written of the people: texts by field, days, and who is a member, official or not."""

    texts: dict[str, Texts]
    birth: Ints
    admitted: Ints
    official: Ints
    present: Bools

    def is_official(self, rows: Ints) -> Bools:
        there: Bools = self.official[rows] != FOREVER
        return there

    def long_official(self, rows: Ints) -> Bools:
        """Official, and admitted before the records begin: figures of 2021 and 2022 say nothing of their days."""
        return self.is_official(rows) & (self.admitted[rows] < _BEGIN)

    def ages(self, rows: Ints, on: Ints | int) -> NDArray[np.float64]:
        """Years of age, on a day or each on one of their own."""
        aged: NDArray[np.float64] = ((on if isinstance(on, int) else on[rows]) - self.birth[rows]) / YEAR
        return aged


def spoil(people: Written) -> None:
    """Make some of the values wrong, each of a person of their own."""
    rng = np.random.default_rng(_SEED)
    members = rng.permutation(np.flatnonzero(people.present))
    scale, used = len(members) / TARGET, [0]

    def take(count: int, fits: Callable[[Ints], Bools]) -> Ints:
        left = members[used[0] :]
        chosen = left[fits(left)][: max(1, round(count * scale))]
        members[used[0] :] = np.concatenate([chosen, left[~np.isin(left, chosen)]])
        used[0] += len(chosen)
        return chosen

    for key, count in _EMPTY.items():
        people.texts[key][take(count, _anybody)] = ""
    people.texts["card_number"][take(70, people.is_official)] = ""
    early = take(15, lambda rows: ~people.is_official(rows))
    people.texts["card_number"][early] = [f"9{n:07}" for n in range(1, len(early) + 1)]
    _wrong_digits(people.texts["identity_number"], take)
    _shared(people.texts["file_number"], take(8, _anybody))
    _wrong_days(people, take)


def _anybody(rows: Ints) -> Bools:
    return np.ones(len(rows), dtype=bool)


Take = Callable[[int, Callable[[Ints], Bools]], Ints]


def _wrong_digits(numbers: Texts, take: Take) -> None:
    for person in take(60, _anybody).tolist():  # the digit of century and sex
        number = numbers[person]
        numbers[person] = number[:3] + str(int(number[3]) ^ 1) + number[4:]
    for person in take(60, _anybody).tolist():  # two digits of the year turned round, or one off
        number, year = numbers[person], numbers[person][4:6]
        turned = year[::-1] if year[0] != year[1] else f"{(int(year) + 1) % 100:02}"
        numbers[person] = number[:4] + turned + number[6:]
    for person in take(12, _anybody).tolist():  # no such province
        numbers[person] = "9" + numbers[person][1:]


def _shared(numbers: Texts, people: Ints) -> None:
    """The same file number given twice."""
    for one, other in zip(people[::2].tolist(), people[1::2].tolist(), strict=False):
        numbers[other] = numbers[one]


def _wrong_days(people: Written, take: Take) -> None:
    """Years and days mistyped so that they cannot be; the identity numbers, made from the right ones, tell.

    Nobody changes the age group that the figures of 2021 and 2022 count them in.
    """
    young = take(4, lambda rows: _young_when_admitted(people, rows))
    people.birth[young] = people.admitted[young] - round(17.2 * YEAR)
    ancient = take(3, lambda rows: people.long_official(rows) & _between(people.ages(rows, _REPORT), 66, 90))
    people.birth[ancient] -= round(50 * YEAR)


def _young_when_admitted(people: Written, rows: Ints) -> Bools:
    young = people.ages(rows, people.admitted) < 19.6
    return people.long_official(rows) & young & _between(people.ages(rows, _REPORT), 44, 50)


def _between(ages: NDArray[np.float64], low: int, high: int) -> Bools:
    within: Bools = (ages >= low) & (ages < high)
    return within


# Who is entered twice


def enter_twice(actor: Actor, today: date) -> int:
    """Enter some members again: in another cell of their commune, and in another commune. How many."""
    if today <= TWICE_ON:
        return 0
    pairs = _pairs(today)
    for number, (person, code) in enumerate(pairs):
        assert person.decided_on is not None
        assert person.admitted_on is not None
        person_receive(
            actor=actor, person=_again(person, number), unit_code=code, on=TWICE_ON, place="Bình Dương",
            paper=Paper(f"{number + 1}-GTSHĐ", TWICE_ON, ""), today=today, decided_on=person.decided_on,
            admitted_on=person.admitted_on, official_on=person.official_on,
        )  # fmt: skip
    return len(pairs)


def _pairs(today: date) -> list[tuple[Person, str]]:
    """A member of every so many communes, with the code of the cell in which they are entered again."""
    held = organisation.structure()
    there = held.alive(today)
    communes = sorted(code for code, place in held.by_code.items() if code.startswith("X25-") and there[place])
    cells = {code: _hamlets(held.by_code[code], today) for code in communes}
    chosen = ["X25-21034", *[code for code in communes if code != "X25-21034"][:: max(1, len(communes) // 6)]]
    found = []
    for number, code in enumerate(chosen):
        own, other = cells[code], cells[chosen[(number + 1) % len(chosen)]]
        person = _official_of(own[1]) if len(own) > 1 and other else None
        if person is not None:
            found.append((person, held.codes[own[0] if number % 2 == 0 else other[0]]))
    return found


def _hamlets(commune: int, today: date) -> list[int]:
    """Residential cells of the commune that were there when people were entered again, and still are."""
    held = organisation.structure()
    kinds = [(place, held.version(place, TWICE_ON)) for place in held.children(commune, today)]
    return sorted(place for place, v in kinds if v and v.kind == "cell" and v.sector == "residential")


def _official_of(place: int) -> Person | None:
    """The first of the cell who has long been official, with two middle names where there is one."""
    unit_id = int(organisation.structure().ids[place])
    stays = Stay.objects.filter(unit_id=unit_id, standing="official", during__upper_inf=True)
    people = Person.objects.filter(pk__in=stays.filter(during__startswith__lt=TWICE_ON).values("person_id"))
    named = [p for p in people.exclude(home_place="").order_by("pk") if len(p.full_name.split()) > 2]
    return max(named, key=lambda p: (len(p.full_name.split()), -p.pk), default=None)


def _again(person: Person, number: int) -> PersonData:
    """The person as another cell wrote them down: no numbers, and each time something else spelt differently."""
    family, *middle, given = person.full_name.split()
    names: Mapping[int, str] = {
        1: " ".join((family, *middle, _misheard(given))),
        2: " ".join((family, *(middle[1:] or middle), given)),
        3: person.full_name.upper().title(),
    }
    return PersonData(
        full_name=names.get(number % 4, person.full_name), sex=person.sex,
        birth_date=person.birth_date if number % 4 != 3 else date(person.birth_date.year, 1, 1),
        birth_year_only=number % 4 == 3, ethnic_group=person.ethnic_group, home_place=person.home_place,
        phone=person.phone if number % 2 else "", occupation=person.occupation,
        general_education=person.general_education,
    )  # fmt: skip


def _misheard(name: str) -> str:
    """The name as one writes it who only heard it: n and ng, i and y fall together in the south."""
    for heard, wrote in (("ng", "n"), ("n", "ng"), ("i", "y"), ("y", "i"), ("c", "t"), ("t", "c"), ("h", "n")):
        if name.endswith(heard):
            return name.removesuffix(heard) + wrote
    return name + "n"


# What was confirmed and noted before today

# How much more was open at the end of each of the last quarters than is now.
_BEFORE = (2.6, 2.1, 1.7, 1.25)
# So many of the cells have confirmed the list of the last quarter, and of this one already.
_CONFIRMED = (0.86, 0.41)
_LIST = ("unit_id", "quarter", "on", "members", "official", "note", "user_name", "at", "seq")


@service
def write_lists(actor: Actor, today: date) -> None:
    """Scores at the end of the last quarters, and the lists that most cells have confirmed."""
    seen, quarters = look(View(today)), [quarter_before(quarter_of(today))]
    while len(quarters) < len(_BEFORE):
        quarters.insert(0, quarter_before(quarters[0]))
    places, seq = np.flatnonzero(seen.members > 0), current_seq()
    ids, members = seen.view.structure.ids[places], seen.members[places]
    scores = [
        (unit, last_day_of(quarter), count, max(0, count - round(more * still)), seq)
        for quarter, more in zip(quarters, _BEFORE, strict=True)
        for unit, count, still in zip(
            ids.tolist(), members.tolist(), (members - seen.fine[places]).tolist(), strict=True
        )
    ]
    copy_rows("quality_score", ("unit_id", "on", "members", "fine", "seq"), scores)
    lists = _confirmed(seen, quarters[-1], today)
    copy_rows("quality_confirmation", _LIST,
              [(*row, "", actor.name, f"{row[2]} 09:00+07", seq) for row in lists])  # fmt: skip
    facts = {"lists": len(lists), "scores": len(scores)}
    record("demo.lists_written", actor=actor, subject="demo", facts=facts)


def _confirmed(seen: Look, last: Period, today: date) -> list[tuple[int, date, date, int, int]]:
    """Unit, quarter, day, members and official members; of this quarter only what is before today."""
    rng, size = np.random.default_rng(_SEED), len(seen.view.structure)
    official = np.bincount(seen.units[seen.view.columns.stays.official[seen.rows]], minlength=size)
    own, ids = np.bincount(seen.units, minlength=size), seen.view.structure.ids
    rows = []
    for quarter, share in zip((last, quarter_of(today)), _CONFIRMED, strict=True):
        days = max(1, (min(today, last_day_of(quarter)) - quarter.start).days)
        for place in np.flatnonzero((own > 0) & (rng.random(size) < share)).tolist():
            day_ = quarter.start + timedelta(days=int(rng.integers(0, days)))
            rows.append((int(ids[place]), quarter.start, day_, int(own[place]), int(official[place])))
    return rows
