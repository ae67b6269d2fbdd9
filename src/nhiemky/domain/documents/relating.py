"""What may stand between two documents: in which order of days, by whose hand, and without a circle."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from nhiemky.domain.documents.authority import CHANGING
from nhiemky.domain.documents.kinds import AMENDS, CITES, GUIDED_BY, IMPLEMENTS, REPEALS, REPLACES, SUPPLEMENTS
from nhiemky.domain.findings import Finding

CHANGES = (AMENDS, SUPPLEMENTS, REPLACES, REPEALS)
"""Kinds that change the target. They make one graph without circles together; every other kind one of its own."""


@dataclass(frozen=True, slots=True)
class End:
    """One side of a relation: the document's day, and where its issuer stands.

    `above` are the ids of the units over the issuer's; `unit` is None for a body outside the register. `leads` tells
    that a committee or congress of the unit issued it, and not one of its offices.
    """

    signed_on: date
    unit: int | None
    issuer: int
    above: frozenset[int] = frozenset()
    leads: bool = True


def graph_of(kind: str) -> tuple[str, ...]:
    """The kinds that together may make no circle with this one; empty where circles do no harm."""
    if kind in CHANGES:
        return CHANGES
    return () if kind == CITES else (kind,)


def judge(kind: str, source: End, target: End, on: date, *, sure: bool = False) -> list[Finding]:
    """Objections to a relation by its days and by who may change whose document. `sure` overrules what is a remark."""
    found = []
    if kind in (*CHANGES, IMPLEMENTS) and source.signed_on < target.signed_on:
        facts = {"source": source.signed_on, "target": target.signed_on}
        found.append(Finding("documents.relation_backwards", field="target", facts=facts))
    if kind == GUIDED_BY and source.signed_on > target.signed_on:
        facts = {"source": source.signed_on, "target": target.signed_on}
        found.append(Finding("documents.guidance_before", field="target", facts=facts, blocks=not sure))
    if on < source.signed_on:
        found.append(Finding("documents.relation_early", field="on", facts={"on": on, "signed": source.signed_on}))
    if kind in CHANGES and not _may_change(source, target):
        rule = CHANGING.at(max(on, CHANGING.steps[0].start))
        found.append(Finding.of_rule("documents.not_theirs_to_change", rule, field="target"))
    return found


def _may_change(source: End, target: End) -> bool:
    """The issuer itself or one above it. Of bodies outside the register it is not known who stands above whom."""
    if source.unit is None or source.issuer == target.issuer:
        return True
    if target.unit is None or not source.leads:
        return False
    return source.unit == target.unit or source.unit in target.above


def closes_circle(source: int, target: int, following: Callable[[set[int]], Iterable[int]]) -> bool:
    """Whether from the target, along the relations of the graph, one comes back to the source.

    `following` gives the targets of a set of documents: one question for each step, not for each document.
    """
    seen: set[int] = set()
    wave = {target}
    while wave:
        if source in wave:
            return True
        seen |= wave
        wave = set(following(wave)) - seen
    return False
