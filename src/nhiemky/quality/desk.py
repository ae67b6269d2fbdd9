"""What is wrong with the data of somebody's organisations, on the first page of who can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from nhiemky.core.desk import Due
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding
from nhiemky.domain.periods import Period
from nhiemky.domain.quality.confirming import CONFIRM_MONTHS, last_day_of, number_of, quarter_of
from nhiemky.members.sums import View
from nhiemky.quality import pairing, selectors
from nhiemky.quality.board import backlog
from nhiemky.quality.looking import Look, look


def due(actor: Actor, today: date) -> Iterable[Due]:
    """Open findings, pairs to decide, lists not confirmed this quarter; only for who may write."""
    if not actor.may(selectors.WRITE):
        return
    seen, quarter = look(View(today)), quarter_of(today)
    held = backlog(seen, actor, quarter)
    if held.open:
        finding = Finding("quality.desk_open", facts={"count": held.open, **held.kinds}, blocks=False)
        yield Due(finding, reverse("quality:home"), count=held.open)
    pairs = pairing.to_decide(seen.view, actor)
    if pairs:
        yield Due(
            Finding("quality.desk_pairs", facts={"count": pairs}, blocks=False),
            reverse("quality:duplicates"),
            count=pairs,
        )
    if held.lists:
        yield _lists(seen, held.lists, quarter)


def _lists(seen: Look, lists: tuple[int, ...], quarter: Period) -> Due:
    """Due on the last day of the quarter; one list leads to its own page."""
    codes = seen.view.structure.codes
    facts: dict[str, object] = {"count": len(lists), "quarter": number_of(quarter), "year": quarter.start.year}
    url, code = reverse("quality:home"), "quality.desk_lists"
    if len(lists) == 1:
        facts["unit"] = seen.view.structure.name(lists[0], seen.view.on)
        url, code = reverse("quality:confirm", args=[codes[lists[0]]]), "quality.desk_list"
    finding = Finding.of_rule(code, CONFIRM_MONTHS.at(seen.view.on), facts=facts, blocks=False)
    return Due(finding, url, on=last_day_of(quarter), count=len(lists))
