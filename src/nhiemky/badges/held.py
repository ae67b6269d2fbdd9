"""What badges hold about one person, for that person (`members.held.Provider`)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from nhiemky.badges.wording import BASES
from nhiemky.members.held import Section, paper, unit_name
from nhiemky.members.models import Person
from nhiemky.members.sums import View


def held(person: Person, view: View) -> Iterator[Section]:
    """Badges given, also those withdrawn, and why somebody was put into a round or held back."""
    heads = {"day": _("Round of"), "years": _("Years"), "basis": _("Basis"), "unit": _("Organisation"),
             "paper": _("Paper"), "paper_date": _("Day of the paper"), "withdrawn": _("Withdrawn because")}  # fmt: skip
    badges = person.badges.select_related("decision").order_by("-decision__day", "-pk")
    yield Section.of("badges", _("Party badges"), heads, (
        (b.decision.day, b.years, str(BASES[b.basis]), unit_name(view, b.unit_id, b.decision.day),
         paper(b.decision.number, b.decision.body), b.decision.decided_on, b.withdrawn_reason) for b in badges
    ))  # fmt: skip
    heads = {"day": _("Round of"), "years": _("Years"), "basis": _("Basis"), "reason": _("Reason"),
             "paper": _("Paper"), "paper_date": _("Day of the paper")}  # fmt: skip
    cases = person.badge_cases.order_by("-day")
    yield Section.of("badge_cases", _("Special cases of badge rounds"), heads, (
        (c.day, c.years, str(BASES[c.basis]), c.reason, paper(c.paper_number, c.paper_body), c.paper_date)
        for c in cases
    ))  # fmt: skip
