"""Writes the chapters of a review: the lines of `review_text`, filled with the figures of one question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nhiemky.domain.organisation.kinds import CELL_KINDS
from nhiemky.domain.reporting import wording
from nhiemky.reporting.chapters import Chapter, Line
from nhiemky.reporting.indicators import BY_KEY
from nhiemky.reporting.mergers import Mergers
from nhiemky.reporting.ratios import PENDING
from nhiemky.reporting.review_text import CHAPTERS, PENDING_LINES, WORDS
from nhiemky.reporting.selectors import Figure, Question
from nhiemky.reporting.sentences import Ref, Sentence, joined, refs

_SLOT = re.compile(r"\{([^{}]+)\}")
_PLAIN = ("Whole", "whole", "day", "year")
_NO_KEYS = (*_PLAIN, "bloc", "decisions")
KINDS = {"provincial": "provincial", "grassroots_committee": "grassroots", "sectional": "grassroots"}


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    number: int
    title: str
    sentences: tuple[Sentence, ...]


def of_kind(kind: str) -> str:
    """How a unit speaks of itself: provincial, committee, grassroots or cell."""
    return "cell" if kind in CELL_KINDS else KINDS.get(kind, "committee")


class Writer:
    """Writes the chapters for one set of figures."""

    def __init__(
        self, asked: Question, language: str, found: Mapping[str, Figure], kind: str, mergers: Mergers, *, ended: bool
    ) -> None:
        self.asked, self.language, self.found, self.mergers = asked, language, found, mergers
        self.of_kind, self.ended = of_kind(kind), ended
        self.is_cell = self.of_kind == "cell"
        whole = WORDS[f"whole.{self.of_kind}"].in_language(language)
        self.plain = {
            "whole": whole,
            "Whole": whole[0].upper() + whole[1:],
            "day": wording.write_day(asked.on),
            "year": str(asked.year),
        }
        self._said: set[str] = set()

    def words(self, key: str) -> str:
        """A phrase with the plain words of unit and period."""
        return WORDS[key].in_language(self.language).format(**self.plain)

    @property
    def subject(self) -> str:
        """What the document is about."""
        if self.asked.finished:
            return self.words("subject")
        return self.words("subject_ended" if self.ended else "subject_part")

    def sections(self) -> Iterator[Section]:
        """The chapters in their order, and last what cannot be counted yet."""
        wanted = [chapter for chapter in CHAPTERS if self._tells(chapter)]
        for number, chapter in enumerate(wanted, start=1):
            lines = self._nothing(chapter) or tuple(self.sentence(x) for x in chapter.lines if self._wanted(x))
            yield Section(chapter.key, number, chapter.title.in_language(self.language), lines)
        none = wording.missing("no_data", self.language)
        pending = []
        for figure in PENDING:
            before, _slot, after = PENDING_LINES[figure.key].in_language(self.language).partition("{none}")
            pending.append((before, Ref(figure.key, "value", none), after))
        yield Section("pending", len(wanted) + 1, self.words("personnel"), tuple(pending))

    def _tells(self, chapter: Chapter) -> bool:
        if chapter.optional:
            return any(self._wanted(line) for line in chapter.lines)
        return not (self.is_cell and chapter.key == "units")

    def _nothing(self, chapter: Chapter) -> tuple[Sentence, ...]:
        """One sentence for a chapter in which there is no number at all, for one reason."""
        keys = [key for line in chapter.lines for slot in slots_of(line.vi) for key in keys_of(slot)]
        reasons = {self.found[key].why for key in keys}
        if len(reasons) > 1 or reasons & {"", "split"}:
            return ()
        said = wording.missing(reasons.pop(), self.language)
        return ((Ref(keys[0], "value", said[0].upper() + said[1:]), "."),)

    def _wanted(self, line: Line) -> bool:
        if line.of and self.of_kind not in line.of:
            return False
        return (not line.needs or any(map(self._some, line.needs))) and not any(map(self._some, line.unless))

    def _some(self, key: str) -> bool:
        """Whether there is something to tell; a number that is not known is something, work never recorded is not."""
        if key == "bloc":
            return bool(self.mergers.came or self.mergers.went)
        figure = self.found[key]
        return figure.value != 0 and not (figure.indicator.is_work and figure.why not in ("", "split"))

    def sentence(self, line: Line) -> Sentence:
        """The line with its numbers; one with an unknown number becomes a list that says which and why."""
        keys = list(dict.fromkeys(key for slot in slots_of(line.vi) for key in keys_of(slot)))
        if any(self.found[key].value is None for key in keys):
            return self._listed(keys)
        pattern = line.pattern(self.language, zero=bool(keys) and not self.found[keys[0]].value)
        return joined(piece for n, bit in enumerate(_SLOT.split(pattern)) for piece in self._pieces(bit, n % 2 == 1))

    def _listed(self, keys: list[str]) -> Sentence:
        if len({self.found[key].why for key in keys}) == 1 and self.found[keys[0]].why != "split":
            names = ", ".join(BY_KEY[key].name.in_language(self.language) for key in keys)
            gap = Ref(keys[0], "value", wording.missing(self.found[keys[0]].why, self.language))
            return (f"{names}: ", gap, ".")
        pieces: list[str | Ref] = []
        for key in keys:
            pieces += [("; " if pieces else "") + BY_KEY[key].name.in_language(self.language) + ": "]
            pieces += self.value_pieces(key)
        return joined([*pieces, "."])

    def value_pieces(self, key: str) -> list[str | Ref]:
        """The value, its bounds, or why there is none."""
        figure = self.found[key]
        if figure.value is not None:
            return [self._number(key)]
        if figure.why == "split":
            return refs(key, wording.inexact(figure.low, figure.high, self.language))
        return [Ref(key, "value", wording.missing(figure.why, self.language))]

    def _number(self, key: str) -> Ref:
        value = self._value(key)
        return Ref(key, "value", wording.write_number(value, self.language), value)

    def _value(self, key: str) -> int:
        value = self.found[key].value
        assert value is not None  # a sentence with an unknown number is listed
        return value

    def _pieces(self, bit: str, is_slot: bool) -> list[str | Ref]:
        if not is_slot:
            return [bit]
        if bit in _PLAIN:
            return [self.plain[bit]]
        if bit in _NO_KEYS:
            return self.mergers.sentence(self) if bit == "bloc" else [self.mergers.papers(self.language)]
        if bit.startswith("tally:"):
            return self._tally(bit.removeprefix("tally:"))
        lead, bit = (bit[:2], bit[2:]) if bit.startswith(", ") else ("", bit)
        if ":" in bit:
            key, _colon, clause = bit.partition(":")
            made = self._clause(key, clause)
            return [lead, *made] if made else []
        return self._word(bit)

    def _word(self, bit: str) -> list[str | Ref]:
        if "#" in bit:
            key, _hash, words = bit.partition("#")
            one, many = words.split("|")
            return [one if self.found[key].value == 1 else many]
        key, _bar, if_none = bit.partition("|")
        if if_none and self.found[key].value == 0:
            return [Ref(key, "value", if_none, 0)]
        return self.value_pieces(key)

    # Clauses

    def _clause(self, key: str, clause: str) -> list[str | Ref]:
        name, _bar, rest = clause.partition("|")
        if name == "share":
            part, whole = key.split("/")
            return [self._share(part, whole)]
        if name == "part":
            return self._part(*key.split("/"), *rest.split("|"))
        if name == "among":
            return self._among(*key.split("/"), *rest.split("|"))
        if name == "reach":
            return self._reach(key)
        if name == "before":
            figure = self.found[key]
            year, part_year = self.asked.year - 1, not self.asked.finished
            return refs(key, wording.none_against(figure.previous, year, self.language, part_year=part_year))
        return self._versus(key, clause.removeprefix("versus").strip())

    def _share(self, part: str, whole: str) -> Ref:
        number = wording.share(self.found[part].value, self.found[whole].value, self.language)
        return Ref(part, "share", number.text, number.value)

    def _part(self, part: str, whole: str, words: str, none: str) -> list[str | Ref]:
        if not self._value(part):
            return [none]
        return self._filled(words, part, self._share(part, whole))

    def _filled(self, words: str, key: str, share: Ref | None = None) -> list[str | Ref]:
        """The words with %n and %share in their places."""
        pieces: list[str | Ref] = []
        for bit in re.split(r"(%n|%share)", words):
            pieces.append(self._number(key) if bit == "%n" else share if bit == "%share" and share else bit)
        return pieces

    def _among(self, part: str, whole: str, every: str, only: str, some: str, none: str) -> list[str | Ref]:
        few, many = self._value(part), self._value(whole)
        if few and few == many:
            words = only if many == 1 else every
            return [Ref(part, "value", words, few)]
        return self._filled(some if few else none, part)

    def _tally(self, bit: str) -> list[str | Ref]:
        lead, none, items = bit.split("|")
        told: list[str | Ref] = []
        nothing: list[str] = []
        for item in items.split(";"):
            key, words, zero = item.split("=")
            if self._value(key):
                told += [", " if told else lead, self._number(key), f" {words}"]
            elif zero:
                nothing.append(zero)
        if nothing:
            told += ["; " if told else "", none + ", ".join(nothing)]
        return told

    def _reach(self, key: str) -> list[str | Ref]:
        figure, goal = self.found[key], self.found[key].goal
        pieces = wording.reach(
            self._value(key),
            figure.target,
            self.language,
            finished=self.asked.finished,
            assumed=figure.target_assumed,
            summed=goal.summed if goal else "",
            apart=figure.apart.why if figure.apart else "",
            apart_on=figure.apart.on if figure.apart else None,
        )
        return refs(key, pieces)

    def _versus(self, key: str, measure: str) -> list[str | Ref]:
        """Against the year before; that the unit was not there then is said once, and not of work."""
        figure = self.found[key]
        if figure.previous is None:
            if figure.indicator.is_work or figure.previous_why in self._said:
                return []
            self._said.add(figure.previous_why)
        pieces = wording.versus(
            self._value(key),
            figure.previous,
            self.asked.year - 1,
            self.language,
            part_year=not self.asked.finished,
            why=figure.previous_why,
            measure=measure,
        )
        return refs(key, pieces)


def slots_of(text: str) -> list[str]:
    """The places of a sentence that are filled."""
    found: list[str] = _SLOT.findall(text)
    return found


def keys_of(slot: str) -> list[str]:
    """The indicators that a place in a sentence names."""
    if slot in _NO_KEYS:
        return []
    if slot.startswith("tally:"):
        return [item.partition("=")[0] for item in slot.split("|", 2)[2].split(";")]
    return re.split(r"[:|#]", slot.removeprefix(", "))[0].split("/")
