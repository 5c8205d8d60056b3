"""Statements of finding, on whatever connection answers the request.

Invariant: only reads. Statements are written with ``%s`` and no other per cent sign; values
never become part of their text. A column of the type ``text`` may come as bytes.

A search asks a handful of short statements. Django's connection is fetched, tested, told its
time and told again for each request, and sends each statement through some twenty functions;
who answers requests has connections that are open and know the statements already.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import connection

from knowledge.search.clauses import Condition, one_of_keys, where

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class OfKeys:
    """What is read of the rows with some keys that fulfil the conditions.

    ``selected`` is the statement up to its condition; its first column is ``column``, the key.
    ``is_kept`` says that who reads it keeps it, and will not ask for the same again.
    """

    selected: str
    column: str
    keys: Sequence[int]
    conditions: Sequence[Condition] = ()
    is_kept: bool = False

    def asked(self) -> tuple[str, list[Any]]:
        """The statement and its values."""
        condition, values = where([one_of_keys(self.column, self.keys), *self.conditions])
        return f"{self.selected} {condition}", values


Run = Callable[[str, Sequence[Any]], Rows]
RunOfKeys = Callable[[OfKeys], Rows]

_run: ContextVar[tuple[Run, RunOfKeys | None] | None] = ContextVar(
    "lamplight_search_statements", default=None
)


@contextmanager
def run_by(run: Run, of_keys: RunOfKeys | None = None) -> Iterator[None]:
    """Within the block statements are run by ``run`` instead of Django's connection, those of
    keys by ``of_keys`` where it is given."""
    token = _run.set((run, of_keys))
    try:
        yield
    finally:
        _run.reset(token)


def rows(statement: str, values: Sequence[Any] = ()) -> Rows:
    """All rows of a statement. Raises the driver's error, or Django's."""
    if runs := _run.get():
        return runs[0](statement, values)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def rows_of_keys(wanted: OfKeys) -> Rows:
    """All rows of the statement, in any order. Raises as ``rows`` does."""
    runs = _run.get()
    if runs and (of_keys := runs[1]):
        return of_keys(wanted)
    return rows(*wanted.asked())
