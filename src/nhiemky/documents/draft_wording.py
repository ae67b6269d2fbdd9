"""Sentences for drafts and the opinions on them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: dict[str, str | Promise] = {
    "documents.draft_has_no_text": _("The draft has no text yet. Write the first version, then ask about it."),
    "documents.nobody_asked": _("Name at least one body to be asked."),
    "documents.asked_twice": _("%(value)s is named twice, or was asked about this version already."),
    "documents.days_to_answer": _("%(value)s working days to answer: give 1 to %(most)s."),
    "documents.no_such_body": _("No organisation with the code “%(value)s” exists today."),
    "documents.opinion_unsaid": _("Say what should change, and why."),
    "documents.answer_before_asked": _("The answer is of %(on)s, but the body was asked only on %(asked)s."),
    "documents.opinions_wait": _(
        "%(count)s bodies have not answered and have time until %(due)s. Go on when they have answered, or after that "
        "day."
    ),
    "documents.draft_empty": _("There is no text. Type it, or choose a file with text in it."),
    "documents.draft_same": _("This is word for word version %(version)s, which is there already."),
    "documents.answered_already": _(
        "The answer was given on %(on)s and stays. To a new version of the draft a new answer is asked."
    ),
    "documents.draft_closed": _("The draft was closed on %(on)s; nothing is answered any more."),
    "documents.opinions_late": _("%(count)s opinions that we were asked for are overdue"),
    "documents.opinions_to_decide": _(
        "%(count)s opinions were asked of organisations that have ended; say who gives them"
    ),
    "documents.body_ended": _("The organisation that was asked has ended; whoever asked says who answers."),
    "documents.will_wait": _(
        "%(count)s opinions are asked of organisations without a whole successor; whoever asked must say who gives "
        "them."
    ),
    "documents.begun_since": _("%(count)s opinions were asked of founded organisations since."),
    "documents.opinions_open": _("%(count)s opinions that we were asked for are to be given"),
}
ACTIONS: dict[str, str | Promise] = {
    "documents.work_passed_on": _("the opinion asked on “%(title)s” went from %(from)s to %(to)s"),
    "documents.opinion_struck": _("noted that nobody gives an opinion on “%(title)s” any more: %(reason)s"),
    "documents.opinion_given": _("gave an opinion on “%(title)s”"),
}
STANCES: dict[str, Promise] = {
    "agrees": _("agrees"),
    "changes": _("agrees, with changes"),
    "disagrees": _("does not agree"),
}
STANDINGS: dict[str, Promise] = {
    "waiting": _("awaited"),
    "overdue": _("not answered in time"),
    "in_time": _("answered in time"),
    "late": _("answered late"),
    "to_decide": _("has ended, to be decided"),
    "struck": _("nobody answers"),
}
STANDING_TONES = {"waiting": "warn", "overdue": "bad", "in_time": "good", "late": "warn",
                   "to_decide": "bad", "struck": "off"}  # fmt: skip
