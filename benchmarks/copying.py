"""Databases of their own for benches that change what they measure.

Invariant: a copy is made anew for each run, and the benchmark's own content stays as it was
filled.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg

from benchmarks.database import NAME as BASE
from benchmarks.database import DatabaseError, server_url


@contextmanager
def copied(server: psycopg.Connection, name: str, *, keep: bool = False) -> Iterator[str]:
    """A copy of the benchmark's database under ``name``; gives its address.

    It is dropped at the end, unless ``keep``. Raises ``DatabaseError``.
    """
    try:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name} TEMPLATE {BASE}")
    except psycopg.Error as error:
        reason = error.diag.message_primary or type(error).__name__
        raise DatabaseError(f"The database {name} cannot be made: {reason}.") from None
    try:
        yield urlunsplit(urlsplit(server_url())._replace(path=f"/{name}"))
    finally:
        if not keep:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
