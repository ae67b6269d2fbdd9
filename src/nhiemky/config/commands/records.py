"""figures, tree, reorganise, review."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import cast

from nhiemky.config.commands import Command, Day, Shown, WrongUsage, database
from nhiemky.domain.findings import Finding, Refused


def _figures_arguments(parser: ArgumentParser, day: Day) -> None:
    parser.add_argument("--unit", required=True, metavar="CODE")
    parser.add_argument("--year", required=True, type=int)
    parser.add_argument("--on", type=day, metavar="DATE")
    parser.add_argument("--structure", type=day, metavar="DATE")
    parser.add_argument("--indicator", action="append", default=[], metavar="KEY")
    parser.add_argument("--rows", action="store_true")


def figures(given: Namespace) -> Shown:
    """Figures of a unit and year."""
    with database():
        from nhiemky.core.middleware import today
        from nhiemky.reporting import commands

        payload = commands.figures(
            unit=given.unit,
            year=given.year,
            on=given.on,
            structure=given.structure,
            indicators=given.indicator,
            rows=given.rows,
            today=today(),
        )
        figures = cast(dict[str, dict[str, object]], payload["figures"])
        return payload, "\n".join(f"{key:42} {value['value']}" for key, value in figures.items())


def _tree_arguments(parser: ArgumentParser, day: Day) -> None:
    parser.add_argument("--on", required=True, type=day, metavar="DATE")
    parser.add_argument("--unit", metavar="CODE")
    parser.add_argument("--depth", type=int)


def tree(given: Namespace) -> Shown:
    """The tree of a day: nested nodes with code, name, kind, children; refused for a unit that is not there then."""
    with database():
        from nhiemky.organisation import selectors

        if given.unit:
            place = selectors.position(given.unit)
            if not selectors.structure().alive(given.on)[place]:
                raise Refused(Finding("reporting.unit_not_on_the_day", facts={"unit": given.unit, "on": given.on}))
            node = selectors.nested(place, given.on, given.depth)
            return {"on": given.on.isoformat(), **node}, "\n".join(_lines([node], 0))
        nodes = [selectors.nested(place, given.on, given.depth) for place in selectors.structure().roots(given.on)]
        return {"on": given.on.isoformat(), "children": nodes}, "\n".join(_lines(nodes, 0))


def _lines(nodes: list[dict[str, object]], depth: int) -> list[str]:
    lines = []
    for node in nodes:
        lines.append("  " * depth + f"{node['name']} ({node['code']})")
        children = node["children"]
        assert isinstance(children, list)
        lines += _lines(children, depth + 1)
    return lines


def _review_arguments(parser: ArgumentParser, day: Day) -> None:
    parser.add_argument("--unit", required=True, metavar="CODE")
    parser.add_argument("--year", required=True, type=int)
    parser.add_argument("--on", type=day, metavar="DATE")
    parser.add_argument("--structure", type=day, metavar="DATE")
    parser.add_argument("--out", required=True, type=Path, metavar="FILE")


def review(given: Namespace) -> Shown:
    """The review of a unit and year as .docx, .xlsx or .json."""
    if given.out.suffix not in (".docx", ".xlsx", ".json"):
        raise WrongUsage(f"--out {given.out}: .docx, .xlsx, .json")
    with database():
        from nhiemky.core.middleware import today
        from nhiemky.reporting import commands

        payload = commands.review(
            unit=given.unit,
            year=given.year,
            on=given.on,
            structure=given.structure,
            out=given.out,
            today=today(),
            progress=_review_progress,
        )
        return payload, str(given.out)


def _review_progress(sheet: str, fraction: float) -> None:
    """One line that is written over; nothing where nobody watches."""
    if sys.stderr.isatty():
        print(f"\r{fraction:4.0%} {sheet:<34}", end="" if sheet else "\n", file=sys.stderr, flush=True)


COMMANDS = (
    Command("figures", "số liệu của một đơn vị và năm / figures of a unit and year", _figures_arguments, figures),
    Command("tree", "cây tổ chức tại một ngày / the tree of a day", _tree_arguments, tree),
    Command("review", "tổng kết của một đơn vị và năm / review of a unit and year", _review_arguments, review),
)
