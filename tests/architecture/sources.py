"""The files that the architecture tests read."""

from __future__ import annotations

import ast
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "nhiemky"


def catalogue_tool() -> Any:
    """`tools/catalogue.py` as a module."""
    spec = importlib.util.spec_from_file_location("catalogue_tool", ROOT / "tools" / "catalogue.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["catalogue_tool"] = module
    spec.loader.exec_module(module)
    return module


def python_files(*, tests: bool = False) -> list[Path]:
    """Every module; migrations are written by a machine."""
    places = [PACKAGE, ROOT / "tests", ROOT / "tools"] if tests else [PACKAGE]
    return [p for place in places for p in sorted(place.rglob("*.py")) if "migrations" not in p.parts]


def templates() -> list[Path]:
    """Every template."""
    return sorted(PACKAGE.rglob("templates/**/*.html"))


def short(path: Path) -> str:
    """As one would write it."""
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Functions and methods of a module."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def is_view_module(path: Path) -> bool:
    return path.name == "views.py" or path.parent.name == "views"
