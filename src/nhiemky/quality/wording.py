"""Sentences for the findings and acts of quality; what rules and reasons are called, how one mends."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Rule: its name, what it says of a person, what to do.
_RULES: dict[str, tuple[Promise, Promise, Promise]] = {
    "identity_number_missing": (
        _("No identity number"),
        _("No identity number is stored."),
        _("Copy the 12 digits from the identity card."),
    ),
    "file_number_missing": (
        _("No file number"),
        _("No file number is kept."),
        _("Take it from the member's file; ask the committee that keeps the files where it was never given."),
    ),
    "card_number_missing": (
        _("Official, no card number"),
        _("Official since %(official)s, and no card number is kept %(needs)s months later."),
        _("Copy the number from the card, or ask for the card to be issued."),
    ),
    "home_place_missing": (_("No home place"), _("No home place is kept."), _("Take it from the member's file.")),
    "residence_missing": (_("No residence"), _("No residence is kept."), _("Ask the member.")),
    "phone_missing": (
        _("No phone"),
        _("No phone number is kept."),
        _("Ask the member; who has none is accepted as right."),
    ),
    "general_education_missing": (
        _("No general education"),
        _("The general education is not known; the member is missing in the form by education."),
        _("Take it from the member's file."),
    ),
    "qualification_missing": (
        _("No qualification"),
        _("The qualification is not known; the member is missing in the form by qualification."),
        _("Take it from the diploma; who has none gets “none”."),
    ),
    "political_theory_missing": (
        _("No political theory"),
        _("The level of political theory is not known; the member is missing in the form."),
        _("Take it from the certificate; who was not trained gets “none”."),
    ),
    "religion_missing": (
        _("No religion given"),
        _("Nothing is kept about a religion; the member is missing in the form by religion."),
        _("Take it from the member's file; who has none gets “none”."),
    ),
    "occupation_missing": (_("No occupation"), _("No occupation is kept."), _("Ask the member.")),
    "birth_day_unknown": (
        _("Only the year of birth"),
        _("Only the year of birth is known: %(born)s."),
        _("Take the day from the identity card or the birth certificate."),
    ),
    "identity_sex": (
        _("Identity number against sex or century"),
        _("Digit 4 of the identity number says another sex or century of birth than the register (born %(born)s)."),
        _("Compare with the identity card: the number, the sex and the year of birth. One of them is mistyped."),
    ),
    "identity_year": (
        _("Identity number against birth year"),
        _("Digits 5 and 6 of the identity number are not those of the year of birth (born %(born)s)."),
        _("Compare with the identity card: the number and the day of birth. One of them is mistyped."),
    ),
    "identity_province": (
        _("Identity number of no province"),
        _("The first three digits of the identity number are none of the 63 provinces (001 to 096)."),
        _("Compare with the identity card. Whose birth was registered abroad is accepted as right."),
    ),
    "file_number_shared": (
        _("File number given twice"),
        _("Somebody else has the file number %(file_code)s, too."),
        _("See whether it is one person entered twice; else compare both files and correct the wrong number."),
    ),
    "card_early": (
        _("Card of a probationary member"),
        _("A card number is kept, but the member is still on probation."),
        _("Book the recognition if it has been decided; else take the number away."),
    ),
    "official_before_ceremony": (
        _("Official before the ceremony"),
        _("The official day (%(official)s) lies before the ceremony (%(admitted)s)."),
        _("Compare with both decisions. A wrong entry is taken back in the person's ledger and booked anew."),
    ),
    "official_early": (
        _("Official too early"),
        _("Official on %(official)s, sooner than %(needs)s months after the ceremony (%(admitted)s)."),
        _("Compare with the decision; take the recognition back in the ledger and book it with the right day."),
    ),
    "ceremony_before_decision": (
        _("Ceremony before the decision"),
        _("The ceremony (%(admitted)s) lies before the decision to admit (%(decided)s)."),
        _("Compare with the decision and correct its day."),
    ),
    "born_late": (
        _("Born after the admission"),
        _("Born %(born)s, but admitted on %(admitted)s."),
        _("Correct the day of birth."),
    ),
    "too_young": (
        _("Admitted too young"),
        _("Born %(born)s and admitted on %(admitted)s: younger than the age that was asked for."),
        _("Compare the day of birth with the identity card, and the day of the ceremony with the decision."),
    ),
    "too_old": (
        _("Unlikely age, and alive"),
        _("Born %(born)s: older than %(needs)s and no death is booked."),
        _("Correct the year of birth, or book the death."),
    ),
    "official_in_future": (
        _("Official in the future"),
        _("The official day (%(official)s) has not come yet."),
        _("Compare with the decision; take the recognition back in the ledger and book it with the right day."),
    ),
    "office_past_age": (
        _("Still in office at an unlikely age"),
        _("Older than %(needs)s (born %(born)s) and still kept as an official, employee or soldier."),
        _("Ask the member; who has retired gets “retired”, with the day since when."),
    ),
    "student_past_age": (
        _("Still a student at an unlikely age"),
        _("Older than %(needs)s (born %(born)s) and still kept as a student."),
        _("Ask the member what they do now."),
    ),
}
RULE_NAMES = {key: words[0] for key, words in _RULES.items()}
MEND = {key: words[2] for key, words in _RULES.items()}
MESSAGES: dict[str, str | Promise] = {
    **{f"quality.{key}": words[1] for key, words in _RULES.items()},
    # Deciding
    "quality.reason_missing": _("Say why. The reason stays with the decision."),
    "quality.undone_already": _("This has been taken back already."),
    "quality.nothing_to_accept": _("The rule finds nothing about this person today, or it is accepted already."),
    "quality.no_members_here": _("Nobody belongs to this organisation directly, so it has no list to confirm."),
    "quality.numbers_differ": _(
        "The paper book says %(value)s, the register %(has)s. Find the difference in the list and book what is missing "
        "first; the list is confirmed when both agree."
    ),
    "quality.confirmed_already": _("The list of this quarter was confirmed on %(on)s by %(user)s."),
    "quality.not_sure": _("Tick that the list was read name by name."),
    # Twice
    "quality.same_person": _("These are not two people. Choose another one."),
    "quality.said_already": _("It has been said already that they are two."),
    "quality.no_other": _("No such person can be compared here."),
    "quality.dropped_before": _(
        "%(name)s was merged into somebody before and has entries again since. Undo that merge first."
    ),
    "quality.kept_has_no_entries": _("%(name)s has no entry in the ledger; keep the other one."),
    "quality.entry_out_of_reach": _(
        "The entry of %(on)s concerns an organisation outside your grants. The common superior can merge the two."
    ),
    "quality.needs_identity_right": _(
        "The identity number would move to the kept person, and your grants do not include identity numbers. Keep the "
        "person who has the number, or leave it to your superior."
    ),
    "quality.file_hangs": _(
        "%(count)s files about this person are kept in the part “%(part)s”. Keep this person and drop the other, or "
        "close them there first."
    ),
    # On the desk
    "quality.desk_open": _(
        "%(count)s members have something to mend: %(missing)s missing, %(contradictory)s contradictory, "
        "%(impossible)s impossible, %(stale)s out of date."
    ),
    "quality.desk_pairs": _("Pairs that may be one person each (decide): %(count)s"),
    "quality.desk_lists": _("Lists of members not confirmed for quarter %(quarter)s of %(year)s: %(count)s"),
    "quality.desk_list": _("The list of “%(unit)s” is not confirmed for quarter %(quarter)s of %(year)s."),
}
ACTIONS: dict[str, str | Promise] = {
    "quality.finding_accepted": _("accepted a finding about person no. %(subject)s as right: %(reason)s"),
    "quality.finding_reopened": _("opened an accepted finding about person no. %(subject)s again"),
    "quality.list_confirmed": _(
        "confirmed the list of “%(subject)s” for quarter %(quarter)s of %(year)s (%(count)s members)"
    ),
    "quality.scores_noted": _("noted the data score of “%(subject)s” and what is below (%(units)s organisations)"),
    "quality.cases_exported": _("took a spreadsheet of open data cases of “%(subject)s” along (rows: %(rows)s)"),
    "quality.people_merged": _("merged person no. %(second)s into no. %(first)s (%(entries)s entries taken back)"),
    "quality.merge_undone": _(
        "undid the merge of no. %(second)s into no. %(first)s (%(entries)s entries booked again)"
    ),
    "quality.said_not_same": _("said that no. %(first)s and no. %(second)s are two people: %(reason)s"),
    "quality.looked_at_again": _("let no. %(first)s and no. %(second)s be compared again"),
}
KIND_NAMES = {
    "missing": _("missing"),
    "contradictory": _("contradictory"),
    "impossible": _("impossible"),
    "stale": _("out of date"),
}
KIND_TONES = {"missing": "off", "contradictory": "warn", "impossible": "bad", "stale": "warn"}
FOR = {
    "same_file": _("same file number"),
    "same_name": _("same name, tones aside"),
    "near_name": _("nearly the same name"),
    "same_birth": _("born on the same day"),
    "same_birth_year": _("born in the same year, of one only the year is known"),
    "same_home": _("same home place"),
    "same_phone": _("same phone"),
    "same_decision": _("admitted by a decision of the same day"),
    "number_missing": _("one has no identity number"),
}
AGAINST = {
    "other_sex": _("different sex"),
    "both_numbers": _("two different identity numbers"),
    "other_home": _("different home places"),
    "other_decision": _("decisions of different days"),
}
