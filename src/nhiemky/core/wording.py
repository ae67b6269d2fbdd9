"""A finding or a refusal, said in the reader's language.

Each app keeps its sentences in its own `wording.MESSAGES` (code to lazy message with `%(fact)s` places); the
setting `NHIEMKY_WORDING` lists those modules, so that core need not know the apps above it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.core.days import write_day
from nhiemky.core.numbers import write_number
from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Finding

Message = str | Promise

MESSAGES: Mapping[str, Message] = {
    "rules.none_in_force": gettext_lazy(
        "No rule “%(rule_code)s” is known for %(on)s, so nothing can be judged for that day. Choose another day."
    ),
}

REASONS: Mapping[str, Message] = {
    "permission_missing": gettext_lazy("Your grants do not include the right “%(permission)s”."),
    "outside_subtree": gettext_lazy("It concerns an organisation outside your grants."),
    "restated_outside": gettext_lazy(
        "Under the structure of that day it comprised organisations that are outside your grants. Look at it as it was."
    ),
    "no_such_unit": gettext_lazy("There is no organisation with this code."),
    "no_such_person": gettext_lazy("There is no such person in the register."),
    "no_such_movement": gettext_lazy("There is no such entry in the ledger."),
    "no_such_round": gettext_lazy("Badges are not given on this day, or the rules of that time are not known here."),
    "no_such_task": gettext_lazy("There is no such task, or it concerns other organisations."),
    "no_such_programme": gettext_lazy("There is no such programme."),
    "no_such_deliverable": gettext_lazy("The task has no such deliverable."),
    "no_such_feed": gettext_lazy("This address of a calendar does not hold (any more)."),
    "no_such_transfer": gettext_lazy("There is no such transfer."),
    "no_such_term": gettext_lazy("There is no such term."),
    "no_such_seat": gettext_lazy("There is no such seat."),
    "no_such_body": gettext_lazy("There is no such body."),
    "no_such_import": gettext_lazy("There is no such import, or its file is kept no longer."),
    "no_such_request": gettext_lazy("There is no such request."),
    "no_such_shredding": gettext_lazy("There is no such list for shredding."),
    "not_an_office_account": gettext_lazy("The office that keeps the member's record looks after this account."),
    "no_such_account": gettext_lazy("The member has no account."),
    "no_such_job": gettext_lazy("You have asked for no such work."),
    "no_such_case": gettext_lazy("There is no such case."),
    "no_such_document": gettext_lazy("There is no such document."),
    "no_such_token": gettext_lazy("There is no such token."),
    "no_such_number": gettext_lazy("The form has no such number."),
    "no_such_indicator": gettext_lazy("There is no such figure."),
    "not_everywhere": gettext_lazy("Accounts are managed by those who may grant rights over the whole system."),
    "read_only": gettext_lazy("The system is read-only at the moment."),
}
PERMISSION_NAMES: Mapping[str, Message] = {
    "organisation.view": gettext_lazy("see organisations"),
    "organisation.reorganise": gettext_lazy("reorganise organisations"),
    "members.view": gettext_lazy("see members"),
    "members.write": gettext_lazy("change the members' register"),
    "members.identity": gettext_lazy("read identity numbers"),
    "reporting.view": gettext_lazy("see figures and reviews"),
    "reporting.target": gettext_lazy("set targets"),
    "work.view": gettext_lazy("see documents and tasks"),
    "work.write": gettext_lazy("enter documents and tasks"),
    "audit.view": gettext_lazy("read the audit log"),
    "access.grant": gettext_lazy("grant rights and manage users"),
    "own": gettext_lazy("see one's own record as a member"),
}
ROLE_NAMES: Mapping[str, Message] = {
    "leader": gettext_lazy("Leader"),
    "specialist": gettext_lazy("Specialist"),
    "clerk": gettext_lazy("Clerk"),
    "secretary": gettext_lazy("Cell secretary"),
    "auditor": gettext_lazy("Auditor"),
    "administrator": gettext_lazy("Administrator"),
    "member": gettext_lazy("Party member"),
}
NOT_COUNTED = ("year", "row", "seq", "code")
"""Facts whose numbers name something and are written without grouping."""


_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class _Facts(dict[str, str]):
    """Facts of an event; what an older event did not record is a dash."""

    def __missing__(self, name: str) -> str:
        return "–"


@functools.cache
def _joined(name: str) -> dict[str, Message]:
    joined: dict[str, Message] = {}
    for path in settings.NHIEMKY_WORDING:
        if find_spec(path):
            joined.update(getattr(import_module(path), name, {}))
    return joined


def all_messages() -> Mapping[str, Message]:
    """Every code that a finding can be said by."""
    return _joined("MESSAGES")


def deed(action: str, subject: str, facts: Mapping[str, object]) -> str:
    """What an event of the audit log says was done, from the `ACTIONS` of the apps' wordings."""
    message = _joined("ACTIONS").get(action)
    if message is None:
        return f"{action} {subject}"
    written = _Facts({name: write_fact(name, _unfrozen(value)) for name, value in facts.items()}, subject=subject)
    return str(message) % written


def _unfrozen(value: object) -> object:
    """Events keep days as text; a paper's number may only look like one."""
    if not isinstance(value, str) or not _ISO_DAY.fullmatch(value):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        return value


def write_fact(name: str, value: object) -> str:
    """One fact for a sentence: days day-first, quantities grouped."""
    if name == "rule_code":
        return str(_joined("RULES").get(str(value), value))
    if isinstance(value, date):
        return write_day(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float | Decimal) and not name.endswith(NOT_COUNTED):
        return write_number(value)
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(write_fact(name, item) for item in value)
    return str(value)


def fill(message: Message, facts: Mapping[str, object]) -> str:
    """Put the facts into their places."""
    return str(message) % {name: write_fact(name, value) for name, value in facts.items()}


def sentence(finding: Finding) -> str:
    """The finding as a sentence; a kept rule may have its own wording under `<code>.ok`."""
    messages = all_messages()
    message = messages.get(f"{finding.code}.ok") if finding.ok else None
    message = message or messages.get(finding.code)
    if message is None:
        return f"{finding.code}: " + ", ".join(f"{k}={write_fact(k, v)}" for k, v in finding.facts.items())
    return fill(message, {**finding.facts, "row": finding.row, "field": finding.field, "value": finding.value})


def source(finding: Finding) -> str:
    """The source of the rule, and whether its value still has to be confirmed by somebody who has the text."""
    if finding.confirmed:
        return finding.cites
    return _("%(source)s; value to be confirmed") % {"source": finding.cites}


def reason(no: Denied) -> str:
    """Why access was refused."""
    message = REASONS.get(no.reason, REASONS["permission_missing"])
    return fill(message, {"permission": PERMISSION_NAMES.get(no.permission, no.permission)})
