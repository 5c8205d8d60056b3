"""A database and a server of one's own for a measurement, gone afterwards.

Invariant: nothing outside the scratch database and the temporary folder is written.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[3]
_NAME = f"lamplight_scratch_{os.getpid()}"
_START_SECONDS = 60


class ScratchError(RuntimeError):
    """The scratch database or server could not be made; the text says why."""


@contextmanager
def scratch_sqlite() -> Iterator[str]:
    """The address of an empty SQLite database."""
    with tempfile.TemporaryDirectory(prefix="lamplight-") as folder:
        yield f"sqlite:///{folder}/scratch.sqlite3"


@contextmanager
def scratch_postgresql(address: str) -> Iterator[str]:
    """The address of an empty database on the server of ``address``."""
    name = sql.Identifier(_NAME)
    try:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))
            connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
    except psycopg.Error as error:
        raise ScratchError("PostgreSQL does not let a scratch database be made.") from error
    try:
        yield urlunsplit(urlsplit(address)._replace(path=f"/{_NAME}"))
    finally:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


def environment(database: str, **settings: str) -> dict[str, str]:
    """The environment of a process that works on the scratch database."""
    return {
        **os.environ,
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "MISSED_SEARCH_FLUSH_SECONDS": "0",
        **settings,
    }


def manage(database: str, *arguments: str, quiet: bool = True) -> None:
    """Run a management command. Raises ``ScratchError`` with what it said last.

    Unless ``quiet``, what it prints is printed.
    """
    done = subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(database),
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    # An import that rejects a row says so by exit code 1, as a crash does; but then it has
    # printed what came in.
    is_import = arguments[0] == "import_content" and done.returncode == 1 and done.stdout
    if done.returncode and not is_import:
        raise ScratchError(f"{arguments[0]} failed: {done.stderr.strip()[-500:]}")


@contextmanager
def server(database: str, **settings: str) -> Iterator[str]:
    """The address of a server that serves the scratch database under these settings."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
        "--port", str(port), "--workers", "1", "--blocking-threads", "1", "cms.wsgi:application",
    ]  # fmt: skip
    process = subprocess.Popen(  # noqa: S603 - our own command line
        command,
        cwd=ROOT,
        env=environment(database, **settings),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(address: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urlopen(f"{address}/healthz", timeout=2):  # noqa: S310 - our own server
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise ScratchError("The server did not start.")
