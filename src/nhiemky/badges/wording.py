"""Sentences for the findings and acts of badges, and what bases and states are called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: dict[str, str | Promise] = {
    # Two records of one person
    "badges.merge_same_level": _(
        "Both have the badge for %(years)s years (decisions %(number)s and %(other)s). Withdraw the one recorded in "
        "error first."
    ),
    "badges.merge_too_young": _(
        "The badge for %(years)s years (%(number)s) was given by Party age, and the kept person's age counts from "
        "%(decided)s. Correct the day of the decision to admit first, or keep the other one."
    ),
    "badges.merge_same_round": _("Both have a special case in the round of %(day)s. Remove one of the two first."),
    "badges.no_round": _(
        "Badges are not given on %(on)s. The yearly days are 3 February, 19 May, 2 September and 7 November."
    ),
    "badges.round_too_far": _("Who is due on %(on)s can still change. The coming round is that of %(coming)s."),
    "badges.no_such_level": _("There is no badge for %(years)s years."),
    "badges.has_died": _("The person has died: choose the posthumous badge."),
    "badges.still_alive": _("The ledger tells of no death. Book it first, or choose another basis."),
    "badges.too_early_ill": _(
        "In serious illness the badge for %(years)s years comes at most %(months)s months early; Party age counts from "
        "%(decided)s."
    ),
    "badges.too_early_dead": _(
        "After death (%(on)s) the badge for %(years)s years comes at most %(months)s months early; Party age counts "
        "from %(decided)s."
    ),
    "badges.reached_already": _("The %(years)s years are reached by the day; no early badge is needed."),
    "badges.due_anyway": _("The person is counted in this round anyway."),
    "badges.not_due": _("The badge for %(years)s years does not come due in this round, so nothing can be held back."),
    "badges.not_reached": _("On %(on)s the person has not reached %(years)s years (Party age from %(decided)s)."),
    "badges.reason_missing": _("Say why; the reason stays beside it."),
    "badges.not_official": _("Party age counts only for official members."),
    "badges.not_a_member": _("The person is not a member at the moment."),
    "badges.case_already": _("The person has a special case in this round already. Take it out first."),
    "badges.given_already": _("The badge for %(years)s years was given already (decision %(number)s)."),
    "badges.decided_already": _("The badge has been given; withdraw the badge instead."),
    "badges.nobody_due": _("Nobody waits for a badge in the round of %(on)s."),
    "badges.number_taken": _("A decision of this number and day is recorded already."),
    "badges.withdrawn_already": _("This badge is withdrawn already."),
    "badges.probation_short": _(
        "The probation (%(decided)s to %(official)s) is shorter than %(months)s months, the least its time knew: check "
        "the day of the decision."
    ),
    "badges.coming": _("%(count)s members are due for a badge in the round of %(on)s"),
    "badges.age": _("Badge no. %(id)s was given before its Party age was reached."),
}
RULES: dict[str, str | Promise] = {
    "badges.levels": _("levels of the Party badge"),
    "badges.days": _("days on which badges are given"),
    "badges.early_illness": _("earlier badge in serious illness"),
    "badges.early_posthumous": _("posthumous badge"),
    "badges.money": _("money that goes with a badge"),
}
ACTIONS: dict[str, str | Promise] = {
    "badges.special_added": _(
        "put person no. %(subject)s into the badge round of %(day)s (%(years)s years, special case)"
    ),
    "badges.special_removed": _("took the special case of person no. %(subject)s out of the badge round of %(day)s"),
    "badges.round_decided": _("recorded decision %(number)s on %(badges)s badges of “%(subject)s”, round of %(day)s"),
    "badges.badge_withdrawn": _("withdrew the badge for %(years)s years of person no. %(subject)s: %(reason)s"),
}
BASES = {
    "due": _("Party age reached"),
    "illness": _("early, seriously ill"),
    "posthumous": _("posthumous"),
    "late": _("late, missed before"),
    "held": _("held back"),
}
STATES = {"due": _("to be decided"), "given": _("given"), "held": _("held back")}
TONES = {"due": "warn", "given": "good", "held": "off"}
