"""Sentences for the findings and acts of transfers, and what kinds and states are called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nhiemky.domain.transfers.kinds import KIND

MESSAGES: dict[str, str | Promise] = {
    # Two records of one person
    "transfers.merge_both_open": _(
        "Letters %(number)s of %(on)s and %(other)s are both under way. Withdraw one of the two first."
    ),
    "transfers.merge_open_elsewhere": _(
        "Letter %(number)s of %(on)s is under way from an organisation where the kept person is not. Withdraw it "
        "first, or keep the other one."
    ),
    "transfers.merge_two_stays": _(
        "Letters %(number)s and %(other)s give two stays as a guest at the same time. End one of the two before the "
        "other begins."
    ),
    # Sending
    "transfers.not_a_member": _("The person is not a member today; nobody else is transferred."),
    "transfers.open_already": _(
        "A transfer of this person is under way already (letter %(number)s of %(on)s). Withdraw it first."
    ),
    "transfers.letters_since": _(
        "%(count)s letters to “%(value)s” are under way. Return or withdraw them first: nobody could receive them."
    ),
    "transfers.is_guest": _("The person is a guest elsewhere until %(until)s. End that stay first."),
    "transfers.number_missing": _("Give the number of the letter of introduction."),
    "transfers.in_future": _("%(on)s has not come yet (today is %(today)s)."),
    "transfers.letter_before_decision": _(
        "The letter (%(on)s) lies before the decision or move (%(decided)s). One of the two days is wrong."
    ),
    "transfers.unresolved": _(
        "Whoever is under inspection or examination, or has a complaint unresolved, does not transfer yet. Wait for "
        "the conclusion."
    ),
    "transfers.country_missing": _("Say to which country or Party organisation abroad; no organisation here."),
    "transfers.return_unknown": _("Give the day on which the return is expected; it lies after the letter."),
    "transfers.internal_target": _("An internal transfer goes to a cell of the same grassroots organisation."),
    "transfers.not_internal": _(
        "This organisation belongs to another grassroots organisation. Choose the official transfer."
    ),
    "transfers.is_internal": _("This organisation belongs to the same grassroots one. Choose the internal transfer."),
    "transfers.one_destination": _("Give either an organisation of the system or a place outside, not both."),
    "transfers.no_such_target": _(
        "No organisation “%(value)s” can be addressed today. Letters go to a grassroots organisation or one above it; "
        "only in your own subtree to a cell."
    ),
    "transfers.purpose_missing": _("Say whether the stay is for work or for study; its length depends on it."),
    "transfers.end_missing": _("Give the last planned day of the temporary stay."),
    "transfers.stay_below": _(
        "A temporary stay for work lasts %(least)s months to less than %(most)s: it ends between %(first)s and the day "
        "before %(last)s."
    ),
    "transfers.stay_within": _(
        "A temporary stay for study lasts %(least)s to %(most)s months: it ends between %(first)s and %(last)s."
    ),
    "transfers.started_late": _(
        "Started late: within %(days)s working days of %(decided)s the letter was due by %(last)s."
    ),
    # Receiving, returning, ending
    "transfers.not_in_state": _("Letter %(number)s is not at this step any more; look at what has been done to it."),
    "transfers.before_letter": _("Nobody comes (%(on)s) before the letter of introduction (%(letter)s)."),
    "transfers.moved_since": _(
        "The person is no longer where the letter was sent from: another entry was booked since. Return the letter."
    ),
    "transfers.other_organisation": _(
        "“%(value)s” does not belong to the organisation the letter is addressed to. Choose one of its cells."
    ),
    "transfers.presented_late": _(
        "The letter of %(letter)s was to be presented within %(days)s working days, by %(last)s."
    ),
    "transfers.presented_late_calendar": _(
        "The letter of %(letter)s was to be presented within %(days)s days, by %(last)s."
    ),
    "transfers.stay_over": _("The temporary stay was planned until %(until)s; return the letter instead."),
    "transfers.stays_overlap": _("On some of these days the person is a guest elsewhere."),
    "transfers.end_outside": _("The stay runs from %(start)s to %(last)s; give a day in between, today at the latest."),
    "transfers.no_stay": _("There is no temporary stay that could end."),
    "transfers.not_abroad": _("The person was not transferred abroad, or is back already."),
    "transfers.reason_missing": _("Say why; the other office reads it."),
    "transfers.overtaken": _(
        "The person is no longer where the letter was sent from: another entry was booked since. Withdraw the letter."
    ),
    # On the desk
    "transfers.to_receive": _("Transfers that wait for you to confirm that the person has come: %(count)s"),
    "transfers.came_back_to_sender": _("Letters returned to you (send again or withdraw): %(count)s"),
    "transfers.letters_lost": _(
        "Letters that should have been presented by now (find out where the people are): %(count)s"
    ),
    "transfers.to_withdraw": _("%(count)s letters no longer hold because the person was moved by another entry"),
    "transfers.back_from_abroad": _("%(count)s members abroad were expected back by now"),
    # Checks of `nhiemky check`
    "transfers.receipt": _("Received transfer no. %(id)s does not agree with its entry in the ledger."),
}
RULES: dict[str, str | Promise] = {
    "transfers.start_limit": _("time until the letter of introduction"),
    "transfers.present_limit": _("time until the letter is presented"),
    "transfers.temporary_months": _("length of a temporary stay"),
    "transfers.under_way": _("where people under way are counted"),
    "transfers.unresolved": _("who does not transfer yet"),
}
ACTIONS: dict[str, str | Promise] = {
    "transfers.transfer_sent": _("sent the transfer of person no. %(subject)s (letter %(number)s)"),
    "transfers.transfer_sent_again": _("sent the transfer of person no. %(subject)s again (letter %(number)s)"),
    "transfers.transfer_returned": _("returned letter %(number)s of person no. %(subject)s: %(reason)s"),
    "transfers.transfer_withdrawn": _("withdrew letter %(number)s of person no. %(subject)s: %(reason)s"),
    "transfers.transfer_received": _("confirmed that person no. %(subject)s came on %(on)s (letter %(number)s)"),
    "transfers.transfer_ended": _("ended the temporary stay of person no. %(subject)s on %(on)s: %(reason)s"),
    "transfers.transfer_came_back": _("confirmed that person no. %(subject)s was back from abroad on %(on)s"),
}
STATES = {
    "sent": _("under way"),
    "returned": _("returned"),
    "withdrawn": _("withdrawn"),
    "received": _("received"),
}
TONES = {"sent": "warn", "returned": "bad", "withdrawn": "off", "received": "good"}
PURPOSES = {"work": _("work"), "study": _("study")}
ACTS = {
    "sent": _("Letter sent"),
    "returned": _("Returned to the sender"),
    "sent_again": _("Letter sent again"),
    "withdrawn": _("Withdrawn by the sender"),
    "received": _("Received"),
    "ended": _("Temporary stay ended early"),
    "came_back": _("Back from abroad"),
}


def kind_name(key: str) -> str:
    """What a kind of transfer is called."""
    if key not in KIND:
        return key
    return KIND[key].en if (get_language() or "vi").startswith("en") else KIND[key].vi
