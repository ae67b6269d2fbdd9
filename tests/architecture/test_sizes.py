"""Nothing grows too long to be read at once. There is no list of exemptions."""

from __future__ import annotations

import sources

FILE, FUNCTION, VIEW, TEMPLATE = 400, 40, 25, 150


def _lines(text: str) -> int:
    return len(text.splitlines())


def test_files_are_short() -> None:
    long = {sources.short(p): n for p in sources.python_files(tests=True) if (n := _lines(p.read_text("utf-8"))) > FILE}
    assert long == {}


def test_functions_are_short() -> None:
    long = {
        f"{sources.short(path)}:{function.name}": length
        for path in sources.python_files(tests=True)
        for function in sources.functions(path)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > FUNCTION
    }
    assert long == {}


def test_views_are_short() -> None:
    long = {
        f"{sources.short(path)}:{function.name}": length
        for path in sources.python_files()
        if sources.is_view_module(path)
        for function in sources.functions(path)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > VIEW
    }
    assert long == {}


def test_templates_are_short() -> None:
    long = {sources.short(p): n for p in sources.templates() if (n := _lines(p.read_text("utf-8"))) > TEMPLATE}
    assert long == {}


def test_the_limits_can_be_passed() -> None:
    """A look at the biggest, so that a test that reads nothing does not pass for a good one."""
    assert max(_lines(p.read_text("utf-8")) for p in sources.python_files()) > 150
    assert len(sources.templates()) > 20
