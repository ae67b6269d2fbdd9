"""Reading the rules of the system: the book they are judged by, their steps with their sources, who may speak."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from nhiemky.audit.selectors import last_seq
from nhiemky.audit.services import recorded
from nhiemky.documents.citing import citations
from nhiemky.documents.models import Document
from nhiemky.documents.selectors import WRITE
from nhiemky.documents.wording import cited
from nhiemky.domain import dated
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.dated import Book, Dated, Step
from nhiemky.domain.rulebook import Word, book, rules
from nhiemky.regulations.models import RuleWord

_APP = "regulations"


class _Cache:
    """The book of this process, the same object as long as nobody said anything new of a rule."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.seq, self.words, self.book = -1, -1, {}  # type: int, int, Book

    def current(self) -> Book:
        with self.lock:
            if recorded():
                return self.book
            seq = last_seq(_APP)
            if seq != self.seq:
                words = all_words()
                if (newest := words[-1].id if words else 0) != self.words:
                    self.book, self.words = book(rules(), words), newest
                self.seq = seq
            return self.book


_cache = _Cache()


def current() -> Book:
    """The book as of the last committed event."""
    return _cache.current()


def open_book() -> None:
    """Judge by the current book from here on: before a job or a command."""
    dated.open_book(current())


def forget() -> None:
    """Load anew next time: between tests and after a restore."""
    _cache.seq = _cache.words = -1


def all_words() -> list[Word]:
    """Everything that was said of any rule, in order."""
    rows = RuleWord.objects.select_related("document__issuer").order_by("seq", "pk")
    return [_word(one) for one in rows]


def word(word_id: int) -> RuleWord:
    """One word.

    Raises:
        Denied: 404, there is none.
    """
    found = RuleWord.objects.filter(pk=word_id).first()
    if found is None:
        raise Denied("work.view", "no_such_rule", status=404)
    return found


def _word(row: RuleWord) -> Word:
    return Word(row.pk, row.act, row.rule, row.start, row.value, source_of(row), row.of_id)


def source_of(row: RuleWord) -> str:
    """What the word rests on, as papers cite it."""
    if row.document is None:
        return ""
    return f"{cited(row.document)}, {row.point}" if row.point else cited(row.document)


def words_on(rule: str) -> list[RuleWord]:
    """Everything that was said of the rule, the latest first."""
    found = RuleWord.objects.filter(rule=rule).select_related("document__issuer", "taken_back", "of")
    return list(found.order_by("-seq", "-pk"))


def may_speak(actor: Actor) -> bool:
    """Whether the actor may confirm or supersede: only an office that writes over the whole register."""
    return actor.scope(WRITE).everything


def require_speaker(actor: Actor) -> None:
    """Raise `Denied` for whoever may not speak of rules."""
    if not may_speak(actor):
        raise Denied(WRITE, "permission_missing", status=403)


def known_rule(name: str) -> Dated[Any]:
    """The rule.

    Raises:
        Denied: 404, there is none.
    """
    found = rules().get(name)
    if found is None:
        raise Denied("work.view", "no_such_rule", status=404)
    return found


@dataclass(frozen=True, slots=True)
class Shown:
    """A step of a rule as it is judged by, until when, and the documents of the register that its source names."""

    rule: Dated[Any]
    step: Step[Any]
    until: date | None
    documents: tuple[Document, ...]


def shown(actor: Actor, found: Iterable[Dated[Any]], on: date) -> list[Shown]:
    """Every step of the rules, oldest first, with the documents that the actor may see: few questions for all."""
    steps = [(rule, step, _until(rule, step)) for rule in found for step in rule.applied]
    linked = _linked(actor, [step.cites for _rule, step, _end in steps], on)
    return [Shown(rule, step, end, linked[number]) for number, (rule, step, end) in enumerate(steps)]


def _until(rule: Dated[Any], step: Step[Any]) -> date | None:
    later = [one.start for one in rule.applied if one.start > step.start]
    ends = [day for day in (step.end, min(later, default=None)) if day is not None]
    return min(ends, default=None)


def _linked(actor: Actor, sources: list[str], on: date) -> list[tuple[Document, ...]]:
    """For each source the documents it cites: one text of all, so that the register is asked once."""
    different = list(dict.fromkeys(sources))
    found: dict[int, list[Document]] = {}
    starts, text = [], ""
    for source in different:
        starts.append(len(text))
        text += f"{source}.\n\n"
    for one in citations(actor, text, on):
        if one.linked is not None:
            number = max(n for n, start in enumerate(starts) if start <= one.cited.start)
            found.setdefault(number, []).append(one.linked.document)
    by_source = {source: tuple(found.get(n, ())) for n, source in enumerate(different)}
    return [by_source[source] for source in sources]


def citing(actor: Actor, document: Document, on: date) -> list[Dated[Any]]:
    """The rules whose source names the document: whoever changes it looks whether they still hold."""
    lines = shown(actor, rules().values(), on)
    return list({one.rule.name: one.rule for one in lines if document in one.documents}.values())
