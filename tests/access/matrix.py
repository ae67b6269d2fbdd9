"""What everybody may open, worked out from what pages declare and personas were granted, not by asking the code.

The world: `builders.province`, with one person in every cell. C2 stood under X1 until it came under X3 on 1 July 2025;
Kxuan came to it afterwards. So X1 and X3 each have a past that is not today's.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.staticfiles.views import serve
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from python_calamine import CalamineWorkbook

import personas
from access.samples import CELLS, JOB_OWNERS, NAMES, samples
from nhiemky.audit.selectors import head_seq
from nhiemky.core.pages import PageInfo
from nhiemky.domain.access import OWN, ROLES

PAST, EVE = "2025-01-01", "2025-06-30"
# Today's tree and the one until June 2025: superior of each unit.
TODAYS = {"T": "", "H1": "T", "H2": "T", "X1": "H1", "X2": "H1", "X3": "H2", "C1": "X1", "C2": "X3", "C3": "X2",
          "C4": "X3", "C5": "H2"}  # fmt: skip
BEFORE = {**TODAYS, "C2": "X1"}
# Whoever is named so is planted in this cell today; Kxuan came to it after it had left X1.
PEOPLE = {"Kxdong": "C1", "Kxtay": "C2", "Kxuan": "C2", "Kxnam": "C3", "Kxbac": "C4", "Kxmai": "C5"}
CAME_LATER = {"Kxuan"}
# The one decision there is concerns what moved, whence and whither.
MOVED_BETWEEN = {"C2", "X1", "X3"}
CAST = (*personas.CAST, ("quantrixa", "Lý Thị Xã", "administrator", "X1", False),
        ("kiemtraxa", "Mạc Văn Kiểm", "auditor", "X1", False))  # fmt: skip
# Kxdong with an account of her own: no grant, and nothing but her own pages.
MEMBER = ("dangvien", "Đỗ Thị Kxdong", "member", "C1", False)
# Django's own, without @page: the language switch.
PLAIN = {"set_language"}
# Pages that ask for figures of a unit in the query; by themselves of the own one.
REPORTING = ("reporting:", "statistics:")


def below(top: str, tree: dict[str, str]) -> set[str]:
    """The subtree of a unit in one of the trees."""
    found = {top}
    while more := {code for code, above in tree.items() if above in found} - found:
        found |= more
    return found


def above(code: str, tree: dict[str, str]) -> set[str]:
    """The superiors of a unit."""
    return {tree[code], *above(tree[code], tree)} if tree[code] else set()


@dataclass(frozen=True)
class Persona:
    """One of the cast: what they were granted, and what therefore may be told to them."""

    username: str
    role: str
    top: str
    ended: bool

    @property
    def rights(self) -> frozenset[str]:
        if self.role == "member":
            return frozenset({OWN})
        return frozenset() if self.ended else ROLES[self.role]

    @property
    def seen(self) -> set[str]:
        """Units of today's scope."""
        return set() if self.ended else below(self.top, TODAYS)

    def restates(self, code: str) -> bool:
        """Whether all that the unit comprised in June 2025 is theirs."""
        return below(code, BEFORE) <= self.seen

    def units_told(self, query: dict[str, str]) -> set[str]:
        """Units that may be named: the scope, its superiors, on a past day what stood there, and whence a unit came."""
        if self.ended:
            return set()
        told = self.seen | above(self.top, TODAYS)
        if "on" in query or "structure" in query:
            told |= below(self.top, BEFORE)
        return told | (above("C2", BEFORE) if "C2" in self.seen else set())

    def people_told(self, query: dict[str, str]) -> set[str]:
        if self.role == "member":
            return {"Kxdong"}
        if "members.view" not in self.rights:
            return set()
        then = below(self.top, BEFORE) if "on" in query and "structure" not in query else set()
        return {who for who, cell in PEOPLE.items() if cell in self.seen or (cell in then and who not in CAME_LATER)}


