"""The column that shows of each row why it was counted: ethnic group, exempt since, standing, sector, term, end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from nhiemky.domain.members.ethnic_groups import ETHNIC_GROUPS
from nhiemky.domain.members.kinds import MOVEMENT_CODE
from nhiemky.domain.organisation.kinds import BODY_KINDS, SECTOR
from nhiemky.domain.organisation.structure import FOREVER, Ints
from nhiemky.domain.periods import day_of
from nhiemky.domain.reporting import wording
from nhiemky.reporting.declaring import Indicator, Text
from nhiemky.reporting.listing import Row
from nhiemky.reporting.selectors import Asked

Shown = str | date | None


@dataclass(frozen=True)
class Proof:
    """The column's title and how it is read from a row."""

    title: Text
    read: Callable[[Row], Shown]


_STANDINGS = {True: Text("chính thức", "official"), False: Text("dự bị", "probationary")}
_UNTIL = Text("đến {day}", "until {day}")


def proof(now: Asked, indicator: Indicator, language: str) -> Proof | None:
    """None where another column shows it already (sex, date of birth, kind, day), or nothing needs showing."""
    made = _Proofs(now, language)
    key = indicator.key
    if key.startswith(("members.sector.", "units.sector.")) or key == "units.founded.non_state":
        return Proof(Text("Loại hình", "Sector"), made.sector)
    if key.endswith(".minority"):
        return Proof(Text("Dân tộc", "Ethnic group"), made.ethnic_group)
    chosen: dict[str, tuple[Text, Callable[[Row], Shown]]] = {
        "members.total": (Text("Tư cách", "Standing"), made.standing),
        "members.official": (Text("Tư cách", "Standing"), made.standing),
        "members.probationary": (Text("Tư cách", "Standing"), made.standing),
        "members.exempt": (Text("Miễn từ ngày", "Exempt since"), made.exempt_since),
        "cells.residential.with_committee": (Text("Nhiệm kỳ chi ủy", "Committee's term"), made.term),
        "units.dissolved": (Text("Ngày cuối", "Last day"), made.last_day),
        "units.merged_into": (Text("Ngày cuối", "Last day"), made.last_day),
    }
    return Proof(*chosen[key]) if key in chosen else None


class _Proofs:
    """Reads what a row does not carry from the arrays it was counted from."""

    def __init__(self, now: Asked, language: str) -> None:
        self.now, self.language = now, language
        self.columns, self.structure = now.facts.columns, now.facts.structure
        self._stay: Ints | None = None
        self._exempt: dict[int, int] | None = None
        self._terms: dict[int, int] | None = None

    def _person(self, row: Row) -> int:
        return int(np.searchsorted(self.columns.people.ids, row.person_id or 0))

    def ethnic_group(self, row: Row) -> Shown:
        return ETHNIC_GROUPS.get(int(self.columns.people.ethnic_group[self._person(row)]), "")

    def standing(self, row: Row) -> Shown:
        if self._stay is None:
            self._stay = np.full(len(self.columns.people.ids), -1, dtype=np.int64)
            self._stay[self.now.day.people] = self.now.day.stays
        stay = int(self._stay[self._person(row)])
        return "" if stay < 0 else _STANDINGS[bool(self.columns.stays.official[stay])].in_language(self.language)

    def exempt_since(self, row: Row) -> Shown:
        """The day of the last entry that exempted the person, up to the day asked for."""
        if self._exempt is None:
            moves = self.columns.movements
            chosen = (moves.kind == MOVEMENT_CODE["exemption_on"]) & (moves.day <= self.now.day.number)
            order = np.argsort(moves.day[chosen], kind="stable")
            pairs = zip(moves.person[chosen][order].tolist(), moves.day[chosen][order].tolist(), strict=True)
            self._exempt = dict(pairs)
        day = self._exempt.get(self._person(row))
        return None if day is None else day_of(day)

    def sector(self, row: Row) -> Shown:
        """Of a person's unit on the day asked for; of a unit itself, on its own last day if it ended before."""
        place = self.structure.by_code[row.code or row.unit_code]
        version = self.structure.last_version(place, self.now.question.on)
        sector = SECTOR.get(version.sector) if version else None
        return "" if sector is None else sector.en if self.language == "en" else sector.vi

    def term(self, row: Row) -> Shown:
        if self._terms is None:
            terms, today = self.columns.terms, self.now.day.number
            held = (terms.body == BODY_KINDS.index("cell_committee")) & (terms.start <= today) & (today < terms.end)
            self._terms = dict(zip(terms.unit[held].tolist(), terms.end[held].tolist(), strict=True))
        end = self._terms.get(self.structure.by_code[row.code])
        if end is None or end >= FOREVER:
            return ""
        return _UNTIL.in_language(self.language).format(day=wording.write_day(day_of(end - 1)))

    def last_day(self, row: Row) -> Shown:
        ended = int(self.structure.ended[self.structure.by_code[row.code]])
        return None if ended >= FOREVER else day_of(ended - 1)
