"""Sentences for the findings and acts of proposals; what states, outcomes and acts are called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: dict[str, str | Promise] = {
    "proposals.not_in_state": _("That does not go with where the proposal stands now. Look at its page again."),
    "proposals.in_future": _("%(on)s has not come yet (today is %(today)s)."),
    "proposals.before_last_step": _("%(on)s lies before the last step, which was on %(since)s."),
    "proposals.reason_missing": _("Say why, or on which conditions; it stays with the proposal."),
    "proposals.title_missing": _("Say what is proposed."),
    "proposals.session_missing": _("Give the day of the session."),
    "proposals.session_over": _("The session of %(session)s was over on %(on)s."),
    "proposals.before_session": _("Noted as decided on %(on)s, but the session is on %(session)s."),
    "proposals.two_documents": _("Name the document, or take a number for it; not both."),
    "proposals.not_of_unit": _("The document of the decision is one of the committee that decided, or of its offices."),
    "proposals.document_cancelled": _("That document is cancelled."),
    "proposals.signed_before": _("The document was signed on %(on)s, before the session of %(session)s."),
    "proposals.outcome_missing": _("Say what was decided."),
    "proposals.not_approved": _("Nothing was approved from which a task could follow."),
    "proposals.to_note": _("%(count)s proposals came before a session; note what was decided"),
    "proposals.to_hand_over": _(
        "%(count)s proposals of organisations that have ended wait for you to say who takes them over"
    ),
    "proposals.will_wait": _(
        "%(count)s proposals are of organisations without a whole successor; the one above must say who takes "
        "them over."
    ),
    "proposals.begun_since": _("%(count)s proposals were begun by founded organisations since."),
    "proposals.to_submit": _("%(count)s drafts of proposals have all opinions, or their days to answer are over"),
}
ACTIONS: dict[str, str | Promise] = {
    "proposals.work_passed_on": _("the proposal “%(title)s” went from %(from)s to %(to)s"),
    "proposals.proposal_entered": _("began the proposal “%(title)s”"),
    "proposals.proposal_drafted": _("wrote version %(version)s of the proposal “%(title)s”"),
    "proposals.proposal_opinions_asked": _("asked for opinions on the proposal “%(title)s”: %(reason)s"),
    "proposals.proposal_submitted": _("submitted the proposal “%(title)s” to the session of %(reason)s"),
    "proposals.proposal_decided": _("noted what was decided on the proposal “%(title)s”"),
    "proposals.proposal_withdrawn": _("took the proposal “%(title)s” back: %(reason)s"),
    "proposals.proposal_condition_assigned": _("gave a task that follows from the proposal “%(title)s”: %(reason)s"),
}
STATES: dict[str, Promise] = {
    "drafting": _("being drafted"),
    "opinions": _("out for opinions"),
    "submitted": _("submitted"),
    "decided": _("decided"),
    "withdrawn": _("taken back"),
}
TONES = {"drafting": "off", "opinions": "warn", "submitted": "warn", "decided": "good", "withdrawn": "off"}
OUTCOMES: dict[str, Promise] = {
    "approved": _("approved"),
    "conditional": _("approved on conditions"),
    "returned": _("returned to be drafted again"),
    "refused": _("not approved"),
}
OUTCOME_TONES = {"approved": "good", "conditional": "good", "returned": "warn", "refused": "bad"}
BUTTONS: dict[str, Promise] = {
    "write": _("Write the draft"),
    "ask": _("Ask for opinions"),
    "submit": _("Submit to a session"),
    "decide": _("Note the decision"),
    "withdraw": _("Take the proposal back"),
    "condition": _("Give a task that follows"),
}
DONE: dict[str, Promise] = {
    "enter": _("begun"),
    "write": _("draft written"),
    "ask": _("asked for opinions"),
    "submit": _("submitted to the session of"),
    "decide": _("decided"),
    "withdraw": _("taken back"),
    "condition": _("task given"),
    "follow": _("came along from an organisation that has ended"),
    "await": _("came from an organisation that has ended; who takes it over is to be decided"),
    "undo": _("went back, as the reorganisation was undone"),
    "hand_over": _("given to the organisation that takes it over"),
}
