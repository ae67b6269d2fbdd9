"""Sentences for the findings and acts of exchange."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nhiemky.domain.exchange.fields import FIELD

MESSAGES: dict[str, str | Promise] = {
    # The file as a whole
    "exchange.file_empty": _("The file is empty: there is no filled cell in it."),
    "exchange.file_large": _("The file has %(size)s MB; at most %(most)s MB are taken. Divide it into several."),
    "exchange.file_encrypted": _("The file is protected by a password. Save it without one and hand it in again."),
    "exchange.file_broken": _("The file is damaged and cannot be read. Open it and save it anew as .xlsx."),
    "exchange.file_bomb": _(
        "The file would unpack from %(packed)s MB to %(size)s MB; at most %(most)s MB are taken. Copy the list into a "
        "new file."
    ),
    "exchange.not_a_spreadsheet": _(
        "This is no spreadsheet. Save it as .xlsx (also .xls, .ods and .csv are taken), whatever its name ends in."
    ),
    "exchange.too_many_rows": _("A sheet may have %(most)s rows at most. Divide it, or delete what stands far below."),
    "exchange.too_many_columns": _(
        "A sheet may have %(most)s columns at most. Delete what stands far to the right of the list."
    ),
    "exchange.too_many_cells": _(
        "With %(rows)s rows a sheet may not be that wide; delete the empty columns to the right of the list."
    ),
    "exchange.no_names": _("No column holds the names. Say which one does; the headings found are: %(headings)s."),
    "exchange.no_rows": _("Below the headings there is nobody. Is the right sheet chosen?"),
    "exchange.unit_not_there": _("“%(unit)s” does not exist on %(on)s. Choose another day."),
    "exchange.which_unit": _("Your grants name %(count)s organisations; say with --unit for which one the list is."),
    "exchange.column_twice": _("Two columns are both to be “%(value)s”. Choose one of them."),
    "exchange.running_already": _(
        "“%(file)s” is being taken over for this organisation at this moment, by you or somebody else. Wait for it to "
        "end, then look at its result."
    ),
    "exchange.which_rows": _("Look at the rows first, then say whether all or only the good ones are taken over."),
    "exchange.done_already": _("“%(file)s” has been taken over already."),
    "exchange.changed_since": _(
        "The register has changed since you looked at the preview. Nothing was written. Look at the preview again."
    ),
    "exchange.and_more": _("… and %(count)s more reasons. The preview shows all of them."),
    # One line
    "exchange.not_understood": _("“%(value)s” cannot be understood here."),
    "exchange.left_out": _("“%(value)s” is not taken over: it is none of the values that this field may have."),
    "exchange.both_sexes": _("Both columns, male and female, are filled."),
    "exchange.standing_missing": _(
        "Nothing says whether the person is official or probationary. Add a column “Ngày chính thức” or “Tư cách”."
    ),
    "exchange.standing_contradicts": _("The person is called probationary but has an official day (%(on)s)."),
    "exchange.no_decision_day": _(
        "No day of the decision to admit is given. It stays empty, and the Party age cannot be counted."
    ),
    "exchange.unit_missing": _(
        "Nothing says to which cell the person belongs, and “%(unit)s” is no cell. Add a column “Chi bộ”."
    ),
    "exchange.unit_unknown": _("“%(unit)s” has no cell “%(value)s” that you may write in. Give its code."),
    "exchange.unit_ambiguous": _(
        "Several organisations of “%(unit)s” are called “%(value)s”: %(codes)s. Give the code."
    ),
    "exchange.two_people": _("The identity number and the card number belong to two different people of the register."),
    "exchange.other_person": _(
        "This number belongs to %(name)s in the register; name and birth differ here. One of the two is wrong."
    ),
    "exchange.ambiguous": _("Several people of the register have this name and birth: %(names)s. Give a number."),
    "exchange.twice": _("The same person stands in row %(first_row)s already."),
    "exchange.has_left": _(
        "%(name)s is in the register as somebody who has left. Coming back is an entry of the ledger, no import."
    ),
    "exchange.not_yours": _("This person belongs to an organisation in which you may not write."),
    # Remarks: the line is taken over
    "exchange.zero_added": _("A zero was added in front: %(value)s."),
    "exchange.zero_added_sealed": _("A zero was added in front."),
    "exchange.century": _("“%(value)s” is taken for the year %(year)s."),
    "exchange.month_only": _("Only month and year are given (%(value)s); the day stays unknown."),
    "exchange.day_incomplete": _("“%(value)s” is no full day and is not taken over."),
    "exchange.day_of_serial": _("The number %(value)s is taken for the day %(day)s."),
    "exchange.day_understood": _("“%(value)s” is taken for the day %(day)s."),
    "exchange.one_of_several": _("Of several numbers (%(value)s) the first is taken."),
    "exchange.old_identity": _("Nine digits are an old identity card; the number of 12 digits is needed. Left out."),
    "exchange.formula": _("The cell holds a formula; the value last worked out is taken."),
    "exchange.identity_right": _("The identity number differs; you may not change it, so it is left out."),
    "exchange.ledger_differs": _(
        "The register says %(before)s, the file %(after)s. An import does not change it: book an entry or correct it."
    ),
    "exchange.other_unit": _(
        "In the register the person belongs to “%(unit)s”. An import moves nobody: a transfer is a decision."
    ),
    "exchange.export_what": _("Give the code of an organisation and choose .xlsx or .csv."),
    # What came of it
    "exchange.waiting": _("The list “%(file)s” was handed in and is not taken over yet"),
    "exchange.exported": _("A spreadsheet of %(count)s members is ready."),
    "exchange.judged": _(
        "Judged %(rows)s rows: %(new)s new, %(changed)s changed, %(same)s the same, %(refused)s refused."
    ),
    "exchange.taken_over": _("Taken over: %(new)s new people, %(changed)s changed; %(refused)s rows refused."),
}
ACTIONS: dict[str, str | Promise] = {
    "exchange.files_expired": _(
        "dropped drafts and refused rows of %(count)s imports that nobody touched for %(days)s days"
    ),
    "exchange.file_received": _("handed in the spreadsheet “%(file)s” (import no. %(subject)s)"),
    "exchange.columns_chosen": _("chose the columns of “%(file)s” (import no. %(subject)s)"),
    "exchange.previewed": _(
        "looked at what “%(file)s” would do: %(new)s new, %(changed)s changed, %(refused)s refused"
    ),
    "exchange.import_begun": _("began to take over “%(file)s” (import no. %(subject)s)"),
    "exchange.import_refused": _("was refused the import of “%(file)s” (no. %(subject)s); nothing was written"),
    "exchange.imported": _(
        "took over “%(file)s” (import no. %(subject)s): %(new)s new, %(changed)s changed, %(same)s the same, "
        "%(refused)s refused"
    ),
}
STATES = {
    "draft": _("not taken over yet"),
    "running": _("is being taken over"),
    "done": _("taken over"),
    "interrupted": _("interrupted; nothing was written"),
}
TONES = {"draft": "warn", "running": "warn", "done": "good", "interrupted": "bad"}
ROW_STATES = {
    "new": _("new"), "changed": _("changed"), "same": _("the same"), "warning": _("with a remark"),
    "refused": _("refused"),
}  # fmt: skip
ROW_TONES = {"new": "good", "changed": "warn", "same": "off", "warning": "warn", "refused": "bad"}
SKIPPED = {
    "title": _("title above the headings"), "numbering": _("numbers of the columns"), "empty": _("empty rows"),
    "total": _("totals"), "section": _("headings of parts"),
}  # fmt: skip
ENCODINGS = {
    "": _("as recognised"), "unicode": "Unicode", "tcvn3": "TCVN3 (ABC, .VnTime)", "vni": "VNI (VNI-Times)",
    "windows-1258": "Windows-1258",
}  # fmt: skip


def field_name(key: str) -> str:
    """What a column is called."""
    if key not in FIELD:
        return key
    return FIELD[key].en if (get_language() or "vi").startswith("en") else FIELD[key].vi
