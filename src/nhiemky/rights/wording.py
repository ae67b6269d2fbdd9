"""Sentences for the findings and acts of members' rights."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nhiemky.domain.rights.requests import WORDS

MESSAGES: dict[str, str | Promise] = {
    "rights.merge_two_accounts": _(
        "Both have an account for their own page. Withdraw the account of one of the two first."
    ),
    "rights.account_exists": _("The member has an account already. Hand over a new password instead."),
    "rights.no_such_kind": _("“%(value)s” is nothing that can be asked for here."),
    "rights.no_such_field": _("“%(value)s” is no particular that is kept."),
    "rights.why_missing": _("Say why; whoever decides must be able to follow it."),
    "rights.about_missing": _("Say what it is about."),
    "rights.number_in_text": _(
        "Twelve digits in a row look like an identity number. Leave it out: what is written here is stored in clear."
    ),
    "rights.no_such_addressee": _("“%(value)s” is neither the member's organisation nor one above it."),
    "rights.changed_meanwhile": _(
        "The register says something else by now than when this was asked for. Look at the value on this page, then "
        "grant it again if it is to be overwritten."
    ),
    "rights.changed_since": _(
        "“%(field)s” was changed after the member asked. Granting overwrites the newer value: compare the papers first."
    ),
    "rights.too_many_open": _("%(most)s requests wait for an answer already. Withdraw one, or wait for an answer."),
    "rights.asked_already": _("A request about this value waits for an answer already."),
    "rights.value_is_so": _("This is what the register says already. Write the value as it should be."),
    "rights.acknowledged_already": _("The member was told already that the request has arrived."),
    "rights.closed_already": _("The request is answered or withdrawn; nothing more can be done to it."),
    "rights.answer_missing": _("Write the answer: it is what the member asked for."),
    "rights.number_missing": _("Type the number from the card the member shows you."),
    "rights.refusal_without_reason": _("Say why it is refused."),
    "rights.refusal_without_source": _("Name the rule the refusal rests on: document and article."),
    "rights.owes_acknowledgement": _("The office says by %(on)s that the request has arrived."),
    "rights.owes_answer": _("The office carries it out or refuses it by %(on)s."),
    # Retention
    "rights.retention.ok": _(
        "%(years)s years after death, transfer out or leaving the Party nothing may be kept that tells who it was."
    ),
    "rights.nobody_chosen": _("Nobody is chosen. Mark people in the list, or take all of them."),
    "rights.not_due": _("%(count)s of the people are not due for shredding, or not of your units. Make the list anew."),
    "rights.request_open": _(
        "%(count)s of the people wait for the answer to a request. Answer it first: who asked must still be known."
    ),
    "rights.twin_out_of_reach": _(
        "%(count)s people who are the same person as one of these are kept by other units. Their office, or one above "
        "both, makes the list."
    ),
    "rights.list_changed": _(
        "By now somebody else in the register is known to be the same person as one on the list, or not any more. Put "
        "the list aside and make it anew."
    ),
    "rights.second_person": _("You made this list; somebody else must carry it out."),
    "rights.other_number": _("“%(value)s” is not the number of this decision. Type it from the paper."),
    "rights.shredding_closed": _("This list was carried out or put aside already."),
    # Today's work
    "rights.desk_overdue": _("Overdue requests of members: %(count)s"),
    "rights.desk_acknowledge": _("Requests of members to be acknowledged: %(count)s"),
    "rights.desk_answer": _("Requests of members to be carried out or refused: %(count)s"),
    "rights.desk_retention": _("People who left whose data are kept longer than the rule allows: %(count)s"),
    "rights.desk_shredding": _(
        "Decision %(number)s on shredding the data of %(count)s people waits for a second person"
    ),
}
RULES = {
    "rights.acknowledge_workdays": _("time to acknowledge a member's request"),
    "rights.carry_out_days": _("time to carry out a member's request"),
    "rights.retention_years": _("years for which data of people who left are kept"),
}
ACTIONS: dict[str, str | Promise] = {
    "rights.account_given": _("gave the member no. %(subject)s the account %(user)s"),
    "rights.account_password_handed": _("handed the member no. %(subject)s a new password for %(user)s"),
    "rights.account_withdrawn": _("closed the account %(user)s of the member no. %(subject)s"),
    "rights.request_made": _("made request %(request)s for the member no. %(subject)s"),
    "rights.request_acknowledged": _("acknowledged request %(request)s of the member no. %(subject)s"),
    "rights.request_granted": _("granted request %(request)s of the member no. %(subject)s"),
    "rights.request_refused": _("refused request %(request)s of the member no. %(subject)s"),
    "rights.request_withdrawn": _("withdrew request %(request)s"),
    "rights.data_exported": _("made a file of everything held about the member no. %(subject)s (%(form)s)"),
    "rights.shredding_prepared": _("listed %(people)s people for shredding by decision %(number)s"),
    "rights.shredding_dropped": _("put the list for shredding by decision %(number)s aside"),
    "rights.shreddings_repeated": _("shredded again the data of %(people)s people whom a restored backup brought back"),
    "rights.shredding_done": _("shredded the data of %(people)s people by decision %(number)s"),
}
STATE_NAMES = {
    "made": _("waits to be acknowledged"),
    "acknowledged": _("is being worked on"),
    "granted": _("granted"),
    "refused": _("refused"),
    "withdrawn": _("withdrawn"),
}
ACT_NAMES = {
    "made": _("Made"),
    "acknowledged": _("Acknowledged: the office has it"),
    "granted": _("Granted"),
    "refused": _("Refused"),
    "withdrawn": _("Withdrawn"),
}


def ask_name(kind: str) -> str:
    """What a kind of request is called."""
    return WORDS[kind][1 if (get_language() or "vi").startswith("en") else 0]


def state_name(state: str) -> str:
    """Where a request stands."""
    return str(STATE_NAMES[state])
