"""A server of the demonstration, for those who only read it.

Invariant: the demonstration is loaded once a run, however many processes the suite has;
each of them serves a copy.
"""

import fcntl
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.support.running_server import Server, environment_on, free_port, managed, serving

LOADING_SECONDS = 400


@contextmanager
def serving_demo(folder: Path, shared: Path, **settings: str) -> Iterator[Server]:
    """Serve a copy of the demonstration from ``folder``.

    ``shared`` is a folder that all processes of the run see; ``settings`` are environment
    variables of the server.
    """
    database = folder / "demo.sqlite3"
    shutil.copyfile(_loaded(shared), database)
    port = free_port()
    environment = environment_on(database, port, **settings)
    with serving(environment, port, folder / "server.log") as server:
        yield server


def _loaded(shared: Path) -> Path:
    database = shared / "demo-template.sqlite3"
    with (shared / "demo-template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not database.exists():
            unfinished = shared / "demo-unfinished.sqlite3"
            environment = environment_on(unfinished, free_port())
            managed(environment, "migrate", "--verbosity", "0", seconds=LOADING_SECONDS)
            managed(environment, "load_demo", seconds=LOADING_SECONDS)
            # With the write-ahead log folded in, one file is the whole database.
            with closing(sqlite3.connect(unfinished)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            unfinished.rename(database)
    return database
