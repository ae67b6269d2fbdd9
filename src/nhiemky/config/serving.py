"""The web server as a child of the command: it ends when the command ends, however that happens."""

from __future__ import annotations

import ipaddress
import os
import shutil
import signal
import subprocess
import sys
import threading
import types


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def serve(host: str, port: int, workers: int) -> None:
    """Serve until Ctrl-C or SIGTERM, then stop every process that was started."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    command += ["--workers", str(workers), "--blocking-threads", "4", "--no-access-log", "--log-level", "warning"]
    command += ["--respawn-failed-workers", "nhiemky.config.wsgi:application"]
    setpriv = shutil.which("setpriv")
    prefix = [setpriv, "--pdeathsig=TERM"] if setpriv else []
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "nhiemky.config.settings"}
    child = subprocess.Popen([*prefix, *command], env=environment, start_new_session=True)
    stopping = threading.Event()

    def stop(signum: int, frame: types.FrameType | None) -> None:
        stopping.set()
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    child.wait()
    _end_group(child.pid)
    if not stopping.is_set() and child.returncode:
        raise OSError(f"máy chủ trang dừng với mã {child.returncode} / the web server stopped with {child.returncode}")


def _end_group(group: int) -> None:
    """Workers that outlived their parent."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return
