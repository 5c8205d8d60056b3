"""Connections that only plans use: one a thread, kept open, read-only.

Invariant: a statement runs at most as long as the request has time, and a connection on
which anything went wrong is closed and never used again.

Django's connections are opened anew (or fetched from the pool and tested) for each request,
and each of its statements passes some twenty functions; a plan's statement costs about as
much as that by itself.
"""

import sqlite3
import threading
import time
from collections.abc import Sequence
from typing import Any, Protocol

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

from graphql_api.http.deadline import Deadline
from graphql_api.plan.database import DIALECTS, Dialect
from graphql_api.plan.giving_up import GivenUp

# How many virtual machine instructions SQLite runs between two looks at the clock.
_SQLITE_INSTRUCTIONS = 20_000


# After a connection could not be opened, none is tried for so long; Django answers then.
RETRY_SECONDS = 1.0
CONNECT_SECONDS = 3


class _Link(Protocol):
    """An open connection."""

    deadline: Deadline | None

    def rows(self, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]: ...

    def close(self) -> None: ...


class _Postgresql:
    def __init__(self) -> None:
        wrapper = connections[DEFAULT_DB_ALIAS]
        parameters = wrapper.get_connection_params()
        for name in ("pool", "isolation_level", "cursor_factory", "context", "row_factory"):
            parameters.pop(name, None)
        parameters.pop("server_side_binding", None)
        parameters.pop("assume_role", None)
        milliseconds = int(settings.GRAPHQL_TIMEOUT_SECONDS * 1000)
        own = f"-c statement_timeout={milliseconds} -c default_transaction_read_only=on"
        parameters.setdefault("connect_timeout", CONNECT_SECONDS)
        parameters["options"] = f"{parameters.get('options') or ''} {own}".strip()
        parameters["prepare_threshold"] = 5 if settings.DATABASE_PREPARED_STATEMENTS else None
        self._connection = psycopg.connect(**parameters, autocommit=True)
        self.deadline: Deadline | None = None

    def rows(self, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        return self._connection.execute(statement, values).fetchall()

    def close(self) -> None:
        self._connection.close()


class _Sqlite:
    def __init__(self) -> None:
        wrapper = connections[DEFAULT_DB_ALIAS]
        name = wrapper.get_connection_params()["database"]
        uri = str(name) if str(name).startswith("file:") else f"file:{name}"
        self._connection = sqlite3.connect(uri, uri=True, timeout=20, isolation_level=None)
        self._connection.execute("PRAGMA query_only = ON")
        self._connection.execute("PRAGMA cache_size = -16000")
        self._connection.set_progress_handler(self._is_over, _SQLITE_INSTRUCTIONS)
        self._texts: dict[str, str] = {}
        self.deadline: Deadline | None = None

    def _is_over(self) -> bool:
        return self.deadline is not None and self.deadline.remaining() <= 0

    def rows(self, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        text = self._texts.get(statement)
        if text is None:
            if len(self._texts) > 1_000:
                self._texts.clear()
            text = self._texts[statement] = statement.replace("%s", "?")
        return self._connection.execute(text, values).fetchall()

    def close(self) -> None:
        self._connection.close()


_KINDS: dict[str, type[_Postgresql] | type[_Sqlite]] = {
    "postgresql": _Postgresql,
    "sqlite": _Sqlite,
}


class OwnReader:
    """Runs statements on this thread's own connection."""

    def __init__(self) -> None:
        vendor = connections[DEFAULT_DB_ALIAS].vendor
        self.dialect: Dialect = DIALECTS[vendor]
        self._kind = _KINDS[vendor]
        self._threads = threading.local()
        self._rests_until = 0.0

    def begin(self, deadline: Deadline) -> None:
        """The statements that follow on this thread belong to one request."""
        self._threads.deadline = deadline

    def rows(self, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        self._threads.deadline.check()
        link: _Link | None = getattr(self._threads, "link", None)
        if link is None:
            link = self._threads.link = self._opened()
        link.deadline = self._threads.deadline
        try:
            return link.rows(statement, values)
        except BaseException:
            self.drop()
            raise

    def _opened(self) -> _Link:
        if time.monotonic() < self._rests_until:
            raise GivenUp
        try:
            return self._kind()
        except Exception:
            # Whoever comes next need not wait for the same.
            self._rests_until = time.monotonic() + RETRY_SECONDS
            raise

    def drop(self) -> None:
        """Close this thread's connection; the next statement opens another."""
        link: _Link | None = getattr(self._threads, "link", None)
        if link is not None:
            self._threads.link = None
            link.close()
