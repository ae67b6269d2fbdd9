"""What the rules of the system are called, how their values read, and sentences about words on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nhiemky.documents.wording import DOES
from nhiemky.domain.members.grounds import GROUND
from nhiemky.members.wording import ground_name

MESSAGES: dict[str, str | Promise] = {
    "rules.no_such_step": _("The rule has no value that begins on %(start)s."),
    "rules.confirmed_already": _("The value from %(start)s is confirmed already."),
    "rules.not_plain": _(
        "This rule is no plain number: another list, table or procedure needs a new version of the program. Its value "
        "can be confirmed here."
    ),
    "rules.not_later": _(
        "The last value holds from %(last)s; a new one must begin later than that, not on %(start)s. What was judged "
        "of earlier days stays."
    ),
    "rules.value_unread": _("“%(value)s” is no value of this rule: give a whole number from 1 to %(most)s."),
    "rules.same_value": _("%(value)s is the value that holds."),
    "rules.taken_back_already": _("That was taken back already."),
    "rules.reason_missing": _("Say why; it stays in the records."),
}
ACTIONS: dict[str, str | Promise] = {
    "regulations.rule_confirmed": _("confirmed the rule %(rule)s from %(start)s by %(source)s"),
    "regulations.rule_superseded": _("gave the rule %(rule)s the value %(value)s from %(start)s by %(source)s"),
    "regulations.rule_word_withdrawn": _("took back what was said of the rule %(rule)s: %(reason)s"),
}
PARTS: dict[str, Promise] = {
    "admissions": _("Admission"),
    "badges": _("Party badges"),
    "conferences": _("Conferences"),
    "documents": _("Documents"),
    "members": _("Members and their movements"),
    "organisation": _("Organisations and committees"),
    "quality": _("Clean data"),
    "rights": _("Rights of members"),
    "statistics": _("Statistics forms"),
    "tasks": _("Tasks"),
    "transfers": _("Transfers"),
}
TITLES: dict[str, Promise] = {
    "admissions.ballots": _("Ballots without a majority after which a case goes up"),
    "admissions.cell_majority": _("Majority in the cell"),
    "admissions.ceremony_days": _("Working days until the ceremony of admission"),
    "admissions.check_months": _("Months for which a background check holds"),
    "admissions.committee_days": _("Working days of each committee"),
    "admissions.committee_majority": _("Majority in the committee"),
    "admissions.course_months": _("Months for which the course certificate holds"),
    "admissions.education": _("Least general education"),
    "admissions.oldest_age": _("Oldest age at admission"),
    "admissions.papers": _("Papers of a case"),
    "admissions.procedure": _("Regulation that governs the procedure"),
    "admissions.recognition_days": _("Working days after probation to consider the official status"),
    "admissions.recommender_months": _("Months a recommender worked with the candidate"),
    "admissions.recommenders": _("Members who recommend"),
    "admissions.recommenders_with_union": _("Members who recommend beside the Youth Union"),
    "badges.days": _("Days on which badges are given"),
    "badges.early_illness": _("Months early in case of illness, by badge"),
    "badges.early_posthumous": _("Months early after death"),
    "badges.levels": _("Badges by years of Party age"),
    "badges.money": _("Money that goes with a badge, times the base salary"),
    "badges.probation_lengths": _("Lengths of probation, in months"),
    "conferences.quorum.confidence": _("Share of those summoned who must be at a vote of confidence"),
    "conferences.quorum.congress": _("Share of those summoned who must be at a congress"),
    "documents.numbering": _("Numbers begin anew"),
    "documents.types_by_body": _("Types of document by body"),
    "documents.who_changes": _("What only the issuer or a superior may do to a document"),
    "members.admission_age": _("Least age at admission"),
    "members.exemption_grounds": _("Grounds of exemption from work and meetings"),
    "members.expulsion_grounds": _("Grounds of expulsion"),
    "members.leaving_grounds": _("Grounds of leaving"),
    "members.not_readmitted": _("Grounds after which nobody is admitted again"),
    "members.probation_months": _("Months of probation"),
    "members.readmission_months": _("Months until somebody may be admitted again"),
    "members.readmissions": _("How often somebody may be admitted again"),
    "members.striking_off_grounds": _("Grounds of striking off"),
    "organisation.cell_committee_minimum": _("Members from which a cell has a committee"),
    "organisation.cell_committee_most": _("Most seats of a cell's committee"),
    "organisation.cell_minimum": _("Least members of a cell"),
    "organisation.grassroots_committee_most": _("Most seats of a grassroots committee"),
    "organisation.holders_are_official": _("Holders of posts are official members"),
    "quality.card": _("Source of the checks of card numbers"),
    "quality.card_months": _("Months until a card number is missed"),
    "quality.confirm_months": _("Months after which particulars are confirmed"),
    "quality.forms": _("Source of the checks of the statistics forms"),
    "quality.identity": _("Source of the checks of identity numbers"),
    "quality.index": _("Source of the checks of the card index"),
    "quality.office_years": _("Age above which an office worker is doubted"),
    "quality.oldest": _("Age above which a birth date is doubted"),
    "quality.order": _("Source of the checks of the order of days"),
    "quality.phone": _("Source of the checks of telephone numbers"),
    "quality.student_years": _("Age above which a student is doubted"),
    "quality.youngest": _("Age below which an admission is doubted"),
    "rights.acknowledge_workdays": _("Working days to acknowledge a request"),
    "rights.carry_out_days": _("Days to carry a request out"),
    "rights.retention_years": _("Years for which records are kept"),
    "statistics.age_bands": _("Age bands of the forms"),
    "statistics.party_age_bands": _("Party age bands of the forms"),
    "tasks.due_soon": _("Working days before the due day"),
    "tasks.last_day": _("A day off moves the last day"),
    "transfers.present_limit": _("Days to present a letter"),
    "transfers.start_limit": _("Days to begin a transfer"),
    "transfers.temporary_months": _("Months of a temporary stay"),
    "transfers.under_way": _("Who counts a person under way"),
    "transfers.unresolved": _("Unresolved matters hold a transfer up"),
}
WORDS: dict[str, Promise] = {
    "confirm": _("confirmed"),
    "supersede": _("another value from this day on"),
    "withdraw": _("taken back"),
}
VALUES: dict[str, Promise] = {
    "official_members": _("of the official members"),
    "committee_members": _("of the members of the committee"),
    "lower_secondary": _("lower secondary school"),
    "term": _("with each term"),
    "sender": _("where the letter comes from"),
    "receiver": _("where the letter goes to"),
    "work": _("for work"),
    "study": _("for study"),
}
_LONGEST, _FEW = 12, 4


def title_of(name: str) -> str:
    """What the rule is called; its key where it has no name yet."""
    return str(TITLES.get(name, name))


def value_text(value: object) -> str:
    """A value in a line; of a long or a nested list how many there are: the program holds it whole."""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if value == 0:
        return "–"
    if isinstance(value, str):
        return _named(value)
    if isinstance(value, Mapping | tuple | list | frozenset | set):
        return _several(value)
    if is_dataclass(value) and not isinstance(value, type):
        return " · ".join(value_text(getattr(value, one.name)) for one in fields(value))
    return str(value)


def _named(key: str) -> str:
    """A key in words: of a ground, of what a document does, or of its own."""
    if key in GROUND:
        return ground_name(key)
    return str(VALUES.get(key) or DOES.get(key) or key)


def _several(value: Mapping[Any, Any] | tuple[Any, ...] | list[Any] | frozenset[Any] | set[Any]) -> str:
    held = list(value.values()) if isinstance(value, Mapping) else list(value)
    nested = any(isinstance(one, Mapping | tuple | frozenset) or is_dataclass(one) for one in held)
    if not held or len(held) > _LONGEST or (nested and len(held) > _FEW):
        return str(_("a list of %(count)s") % {"count": len(held)} if held else _("none"))
    if isinstance(value, Mapping):
        return "; ".join(f"{value_text(key)}: {value_text(one)}" for key, one in value.items())
    ordered = held if isinstance(value, tuple | list) else sorted(held, key=str)
    mark = "; " if any(isinstance(one, str) for one in ordered) else ", "
    return mark.join(value_text(one) for one in ordered)
