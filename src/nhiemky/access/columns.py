"""The columns of the list of grants."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.access.models import Grant
from nhiemky.access.selectors import ended_units
from nhiemky.access.wording import ROLES
from nhiemky.core.lists import Column
from nhiemky.domain.access import Actor
from nhiemky.organisation import selectors as organisation


class _Told:
    """What is told of a grant to a reader on a day."""

    def __init__(self, actor: Actor, today: date) -> None:
        self.actor, self.today = actor, today
        self.held = organisation.structure()
        self.ended = frozenset(ended_units(today))

    def unit(self, grant: Grant) -> str:
        return self.held.name(self.held.index[grant.unit_id], self.today)

    def state(self, grant: Grant) -> str:
        if grant.withdrawn:
            return _("withdrawn")
        return _("organisation has ended") if grant.unit_id in self.ended else ""

    def tone(self, grant: Grant) -> str:
        return "off" if grant.withdrawn else "warn" if grant.unit_id in self.ended else ""

    def deed(self, grant: Grant) -> str:
        """Nobody ends their own, and nothing ends twice."""
        over = grant.withdrawn or (grant.during.upper is not None and grant.during.upper <= self.today)
        return "" if over or grant.user_id == self.actor.user_id else _("end")


def columns(actor: Actor, today: date) -> tuple[Column[Grant], ...]:
    """Who, which role, over what, and from when until when."""
    told = _Told(actor, today)
    return (
        Column("user", gettext_lazy("User"), lambda g: g.user.full_name, sort=("user__full_name",),
               href=lambda g: f"{reverse('access:explain')}?user={g.user.username}&unit={g.unit.code}"),
        Column("role", gettext_lazy("Role"), lambda g: ROLES[g.role]),
        Column("unit", gettext_lazy("Over"), told.unit, sortable=False),
        Column("state", gettext_lazy("Remark"), told.state, sortable=False, tone=told.tone),
        Column("code", gettext_lazy("Code"), lambda g: g.unit.code, sort=("unit__code",), minor=True),
        Column("start", gettext_lazy("First day"), lambda g: g.during.lower, sort=("during",)),
        Column("until", gettext_lazy("No longer from"), lambda g: g.during.upper, sortable=False),
        Column("deed", gettext_lazy("Actions"), told.deed, sortable=False,
               href=lambda g: reverse("access:grant_end", args=[g.pk])),
    )  # fmt: skip
