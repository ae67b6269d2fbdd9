"""What a reorganisation did to a unit in the period: who came and went with their organisation, and by which paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from nhiemky.domain.reporting import wording
from nhiemky.domain.reporting.ledger import EN_BLOC, Balance
from nhiemky.members.sums import View
from nhiemky.organisation.models import Reorganisation
from nhiemky.reporting import selectors
from nhiemky.reporting.review_text import WORDS
from nhiemky.reporting.selectors import Question
from nhiemky.reporting.sentences import Ref

if TYPE_CHECKING:
    from nhiemky.reporting.writing import Writer

_NAMED = 4
_PAPERS = 2


@dataclass(frozen=True)
class Paper:
    """A decision on reorganisation; `own` if it names the unit itself, not only units below."""

    number: str
    decided_on: date
    body: str
    own: bool
    effective_on: date

    def written(self, language: str) -> str:
        """Kind, number, day and issuer; the kind is told by the symbol of its number."""
        kind = next((key for key in ("QĐ", "NQ") if f"-{key}" in self.number), "")
        words = WORDS[f"paper.{kind}" if kind else "paper"].in_language(language)
        day = wording.write_day(self.decided_on)
        said = WORDS["decided"].in_language(language)
        return said.format(paper=words, number=self.number, day=day, body=self.body)


@dataclass(frozen=True)
class Mergers:
    """Members who came and went en bloc, the units that merged into the unit, and the decisions."""

    came: int = 0
    went: int = 0
    merged: tuple[str, ...] = ()
    merged_on: frozenset[date] = frozenset()
    decisions: tuple[Paper, ...] = ()

    def papers(self, language: str, *, of_merger: bool = False) -> str:
        """The decisions in brackets, all or only those by which others came; nothing where none is recorded."""
        chosen = list(self.decisions)
        if of_merger:
            chosen = [p for p in chosen if p.own and (not self.merged_on or p.effective_on in self.merged_on)]
        chosen = chosen[:_PAPERS]
        if not chosen:
            return ""
        said = "; ".join(paper.written(language) for paper in chosen)
        return WORDS["decisions"].in_language(language).format(papers=said)

    def sentence(self, writer: Writer) -> list[str | Ref]:
        """Who came and who went with their organisation; of a rise, that it is one for this reason."""
        language, figure = writer.language, writer.found["members.total"]
        rise = bool(self.came and figure.change and figure.change > 0)
        pieces: list[str | Ref] = [WORDS["bloc.rise" if rise else "bloc.year"].in_language(language)]
        for name, count in (("came", self.came), ("went", self.went)):
            if count:
                number = Ref("members.total", f"en_bloc_{name}", wording.write_number(count, language), count)
                before, _slot, after = WORDS[f"bloc.{name}"].in_language(language).partition("{n}")
                pieces += [", " if len(pieces) > 1 else "", before, number, after.format(cause=self._cause(language))]
        return [*pieces, self.papers(language, of_merger=True), self._caution(writer, rise), "."]

    def _caution(self, writer: Writer, rise: bool) -> str:
        """What came with the organisations is in every comparison of the review."""
        return WORDS["bloc.caution"].in_language(writer.language).format(year=writer.asked.year - 1) if rise else ""

    def _cause(self, language: str) -> str:
        if not self.merged:
            return ""
        names = ", ".join(self.merged[:_NAMED])
        if len(self.merged) > _NAMED:
            names += WORDS["bloc.others"].in_language(language).format(n=len(self.merged) - _NAMED)
        return WORDS["bloc.cause"].in_language(language).format(names=names)


def mergers(asked: Question, drawn: Balance | None) -> Mergers:
    """What happened to the unit; nothing where figures are restated, for then nobody came or went."""
    if drawn is None:
        return Mergers(decisions=_decisions(asked) if asked.structure is None else ())
    structure = selectors.facts().structure
    merged = [link for link in structure.links if link.successor == asked.unit and link.on in asked.during]
    names = [selectors.name_of(structure, link.predecessor, link.on) for link in merged if link.whole]
    return Mergers(
        int(drawn.came[EN_BLOC, asked.unit]),
        int(drawn.went[EN_BLOC, asked.unit]),
        tuple(dict.fromkeys(names)),
        frozenset(link.on for link in merged),
        _decisions(asked),
    )


def _decisions(asked: Question) -> tuple[Paper, ...]:
    """Decisions in force in the period that touched the unit or one below it, those of the unit itself first."""
    structure, period = selectors.facts().structure, asked.during
    unit_id = int(structure.ids[asked.unit])
    inside = {unit_id, *structure.ids[np.flatnonzero(structure.tree(asked.on).inside(asked.unit))].tolist()}
    # A year has few decisions: looking through theirs is quicker than sending thousands of units to the database.
    rows = Reorganisation.objects.defer("operations").filter(
        status=Reorganisation.APPLIED, effective_on__gte=period.start, effective_on__lt=period.end
    )
    found = [
        Paper(r.number, r.decided_on, r.body, unit_id in r.concerns, r.effective_on)
        for r in rows.order_by("effective_on", "pk")
        if not inside.isdisjoint(r.concerns)
    ]
    return tuple(sorted(found, key=lambda paper: not paper.own))


def drawn_balance(asked: Question) -> Balance:
    """The balance of all units over the period, as pages of the register draw it up and remember it."""
    return View(asked.on).balance(asked.during)
