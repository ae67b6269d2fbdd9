"""What must agree in and between the forms (domain.md 2.7), each with its numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from nhiemky.domain.findings import Finding
from nhiemky.domain.organisation.structure import Bools
from nhiemky.domain.statistics.counting import CAME, CLOSING, OPENING, TOTAL, WENT, Count, Line, Span
from nhiemky.domain.statistics.forms import BETWEEN, BREAKDOWNS, FORMS
from nhiemky.domain.statistics.parts import WHOLE


def checks(count: Count, before: Count) -> list[Finding]:
    """Every cross-check of the four forms; `before` is the same question for the period that ends where this begins.

    What a restated number is not known exactly for can be neither right nor wrong: it is named and does not block.
    """
    forms = {form: count.lines(form) for form in FORMS}
    ledger = {line.name: line.cells for line in forms[1]}
    return [
        _balance(ledger),
        _continued(ledger, {line.name: line.cells for line in before.lines(1)}),
        *(() if not count.parts.below else (_parts_balance(ledger), _parts(forms), _between(ledger))),
        *_totals(forms, ledger),
        *(_broken_down(form, forms[form]) for form in FORMS if BREAKDOWNS[form]),
        _standings(forms[1], ledger),
    ]


def _told(code: str, kept: Bools | bool, *spans: Span, **facts: object) -> Finding:
    """A finding on exact numbers; on others that they are not exact."""
    if not all(span.exact for span in spans):
        return Finding(f"{code}.inexact", blocks=False, facts=facts)
    return Finding(code, ok=bool(np.all(kept)), facts=facts)


def _number(cells: Span) -> int:
    return int(cells.low[WHOLE])


def _at(cells: Span, columns: slice) -> Span:
    return Span(cells.low[columns], cells.high[columns])


def _difference(ledger: dict[str, Span]) -> np.ndarray:
    came, went = ledger[f"{CAME}.{TOTAL}"].low, ledger[f"{WENT}.{TOTAL}"].low
    difference: np.ndarray = ledger[OPENING].low + came - went - ledger[CLOSING].low
    return difference


def _balance(ledger: dict[str, Span]) -> Finding:
    """Opening + in − out = closing, for the unit."""
    names = {"opening": OPENING, "came": f"{CAME}.{TOTAL}", "went": f"{WENT}.{TOTAL}", "closing": CLOSING}
    whole = [_at(ledger[name], slice(0, 1)) for name in names.values()]
    facts = {fact: _number(ledger[name]) for fact, name in names.items()}
    return _told("statistics.balance", _difference(ledger)[WHOLE] == 0, *whole, **facts)


def _parts_balance(ledger: dict[str, Span]) -> Finding:
    """The same for every part."""
    wrong = int((_difference(ledger)[1:] != 0).sum())
    spans = (ledger[name] for name in (OPENING, f"{CAME}.{TOTAL}", f"{WENT}.{TOTAL}", CLOSING))
    parts = len(ledger[CLOSING].low) - 1
    return _told("statistics.parts_balance", wrong == 0, *spans, count=parts, wrong=wrong)


def _continued(ledger: dict[str, Span], earlier: dict[str, Span]) -> Finding:
    """The opening is what the ledger of the period before comes to: not only the same count of the same day."""
    came, went = _number(earlier[f"{CAME}.{TOTAL}"]), _number(earlier[f"{WENT}.{TOTAL}"])
    closing, opening = _number(earlier[OPENING]) + came - went, _number(ledger[OPENING])
    spans = [_at(earlier[name], slice(0, 1)) for name in (OPENING, f"{CAME}.{TOTAL}", f"{WENT}.{TOTAL}")]
    spans.append(_at(ledger[OPENING], slice(0, 1)))
    return _told("statistics.continued", closing == opening, *spans, closing=closing, opening=opening)


def _parts(forms: dict[int, list[Line]]) -> Finding:
    """The parts add up to the unit on every line that does not go from one part to another."""
    crossing = {f"{way}.{kind}" for way in (CAME, WENT) for kind in (*BETWEEN, TOTAL)}
    lines = [line for form in FORMS for line in forms[form] if form != 1 or line.name not in crossing]
    wrong = [line for line in lines if _number(line.cells) != int(line.cells.low[1:].sum())]
    closing = next(line.cells for line in forms[1] if line.name == CLOSING)
    facts = {"lines": len(lines), "wrong": len(wrong), "closing": _number(closing), "sum": int(closing.low[1:].sum())}
    return _told("statistics.parts_sum", not wrong, *(line.cells for line in lines), **facts)


def _between(ledger: dict[str, Span]) -> Finding:
    """What goes from one part to another is out here and in there, and neither for the unit."""
    came, went = ([ledger[f"{way}.{kind}"] for kind in BETWEEN] for way in (CAME, WENT))
    inner_in, inner_out = (sum(int(s.low[1:].sum() - s.low[WHOLE]) for s in spans) for spans in (came, went))
    return _told("statistics.between", inner_in == inner_out, *came, *went, came=inner_in, went=inner_out)


def _totals(forms: dict[int, list[Line]], ledger: dict[str, Span]) -> Iterator[Finding]:
    """Form 2 tells of the admissions of form 1, forms 3 and 4 of its closing line."""
    for form, name in ((2, f"{CAME}.admission"), (3, CLOSING), (4, CLOSING)):
        total, there = forms[form][0].cells, ledger[name]
        facts = {"form_code": form, "total": _number(total), "there": _number(there)}
        code = "statistics.admissions_agree" if form == 2 else "statistics.closing_agrees"
        yield _told(code, total.low == there.low, total, there, **facts)


def _broken_down(form: int, lines: Sequence[Line]) -> Finding:
    """The lines of every breakdown add up to the total in every column, and of whom likewise."""
    total, wrong = lines[0], []
    for key in BREAKDOWNS[form]:
        mine = [line for line in lines if line.breakdown == key]
        if not (_sum(mine, total) and _sum_of(mine, total)):
            wrong.append(key)
    facts = {"form_code": form, "count": len(BREAKDOWNS[form]), "wrong": len(wrong), "total": _number(total.cells)}
    return _told("statistics.breakdowns", not wrong, total.cells, **facts)


def _sum(lines: Sequence[Line], total: Line) -> bool:
    return bool(np.all(sum(line.cells.low for line in lines) == total.cells.low))


def _sum_of(lines: Sequence[Line], total: Line) -> bool:
    """Of whom: women and probationary members."""
    told = [[span.low for span in line.of] for line in lines if line.of]
    return total.of is None or all(
        int(sum(row[n][0] for row in told)) == int(whole.low[0]) for n, whole in enumerate(total.of)
    )


def _standings(lines: Sequence[Line], ledger: dict[str, Span]) -> Finding:
    """Official and probationary members are all there are."""
    official, probationary = (next(x.cells for x in lines if x.key == key) for key in ("official", "probationary"))
    closing = ledger[CLOSING]
    facts = {"official": _number(official), "probationary": _number(probationary), "closing": _number(closing)}
    kept = official.low + probationary.low == closing.low
    return _told("statistics.standings", kept, official, probationary, closing, **facts)
