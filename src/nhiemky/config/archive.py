"""The backup: one archive with the whole database, the keys, and a note that says what must be in it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from nhiemky import __version__
from nhiemky.config.embedded import BIN
from nhiemky.domain.findings import Finding, Refused

_DUMP, _KEYS, _NOTE = "database.dump", "keys.json", "note.json"


@dataclass(frozen=True)
class Note:
    """What the archive was made from: enough to see after a restore that it is all there."""

    version: str
    migrations: list[str]
    seq: int
    hash: str


def write(url: str, keys: Path, file: Path) -> Note:
    """Write the archive; the file appears only when it is whole, and only its owner may read it."""
    unfinished = file.with_name(f".{file.name}.part")
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".nhiemky-") as name:
        folder = Path(name)
        note = _note(url)
        _run([str(BIN / "pg_dump"), "--format=custom", f"--file={folder / _DUMP}"], url)
        (folder / _NOTE).write_text(json.dumps(asdict(note)))
        try:
            descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as stream, tarfile.open(fileobj=stream, mode="w") as archive:
                archive.add(folder / _NOTE, _NOTE)
                archive.add(keys, _KEYS)
                archive.add(folder / _DUMP, _DUMP)
            unfinished.replace(file)
        finally:
            unfinished.unlink(missing_ok=True)
    return note


def unpack(file: Path, folder: Path) -> Note:
    """Unpack into a folder.

    Raises:
        Refused: the file is no backup, or one of a newer version.
    """
    try:
        with tarfile.open(file) as archive:
            for name in (_NOTE, _KEYS, _DUMP):
                _unpacked(archive, name, folder)
        note = Note(**json.loads((folder / _NOTE).read_text()))
    except (tarfile.TarError, KeyError, TypeError, ValueError) as wrong:
        raise Refused(Finding("config.not_a_backup", facts={"file": file, "why": wrong})) from wrong
    return note


def _unpacked(archive: tarfile.TarFile, name: str, folder: Path) -> None:
    """One plain file of a name we know, whatever else stands in the archive.

    Debian 12's Python 3.11.2 does not know `filter` yet.
    """
    found = archive.extractfile(name)
    if found is None:
        raise KeyError(name)
    with (folder / name).open("wb") as target:
        shutil.copyfileobj(found, target)


def refuse_unless_empty(url: str) -> None:
    """Nothing is ever restored over records.

    Raises:
        Refused: the database has tables.
    """
    with psycopg.connect(url) as connection:
        asked = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        row = connection.execute(asked).fetchone()
    if row is None or row[0]:
        raise Refused(Finding("config.not_empty"))


def fill(url: str, folder: Path, note: Note) -> None:
    """Fill an empty database: all of it in one transaction, or nothing.

    Raises:
        Refused: what came in is not what the note says.
    """
    script = folder / "database.sql"
    command = [str(BIN / "pg_restore"), "--no-owner", "--no-privileges", f"--file={script}"]
    _run([*command, str(folder / _DUMP)])
    _leave_out_newer_settings(script)
    psql = [str(BIN / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "--single-transaction", "-o", os.devnull]
    _run([*psql, f"--file={script}"], url)
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT hash FROM audit_event WHERE seq = %s", [note.seq]).fetchone()
    if note.seq and (found is None or found[0] != note.hash):
        raise Refused(Finding("config.backup_incomplete", facts={"seq": note.seq}))


def keep_keys(folder: Path, target: Path) -> None:
    """Put the keys of the backup in place; others that lie there are kept beside them."""
    if target.exists():
        target.replace(target.with_suffix(".before-restore.json"))
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write((folder / _KEYS).read_bytes())


def _note(url: str) -> Note:
    with psycopg.connect(url) as connection:
        head = connection.execute("SELECT seq, hash FROM audit_chainhead").fetchone() or (0, "")
        names = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1").fetchall()
    return Note(__version__, [name for (name,) in names], head[0], head[1])


def _leave_out_newer_settings(script: Path) -> None:
    """The tools are of version 18; a server of version 15 or 16 does not know this setting."""
    unwanted, copy = b"SET transaction_timeout = 0;\n", script.with_suffix(".copy")
    with script.open("rb") as source, copy.open("wb") as target:
        for number, line in enumerate(source):
            if number > 60 or line != unwanted:
                target.write(line)
    copy.replace(script)


def _run(command: list[str], url: str = "") -> None:
    """Run a program of PostgreSQL, on the database at `url` where one is given.

    The password goes by the environment, which only the owner of a process can read; its arguments everybody can.
    """
    environment = dict(os.environ)
    if url:
        parts = conninfo_to_dict(url)
        if password := parts.pop("password", None):
            environment["PGPASSWORD"] = str(password)
        command = [*command, f"--dbname={make_conninfo('', **parts)}"]
        environment.pop("DATABASE_URL", None)
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        raise OSError(done.stderr.strip())