def cast() -> dict[str, Persona]:
    """The personas by name."""
    return {username: Persona(username, role, top, ended) for username, _name, role, top, ended in (*CAST, MEMBER)}


# --- Addresses -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Address:
    """A named page, its arguments for one unit, and the unit it is about ("" for none)."""

    name: str
    kwargs: dict[str, Any]
    info: PageInfo
    unit: str

    def url(self) -> str:
        return reverse(self.name, kwargs=self.kwargs)


def patterns(found: list[Any], space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern with its full name."""
    for pattern in found:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from patterns(pattern.url_patterns, inner)
        elif pattern.callback is not serve:
            yield f"{space}{pattern.name}", pattern


# Where one sample is not enough, or another is needed.
OTHER = {
    "reporting:chart": [{"key": "admissions"}, {"key": "sectors"}],
    "badges:paper": [{"file": "decision"}, {"file": "certificates"}],
    "reporting:review_file": [{"kind": "docx"}, {"kind": "xlsx"}, {"kind": "json"}],
}
ALIKE = {"lanhdao", "kiemtra", "hetquyen", "dangvien"}
SLOW = {"reporting:review_file", "reporting:chart"}
OF_A_UNIT = {"token_id", 
    "job_id", "import_id", "code", "person_id", "movement_id", "term_id", "seat_id", "grant_id", "user_id", "case_id",
    "step_id", "transfer_id", "special_id", "badge_id", "request_id", "shredding_id", "document_id", "file_id",
    "relation_id", "series_id", "conference_id", "item_id", "invitee_id", "instruction_id",
}  # fmt: skip
OF_A_PERSON = {
    "person_id", "movement_id", "case_id", "step_id", "transfer_id", "special_id", "request_id", "shredding_id",
    "document_id", "file_id", "relation_id", "series_id",
    "regulation_id", "draft_id", "opinion_id", "proposal_id",
    # A commune's for its cell: the cell sees them, too.
    "task_id", "deliverable_id", "programme_id", "ask_id", "asked_id",
}  # fmt: skip


def addresses(unit: str) -> Iterator[Address]:
    """Every page of ours, about the unit where it is about one."""
    known = samples(unit)
    for name, pattern in patterns(get_resolver().url_patterns):
        if name in PLAIN or getattr(pattern.callback, "operation", False):
            continue  # the door of operations is a token: tests/api/test_scopes.py
        needed = set(pattern.pattern.regex.groupindex)
        for more in OTHER.get(name, [{}]):
            values = {**known, **more}
            assert needed <= set(values), f"{name}: give this test a sample of {needed - set(values)}"
            of_a_person = needed & OF_A_PERSON
            about = CELLS[unit] if of_a_person else unit if needed & OF_A_UNIT else ""
            info = getattr(pattern.callback, "page", None)
            assert isinstance(info, PageInfo), f"{name} is not declared with @page"
            yield Address(name, {argument: values[argument] for argument in needed}, info, about)


# --- What is expected ------------------------------------------------------------------------------------------------

# Pages that answer something else than 200 to whoever may open them.
REDIRECTS = {"accounts:sign_in", "accounts:second_factor", "audit:verify", "organisation:preview"}
# Built with DEBUG only; no secret is being set up; the request is not answered yet.
NOTHING_THERE = {
    "core:kit",
    "accounts:second_factor_qr",
    "rights:answer",
    "rights:own_answer",
    "documents:compare",  # of nothing
    "tasks:feed",  # no such address
    "tasks:deliverable_file",  # nothing is handed in
}
# After an empty POST by whoever may: not a form with errors.
ENDS_SESSION = {"accounts:sign_out"}
# A page that everybody may see who sees figures, and some may send.
ALSO_NEEDS = {
    "reporting:targets": "reporting.target",
    "quality:person": "members.write",
    "quality:same": "members.write",
    "exchange:imports": "members.write",
    "documents:issuers": "work.write",
}
SPOKEN_BY_THE_PROVINCE = {"regulations:rule_confirm", "regulations:rule_supersede", "regulations:rule_withdraw"}
GIVERS_ACTS = {
    "tasks:answer", "tasks:decide", "tasks:stop", "tasks:accept", "directives:remind", "directives:withdraw",
    "directives:exempt", "directives:reopen", "directives:decide",
}  # fmt: skip
AFTER_EMPTY_POST = {
    "tasks:feed_renew": 200,
    "tasks:feed_end": 302,
    "tasks:mail": 302,  # no address: no e-mail
    "conferences:item_remove": 302,  # a question without fields
    "conferences:invitee_remove": 302,
    "tasks:appoint": 302,  # nobody in particular
    "badges:special_remove": 302,  # a question without fields
    "api:token_withdraw": 302,  # a question without fields
    "rights:acknowledge": 302,
    "rights:withdraw": 302,
    "rights:own_withdraw": 302,
    "rights:own_identity": 200,
    "rights:shredding_drop": 302,
    "rights:account_withdraw": 302,  # a question without fields
    "members:identity": 200,
    "members:seat_new": 200,  # first the person is looked for
    "accounts:codes_new": 200,
    "accounts:user": 200,
    "audit:verify": 200,
    "accounts:second_factor": 302,
    "accounts:demo_door": 404,
    "organisation:draft_remove": 302,
    "organisation:apply": 302,
}


def expected(who: Persona, address: Address, query: dict[str, str], method: str = "GET") -> int:
    """The status, as far as anybody could know it without reading the views."""
    info = address.info
    if method not in info.methods:
        return 405
    lacking = info.permission is not None and info.permission not in who.rights
    if lacking or (address.name in SPOKEN_BY_THE_PROVINCE and who.top != "T"):
        return 403
    refused = _of_the_unit(who, address, query)
    if refused:
        return refused
    if method == "POST":
        if ALSO_NEEDS.get(address.name, "") not in who.rights | {""}:
            return 403
        return AFTER_EMPTY_POST.get(address.name, 422)
    if address.name in NOTHING_THERE:
        return 404
    if address.name == "reporting:home" and who.role == "member":
        return 302
    chooser = address.name == "reporting:review" and not address.kwargs
    return 302 if chooser or address.name in REDIRECTS else 200


def _of_the_unit(who: Persona, address: Address, query: dict[str, str]) -> int:
    """404 for a unit outside the scope, 403 where it is asked restated over others' units; else 0."""
    if address.name == "accounts:user_password":
        return 404 if address.unit not in who.seen else 0 if who.top == "T" else 403
    if {"job_id", "import_id"} & set(address.kwargs):
        return 0 if who.username == JOB_OWNERS[address.unit] else 404
    if "reorganisation_id" in address.kwargs:
        return 0 if who.seen & MOVED_BETWEEN else 404
    if address.unit and address.unit not in who.seen:
        return 404
    if address.name in GIVERS_ACTS and TODAYS[address.unit] not in who.seen:
        return 403
    asked = address.unit if "code" in address.kwargs or {"term_id", "seat_id"} & set(address.kwargs) else ""
    if address.name.startswith(REPORTING):
        if "reporting.view" not in who.rights:
            return 0  # the first page, which then shows where to go instead
        asked = asked or query.get("unit", "") or who.top
    return _of_the_asked(who, asked, query)


def _of_the_asked(who: Persona, asked: str, query: dict[str, str]) -> int:
    if asked and asked not in who.seen:
        return 404
    return 403 if asked and "structure" in query and not who.restates(asked) else 0


NEVER_RESTATED = ("documents:", "tasks:", "directives:", "regulations:", "proposals:", "conferences:", "jobs:", "api:")
"""Parts that look at a day, never at another day's structure (held by tests/architecture/test_never_restated.py)."""


def queries(address: Address, who: Persona) -> Iterator[dict[str, str]]:
    """Plain, about a unit in the query inside and outside, on a past day, under a past structure where there is one.

    To whom everything may be told, or nothing, only the first and the last can answer differently.
    """
    base = {"way": "in", "q": "do thi", "user": "anphu"} if address.name != "access:explain" else {}
    yield base
    restated = {**base, "structure": EVE}
    if who.username in ALIKE:
        if not address.name.startswith(NEVER_RESTATED):
            yield restated
        return
    if not address.unit and address.name.startswith((*REPORTING, "access:", "members:", "organisation:lookup")):
        yield {**base, "unit": "C1"}
        yield {**base, "unit": "C4"}
    if address.name not in SLOW:
        yield {**base, "on": PAST}
    if not address.name.startswith(NEVER_RESTATED):
        yield restated


# --- Walking ---------------------------------------------------------------------------------------------------------


def _document(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))


