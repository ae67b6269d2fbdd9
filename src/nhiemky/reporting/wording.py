"""Sentences of this app's findings and audit events."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: Mapping[str, str | Promise] = {
    "reporting.no_such_indicator": _("There is no indicator “%(key)s”."),
    "reporting.day_outside_year": _("The day %(on)s does not lie in the year %(year)s."),
    "reporting.in_the_future": _("Nothing can be counted for days after today (%(today)s)."),
    "reporting.no_such_year": _("%(year)s is no year that can be asked for."),
    "reporting.no_target_kept": _("No target can be set for “%(key)s”."),
    "reporting.target_too_early": _("%(unit)s does not exist in %(year)s."),
    "reporting.target_same": _("The target of %(unit)s for %(year)s is %(value)s already."),
    "reporting.target_set": _("Set the target of %(unit)s for %(year)s to %(value)s (before: %(before)s)"),
    "reporting.target_withdrawn": _("Withdrew the target of %(unit)s for %(year)s (it was %(before)s)"),
}
