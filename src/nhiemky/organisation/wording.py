"""Words of the organisation: what is found, what was done, and what kinds and sectors are called."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nhiemky.domain.organisation.kinds import KIND, SECTOR

MESSAGES = {
    # Files
    "reorganisation.unknown_format": _(
        "“%(value)s” is not a file that can be read here. Give an .xlsx, .ods, .csv or .json file."
    ),
    "reorganisation.broken_file": _(
        "The file cannot be opened: it is damaged, protected by a password, or not what its name says. "
        "Save it anew and try again."
    ),
    "reorganisation.file_too_large": _("The file has %(size)s MB; at most %(most)s MB are read."),
    "reorganisation.no_heading_row": _(
        "No row with the headings was found: one heading must be “Operation” (“Thao tác”). Start from the template."
    ),
    "reorganisation.missing_column": _(
        "The column “%(heading)s” is missing; the operation “%(op)s” in this row needs it."
    ),
    "reorganisation.unknown_column": _("No column is called “%(value)s”. Write it as in the template, or remove it."),
    "reorganisation.column_twice": _("The column “%(value)s” occurs twice; only one can hold."),
    "reorganisation.bad_assignment": _(
        "“%(value)s” does not say where a sub-unit goes. Write “code = code”, several separated by semicolons."
    ),
    # The decision
    "reorganisation.no_decision": _("The head of the decision is missing: number, day, body and the day of effect."),
    "reorganisation.missing_field": _("“%(field)s” is empty, but it is needed here."),
    "reorganisation.bad_day": _("“%(value)s” is not a day. Write it as dd/mm/yyyy, for example 01/07/2025."),
    "reorganisation.no_operations": _("The decision has no operation yet. Add at least one."),
    "reorganisation.unknown_operation": _(
        "“%(value)s” is no operation. Use: found, rename, convert, move, merge, split, dissolve."
    ),
    "reorganisation.unknown_field": _("“%(field)s” does not belong to this operation; leave it empty."),
    "reorganisation.bad_text": _("“%(value)s” is not a text that can be kept. Type it anew."),
    "reorganisation.too_long": _("The text is too long: at most %(most)s characters."),
    "reorganisation.bad_code": _(
        "“%(value)s” is not a code: letters a to z, digits, dot, hyphen and underscore, at most %(most)s of them."
    ),
    "reorganisation.named_twice": _("“%(value)s” is named twice in this row. Name it once."),
    "reorganisation.bad_kind": _("“%(value)s” is not a kind of organisation. Allowed: %(allowed)s."),
    "reorganisation.bad_sector": _("“%(value)s” is not a sector. Allowed: %(allowed)s."),
    "reorganisation.effective_before_decision": _("The decision takes effect before it was made."),
    # Playing it
    "reorganisation.unknown_unit": _("There is no organisation with the code “%(value)s”. Check the code."),
    "reorganisation.not_alive": _("“%(value)s” does not exist on %(on)s, or an earlier row has ended it."),
    "reorganisation.duplicate_code": _("The code “%(value)s” is already taken. Choose another one."),
    "reorganisation.still_has_members": _(
        "%(members)s members belong to the organisation itself. Say which cell takes them, or leave it a cell."
    ),
    "reorganisation.still_has_units": _(
        "%(count)s organisations still stand under “%(value)s” (%(units)s). Say where they go."
    ),
    "reorganisation.target_holds_no_members": _(
        "“%(value)s” is not a cell, so it cannot take the %(members)s members. Name a cell."
    ),
    "reorganisation.one_target": _("A merger has one target, but several are named: %(value)s."),
    "reorganisation.into_itself": _("“%(value)s” cannot merge into itself. Remove it from the list."),
    "reorganisation.changes_nothing": _("This row changes nothing about “%(value)s”. Remove it."),
    "reorganisation.founded_and_ended": _(
        "“%(value)s” is founded by this decision and ends by it. Leave both rows out, or end another organisation."
    ),
    "reorganisation.heir_ends": _(
        "The members of “%(unit)s” would go to “%(value)s”, which is no living cell afterwards. Name another cell."
    ),
    "reorganisation.parent_ends_later": _(
        "“%(value)s” would stand under “%(parent)s”, which does not exist on all days (%(on)s). Choose another one."
    ),
    "reorganisation.circle_later": _(
        "With a later decision “%(value)s” would stand under itself from %(on)s. Undo that one first."
    ),
    "reorganisation.kind_misplaced": _(
        "“%(value)s” cannot stand under “%(parent)s”: an organisation of this kind belongs under a larger one."
    ),
    "reorganisation.unassigned_unit": _("The split does not say where “%(value)s” goes. Assign every sub-unit."),
    "reorganisation.not_a_sub_unit": _("“%(value)s” does not stand under “%(unit)s”, so it cannot be assigned here."),
    "reorganisation.assigned_elsewhere": _(
        "“%(unit)s” is assigned to “%(value)s”, which is not among the targets of the split."
    ),
    "reorganisation.members_unassigned": _("The split does not say which target takes the %(members)s members."),
    "reorganisation.later_change": _(
        "“%(value)s” already has a change on %(later)s, which is not before %(on)s. Undo that first, or choose a "
        "later day."
    ),
    "reorganisation.circle": _("“%(value)s” would stand under itself. Choose another superior."),
    "reorganisation.parent_ends": _("“%(value)s” would be left under “%(parent)s”, which ends. Say where it goes."),
    "reorganisation.unknown_area": _(
        "There is no administrative area “%(value)s”. Write the list and the code, for example 2025-21034."
    ),
    "reorganisation.later_term": _("“%(value)s” ends, but a body of it has a term that begins later: %(term)s."),
    "reorganisation.applied_already": _("The decision “%(value)s” of this day and body has been applied already."),
    "reorganisation.draft_changed": _("The draft was changed after this preview. Look at the preview again."),
    # Undoing it
    "reorganisation.not_one": _("%(count)s applied decisions have the number “%(value)s”; exactly one is needed."),
    "reorganisation.nothing_to_decide": _("Nothing waits for a decision here: its organisation exists."),
    "reorganisation.unit_not_there": _("“%(value)s” does not exist today."),
    "reorganisation.not_below": _("“%(value)s” does not stand under the organisation that decides."),
    "reorganisation.has_it_already": _("“%(value)s” was asked the same already; choose another one."),
    "reorganisation.not_applied": _("The decision “%(value)s” is not in force, so there is nothing to undo."),
    "reorganisation.changed_since": _("“%(value)s” was changed by a later decision. Undo that one first."),
    "reorganisation.body_since": _("A body of “%(value)s” was set up since; it would lose its organisation."),
}
ACTIONS = {
    "organisation.reorganisation_applied": _("applied the decision %(number)s, in effect from %(effective)s"),
    "organisation.reorganisation_undone": _("undid the decision %(number)s, in effect from %(effective)s"),
    "organisation.work_followed": _("let %(count)s pieces of work follow from organisations that have ended"),
    "organisation.demo_units_written": _("wrote the organisations of the demo"),
}
OPERATIONS = {
    "found": _("found"),
    "rename": _("rename"),
    "convert": _("convert"),
    "move": _("move"),
    "merge": _("merge"),
    "split": _("split"),
    "dissolve": _("dissolve"),
}
OPERATION_HELP = {
    "found": _("A new organisation comes into being, under a superior."),
    "rename": _("An organisation gets another name; everything else stays."),
    "convert": _("An organisation becomes another kind, or belongs to another sector."),
    "move": _("An organisation, with everything below it, comes under another superior."),
    "merge": _("Organisations end; their sub-units and members go to one target."),
    "split": _("An organisation is divided among targets; each sub-unit is assigned to one of them."),
    "dissolve": _("An organisation ends; what is left of it must have a place to go."),
}
FIELDS = {
    "number": _("Number"),
    "date": _("Day of the decision"),
    "body": _("Deciding body"),
    "effective": _("Takes effect on"),
    "title": _("Subject"),
    "op": _("Operation"),
    "unit": _("Organisation"),
    "units": _("Organisations that merge"),
    "into": _("Target"),
    "code": _("New code"),
    "name": _("Name"),
    "kind": _("Kind"),
    "sector": _("Sector"),
    "parent": _("Superior"),
    "area": _("Administrative area"),
    "units_to": _("Sub-units go to"),
    "members_to": _("Members go to"),
    "assign": _("Assigned sub-units"),
    "operations": _("Operations"),
    "decision": _("Decision"),
    "note": _("Note"),
}
BODIES = {
    "committee": _("Committee"),
    "standing_committee": _("Standing committee"),
    "cell_committee": _("Cell committee"),
}
STATUS = {"draft": _("Draft"), "applied": _("In force"), "undone": _("Undone")}


def _english() -> bool:
    return (get_language() or "vi").startswith("en")


def kind_name(key: str) -> str:
    """What a kind is called."""
    return (KIND[key].en if _english() else KIND[key].vi) if key in KIND else key


def sector_name(key: str) -> str:
    """What a sector is called."""
    return (SECTOR[key].en if _english() else SECTOR[key].vi) if key in SECTOR else key
