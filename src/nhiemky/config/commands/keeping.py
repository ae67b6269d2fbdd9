"""check, backup, restore."""

from __future__ import annotations

import sys
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from nhiemky.config.commands import Command, Day, Shown, database, set_up_django
from nhiemky.domain.findings import Finding, Refused

if TYPE_CHECKING:
    from nhiemky.config.archive import Note


def _none(parser: ArgumentParser, day: Day) -> None:
    pass


def _file(parser: ArgumentParser, day: Day) -> None:
    parser.add_argument("file", type=Path)


def check(given: Namespace) -> Shown:
    """Prove the sums, the periods, the links and the audit chain."""
    with database():
        from nhiemky.audit.selectors import head
        from nhiemky.config.checking import check as run

        seq, digest = head()
        payload = {**run(), "head": {"seq": seq, "hash": digest}}
        checks = cast(dict[str, dict[str, object]], payload["checks"])
        lines = [f"{'✓' if part['ok'] else '✕'} {name}: {part['checked']}" for name, part in checks.items()]
        return payload, "\n".join([*lines, f"→ {seq} {digest}"])


def backup(given: Namespace) -> Shown:
    """The whole database and the keys in one archive: without the keys no identity number could be read again."""
    from nhiemky.config import archive, env, keys

    with database() as url:
        from nhiemky.config import shredded

        shredded.keep()
        note = archive.write(url, keys.path_of(env.read().data), given.file.absolute())
    warning = "Tệp chứa cả khóa mã hóa: cất nơi an toàn. / The file holds the encryption keys: keep it safe."
    print(warning, file=sys.stderr)
    size = given.file.stat().st_size
    payload = {"ok": True, "file": str(given.file), "bytes": size, "events": note.seq}
    return {**payload, "head": {"seq": note.seq, "hash": note.hash}}, f"{given.file}\n→ {note.seq} {note.hash}"


def restore(given: Namespace) -> Shown:
    """Fill an empty data folder, or an empty database at DATABASE_URL, from an archive."""
    from nhiemky.config import archive, env, keys

    with tempfile.TemporaryDirectory(prefix="nhiemky-") as name:
        folder = Path(name)
        note = archive.unpack(given.file, folder)
        with database(exclusive=True, migrated=False) as url:
            _refuse_newer(note)
            archive.refuse_unless_empty(url)
            # First the keys: an interruption then leaves an empty database, and the next try goes through.
            archive.keep_keys(folder, keys.path_of(env.read().data))
            archive.fill(url, folder, note)
            again = _shred_again()
    return {"ok": True, "file": str(given.file), "events": note.seq, "shredded_again": again}, str(given.file)


def _shred_again() -> int:
    """Whom the backup brought back though their data were shredded since: the list lies beside, in the data folder."""
    from nhiemky.config import env, keys
    from nhiemky.config.commands import set_up
    from nhiemky.core.middleware import today
    from nhiemky.domain.access import Actor
    from nhiemky.rights.services import repeating

    data = env.read().data
    entries = repeating.entries_of(repeating.path_of(data), keys.read_or_make(data).sealing)
    if not entries:
        warning = "Không có shredded.json của hệ thống này: ai đã bị xóa dữ liệu sau bản sao lưu thì nay có lại."
        print(
            f"{warning} / No shredded.json of this installation: whoever was shredded since is back.", file=sys.stderr
        )
        return 0
    set_up()
    return repeating.shreddings_repeat(actor=Actor.system("restore"), entries=entries, today=today())


def _refuse_newer(note: Note) -> None:
    """A step this version does not know was taken: its tables would not be understood."""
    from django.db.migrations.loader import MigrationLoader

    set_up_django()
    known = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    if not known.issuperset(note.migrations):
        raise Refused(Finding("config.newer_backup", facts={"version": note.version}))


COMMANDS = (
    Command("check", "chứng minh mọi tổng số / prove every sum", _none, check),
    Command("backup", "sao lưu / back up", _file, backup),
    Command("restore", "phục hồi vào thư mục trống / restore into an empty folder", _file, restore),
)
