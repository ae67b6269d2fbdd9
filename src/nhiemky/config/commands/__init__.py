"""The verbs of the command line, one module per subject. A command answers (payload, text), or None."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

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
    from nhiemky.config.commands import records

    return records.COMMANDS


@contextmanager
def database(*, exclusive: bool = False) -> Iterator[None]:
    """A migrated database with Django set up: the one at DATABASE_URL, or the embedded one of the data folder."""
    import os

    from nhiemky.config import embedded, env

    environment = env.read()
    server = None
    if not environment.database_url:
        server = embedded.start(environment.data, exclusive=exclusive)
        os.environ["DATABASE_URL"] = server.url()
    try:
        set_up()
        yield
    finally:
        if server is not None:
            from django.db import connections

            connections.close_all()
            server.stop()
            os.environ.pop("DATABASE_URL", None)


def set_up() -> None:
    """Django, and every migration that is not applied yet."""
    import os

    import django
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhiemky.config.settings")
    django.setup()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
