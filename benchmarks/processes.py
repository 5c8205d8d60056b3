"""Servers under measurement: started, pinned, accounted for, and stopped.

Invariant: what was started here is stopped here, by its own process group, however the
measurement ends.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
START_SECONDS = 90
# As many as `manage.py serve` takes.
THREADS = 256
# What production must be told, and what measuring needs: every request is answered.
PRODUCT = {
    "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
    "SECRET_KEY": "known to everybody, for a server that only this machine reaches",
    "ALLOWED_HOSTS": HOST,
    "SECURE_SSL_REDIRECT": "false",
    "GRAPHQL_RATE_PER_MINUTE": "0",
    "REDIS_URL": "",
}
_TICKS = os.sysconf("SC_CLK_TCK")


class StartError(Exception):
    """A server that did not come up; the text says what it wrote last."""


def cores() -> tuple[int | None, int | None]:
    """The core for servers and the core for the load; None where they cannot be kept apart."""
    if not hasattr(os, "sched_getaffinity"):
        return None, None
    found = sorted(os.sched_getaffinity(0))
    return (found[0], found[1]) if len(found) > 1 else (None, None)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])


@contextmanager
def server(
    application: str, port: int, environment: Mapping[str, str], core: int | None, log: Path
) -> Iterator[int]:
    """Serve a WSGI application as `manage.py serve` does; gives the process id.

    Raises ``StartError``.
    """
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *("--host", HOST, "--port", str(port)),
        *("--workers", "1", "--blocking-threads", str(THREADS), "--log-level", "error"),
        application,
    ]
    if core is not None:
        command = ["taskset", "-c", str(core), *command]
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - no shell, own words
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        wait_for(port, process, log)
        yield process.pid
    finally:
        stop(process)


def wait_for(port: int, process: subprocess.Popen, log: Path) -> None:
    """Wait until something answers on ``port``. Raises ``StartError``."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError), socket.create_connection((HOST, port), timeout=1):
            return
        time.sleep(0.1)
    said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    raise StartError("\n".join(["A server did not start.", *said[-5:]]))


def stop(process: subprocess.Popen) -> None:
    """End the process and its children."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
            return


def tree(root: int) -> set[int]:
    """``root`` and all that descend from it."""
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit() and (fields := stat_of(int(name))):
            parents[int(name)] = int(fields[1])
    found = {root}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def stat_of(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name; none when the process is gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return []
    return text.rpartition(")")[2].split()


def processor_seconds(pids: set[int]) -> float:
    """User and system time that the processes have had so far."""
    found = (stat_of(pid) for pid in pids)
    return sum(int(fields[11]) + int(fields[12]) for fields in found if fields) / _TICKS


class Backends:
    """The PostgreSQL processes that work for one database, where they run on this machine."""

    def __init__(self, connection: psycopg.Connection, database: str) -> None:
        self.connection = connection
        self.database = database

    def seconds(self) -> float | None:
        """Processor time of those that are there now; None when they cannot be seen."""
        rows = self.connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
            [self.database],
        ).fetchall()
        pids = {pid for (pid,) in rows}
        names = {command_of(pid) for pid in pids}
        if not all("postgres" in name for name in names):
            return None
        return processor_seconds(pids)


def command_of(pid: int) -> str:
    """The name of a process; "" when there is none of this number."""
    try:
        return Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip()
    except OSError:
        return ""
