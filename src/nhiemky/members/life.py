"""The life of a unit as a timeline: founded, renamed, converted, moved, merged, split, dissolved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhiemky.core.components import LifeEvent, Link
from nhiemky.core.numbers import write_number
from nhiemky.domain.organisation.structure import Link as Came
from nhiemky.domain.organisation.structure import Version
from nhiemky.domain.periods import DAY
from nhiemky.members.sums import View
from nhiemky.organisation.models import Placement, Reorganisation, UnitVersion
from nhiemky.organisation.wording import kind_name, sector_name

GoTo = Callable[[int], str]
_LISTED = 8


@dataclass
class _Step:
    """What happened on one day, by one decision."""

    texts: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    by: Reorganisation | None = None


class Life:
    """Gathers a unit's steps. `goes_to` gives the address of another unit's page, or nothing."""

    def __init__(self, view: View, unit: int, goes_to: GoTo, *, counts: bool) -> None:
        self.view, self.unit, self.goes_to, self.counts = view, unit, goes_to, counts
        self.held = view.structure
        self.steps: dict[date, _Step] = {}
        self.decisions = self._decisions()

    def _decisions(self) -> dict[date, Reorganisation]:
        """The decision behind each day of the unit's rows."""
        unit_id = int(self.held.ids[self.unit])
        found: dict[date, Reorganisation] = {}
        for model in (UnitVersion, Placement):
            rows = model._default_manager.filter(unit_id=unit_id).select_related("opened_by", "closed_by")
            for row in rows:
                if row.opened_by is not None:
                    found[row.during.lower] = row.opened_by
                if row.closed_by is not None:
                    found[row.during.upper] = row.closed_by
        return found

    def events(self) -> list[LifeEvent]:
        """The timeline, newest first."""
        self._beginning()
        self._changes()
        self._moves()
        self._relations()
        self._end()
        events = [self._event(day, step) for day, step in sorted(self.steps.items(), reverse=True)]
        if self.held.version(self.unit, self.view.on) is not None and self.view.structure_day is None:
            events.insert(0, LifeEvent(self._today(), day=self.view.on, now=True))
        return events

    def _today(self) -> str:
        """What there is on the day looked at."""
        below = len(self.view.children(self.unit))
        parts = []
        if self.counts:
            members = self.view.members.of(self.unit) or 0
            parts.append(ngettext("%(n)s member", "%(n)s members", members) % {"n": write_number(members)})
        if below or not parts:
            parts.append(ngettext("%(n)s sub-unit", "%(n)s sub-units", below) % {"n": write_number(below)})
        return ", ".join(parts)

    def _event(self, day: date, step: _Step) -> LifeEvent:
        links = list(step.links)
        decision = self.decisions.get(day)
        if decision is not None:
            url = reverse("organisation:reorganisation", args=[decision.pk])
            links.append(Link(_("Decision %(number)s, before and after") % {"number": decision.number}, url))
        later = day > self.view.on
        return LifeEvent("; ".join(step.texts), day=day, links=links, note=_("still to come") if later else "")

    def _at(self, day: date) -> _Step:
        return self.steps.setdefault(day, _Step())

    def _versions(self) -> list[Version]:
        return self.held.versions[self.unit]

    def _beginning(self) -> None:
        first = self._versions()[0]
        if not any(link.successor == self.unit and link.on == first.during.start for link in self.held.links):
            facts = {"name": first.name, "kind": kind_name(first.kind)}
            self._at(first.during.start).texts.append(_("Founded as %(name)s (%(kind)s)") % facts)

    def _changes(self) -> None:
        versions = self._versions()
        for old, new in pairwise(versions):
            texts = self._at(new.during.start).texts
            if old.name != new.name:
                texts.append(_("Renamed from %(old)s to %(new)s") % {"old": old.name, "new": new.name})
            if old.kind != new.kind:
                facts = {"old": kind_name(old.kind), "new": kind_name(new.kind)}
                texts.append(_("Converted from “%(old)s” to “%(new)s”") % facts)
            if old.sector != new.sector:
                facts = {"old": sector_name(old.sector), "new": sector_name(new.sector)}
                texts.append(_("Sector changed from “%(old)s” to “%(new)s”") % facts)

    def _moves(self) -> None:
        placements = self.held.placements[self.unit]
        for old, new in pairwise(placements):
            if old.parent == new.parent or old.parent is None or new.parent is None:
                continue
            facts = {
                "old": self.held.name(old.parent, new.during.start - DAY),
                "new": self.held.name(new.parent, new.during.start),
            }
            self._at(new.during.start).texts.append(_("Moved from %(old)s to %(new)s") % facts)

    def _relations(self) -> None:
        came: dict[tuple[date, str, bool], list[Came]] = {}
        for link in self.held.links:
            if self.unit in (link.predecessor, link.successor):
                came.setdefault((link.on, link.how, link.successor == self.unit), []).append(link)
        words = {
            ("merge", True): _("Merged from"),
            ("merge", False): _("Merged into"),
            ("split", True): _("Split from"),
            ("split", False): _("Split; from it came"),
            ("dissolve", True): _("Took over from"),
            ("dissolve", False): _("Dissolved; its members or sub-units went to"),
        }
        for (day, how, from_others), links in came.items():
            others = [link.predecessor if from_others else link.successor for link in links]
            step = self._at(day)
            names = self._linked(others, day - DAY if from_others else day, step)
            step.texts.append(f"{words[how, from_others]} {names}")

    def _linked(self, units: list[int], day: date, step: _Step) -> str:
        for unit in units[:_LISTED]:
            step.links.append(Link(self.held.name(unit, day), self.goes_to(unit)))
        return ngettext("%(n)s organisation", "%(n)s organisations", len(units)) % {"n": len(units)}

    def _end(self) -> None:
        end = self._versions()[-1].during.end
        if end is not None and not any(link.predecessor == self.unit and link.on == end for link in self.held.links):
            self._at(end).texts.append(_("Dissolved"))
