"""check, backup, restore."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

from nhiemky.config.commands import Command, Day, Shown, database


def _none(parser: ArgumentParser, day: Day) -> None:
    pass


def _file(parser: ArgumentParser, day: Day) -> None:
    parser.add_argument("file", type=Path)


def check(given: Namespace) -> Shown:
    """Prove the sums, the periods, the links and the audit chain."""
    with database():
        from nhiemky.config.checking import check as run

        payload = run()
        lines = [f"{'✓' if part['ok'] else '✕'} {name}: {part['checked']}" for name, part in payload["checks"].items()]
        return payload, "\n".join(lines)


def backup(given: Namespace) -> Shown:
    """The whole database and the keys in one archive: without the keys no identity number could be read again."""
    from nhiemky.config import embedded, env, keys

    with database(), tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / "database.dump"
        command = [str(embedded.BIN / "pg_dump"), "--format=custom", f"--file={dump}", os.environ["DATABASE_URL"]]
        _run(command)
        unfinished = given.file.with_name(given.file.name + ".part")
        with tarfile.open(unfinished, "w") as archive:
            archive.add(dump, "database.dump")
            archive.add(keys.path_of(env.read().data), "keys.json")
        unfinished.chmod(0o600)
        unfinished.replace(given.file)
    note = "Tệp chứa cả khóa mã hóa: cất nơi an toàn. / It holds the encryption key: keep it safe."
    return {"ok": True, "file": str(given.file), "bytes": given.file.stat().st_size}, f"{given.file}\n{note}"


def restore(given: Namespace) -> Shown:
    """Fill an empty data folder from an archive."""
    from nhiemky.config import embedded, env, keys

    environment = env.read()
    if not environment.database_url and (environment.data / "postgres").exists():
        message = f"{environment.data} không trống / is not empty"
        print(f"✕ {message}", file=sys.stderr)
        return {"ok": False, "findings": [{"code": "restore.not_empty"}]}, message
    with tempfile.TemporaryDirectory() as folder, tarfile.open(given.file) as archive:
        archive.extractall(folder, filter="data")
        environment.data.mkdir(parents=True, exist_ok=True)
        keys.path_of(environment.data).write_bytes((Path(folder) / "keys.json").read_bytes())
        keys.path_of(environment.data).chmod(0o600)
        server = None if environment.database_url else embedded.start(environment.data, exclusive=True)
        try:
            url = environment.database_url or (server.url() if server else "")
            command = [str(embedded.BIN / "pg_restore"), "--no-owner", "--exit-on-error", f"--dbname={url}"]
            _run([*command, str(Path(folder) / "database.dump")])
        finally:
            if server is not None:
                server.stop()
    return {"ok": True, "file": str(given.file)}, str(given.file)


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(done.stderr.strip())


COMMANDS = (
    Command("check", "chứng minh mọi tổng số / prove every sum", _none, check),
    Command("backup", "sao lưu / back up", _file, backup),
    Command("restore", "phục hồi vào thư mục trống / restore into an empty folder", _file, restore),
)
