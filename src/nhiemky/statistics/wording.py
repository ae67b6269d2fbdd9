"""Sentences for the findings of statistics, and what a row of checks comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nhiemky.domain.findings import Finding

MESSAGES: dict[str, str | Promise] = {
    "statistics.not_begun": _("The period begins on %(on)s, and today is %(today)s. Choose an earlier one."),
    "statistics.day_outside": _("%(on)s does not lie in the period from %(first)s to %(last)s."),
    "statistics.unit_not_there": _(
        "“%(unit)s” did not exist on %(on)s (it existed from %(start)s to %(end)s). Choose another period, or restate "
        "the numbers under the structure of a day on which it existed."
    ),
    "statistics.before_the_records": _(
        "The records begin on %(first)s; nothing can be told of %(on)s. Choose a later period."
    ),
    "statistics.cannot_write": _("%(file)s cannot be written: %(why)s"),
    "statistics.balance": _(
        "Form 1 does not balance: opening %(opening)s + in %(came)s − out %(went)s is not closing %(closing)s. "
        "Run the check and tell the administrator."
    ),
    "statistics.balance.ok": _(
        "Form 1: opening %(opening)s + in %(came)s − out %(went)s = closing %(closing)s"
    ),
    "statistics.continued": _(
        "Form 1: the opening is %(opening)s, but the ledger of the period before comes to %(closing)s"
    ),
    "statistics.continued.ok": _("Form 1: the opening %(opening)s is what the period before closed with"),
    "statistics.parts_balance": _("Form 1: %(wrong)s of %(count)s parts do not balance"),
    "statistics.parts_balance.ok": _("Form 1: each of %(count)s parts balances"),
    "statistics.parts_sum": _(
        "On %(wrong)s of %(lines)s lines the parts do not add up to the whole (closing: %(sum)s and %(closing)s)"
    ),
    "statistics.parts_sum.ok": _(
        "On all %(lines)s lines the parts add up to the whole (closing: %(sum)s = %(closing)s)"
    ),
    "statistics.between": _("Between the parts %(went)s went out, but %(came)s came in"),
    "statistics.between.ok": _("Between the parts %(went)s went out and as many came in"),
    "statistics.admissions_agree": _("Form 2 tells of %(total)s admissions, form 1 of %(there)s"),
    "statistics.admissions_agree.ok": _("Form 2 tells of the %(total)s admissions of form 1"),
    "statistics.closing_agrees": _("Form %(form_code)s tells of %(total)s members, line D of form 1 of %(there)s"),
    "statistics.closing_agrees.ok": _("Form %(form_code)s tells of the %(total)s members of line D of form 1"),
    "statistics.breakdowns": _(
        "Form %(form_code)s: %(wrong)s of %(count)s breakdowns do not add up to the total of %(total)s"
    ),
    "statistics.breakdowns.ok": _("Form %(form_code)s: all %(count)s breakdowns add up to the total of %(total)s"),
    "statistics.standings": _(
        "Form 1: official %(official)s + probationary %(probationary)s is not closing %(closing)s"
    ),
    "statistics.standings.ok": _("Form 1: official %(official)s + probationary %(probationary)s = closing %(closing)s"),
    # Restated, where a former organisation was split
    "statistics.balance.inexact": _("Form 1: opening, in, out and closing are not all known exactly"),
    "statistics.continued.inexact": _("Form 1: opening and last closing are not both known exactly"),
    "statistics.parts_balance.inexact": _("Form 1: of %(count)s parts not all numbers are known exactly"),
    "statistics.parts_sum.inexact": _(
        "Not all numbers of the parts are known exactly; they enclose those of the whole"
    ),
    "statistics.between.inexact": _("What went from one part to another is not known exactly"),
    "statistics.admissions_agree.inexact": _("Forms 1 and 2: the admissions are not known exactly"),
    "statistics.closing_agrees.inexact": _("Forms 1 and %(form_code)s: the members are not known exactly"),
    "statistics.breakdowns.inexact": _("Form %(form_code)s: the total is not known exactly"),
    "statistics.standings.inexact": _("Form 1: the members are not known exactly"),
}  # fmt: skip
ACTIONS: dict[str, str | Promise] = {}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What all checks come to: a tone and words."""

    tone: str
    text: str


def summed_up(checks: Sequence[Finding]) -> Verdict:
    """Green where all agree; red where one does not; else what could not be checked."""
    wrong = sum(not check.ok and check.blocks for check in checks)
    unknown = sum(not check.ok and not check.blocks for check in checks)
    if wrong:
        return Verdict("bad", gettext("%(count)s checks fail") % {"count": wrong})
    if unknown:
        return Verdict("warn", gettext("%(count)s checks cannot be made") % {"count": unknown})
    return Verdict("good", gettext("all %(count)s checks agree") % {"count": len(checks)})
