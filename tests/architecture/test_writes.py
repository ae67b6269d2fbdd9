"""Only services write, each with an event; only the door reads the clock."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import sources

CREATING = {"create", "update", "get_or_create", "update_or_create", "raw", "add"}
SAVING = {"save", "delete", "bulk_create", "bulk_update"}
READERS = (
    "views.py",
    "selectors.py",
    "forms.py",
    "context.py",
    "ui.py",
    "register.py",
    "sums.py",
    "life.py",
    "listing.py",
)


def _writes(tree: ast.AST) -> list[str]:
    """Calls that write rows. A `save` with a place to save to writes a file or a picture."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        owner, verb = ast.unparse(node.func.value), node.func.attr
        if (verb in CREATING and ".objects" in owner) or (verb in SAVING and not (verb == "save" and node.args)):
            found.append(f"{node.lineno}: {owner}.{verb}(")
    return found


def test_views_and_selectors_do_not_write() -> None:
    found = {
        sources.short(path): writes
        for path in sources.python_files()
        if path.name in READERS or sources.is_view_module(path)
        if (writes := _writes(ast.parse(path.read_text("utf-8"))))
    }
    assert found == {}


def test_a_write_in_a_view_would_be_seen() -> None:
    assert _writes(ast.parse("Unit.objects.filter(pk=1).update(code='x')"))
    assert _writes(ast.parse("unit.save()"))
    assert not _writes(ast.parse("facts.update({}); picture.save(out)"))


def test_whoever_writes_rows_of_the_apps_is_a_service_or_the_demos_loader() -> None:
    """A function that saves is a service, or private to a module or a package of services."""
    loose = []
    for path in sources.python_files():
        app = path.relative_to(sources.PACKAGE).parts[0]
        if path.name in READERS or sources.is_view_module(path) or app in ("demo", "config", "core", "audit", "domain"):
            continue
        if path.parent.name == "services" and not _known_outside(path):
            continue
        for function in sources.functions(path):
            if function.name.startswith("_") or not _writes(function):
                continue
            marks = {ast.unparse(mark) for mark in function.decorator_list}
            if "service" not in marks and "actor" not in {a.arg for a in function.args.kwonlyargs + function.args.args}:
                loose.append(f"{sources.short(path)}:{function.name}")
    allowed = [name for name in loose if re.search(r"followers\.py:(move|undo|apply|take_back)", name)]
    assert [name for name in loose if name not in allowed] == []


def _known_outside(module: Path) -> bool:
    """Whether anything outside the package of services imports this module of it."""
    package = ".".join(module.relative_to(sources.PACKAGE.parent).parent.parts)
    imports = re.compile(rf"from {package} import .*\b{module.stem}\b|from {package}\.{module.stem} import")
    others = (path for path in sources.python_files() if path.parent != module.parent)
    return any(imports.search(path.read_text("utf-8")) for path in others)


def test_steps_of_services_are_told_from_services() -> None:
    services = sources.PACKAGE / "members" / "services"
    assert _known_outside(services / "ledger.py")
    assert not _known_outside(services / "en_bloc.py")


def test_the_clock_is_read_at_the_door_only() -> None:
    clock = re.compile(r"\b(timezone\.now|timezone\.localdate|localdate|date\.today|datetime\.now|datetime\.today)\(")
    door = ("core/middleware.py", "audit/", "config/", "demo/")
    found = [
        sources.short(path)
        for path in sources.python_files()
        if clock.search(path.read_text("utf-8")) and not str(path.relative_to(sources.PACKAGE)).startswith(door)
    ]
    assert found == []
