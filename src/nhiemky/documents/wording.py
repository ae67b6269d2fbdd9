"""Sentences for the findings and acts of documents; how a document is cited; what types, states, organs are called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nhiemky.documents.models import STATE, Document
from nhiemky.domain.documents.kinds import KIND
from nhiemky.domain.documents.naming import number_text

MESSAGES: dict[str, str | Promise] = {
    # Entering
    "documents.no_such_issuer": _(
        "The register knows no such issuer (%(value)s). Enter the issuer first, or choose one."
    ),
    "documents.several_issuers": _(
        "Several issuers have the symbol %(value)s. Give the code of the organisation instead."
    ),
    "documents.several_types": _("“%(value)s” may be several types: %(types)s. Give one of them."),
    "documents.no_such_type": _("“%(value)s” is no type of document."),
    "documents.number_impossible": _("A document cannot bear the number %(value)s: numbers run from 1 to %(most)s."),
    "documents.number_unread": _("“%(value)s” is no number of a document. Write 21, or 21-NQ/TW as it stands there."),
    "documents.symbol_differs": _(
        "The number says %(written)s, but type and issuer make %(expected)s. Correct number, type or issuer."
    ),
    "documents.withheld_number": _("A withheld paper is known by its number alone: give the number."),
    "documents.withheld_title": _("Nothing of a withheld paper may be held here: leave the title empty."),
    "documents.title_missing": _("Give the title (what the document is about), or mark the paper as withheld."),
    "documents.title_long": _("The title has %(length)s characters; at most %(most)s are kept."),
    "documents.day_to_come": _("%(on)s has not come yet (today is %(today)s)."),
    "documents.day_impossible": _("No document is of %(on)s: the first possible day is %(first)s."),
    "documents.ends_before": _("In force from %(start)s and no longer from %(end)s: it would never be in force."),
    "documents.in_force_early": _(
        "In force from %(start)s, but signed only on %(signed)s. If the paper really says so, tick “The paper says so”."
    ),
    "documents.lookalikes": _(
        "There are characters that only look like Vietnamese letters or cannot be seen: %(letters)s. Type them anew, "
        "or nobody will find the document."
    ),
    "documents.key_taken": _(
        "%(number)s of %(on)s is in the register with another title: “%(title)s”. Look at that one; one of the two has "
        "a wrong number, type or day."
    ),
    "documents.already_there": _("%(number)s of %(on)s is in the register already: “%(title)s”."),
    "documents.number_taken": _(
        "%(number)s was used in the term %(term)s already, on %(on)s: “%(title)s”. A number comes once in a term."
    ),
    "documents.number_given_here": _(
        "From number %(first)s on, numbers of this type are given out here in the term %(term)s. Ask for the next "
        "number instead of typing one."
    ),
    "documents.type_of_state": _(
        "%(issuer)s issues no laws or decrees; those are of state bodies. Choose another type."
    ),
    "documents.documents_since": _("%(count)s documents or drafts of founded organisations were entered since."),
    "documents.type_not_theirs": _("%(organ)s does not issue documents of the type “%(type)s”, but: %(allowed)s."),
    "documents.not_amendable": _("Issuer, type, number and day are the document's key and do not change."),
    "documents.nothing_changes": _("Nothing was changed."),
    "documents.cancelled_already": _("The document is cancelled already: %(reason)s"),
    "documents.reason_missing": _("Say why; it stays in the register."),
    "documents.still_related": _("%(count)s relations with other documents stand in the way. Strike them first."),
    "documents.still_used": _(
        "It is an answer to a directive, stands for a regulation or a decision, or was handed in with a task, "
        "%(count)s times in all. Take that back first."
    ),
    "documents.issuer_sort": _(
        "A committee, office or congress belongs to an organisation of the register; a body outside to none."
    ),
    "documents.issuer_incomplete": _("Give name and symbol of the issuer."),
    "documents.issuer_taken": _("The symbol %(value)s is another issuer's already."),
    # Numbers
    "documents.not_ours_to_number": _(
        "%(issuer)s gives its own numbers. Only organisations of the register get numbers here; enter this document by "
        "hand."
    ),
    "documents.unit_not_there": _("%(unit)s does not exist on %(on)s."),
    "documents.no_term": _(
        "No term of the committee that issues as “%(issuer)s” holds %(on)s, and numbers begin anew with each term. "
        "Enter the term first: page of the organisation, “Committees”."
    ),
    # Relations
    "documents.no_such_relation": _("“%(value)s” is no relation between documents."),
    "documents.own_relation": _("A document has no relation to itself."),
    "documents.relation_there": _("This relation to %(target)s is in the register already."),
    "documents.relation_to_cancelled": _("One of the two documents is cancelled."),
    "documents.relation_backwards": _(
        "This document is of %(source)s, the other one of %(target)s: it cannot act on one that did not exist yet."
    ),
    "documents.guidance_before": _(
        "The guidance is of %(target)s, the document it guides of %(source)s: guidance comes afterwards. If it really "
        "is so, tick “The paper says so”."
    ),
    "documents.relation_early": _("From %(on)s, but the document was signed only on %(signed)s."),
    "documents.not_theirs_to_change": _("Only the issuer or a competent superior may change or end that document."),
    "documents.circle": _("%(target)s already goes back to %(source)s: the two would stand in a circle."),
    "documents.struck_already": _("The relation is struck already."),
    "documents.no_such_target": _(
        "No document “%(value)s” was found. Write its number as it stands on the paper, for example 21-NQ/TW."
    ),
    "documents.several_targets": _("There are %(count)s documents “%(value)s”. Add the day: %(value)s 16/06/2022."),
    # Files
    "documents.file_empty": _("The file is empty."),
    "documents.file_large": _("The file has %(size)s MB; at most %(most)s MB are kept."),
    "documents.file_program": _("The file is a program (%(what)s), whatever its name says. Programs are not kept."),
    "documents.file_other": _("The file is neither .docx nor .pdf by its content. Save it as one of the two."),
    "documents.file_macros": _("The file holds macros. Save it as .docx without macros."),
    "documents.file_broken": _("The file cannot be opened: it is damaged, or encrypted."),
    "documents.file_bomb": _("Unpacked, the file would have %(size)s MB (%(packed)s MB packed); it is not opened."),
    "documents.file_same": _("This very file is here already as version %(version)s."),
    "documents.file_withheld": _("No file of a withheld paper may be held here."),
    "documents.file_unread": _("No text: the paper is scanned, so the search does not find its words."),
    "documents.file_sealed": _("Kept sealed: its words are not searched."),
}
ACTIONS: dict[str, str | Promise] = {
    "documents.document_entered": _("entered the document %(number)s of %(on)s"),
    "documents.document_amended": _("changed %(fields)s of the document %(number)s of %(on)s"),
    "documents.document_struck": _("cancelled the document %(number)s of %(on)s: %(reason)s"),
    "documents.number_given": _("took the number %(number)s (term %(term)s)"),
    "documents.relation_entered": _("entered what %(number)s does to %(target)s"),
    "documents.relation_struck": _("struck what %(number)s does to %(target)s: %(reason)s"),
    "documents.issuer_entered": _("entered the issuer %(name)s (%(symbol)s)"),
    "documents.file_added": _("added the file %(file)s (version %(version)s) to %(number)s"),
    "documents.file_taken": _("took the sealed file %(file)s of %(number)s along"),
    "documents.paper_exported": _("took %(number)s along as .docx"),
    "documents.demo_written": _("wrote the documents of the demo"),
}
STATES: dict[str, Promise] = {
    "cancelled": _("cancelled"),
    "not_yet": _("not yet in force"),
    "in_force": _("in force"),
    "amended": _("in force, amended"),
    "supplemented": _("in force, supplemented"),
    "partly": _("in force, partly repealed"),
    "replaced": _("replaced"),
    "repealed": _("repealed"),
    "ended": _("ended"),
}
TONES = {
    "cancelled": "off", "not_yet": "warn", "in_force": "good", "amended": "good", "supplemented": "good",
    "partly": "warn", "replaced": "off", "repealed": "off", "ended": "off",
}  # fmt: skip
ORGANS: dict[str, Promise] = {
    "committee": _("Committee"),
    "standing": _("Standing committee"),
    "congress": _("Congress"),
    "presidium": _("Presidium of the congress"),
    "secretariat": _("Secretariat of the congress"),
    "counting": _("Credentials or counting committee"),
}
SORTS: dict[str, Promise] = {
    "committee": _("Committee"),
    "office": _("Office or commission"),
    "congress": _("Congress"),
    "central": _("Party body outside the register"),
    "state": _("State body"),
}
# What the document does to the other, and what the other is told of it.
DOES: dict[str, Promise] = {
    "implements": _("implements"),
    "amends": _("amends"),
    "supplements": _("supplements"),
    "replaces": _("replaces"),
    "repeals": _("repeals"),
    "cites": _("cites"),
    "guided_by": _("is guided by"),
}
DONE_BY: dict[str, Promise] = {
    "implements": _("is implemented by"),
    "amends": _("is amended by"),
    "supplements": _("is supplemented by"),
    "replaces": _("is replaced by"),
    "repeals": _("is repealed by"),
    "cites": _("is cited by"),
    "guided_by": _("guides"),
}


def kind_name(key: str) -> str:
    """The type of a document in the reader's language."""
    return KIND[key].vi if (get_language() or "vi").startswith("vi") else KIND[key].en


def number_of(document: Document) -> str:
    """The number as the paper bears it, "21-NQ/TW"; empty where it bears none."""
    issuer = document.issuer
    return number_text(
        document.kind, document.number, issuer.symbol, document.signed_on.year, state=issuer.sort == STATE
    )


def cited(document: Document) -> str:
    """How papers cite it: "Nghị quyết số 21-NQ/TW ngày 16/6/2022". In Vietnamese, whatever the reader's language."""
    on = document.signed_on
    number = f" số {number_of(document)}" if document.number is not None else ""
    return f"{KIND[document.kind].vi}{number} ngày {on.day}/{on.month}/{on.year}"


def titled(document: Document) -> str:
    """The title, or why there is none."""
    if document.title:
        return document.title
    return str(
        _("withheld: only the number is known") if document.withheld else _("number given, title not entered yet")
    )


def named(document: Document) -> str:
    """A document in a line: its number, or its type where it bears none."""
    return number_of(document) or kind_name(document.kind)
