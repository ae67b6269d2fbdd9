"""Sentences for the findings and acts of directives."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: dict[str, str | Promise] = {
    # Asking
    "directives.no_such_kind": _("“%(value)s” is no kind of paper that can be asked for."),
    "directives.asked_in_future": _("%(on)s has not come yet (today is %(today)s)."),
    "directives.asked_before": _("Asked on %(on)s, but the directive was signed only on %(signed)s."),
    "directives.due_before": _("Due on %(due)s, before it was asked for (%(on)s)."),
    "directives.not_below": _(
        "“%(value)s” does not stand under the asking organisation today; one asks down the tree."
    ),
    "directives.unit_not_there": _("“%(value)s” does not exist today."),
    "directives.nobody_asked": _(
        "Nobody would be asked: choose kinds of organisation of which there are some, or name codes."
    ),
    "directives.directive_cancelled": _("%(document)s is cancelled; nothing can be asked by it."),
    "directives.asked_already": _(
        "%(count)s of these organisations (%(unit)s first) were asked for the same on %(on)s already. Leave them out, "
        "or withdraw that ask first."
    ),
    "directives.reason_missing": _("Say why; both sides read it."),
    "directives.withdrawn": _("This was withdrawn on %(on)s; nothing is asked any more."),
    # Answering
    "directives.answered_already": _("The answer of %(on)s is here already."),
    "directives.exempt_already": _("Exempt since %(on)s: %(reason)s"),
    "directives.still_owed": _("The answer is still owed; there is nothing to take back."),
    "directives.no_paper": _("Choose a document, or give number, day and title of the paper."),
    "directives.not_their_paper": _("The paper is not the organisation's own: another one issued it."),
    "directives.paper_cancelled": _("The paper is cancelled in the register of documents."),
    "directives.paper_before": _("The paper is of %(on)s, the directive only of %(signed)s: it cannot carry it out."),
    "directives.other_kind": _(
        "The paper is of another type than was asked for. If it is the answer all the same, tick “It is the answer”."
    ),
    "directives.no_issuer": _(
        "The committee of “%(value)s” is not among the issuers yet. Enter it under Documents, “Issuers”, first."
    ),
    "directives.to_be_decided": _(
        "The organisation has ended without a whole successor; who asked must first say who owes the answer."
    ),
    "directives.nothing_to_decide": _("The organisation that owes the answer exists; there is nothing to decide."),
    # Reminding
    "directives.nobody_late": _("Nobody is late with this today; there is nobody to remind."),
    "directives.reminded_today": _("All who are late were reminded today already."),
    # Reorganisations
    "directives.will_wait": _(
        "%(count)s answers are owed by organisations without a whole successor; whoever asked must say who owes them."
    ),
    "directives.asked_since": _("%(count)s answers were asked of or given by founded organisations since."),
    # On the desk
    "directives.mine_reminded": _("%(count)s answers of your organisation are late, and you were reminded"),
    "directives.mine_overdue": _("%(count)s answers to directives are overdue at your organisation"),
    "directives.mine_soon": _("%(count)s answers to directives are due soon at your organisation"),
    "directives.theirs_overdue": _("%(count)s answers that your organisation asked for are late"),
    "directives.to_decide": _("%(count)s answers owed by ended organisations wait for you to say who owes them"),
}
ACTIONS: dict[str, str | Promise] = {
    "directives.ask_made": _("asked %(count)s organisations to answer %(document)s by %(due)s"),
    "directives.ask_withdrawn": _("withdrew what was asked by %(document)s: %(reason)s"),
    "directives.answer_given": _("answered %(document)s for %(to)s: %(answer)s"),
    "directives.unit_exempted": _("exempted %(to)s from answering %(document)s: %(reason)s"),
    "directives.unit_reopened": _("asked %(to)s again to answer %(document)s: %(reason)s"),
    "directives.units_reminded": _("reminded %(count)s organisations of their answer to %(document)s"),
    "directives.asks_followed": _("let %(count)s answers owed by ended organisations follow"),
    "directives.asks_put_back": _("put %(count)s answers back to who owed them, decision %(number)s being undone"),
    "directives.owing_decided": _("decided that %(to)s owes the answer of %(before)s to %(document)s"),
    "directives.demo_written": _("wrote the asks of the demo"),
}
STATES = {
    "in_time": _("issued in time"),
    "issued_late": _("issued late"),
    "late": _("late"),
    "not_due": _("not yet due"),
    "exempt": _("exempted"),
    "withdrawn": _("withdrawn"),
}
TONES = {
    "in_time": "good", "issued_late": "warn", "late": "bad", "not_due": "off", "exempt": "off", "withdrawn": "off",
}  # fmt: skip
WHAT = {"programme": _("Programme"), "plan": _("Plan"), "report": _("Report")}
