"""The benchmark's own database, on the server that DATABASE_URL names.

Invariant: no other database is touched, whatever DATABASE_URL says.
"""

import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import psycopg

from benchmarks.processes import PRODUCT, ROOT
from benchmarks.source import source_digest

DEFAULT = "postgres://postgres@127.0.0.1:5432/postgres"
NAME = "lamplight_benchmark"
# Held while the database is in use; any number that nobody else takes.
LOCK = 7_402_518_966


class DatabaseError(Exception):
    """There is no PostgreSQL to measure on; the text says what to do."""


def server_url() -> str:
    """The address of a database of the server, used for nothing but to reach it."""
    given = os.environ.get("DATABASE_URL", "")
    if given and not given.startswith(("postgres:", "postgresql:")):
        raise DatabaseError("The benchmark needs PostgreSQL: set DATABASE_URL to postgres://…")
    return given or DEFAULT


def connect(url: str) -> psycopg.Connection:
    """A connection that commits by itself. Raises ``DatabaseError``."""
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=5)
    except psycopg.Error:
        raise DatabaseError(
            "PostgreSQL does not answer: start it on 127.0.0.1:5432, or set DATABASE_URL."
        ) from None


def prepared(server: psycopg.Connection, *, fresh: bool) -> str:
    """The address of the database, which holds the content, made by the present code.

    Filling it takes minutes; it is filled when it is not there, not complete, made by other
    code, or ``fresh`` is asked for. It is this run's until ``server`` is closed. Raises
    ``DatabaseError``.
    """
    free = server.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone()
    if free != (True,):
        raise DatabaseError("Another run is using the benchmark's database: wait for its end.")
    url = urlunsplit(urlsplit(server_url())._replace(path=f"/{NAME}"))
    if not fresh and is_current(server):
        return url
    try:
        server.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {NAME} TEMPLATE template0 ENCODING 'UTF8'")
        environment = {**os.environ, **PRODUCT, "DATABASE_URL": url}
        subprocess.run(
            [sys.executable, "-m", "benchmarks.filling"], cwd=ROOT, env=environment, check=True
        )
        server.execute(f"COMMENT ON DATABASE {NAME} IS '{source_digest()}'")
    except psycopg.Error as error:
        reason = error.diag.message_primary or type(error).__name__
        raise DatabaseError(f"The database {NAME} cannot be made: {reason}.") from None
    except subprocess.CalledProcessError:
        raise DatabaseError(f"The database {NAME} could not be filled.") from None
    return url


def is_current(server: psycopg.Connection) -> bool:
    """Whether the database is there, complete, and of the present code."""
    row = server.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [NAME]
    ).fetchone()
    return row is not None and row[0] == source_digest()
