"""One request's time: checked between fields, and enforced inside the database.

Invariant: once the time is over, no statement starts and the running one is cancelled (by
PostgreSQL's ``statement_timeout``, by SQLite's progress handler), and the connection goes
back to the next request as it was.
"""

import time
from collections.abc import Callable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

# How many virtual machine instructions SQLite runs between two looks at the clock.
_SQLITE_INSTRUCTIONS = 20_000


class DeadlinePassed(BaseException):
    """The time is over.

    Not an ``Exception``: the executor turns those into errors of one field and goes on
    with the next, and a handler in a resolver could swallow it.
    """


class Deadline:
    """A moment on the monotonic clock."""

    __slots__ = ("_end",)

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def remaining(self) -> float:
        """Seconds left; negative when the time is over."""
        return self._end - time.monotonic()

    def check(self) -> None:
        """Raise ``DeadlinePassed`` when the time is over."""
        if time.monotonic() >= self._end:
            raise DeadlinePassed


class statements_within:
    """Bind every statement of the block to the deadline."""

    __slots__ = ("_deadline", "_guard", "_wrapped")

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline

    def __enter__(self) -> None:
        connection = connections[DEFAULT_DB_ALIAS]
        self._guard = _GUARDS.get(connection.vendor, _Guard)(connection, self._deadline)
        self._wrapped = connection.execute_wrapper(self._guard)
        self._wrapped.__enter__()

    def __exit__(self, *fault: Any) -> None:
        try:
            self._wrapped.__exit__(*fault)
        finally:
            self._guard.release()


class _Guard:
    """Runs each statement inside the deadline; subclasses make the database obey it too."""

    def __init__(self, connection: BaseDatabaseWrapper, deadline: Deadline) -> None:
        self.connection = connection
        self.deadline = deadline

    def __call__(
        self, execute: Callable, sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        self.deadline.check()
        self.arm()
        try:
            return execute(sql, params, many, context)
        except DatabaseError:
            self.deadline.check()
            raise

    def arm(self) -> None:
        """Tell the database how long the next statement may take."""

    def release(self) -> None:
        """Undo ``arm``."""


class _PostgresqlGuard(_Guard):
    _milliseconds: int | None = None

    def arm(self) -> None:
        remaining = max(1, int(self.deadline.remaining() * 1000) + 1)
        # A statement sent late must not get the time of the whole request again, but a
        # round trip for each statement would cost more than the precision is worth.
        if self._milliseconds is None or remaining < self._milliseconds * 0.8:
            self._run(f"SET statement_timeout = {remaining}")
            self._milliseconds = remaining

    def release(self) -> None:
        if self._milliseconds is None or self.connection.connection is None:
            return
        try:
            self._run("RESET statement_timeout")
        except DatabaseError:
            # Inside a failed transaction its rollback resets the value; otherwise the
            # connection is broken, and must not reach another request with our timeout.
            if not self.connection.in_atomic_block:
                self.connection.connection.close()
                self.connection.close()

    def _run(self, statement: str) -> None:
        # Past Django's cursor, so that it neither calls this guard nor counts as a query.
        with self.connection.wrap_database_errors:
            self.connection.connection.execute(statement)


class _SqliteGuard(_Guard):
    _armed = False

    def arm(self) -> None:
        if not self._armed:
            self._armed = True
            self.connection.connection.set_progress_handler(
                lambda: self.deadline.remaining() <= 0, _SQLITE_INSTRUCTIONS
            )

    def release(self) -> None:
        if self._armed and self.connection.connection is not None:
            self.connection.connection.set_progress_handler(None, 0)


_GUARDS: dict[str, type[_Guard]] = {"postgresql": _PostgresqlGuard, "sqlite": _SqliteGuard}
