"""The columns of the list of tokens."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.api.models import Token
from nhiemky.api.selectors import holds
from nhiemky.core.lists import Column
from nhiemky.core.wording import PERMISSION_NAMES
from nhiemky.organisation import selectors as organisation


def _may(token: Token) -> str:
    return "; ".join(str(PERMISSION_NAMES[permission]) for permission in token.permissions)


def columns(today: date) -> tuple[Column[Token], ...]:
    """Which system, for what, over what, from when until when, and when it last came."""
    held = organisation.structure()

    def state(token: Token) -> str:
        if token.withdrawn_on is not None:
            return _("withdrawn")
        return _("in force") if holds(token, today) else _("not in force")

    def deed(token: Token) -> str:
        return "" if token.withdrawn_on is not None or token.during.upper <= today else _("withdraw")

    return (
        Column("name", gettext_lazy("System"), lambda t: t.name, sort=("name",)),
        Column("purpose", gettext_lazy("Purpose"), lambda t: t.purpose, sortable=False, minor=True),
        Column("owner", gettext_lazy("Responsible user"), lambda t: t.owner.full_name, sort=("owner__full_name",)),
        Column("unit", gettext_lazy("Over"), lambda t: held.name(held.index[t.unit_id], today), sortable=False),
        Column("may", gettext_lazy("The token may"), _may, sortable=False, minor=True),
        Column("start", gettext_lazy("First day"), lambda t: t.during.lower, sort=("during",), minor=True),
        Column("until", gettext_lazy("No longer from"), lambda t: t.withdrawn_on or t.during.upper, sortable=False),
        Column("used", gettext_lazy("Last used"), lambda t: t.last_used, sort=("last_used",)),
        Column("state", gettext_lazy("State"), state, sortable=False,
               tone=lambda t: "good" if holds(t, today) else "off"),
        Column("deed", gettext_lazy("Actions"), deed, sortable=False,
               href=lambda t: reverse("api:token_withdraw", args=[t.pk])),
    )  # fmt: skip
