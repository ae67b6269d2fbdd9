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
    "reporting.target_no_unit": _("The organisation %(unit)s does not exist in %(year)s."),
    "reporting.target_year": _("No target can be set for %(year)s."),
    "reporting.target_size": _("The target of %(unit)s must lie between 1 and %(most)s."),
    "reporting.target_needs_source": _("Name the paper that sets the targets."),
    "reporting.nothing_changed": _("No target differs from what is set already."),
    "reporting.behind_target": _(
        "%(admitted)s of %(target)s admissions in %(year)s: behind the part of the year passed"
    ),
    "reporting.units_behind_target": _(
        "%(count)s of %(of)s organisations reached less of their target of %(year)s than the year has passed"
    ),
}
ACTIONS: Mapping[str, str | Promise] = {
    "reporting.target_set": _("set the target of %(subject)s for %(year)s to %(value)s (%(source)s)"),
    "reporting.target_withdrawn": _("withdrew the target of %(subject)s for %(year)s (it was %(before)s)"),
}
