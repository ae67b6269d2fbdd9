"""Words of the register: what is found, what was done, and what standings and movements are called."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nhiemky.domain.members.ethnic_groups import ETHNIC_GROUPS
from nhiemky.domain.members.kinds import MOVEMENT

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
    # The person
    "members.no_name": _("The name is missing."),
    "members.ceremony_before_decision": _(
        "The ceremony (%(admitted)s) lies before the decision (%(decided)s). One of the two days is wrong."
    ),
    "members.official_before_ceremony": _(
        "The official day (%(official)s) lies before the ceremony (%(admitted)s). One of the two days is wrong."
    ),
    "members.identity_form": _("An identity number has 12 digits."),
    "members.identity_known": _("Somebody with this identity number is in the register already."),
    "members.card_form": _("A member's card number has 8 digits; “%(value)s” has not."),
    "members.card_known": _("The card number “%(value)s” already belongs to somebody else."),
    # Taking back
    "members.not_the_last_entry": _(
        "Only the last entry of a person that still counts can be taken back; the one of %(on)s is not it."
    ),
    "members.belongs_to_reorganisation": _(
        "This entry belongs to a reorganisation. It is taken back with the whole decision, not for one person."
    ),
    "members.reason_missing": _("Say why the entry is taken back; the reason stays in the ledger."),
    # Reorganisations
    "reorganisation.later_movements": _(
        "%(count)s members of “%(value)s” have entries on %(on)s or later. Choose a later day, or take those back "
        "first."
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
ACTIONS = {
    "members.movement_booked": _("booked an entry of %(on)s for person no. %(subject)s (paper %(paper)s)"),
    "members.movement_reversed": _("took the entry of %(on)s of person no. %(subject)s back: %(reason)s"),
}
STANDINGS = {"official": _("official"), "probationary": _("probationary")}
SEXES = {"female": _("female"), "male": _("male")}
POSTS = {"secretary": _("secretary"), "deputy": _("deputy secretary"), "member": _("member of the committee")}
ORIGINS = {"elected": _("elected"), "added": _("elected in addition"), "designated": _("designated")}
READINGS = {"page": _("opened this page"), "identity": _("read the identity number")}


def movement_name(key: str) -> str:
    """What a kind of ledger entry is called."""
    if key not in MOVEMENT:
        return key
    return MOVEMENT[key].en if (get_language() or "vi").startswith("en") else MOVEMENT[key].vi


def ethnic_name(code: int) -> str:
    """The ethnic group's name."""
    return ETHNIC_GROUPS.get(code, str(code))
