"""Which unit a line of a spreadsheet means: by code, or by name among the units of the one it was handed in for."""

from __future__ import annotations

from datetime import date

from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, Refused
from nhiemky.domain.names import clean, fold
from nhiemky.domain.organisation.kinds import KIND
from nhiemky.members.services.ledger import WRITE
from nhiemky.organisation import selectors as organisation

Found = tuple[int | None, Finding | None]


class Units:
    """The units inside one on a day that the actor may write in, by what people call them.

    Raises:
        Refused: the unit does not exist on the day.
    """

    def __init__(self, actor: Actor, top: int, on: date) -> None:
        self.held, self.top, self.on = organisation.structure(), top, on
        if not self.held.alive(on)[top]:
            facts = {"unit": organisation.unit_name(top, on), "on": on}
            raise Refused(Finding("exchange.unit_not_there", field="day", facts=facts))
        scope = actor.scope(WRITE)
        self.inside = {
            place
            for place, within in enumerate(self.held.tree(on).inside(top).tolist())
            if within and int(self.held.ids[place]) in scope
        }
        self.names: dict[str, set[int]] = {}
        for place in self.inside:
            name = fold(self.held.name(place, on))
            for form in (name, name.removeprefix("chi bo ")):
                self.names.setdefault(form, set()).add(place)
        self._known: dict[tuple[str, str, str], Found] = {}

    def of(self, code: str, name: str, section: str) -> Found:
        """The id of the unit, or why there is none; without any word the unit that the file was handed in for."""
        key = (code, name, section)
        if key not in self._known:
            self._known[key] = self._found(code, name, section)
        return self._known[key]

    def _found(self, code: str, name: str, section: str) -> Found:
        for field, text in (("unit_code", code), ("unit_name", name)):
            if text:
                return self._named(field, text)
        places = self._places(section) if section else set()
        if len(places) == 1:
            return self._id(places.pop()), None
        version = self.held.version(self.top, self.on)
        if version is not None and KIND[version.kind].has_members:
            return self._id(self.top), None
        return None, Finding("exchange.unit_missing", field="unit_name", facts={"unit": self._name(self.top)})

    def _named(self, field: str, text: str) -> Found:
        places = self._places(text)
        if len(places) == 1:
            return self._id(places.pop()), None
        facts: dict[str, object] = {"unit": self._name(self.top)}
        if places:
            facts["codes"] = ", ".join(sorted(self.held.codes[place] for place in places))
            return None, Finding("exchange.unit_ambiguous", field=field, value=text, facts=facts)
        return None, Finding("exchange.unit_unknown", field=field, value=text, facts=facts)

    def _places(self, text: str) -> set[int]:
        place = self.held.by_code.get(text, self.held.by_code.get(text.upper()))
        if place is not None and place in self.inside:
            return {place}
        name = fold(clean(text))
        return set(self.names.get(name) or self.names.get(name.removeprefix("chi bo ").removeprefix("cb ")) or ())

    def _id(self, place: int) -> int:
        return int(self.held.ids[place])

    def _name(self, place: int) -> str:
        return self.held.name(place, self.on)
