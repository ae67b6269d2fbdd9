"""Where people go by reorganisations after a day, for many units at once."""

from __future__ import annotations

from datetime import date

from nhiemky.organisation.models import EnBloc, Reorganisation


class Ways:
    """What the reorganisations in force after a day do with the people of each unit; read once."""

    def __init__(self, on: date) -> None:
        found = EnBloc.objects.select_related("reorganisation").filter(
            reorganisation__status=Reorganisation.APPLIED, reorganisation__effective_on__gt=on
        )
        self.on, self.by_source = on, dict[int, list[EnBloc]]()
        for way in found.order_by("reorganisation__effective_on"):
            self.by_source.setdefault(way.source_id, []).append(way)

    def of(self, unit_id: int) -> list[EnBloc]:
        """One after the other, from the unit on the day until today and later."""
        found: list[EnBloc] = []
        on = self.on
        while (way := self.next(unit_id, on)) is not None:
            found.append(way)
            unit_id, on = way.target_id, way.reorganisation.effective_on
        return found

    def next(self, unit_id: int, on: date) -> EnBloc | None:
        """The first after a day that is not before the one asked for."""
        return next((w for w in self.by_source.get(unit_id, ()) if w.reorganisation.effective_on > on), None)