def said(answer: Any) -> str:
    """Everything that an answer tells, whatever the format."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kind = answer.get("Content-Type", "")
    if "spreadsheet" in kind:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
        return "\n".join(str(cell) for sheet in sheets for row in sheet for cell in row)
    if "wordprocessing" in kind:
        return _document(content)
    if kind == "application/zip":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return "".join(_document(parts.read(name)) for name in parts.namelist())
    return content.decode()


def leaks(who: Persona, query: dict[str, str], text: str) -> list[str]:
    """Names in the text that this persona must not read."""
    units = [NAMES[code] for code in set(NAMES) - who.units_told(query) if NAMES[code] in text]
    people = [name for name in set(PEOPLE) - who.people_told(query) if name in text]
    return units + people


def every(only: str = "") -> Iterator[Address]:
    """Every address inside and outside; what is about no unit once."""
    for unit in ("X1", "X3"):
        yield from (a for a in addresses(unit) if (unit == "X1" or a.unit) and a.name.startswith(only))


def walk(who: Persona, client: Client, *, only: str = "") -> list[str]:
    """Open every page in every way; what is not as expected."""
    wrong = []
    for address in every(only):
        for query in queries(address, who):
            answer = client.get(address.url(), query)
            wrong += _judged(f"GET {address.url()} {query}", answer, expected(who, address, query), who, query)
    return wrong


# Something for every field there is. Codes and days are of the world, so that only rights stand in the way.
DATA = {
    "username": "bithu", "role": "clerk", "unit_code": "C4", "unit": "C4", "start": "31/10/2026", "on": "31/10/2026",
    "end": "31/10/2030", "deed": "close", "sure": "on", "line": "0", "language": "vi", "token": "123456",
    "new": "ba bốn năm sáu bảy", "again": "ba bốn năm sáu bảy", "old": "x", "full_name": "Ai Đó", "password": "ngắn",
    "number": "1-QĐ", "date": "01/01/2026", "body": "Tỉnh ủy", "effective": "01/01/2026", "name": "Tên mới",
    "reason": "nhầm", "paper_number": "1-QĐ", "paper_date": "01/01/2026", "paper_body": "Tỉnh ủy", "post": "member",
    "source": "1-KH", "X3": "5", "C4": "5", "kind": "leaving", "confirmed": "yes",
}  # fmt: skip


def send(who: Persona, client: Client, *, only: str = "") -> list[str]:
    """Post to every address, with no field and, where it must be refused, with everything; what is not as expected."""
    wrong = []
    for address in every(only):
        wanted = expected(who, address, {}, "POST")
        if address.name in ENDS_SESSION:
            continue
        answers = [("empty", {"csrfmiddlewaretoken": "x"})] + ([("sample", DATA)] if wanted in (403, 404, 405) else [])
        for what, data in answers:
            before = head_seq()
            answer = client.post(address.url(), data)
            told = f"POST {what} {address.url()}"
            wrong += _judged(told, answer, wanted, who, {})
            if wanted >= 400 and head_seq() != before:
                wrong.append(f"{told} wrote something")
    return wrong


def _judged(told: str, answer: Any, wanted: int, who: Persona, query: dict[str, str]) -> list[str]:
    wrong = [] if answer.status_code == wanted else [f"{told}: {answer.status_code}, not {wanted}"]
    if names := leaks(who, query, said(answer)):
        wrong.append(f"{told} tells {names}")
    return wrong
