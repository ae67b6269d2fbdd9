"""Words of the register: what is found, what was done, and what standings and movements are called."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nhiemky.domain.members.grounds import GROUND
from nhiemky.domain.members.kinds import MOVEMENT
from nhiemky.domain.members.particulars import PARTICULAR

MESSAGES = {
    # Booking an entry
    "members.in_future": _("%(on)s has not come yet (today is %(today)s). An entry is booked when it has happened."),
    "members.not_after_last": _(
        "%(on)s is not after the last entry of this person, which is of %(last)s. Entries follow each other by day; "
        "take a wrong one back first."
    ),
    "members.already_member": _("This person is a member already."),
    "members.not_a_member": _("This person is not a member at the moment; only a readmission is possible."),
    "members.no_such_cell": _("No cell with this code exists on %(on)s. Members belong to cells: give a cell's code."),
    "members.same_unit": _("The person is in this cell already. Choose another one."),
    "members.exempt_already": _("An exemption is in force already."),
    "members.not_exempt": _("No exemption is in force, so none can end."),
    "members.too_young": _("On %(on)s the person is not yet %(needs)s (born %(born)s)."),
    "members.readmitted_early": _(
        "The person left on %(left)s; readmission is possible after %(months)s months, from %(earliest)s."
    ),
    "members.official_already": _("The person is an official member already."),
    "members.recognised_early": _(
        "The ceremony was on %(admitted)s; the %(months)s months of probation end on %(earliest)s."
    ),
    "members.unit_ended": _("%(unit)s no longer exists on %(on)s. Choose an earlier day."),
    "members.kind_not_typed": _("“%(value)s” is not an entry that can be booked here."),
    "members.never_left": _(
        "No entry that counts says that the person was a member and left; only who left is readmitted."
    ),
    "members.has_died": _("The person has died. Take that entry back first if it is wrong."),
    "members.wrong_way_back": _(
        "Who went away by transfer comes back by transfer; who left the Party is readmitted. Choose the other entry."
    ),
    "members.paper_missing": _("Give the number and the day of the paper this rests on."),
    "members.ground_unknown": _("The rule of that day knows no such ground for this entry. Choose one of the list."),
    "members.ground_needed": _(
        "The rule excludes some who left from readmission, by the ground of leaving; none is recorded for this person. "
        "Take that entry back and book it again with its ground."
    ),
    "members.readmission_excluded": _("The ground on which the person left excludes a readmission."),
    "members.readmitted_already": _("The person has been readmitted before; that is possible only once."),
    "members.cell_ends": _("“%(unit)s” ends on %(on)s and no decision says where its members go. Choose another cell."),
    "members.cell_becomes_other": _("“%(unit)s” is no cell any more from %(on)s. Choose another one."),
    # All entries taken back, and booked again
    "members.seat_hangs": _(
        "The person holds or held a seat in a body of “%(unit)s” from %(start)s. Keep this person and drop the other, "
        "or have the seat corrected first."
    ),
    "members.no_entries": _("The person has no entry that counts; there is nothing to take back."),
    "members.has_entries_again": _("The person has entries again; the old ones cannot be booked beside them."),
    "members.reorganisation_undone": _(
        "The decision %(number)s of %(on)s has been undone since; the entry it made cannot be booked again."
    ),
    # The person
    "members.no_name": _("The name is missing."),
    "members.ceremony_before_decision": _(
        "The ceremony (%(admitted)s) lies before the decision (%(decided)s). One of the two days is wrong."
    ),
    "members.official_before_ceremony": _(
        "The official day (%(official)s) lies before the ceremony (%(admitted)s). One of the two days is wrong."
    ),
    "members.taken_over_before": _(
        "%(day)s is after the day of taking over (%(on)s). Choose a later day for the import, or correct the day."
    ),
    "members.identity_form": _("An identity number has 12 digits."),
    "members.identity_known": _("Somebody with this identity number is in the register already."),
    "members.card_form": _("A member's card number has 8 digits; “%(value)s” has not."),
    "members.card_known": _("The card number “%(value)s” already belongs to somebody else."),
    "members.file_form": _(
        "A file number has 6 digits and 1 to 3 letters, for example 012345QNG; “%(value)s” has not."
    ),
    "members.phone_form": _("A phone number begins with 0 or +84 and has 9 to 12 digits; “%(value)s” does not fit."),
    "members.always_held": _(
        "A birthday does not change from a day on. Leave the day empty: the old one was never right."
    ),
    "members.forgotten": _("The data of this person were shredded by a decision and are not entered again."),
    "members.value_missing": _("A value is missing here."),
    "members.value_unknown": _("“%(value)s” is none of the values that this field may have."),
    "members.value_long": _("“%(value)s…” is too long; at most %(most)s letters are kept."),
    "members.day_impossible": _("%(on)s cannot be right: the day must lie between 1900 and today (%(today)s)."),
    "members.change_reason_missing": _("Say why it is changed; the reason stays beside the old value."),
    # Taking back
    "members.not_the_last_entry": _(
        "Only the last entry of a person that still counts can be taken back; the one of %(on)s is not it."
    ),
    "members.belongs_to_reorganisation": _(
        "This entry belongs to a reorganisation. It is taken back with the whole decision, not for one person."
    ),
    "members.reason_missing": _("Say why the entry is taken back; the reason stays in the ledger."),
    # Bodies
    "members.term_no_unit": _("The organisation does not exist on %(on)s."),
    "members.term_no_such_body": _("Organisations of this kind have no such body."),
    "members.term_without_days": _("The term would end before it begins. One of the two days is wrong."),
    "members.term_overlaps": _(
        "Another term of this body runs from %(start)s until %(end)s. End that one first, or choose a later day."
    ),
    "members.term_too_many_seats": _("At most %(most)s seats are allowed."),
    "members.term_end_outside": _("The term runs from %(start)s to %(last)s; choose a day in between."),
    "members.term_has_seats": _("%(count)s seats of this term are recorded. Take those back first."),
    "members.seats_begin_later": _("Seats begin on %(on)s or later: %(names)s. Take those back first."),
    "members.seat_outside_term": _("The term runs from %(start)s to %(last)s; the seat must begin in it."),
    "members.seat_not_of_unit": _("On %(on)s the person does not belong to this organisation or one below it."),
    "members.seat_not_official": _("On %(on)s the person is not an official member."),
    "members.seat_held_already": _("The person holds a seat of this term on %(on)s already."),
    "members.seat_later": _("The person holds a seat of this term from %(later)s. Take that one back first."),
    "members.seats_full": _("All %(seats)s seats of the term are held. End one first, or correct the number of seats."),
    "members.secretary_held": _("%(name)s is the secretary. End that seat first."),
    "members.seat_end_outside": _("The seat is held from %(start)s to %(last)s; choose a day in between."),
    "members.seat_begins_later": _(
        "The person holds a seat of “%(unit)s” from %(start)s, which depends on this. Take the seat back first."
    ),
    "members.seat_taken_since": _(
        "The entry ended a seat of “%(unit)s” that somebody else holds by now. Take that seat back first."
    ),
    # Reorganisations
    "reorganisation.later_movements": _(
        "%(count)s members of “%(value)s” have entries on %(on)s or later. Choose a later day, or take those back "
        "first."
    ),
    "reorganisation.later_seats": _(
        "%(count)s seats in bodies of “%(value)s” begin on %(on)s or later. Take those back first."
    ),
    "reorganisation.people_left_behind": _(
        "%(count)s members would belong to “%(value)s”, which is not a living cell on all days from %(on)s."
    ),
    "reorganisation.people_moved_since": _("%(count)s members have moved on since. Take those entries back first."),
    "reorganisation.people_came_since": _("%(count)s members have come to the new organisations since."),
    "reorganisation.seats_since": _("%(count)s seats in bodies of the new organisations are held by somebody."),
    # What needs attention
    "members.cell_needs_committee": _("%(unit)s: %(has)s official members, no cell committee in office"),
    "members.cells_need_committee": _("%(count)s cells have enough official members but no cell committee in office"),
    "members.cell_too_small": _("%(unit)s: %(has)s official members, at least %(needs)s are needed"),
    "members.cells_too_small": _("%(count)s cells have fewer than %(needs)s official members"),
    "members.probation_long": _("%(name)s: probation since %(since)s, not yet recognised as official"),
    "members.probations_long": _("%(count)s members have been on probation for more than %(months)s months"),
    "members.ledger_balances": _(
        "The ledger of %(year)s does not balance: opening %(opening)s + %(came)s − %(went)s is not %(closing)s. "
        "Run the check and tell the administrator."
    ),
    "members.ledger_balances.ok": _(
        "The ledger of %(year)s balances: opening %(opening)s + in %(came)s − out %(went)s = closing %(closing)s"
    ),
}
RULES = {
    "members.admission_age": _("age of admission"),
    "members.probation_months": _("length of probation"),
    "members.readmission_months": _("time before a readmission"),
    "members.readmissions": _("how often somebody may be readmitted"),
    "members.not_readmitted": _("who is not readmitted"),
    "members.striking_off_grounds": _("grounds of striking off"),
    "members.exemption_grounds": _("grounds of an exemption"),
    "members.leaving_grounds": _("grounds of leaving"),
    "members.expulsion_grounds": _("grounds of an expulsion"),
    "organisation.cell_minimum": _("smallest cell"),
    "organisation.cell_committee_minimum": _("smallest cell with a committee"),
    "organisation.cell_committee_most": _("seats of a cell committee"),
    "organisation.grassroots_committee_most": _("seats of a grassroots committee"),
    "organisation.holders_are_official": _("who may hold a seat"),
}
ACTIONS = {
    "members.list_exported": _("took a spreadsheet of members along: %(subject)s, as of %(on)s (rows: %(rows)s)"),
    "members.identity_met": _("typed an identity number that is in the register already"),
    "members.day_turned": _("moved %(people)s people to where they are on %(on)s by decisions applied before"),
    "members.term_begun": _("began the term %(term)s of a body of “%(subject)s” (%(seats)s seats, paper %(paper)s)"),
    "members.term_ended": _("ended the term %(term)s of a body of “%(subject)s” on %(on)s (paper %(paper)s)"),
    "members.term_withdrawn": _("took the term %(term)s of a body of “%(subject)s” back: %(reason)s"),
    "members.seat_given": _("gave a seat in “%(unit)s”, term %(term)s, to person no. %(subject)s from %(on)s"),
    "members.seat_ended": _("ended the seat of person no. %(subject)s in “%(unit)s”, term %(term)s, on %(on)s"),
    "members.seat_withdrawn": _("took the seat of person no. %(subject)s in “%(unit)s” back: %(reason)s"),
    "members.people_taken_over": _("took %(people)s people over into the register as of %(on)s (%(paper)s, %(file)s)"),
    "members.people_forgotten": _("shredded the data of %(people)s people who left (decision %(decision)s)"),
    "members.particulars_changed": _("changed particulars of %(people)s people (%(fields)s): %(reason)s"),
    "members.movement_booked": _("booked an entry of %(on)s for person no. %(subject)s (paper %(paper)s)"),
    "members.entries_taken_back": _("took %(entries)s entries of person no. %(subject)s back: %(reason)s"),
    "members.entries_booked_again": _("booked %(entries)s entries of person no. %(subject)s again"),
    "members.movement_reversed": _("took the entry of %(on)s of person no. %(subject)s back: %(reason)s"),
}
STANDINGS = {"official": _("official"), "probationary": _("probationary")}
SEXES = {"female": _("female"), "male": _("male")}
POSTS = {"secretary": _("secretary"), "deputy": _("deputy secretary"), "member": _("member of the committee")}
ORIGINS = {"elected": _("elected"), "added": _("elected in addition"), "designated": _("designated")}
READINGS = {
    "page": _("opened a page about this person"),
    "identity": _("read the identity number"),
    "list": _("was given the identity number in a file of many"),
    "paper": _("made a paper"),
    "own": _("opened their own page"),
    "export": _("took everything that is held along as a file"),
    "api": _("was given it by the interface for other systems"),
}


CHANGED_BY = {
    "form": _("typed"),
    "import": _("from a spreadsheet"),
    "request": _("asked for by the member"),
    "merge": _("from a second record of the same person"),
    "admission": _("from the admission case"),
    "api": _("by another system"),
}


def _english() -> bool:
    return (get_language() or "vi").startswith("en")


def movement_name(key: str) -> str:
    """What a kind of ledger entry is called."""
    if key not in MOVEMENT:
        return key
    return MOVEMENT[key].en if _english() else MOVEMENT[key].vi


def ground_name(key: str) -> str:
    """What the ground of an entry is called."""
    if key not in GROUND:
        return key
    return GROUND[key].en if _english() else GROUND[key].vi


def particular_name(key: str) -> str:
    """What a particular of a person is called."""
    return PARTICULAR[key].en if _english() else PARTICULAR[key].vi


def choice_names(key: str) -> dict[str, str]:
    """What the values of a particular are called, by value; empty for free text."""
    return {value: names[1 if _english() else 0] for value, names in PARTICULAR[key].choices.items()}


def ethnic_name(code: int) -> str:
    """The ethnic group's name."""
    return choice_names("ethnic_group").get(str(code), str(code))
