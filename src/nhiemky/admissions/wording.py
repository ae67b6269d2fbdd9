"""Sentences for the findings and acts of admissions, and what its steps, stages and papers are called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STEPS: dict[str, str | Promise] = {
    "noted": _("Noted as an outstanding individual, helper assigned"),
    "course": _("Awareness course finished"),
    "application": _("Application and personal history handed in"),
    "recommendation": _("Recommended by members"),
    "background": _("Personal history checked"),
    "opinions": _("Opinions of organisations and of the residence gathered"),
    "cell_vote": _("Cell considers and votes"),
    "sectional": _("Sectional committee appraises"),
    "grassroots": _("Grassroots committee resolves"),
    "decision": _("Committee with authority decides"),
    "ceremony": _("Ceremony of admission"),
    "member_course": _("Course for new members finished"),
    "reviews": _("Self-review and the helper's comment"),
    "official_opinions": _("Opinions on the probationary member gathered"),
    "official_vote": _("Cell considers the official status"),
    "official_sectional": _("Sectional committee appraises the official status"),
    "official_grassroots": _("Grassroots committee resolves on the official status"),
    "official_decision": _("Decision on the official status"),
}
STAGES: dict[str, str | Promise] = {
    "source": _("Outstanding individuals"),
    "file": _("File being made"),
    "cell": _("Before the cell"),
    "committees": _("Before the committees"),
    "ceremony": _("Waiting for the ceremony"),
    "probation": _("On probation"),
    "recognition": _("Official status to consider"),
    "official": _("Official members"),
    "ended": _("Ended otherwise"),
}
ACTORS: dict[str, str | Promise] = {
    "political_centre": _("political centre"),
    "cell_secretary": _("cell secretary"),
    "cell_committee": _("cell committee"),
    "cell": _("the cell's meeting"),
    "sectional": _("sectional committee"),
    "grassroots": _("grassroots committee"),
    "authority": _("committee with authority"),
}
STATUSES: dict[str, tuple[str | Promise, str]] = {
    "done": (_("done"), "good"),
    "next": (_("to do"), "warn"),
    "waiting": (_("waiting"), "off"),
    "late": (_("overdue"), "bad"),
}
OUTCOMES: dict[str, str | Promise] = {
    "admit": _("admit"),
    "refuse": _("do not admit"),
    "recognise": _("recognise as an official member"),
    "strike_off": _("strike off the list of members"),
}
ENDS: dict[str, str | Promise] = {
    "withdrawn": _("the person withdrew"),
    "refused": _("a body refused"),
}
SPONSORS: dict[str, str | Promise] = {"helper": _("helper"), "recommender": _("recommends")}

MESSAGES: dict[str, str | Promise] = {
    # Two records of one person
    "admissions.merge_open": _(
        "The case of %(name)s is open though its admission was taken back in the ledger. End the case first."
    ),
    "admissions.merge_no_entry": _(
        "A case rests on an entry of %(on)s in the ledger that the kept person has not, in the same cell. Keep the "
        "other one, or book it for this one first."
    ),
    "admissions.merge_two_cases": _(
        "Both have a case that rests on the entry of %(on)s. End the case in the wrong record by taking that entry "
        "back: the record then leaves the register by itself."
    ),
    "admissions.merge_stands_by": _(
        "One of the two stands by the case of the other (%(name)s); nobody stands by their own. Change that case first."
    ),
    # Votes
    "admissions.nobody_to_vote": _(
        "Nobody is counted who could vote on this day: the ledger has no official member of the cell then, or no seat "
        "of the committee is recorded and no number was typed."
    ),
    "admissions.more_present": _("%(present)s present, but only %(base)s count."),
    "admissions.votes_do_not_add_up": _(
        "For, against and blank make %(counted)s, but %(present)s were present. One of the numbers is wrong."
    ),
    "admissions.vote_missing": _("This step is a vote: give the counts."),
    "admissions.cell_ballot_passed": _(
        "Passed on %(on)s: %(in_favour)s for, of %(base)s official members (needed %(needed)s; present %(present)s, "
        "against %(against)s, blank %(blank)s)"
    ),
    "admissions.cell_ballot_rejected": _(
        "Rejected on %(on)s: %(against)s against, of %(base)s official members (needed %(needed)s; present "
        "%(present)s, for %(in_favour)s, blank %(blank)s)"
    ),
    "admissions.cell_ballot_undecided": _(
        "Not passed on %(on)s: %(short)s votes too few. %(in_favour)s for; needed %(needed)s of all %(base)s official "
        "members, present or not (present %(present)s, against %(against)s, blank %(blank)s)"
    ),
    "admissions.committee_ballot_passed": _(
        "Passed on %(on)s: %(in_favour)s for, of %(base)s committee members (needed %(needed)s)"
    ),
    "admissions.committee_ballot_rejected": _(
        "Rejected on %(on)s: %(against)s against, of %(base)s committee members (needed %(needed)s)"
    ),
    "admissions.committee_ballot_undecided": _(
        "Not passed on %(on)s: %(short)s votes too few. %(in_favour)s for; needed %(needed)s of all %(base)s committee "
        "members"
    ),
    # Limits and conditions
    "admissions.limit_kept": _("Done on %(on)s, after the last day %(due)s"),
    "admissions.limit_kept.ok": _("Done on %(on)s, within the limit that ended on %(due)s"),
    "admissions.papers_held": _(
        "On %(on)s the certificate of the course or the check of the personal history no longer held (until %(due)s)"
    ),
    "admissions.papers_held.ok": _("Certificate and check held on %(on)s (until %(due)s)"),
    "admissions.too_old": _(
        "Above %(oldest)s years on %(on)s (born %(born)s): the committee directly under the centre decides"
    ),
    "admissions.education_low": _(
        "Below lower secondary education: only where the Secretariat's guidance makes an exception"
    ),
    "admissions.too_young": _("On %(on)s not yet %(needs)s years old (born %(born)s)."),
    "admissions.recommenders_few": _("At least %(needs)s members must recommend; %(has)s are given."),
    "admissions.recommender_new": _(
        "Has worked with the person since %(since)s only; at least %(months)s months are needed by %(on)s."
    ),
    "admissions.sponsor_not_official": _("On %(on)s this is no official member of the cell."),
    # Recording
    "admissions.case_known": _("The cell has an open case of “%(value)s” with this day of birth already."),
    "admissions.case_ended": _("The case ended on %(on)s; nothing more is recorded in it."),
    "admissions.case_not_ended": _("The case has not been ended."),
    "admissions.cases_left_behind": _(
        "%(count)s open admission cases would have no cell from %(on)s on. Name the cell that takes over the members "
        "of “%(value)s”, or end the cases first."
    ),
    "admissions.no_such_step": _("There is no such step: “%(value)s”."),
    "admissions.step_not_here": _(
        "“%(rule_code)s” does not belong to this case: the cell has no such organisation above it."
    ),
    "admissions.step_done": _("“%(rule_code)s” is recorded already. Strike that entry first if it is wrong."),
    "admissions.step_before": _("“%(rule_code)s” must come first."),
    "admissions.before_step": _("%(on)s lies before “%(rule_code)s” of %(earlier)s."),
    "admissions.in_future": _("%(on)s has not come yet."),
    "admissions.received_impossible": _("%(received)s is not between the day of the paper %(on)s and today."),
    "admissions.before_probation_ends": _(
        "Probation of %(months)s months ends on %(ends)s; before that the cell cannot consider the official status."
    ),
    "admissions.outcome_unknown": _("Say what was decided."),
    "admissions.paper_missing": _("Give the number of the paper."),
    "admissions.reason_missing": _("Say why; the reason stays with the case."),
    "admissions.struck_already": _("This entry is struck already."),
    "admissions.first_step_stays": _("With its first step the case itself would go. End the case instead."),
    "admissions.later_step": _("“%(rule_code)s” rests on it. Strike that entry first."),
    "admissions.person_in_register": _(
        "The person is in the register by now: particulars are changed on the person's own page."
    ),
    "admissions.ends_in_the_ledger": _(
        "After the ceremony a case ends by an entry of the ledger: recognition, striking off, a transfer out, death."
    ),
    "admissions.end_unknown": _("Say how the case ended."),
    "admissions.end_day": _("The day must lie between the last step (%(last)s) and today (%(today)s)."),
    # On the desk
    "admissions.desk_late": _("Overdue cases of admission: %(count)s"),
    "admissions.desk_next": _("Cases of admission with a step whose last day comes within 30 days: %(count)s"),
    "admissions.desk_probation": _("Probations that end within 60 days (prepare the official status): %(count)s"),
    # nhiemky check
    "admissions.claims": _("The case no. %(id)s and the entry of the ledger it claims do not fit."),
    "admissions.once": _("The entry no. %(id)s is claimed by more than one case."),
}
RULES: dict[str, str | Promise] = {
    **{f"admissions.step.{key}": name for key, name in STEPS.items()},
    "admissions.cell_majority": _("majority in the cell"),
    "admissions.committee_majority": _("majority in a committee"),
}
ACTIONS: dict[str, str | Promise] = {
    "admissions.case_opened": _("began the admission case no. %(subject)s"),
    "admissions.case_amended": _("corrected the admission case no. %(subject)s"),
    "admissions.case_ended": _("ended the admission case no. %(subject)s on %(on)s: %(reason)s"),
    "admissions.case_resumed": _("took the admission case no. %(subject)s up again: %(reason)s"),
    "admissions.step_taken": _("recorded a step of the admission case no. %(subject)s on %(on)s (paper %(paper)s)"),
    "admissions.step_struck": _("struck the step of %(on)s of the admission case no. %(subject)s: %(reason)s"),
    "admissions.list_exported": _("took a spreadsheet of admission cases along: %(subject)s (rows: %(rows)s)"),
    "admissions.papers_exported": _("took papers of the admission case no. %(subject)s along: %(papers)s"),
    "admissions.demo_cases_written": _("wrote the demo's admission cases (%(cases)s)"),
}
