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
from typing import Any

from django.db import connection

Rows = list[tuple[Any, ...]]
Run = Callable[[str, Sequence[Any]], Rows]

_run: ContextVar[Run | None] = ContextVar("lamplight_search_statements", default=None)


@contextmanager
def run_by(run: Run) -> Iterator[None]:
    """Within the block statements are run by ``run`` instead of Django's connection."""
    token = _run.set(run)
    try:
        yield
    finally:
        _run.reset(token)


def rows(statement: str, values: Sequence[Any] = ()) -> Rows:
    """All rows of a statement. Raises the driver's error, or Django's."""
    if run := _run.get():
        return run(statement, values)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
