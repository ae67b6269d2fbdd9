"""The verbs of the command line, one module per subject. A command answers (payload, text), or None."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

Shown = tuple[Mapping[str, object], str] | None
Day = Callable[[str], date]


@dataclass(frozen=True)
class Command:
    """A verb: its arguments and what it does."""

    name: str
    help: str
    arguments: Callable[[ArgumentParser, Day], None]
    run: Callable[[Namespace], Shown]


def serve_commands() -> tuple[Command, ...]:
    """Commands that serve or keep the whole database."""
    from nhiemky.config.commands import keeping, serving

    return (*serving.COMMANDS, *keeping.COMMANDS)


def data_commands() -> tuple[Command, ...]:
    """Commands that read or write records."""
    from nhiemky.config.commands import (
        bench,
        citations,
        deciding,
        documents,
        exchange,
        records,
        statistics,
        tasks,
        users,
    )

    parts = (records, statistics, deciding, documents, citations, tasks, exchange, users, bench)
    return tuple(command for part in parts for command in part.COMMANDS)


def common(to: ArgumentParser, **missing: object) -> None:
    """Options before or after the verb: the verb's parser must not put its defaults over what came first."""
    data = "thư mục dữ liệu / data folder (NHIEMKY_DATA)"
    to.add_argument("--data", type=Path, metavar="DIR", help=data, default=missing.get("data", SUPPRESS))
    to.add_argument("--json", action="store_true", help="JSON → stdout", default=missing.get("json", SUPPRESS))


class WrongUsage(Exception):
    """What argparse cannot see: leaves with exit code 2 and the verb's usage."""


@contextmanager
def database(*, exclusive: bool = False, migrated: bool = True) -> Iterator[str]:
    """The address of the database: the one at DATABASE_URL, or the embedded one of the data folder.

    With `migrated` Django is set up and every migration is applied.
    """
    import os

    from nhiemky.config import embedded, env

    environment = env.read()
    server = None if environment.database_url else embedded.start(environment.data, exclusive=exclusive)
    if server is not None:
        os.environ["DATABASE_URL"] = server.url()
    try:
        if migrated:
            set_up()
        yield os.environ["DATABASE_URL"]
    finally:
        if server is not None:
            _close_connections()
            server.stop()
            os.environ.pop("DATABASE_URL", None)


def _close_connections() -> None:
    from django.apps import apps
    from django.db import connections

    if apps.ready:
        connections.close_all()


def set_up_django() -> None:
    """Django, without a word to the database."""
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhiemky.config.settings")
    django.setup()


def set_up() -> None:
    """Django, every migration that is not applied yet, and the book of rules that the command judges by."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    set_up_django()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)

    from nhiemky.regulations.rules import open_book

    open_book()
