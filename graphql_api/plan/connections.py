"""Connections that only plans use: one a request at work, kept open, read-only.

Invariant: a statement runs at most as long as the request has time; a connection is used by
one request at a time, and one on which anything went wrong is closed and never used again.

Django's connections are opened anew (or fetched from the pool and tested) for each request,
and each of its statements passes some twenty functions; a plan's statement costs about as
much as that by itself.
"""

import sqlite3
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Protocol

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

from graphql_api.http.deadline import Deadline
from graphql_api.plan.database import DIALECTS, Asked, Dialect, Reader
from graphql_api.plan.giving_up import GivenUp
from graphql_api.plan.statements import Statements

# How many virtual machine instructions SQLite runs between two looks at the clock.
_SQLITE_INSTRUCTIONS = 20_000


# After a connection could not be opened, none is tried for so long; Django answers then.
RETRY_SECONDS = 1.0
CONNECT_SECONDS = 3


class _Link(Protocol):
    """An open connection."""

    deadline: Deadline | None

    def rows(self, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]: ...

    def rows_of_each(self, asked: Sequence[Asked]) -> list[list[tuple[Any, ...]]]: ...

    def close(self) -> None: ...


class _Postgresql:
    def __init__(self) -> None:
        wrapper = connections[DEFAULT_DB_ALIAS]
        parameters = wrapper.get_connection_params()
        for name in ("pool", "isolation_level", "cursor_factory", "context", "row_factory"):
            parameters.pop(name, None)
        parameters.pop("server_side_binding", None)
        parameters.pop("assume_role", None)
        milliseconds = self._milliseconds = max(1, int(settings.GRAPHQL_TIMEOUT_SECONDS * 1000))
        own = f"-c statement_timeout={milliseconds} -c default_transaction_read_only=on"
        parameters.setdefault("connect_timeout", CONNECT_SECONDS)
        parameters["options"] = f"{parameters.get('options') or ''} {own}".strip()
        self._connection = psycopg.connect(**parameters, autocommit=True)
        self._statements = Statements(
            self._connection, may_prepare=settings.DATABASE_PREPARED_STATEMENTS
        )
        self.deadline: Deadline | None = None

    def rows(self, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        self._allow()
        return self._statements.rows(statement, values)

    def rows_of_each(self, asked: Sequence[Asked]) -> list[list[tuple[Any, ...]]]:
        self._allow()
        return self._statements.rows_of_each(asked)

    def _allow(self) -> None:
        if self.deadline is None:
            return
        milliseconds = max(1, int(self.deadline.remaining() * 1000) + 1)
        # Most requests end long before their time does: then nothing is to be told.
        if not 0.8 * self._milliseconds <= milliseconds <= 1.25 * self._milliseconds:
            self._connection.execute(f"SET statement_timeout = {milliseconds}")
            self._milliseconds = milliseconds

    def close(self) -> None:
        self._connection.close()


class _Sqlite:
    def __init__(self) -> None:
        wrapper = connections[DEFAULT_DB_ALIAS]
        name = wrapper.get_connection_params()["database"]
        uri = str(name) if str(name).startswith("file:") else f"file:{name}"
        self._connection = sqlite3.connect(
            uri, uri=True, timeout=20, isolation_level=None, check_same_thread=False
        )
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

    def rows_of_each(self, asked: Sequence[Asked]) -> list[list[tuple[Any, ...]]]:
        # There is nothing to wait for that could be waited for once.
        return [self.rows(statement, values) for statement, values in asked]

    def close(self) -> None:
        self._connection.close()


_KINDS: dict[str, type[_Postgresql] | type[_Sqlite]] = {
    "postgresql": _Postgresql,
    "sqlite": _Sqlite,
}


class Connections:
    """As many open connections as requests were ever answered at once; each opened when needed."""

    def __init__(self) -> None:
        vendor = connections[DEFAULT_DB_ALIAS].vendor
        self.dialect: Dialect = DIALECTS[vendor]
        self._kind = _KINDS[vendor]
        self.gathers = vendor == "postgresql"
        # The last one used is the first to be used again. Lists append and pop atomically.
        self._free: list[_Link] = []
        self._rests_until = 0.0

    def reader(self, deadline: Deadline) -> "_RequestReader":
        """What runs the statements of one request, as a context."""
        return _RequestReader(self, deadline)

    def give_back(self, link: _Link) -> None:
        """Nobody uses the connection any more, and nothing went wrong on it."""
        self._free.append(link)

    def link(self) -> _Link:
        """A connection nobody else uses. Raises ``GivenUp``, or what the driver raises."""
        with suppress(IndexError):
            return self._free.pop()
        if time.monotonic() < self._rests_until:
            raise GivenUp
        try:
            return self._kind()
        except Exception:
            # Whoever comes next need not wait for the same.
            self._rests_until = time.monotonic() + RETRY_SECONDS
            raise


class _RequestReader:
    """The statements of one request, on one connection."""

    __slots__ = ("_connections", "_deadline", "_expected", "dialect", "gathers", "link")

    def __init__(self, from_: Connections, deadline: Deadline) -> None:
        self._connections = from_
        self._deadline = deadline
        self.dialect = from_.dialect
        self.gathers = from_.gathers
        self.link: _Link | None = None
        # What was fetched before it was asked for, in the order in which it will be.
        self._expected: deque[tuple[Sequence[Any], list[tuple[Any, ...]]]] = deque()

    def rows(self, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        self._deadline.check()
        if self._expected and self._expected[0][0] is values:
            return self._expected.popleft()[1]
        return self._linked().rows(statement, values)

    def together(self, asked: Sequence[Asked]) -> list[list[tuple[Any, ...]]]:
        self._deadline.check()
        return self._linked().rows_of_each(asked)

    def expect(self, asked: Sequence[Asked]) -> None:
        found = self.together(asked)
        values = [values for _, values in asked]
        self._expected.extend(zip(values, found, strict=True))

    def _linked(self) -> _Link:
        if self.link is None:
            self.link = self._connections.link()
            self.link.deadline = self._deadline
        return self.link

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        link, self.link = self.link, None
        if link is None:
            return
        if kind is None:
            self._connections.give_back(link)
        else:
            # Something went wrong: what state the connection is in, nobody knows.
            link.close()
