"""Sentences of this app's findings and audit events."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: Mapping[str, str | Promise] = {
    "reporting.no_such_indicator": _("There is no indicator “%(key)s”."),
    "reporting.day_outside_year": _("The day %(on)s does not lie in the year %(year)s."),
    "reporting.in_the_future": _("Nothing can be counted for days after today (%(today)s)."),
    "reporting.before_the_records": _("There are no figures for %(year)s: the records begin in %(first_year)s."),
    "reporting.unit_not_founded": _(
        "%(unit)s did not exist yet in %(year)s; it was founded on %(born)s. "
        "Ask for it restated: --structure %(structure)s"
    ),
    "reporting.unit_ended": _(
        "%(unit)s did not exist any more in %(year)s. Ask for it restated: --structure %(structure)s"
    ),
    "reporting.unit_not_in_structure": _("%(unit)s is not part of the structure that was asked for."),
    "reporting.unit_not_on_the_day": _("%(unit)s does not exist on %(on)s."),
    "reporting.cannot_write": _("“%(path)s” cannot be written."),
    "reporting.no_such_folder": _("“%(path)s” cannot be written: there is no such folder."),
    "reporting.may_not_write": _("“%(path)s” cannot be written: the folder may not be written to."),
    "reporting.disk_is_full": _("“%(path)s” cannot be written: the disk is full."),
    "reporting.no_target_kept": _("No target can be set for “%(key)s”."),
    "reporting.target_no_unit": _("The organisation %(unit)s does not exist in %(year)s."),
    "reporting.target_year": _("No target can be set for %(year)s."),
    "reporting.target_size": _("The target of %(unit)s must lie between 1 and %(most)s."),
    "reporting.target_needs_source": _("Name the paper that sets the targets."),
    "reporting.nothing_changed": _("No target differs from what is set already."),
    "reporting.workbook_ready": _("The workbook is ready (%(size)s kB)."),
    "reporting.behind_target": _(
        "%(admitted)s of %(target)s admissions in %(year)s: behind the part of the year passed"
    ),
    "reporting.units_behind_target": _(
        "%(count)s of %(of)s organisations reached less of their target of %(year)s than the year has passed"
    ),
}
ACTIONS: Mapping[str, str | Promise] = {
    "reporting.targets_set": _("set %(count)s targets for %(year)s: %(units)s (%(source)s)"),
    "reporting.exported": _("took a spreadsheet of people along: %(subject)s, %(unit)s, %(year)s (rows: %(rows)s)"),
    "reporting.target_set": _("set the target of %(subject)s for %(year)s to %(value)s (%(source)s)"),
    "reporting.target_withdrawn": _("withdrew the target of %(subject)s for %(year)s (it was %(before)s)"),
}
