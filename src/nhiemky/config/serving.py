"""The web server and the worker as children of the command: they end when it ends, however that happens."""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable

from nhiemky.domain.findings import Finding, Refused

_READY_WITHIN = 60.0
_STOPPED_WITHIN = 10.0
_MINUTE = 60.0


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def free_port(host: str, port: int) -> int:
    """The port, if nobody listens there; for 0 one that the system chooses.

    Raises:
        Refused: it is taken. The web server itself would share it with the other without a word.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as taken:
            raise Refused(Finding("config.port_taken", facts={"port": str(port), "host": host})) from taken
        return int(probe.getsockname()[1])


def serve(host: str, port: int, workers: int, ready: Callable[[], None], now_and_then: Callable[[], None]) -> None:
    """Serve until Ctrl-C or SIGTERM, then stop every process that was started. `ready` is called at the first answer,
    `now_and_then` about once a minute.

    Raises:
        Refused: the web server ended by itself.
    """
    child, worker = _start_web(host, port, workers), None
    try:
        _wait(child, host, port)
        worker = _start_worker()
        ready()
        while child.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(_MINUTE)
            if worker.poll() is not None:
                worker = _start_worker()
            now_and_then()
    except KeyboardInterrupt:
        return
    finally:
        _stop(child)
        if worker is not None:
            _stop(worker)
    raise Refused(Finding("config.web_server_failed", facts={"code": child.returncode}))


def _start_web(host: str, port: int, workers: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    command += ["--workers", str(workers), "--blocking-threads", "4", "--no-access-log", "--log-level", "warning"]
    command += ["--respawn-failed-workers", "--workers-kill-timeout", "5", "nhiemky.config.wsgi:application"]
    return _start(command)


def _start_worker() -> subprocess.Popen[bytes]:
    return _start([sys.executable, "-m", "nhiemky.config.worker"])


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    setpriv = shutil.which("setpriv")
    prefix = [setpriv, "--pdeathsig=TERM"] if setpriv else []
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "nhiemky.config.settings"}
    # A session of its own: Ctrl-C reaches this process only, which then stops one after the other.
    return subprocess.Popen([*prefix, *command], env=environment, start_new_session=True)


def _wait(child: subprocess.Popen[bytes], host: str, port: int) -> None:
    """Until a page is answered: then a worker has loaded everything."""
    asked = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    end = time.monotonic() + _READY_WITHIN
    while time.monotonic() < end and child.poll() is None:
        connection = http.client.HTTPConnection(asked, port, timeout=_READY_WITHIN)
        try:
            connection.request("GET", "/", headers={"Host": f"127.0.0.1:{port}"})
            connection.getresponse().read()
        except OSError:
            time.sleep(0.05)
        else:
            return
        finally:
            connection.close()
    raise Refused(Finding("config.web_server_failed", facts={"code": child.poll()}))


def _stop(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(_STOPPED_WITHIN)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)  # workers that outlived their parent
    child.wait()
