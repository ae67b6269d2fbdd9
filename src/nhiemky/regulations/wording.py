"""Sentences for the findings and acts of regulations; what stages, acts and outcomes are called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: dict[str, str | Promise] = {
    "regulations.not_in_stage": _("That does not go with where the regulation stands now. Look at its page again."),
    "regulations.in_future": _("%(on)s has not come yet (today is %(today)s)."),
    "regulations.before_last_step": _("%(on)s lies before the last step, which was on %(since)s."),
    "regulations.reason_missing": _("Say what was found, or why; it stays with the regulation."),
    "regulations.change_missing": _(
        "A regulation is in force: say whether the new document amends, supplements, replaces or repeals it."
    ),
    "regulations.nothing_to_change": _("No document is in force yet, so the first one is new."),
    "regulations.same_document": _("That is the document the regulation stands by already."),
    "regulations.review_not_later": _("The next review (%(day)s) must lie after %(on)s."),
    "regulations.review_missing": _("Say when it is looked at again."),
    "regulations.nothing_to_keep": _("No document is in force that could be kept. Draft one, or give it up."),
    "regulations.subject_missing": _("Say what it regulates."),
    "regulations.not_of_unit": _("That document was not issued by this organisation or an office of it."),
    "regulations.document_cancelled": _("That document is cancelled."),
    "regulations.under_care": _("That document is under care already: “%(subject)s”."),
    "regulations.nothing_changes": _("That is the day that is set."),
    "regulations.reviews_due": _("%(count)s regulations are due for review"),
    "regulations.to_hand_over": _(
        "%(count)s regulations of organisations that have ended wait for you to say who takes them over"
    ),
    "regulations.will_wait": _(
        "%(count)s regulations are of organisations without a whole successor; the one above must say who takes "
        "them over."
    ),
    "regulations.begun_since": _("%(count)s regulations were taken under care by founded organisations since."),
    "regulations.opinions_over": _(
        "%(count)s drafts of regulations have all opinions, or their days to answer are over"
    ),
}
ACTIONS: dict[str, str | Promise] = {
    "regulations.work_passed_on": _("the regulation “%(title)s” went from %(from)s to %(to)s"),
    "regulations.regulation_entered": _("took the regulation “%(subject_matter)s” under care"),
    "regulations.regulation_review_begun": _("began to review “%(subject_matter)s”: %(reason)s"),
    "regulations.regulation_drafted": _("wrote version %(version)s of “%(subject_matter)s”"),
    "regulations.regulation_opinions_asked": _("asked for opinions on “%(subject_matter)s”: %(reason)s"),
    "regulations.regulation_appraised": _("noted the appraisal of “%(subject_matter)s”: %(reason)s"),
    "regulations.regulation_issued": _("noted that “%(subject_matter)s” was issued"),
    "regulations.regulation_kept": _("kept “%(subject_matter)s” as it is: %(reason)s"),
    "regulations.regulation_withdrawn": _("gave up the change of “%(subject_matter)s”: %(reason)s"),
    "regulations.regulation_review_day_set": _("set the next review of “%(subject_matter)s”: %(reason)s"),
}
STAGES: dict[str, Promise] = {
    "review": _("under review"),
    "drafting": _("being drafted"),
    "opinions": _("out for opinions"),
    "appraisal": _("appraised"),
}
OUTCOMES: dict[str, Promise] = {
    "issued": _("issued"),
    "kept": _("kept as it is"),
    "withdrawn": _("given up"),
}
# What the buttons say, and what the life of a regulation tells.
BUTTONS: dict[str, Promise] = {
    "begin": _("Begin a review"),
    "write": _("Write the draft"),
    "ask": _("Ask for opinions"),
    "appraise": _("Note the appraisal"),
    "issue": _("Issued: enter the document"),
    "keep": _("Keep as it is"),
    "withdraw": _("Give the change up"),
}
DONE: dict[str, Promise] = {
    "enter": _("taken under care"),
    "begin": _("review begun"),
    "write": _("draft written"),
    "ask": _("asked for opinions"),
    "appraise": _("appraised"),
    "issue": _("issued"),
    "keep": _("kept as it is"),
    "withdraw": _("change given up"),
    "review_day": _("next review set"),
    "follow": _("came along from an organisation that has ended"),
    "await": _("came from an organisation that has ended; who takes it over is to be decided"),
    "undo": _("went back, as the reorganisation was undone"),
    "hand_over": _("given to the organisation that takes it over"),
}
CHANGES: dict[str, Promise] = {
    "new": _("is the first one"),
    "amends": _("amends the one in force"),
    "supplements": _("supplements the one in force"),
    "replaces": _("replaces the one in force"),
    "repeals": _("repeals the one in force"),
}
