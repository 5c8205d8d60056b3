"""What reading entries needs of a request: the vocabulary in step with the rows.

Invariant: rows, vocabulary and counts of one answer are of one content version or later.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from graphql_api.plan import terms
from graphql_api.plan.database import Reader
from graphql_api.plan.entries.statements import STAMP_COLUMNS, STAMPS
from graphql_api.plan.entries.totals import totals
from graphql_api.plan.giving_up import GivenUp
from graphql_api.plan.running import Run

Rows = list[tuple[Any, ...]]
Asked = TypeVar("Asked")

# A vocabulary that changes between two looks is looked up again; not for ever.
_ATTEMPTS = 3


def _stamps_of(rows: Rows, reader: Reader) -> tuple[int, int]:
    """The stamps of the content that ``rows`` were read of; of now, when there are none."""
    version, surroundings = (rows or reader.rows(f"SELECT {STAMPS}", ()))[0][:STAMP_COLUMNS]
    return version or 0, surroundings or 0


def in_step(run: Run, ask: Callable[[], tuple[Asked, Rows]]) -> tuple[Asked, Rows, int]:
    """Ask until the vocabulary that ``ask`` used is that of the rows it found.

    Returns what ``ask`` returned and the content version.
    """
    for _ in range(_ATTEMPTS):
        asked, rows = ask()
        version, surroundings = _stamps_of(rows, run.reader)
        totals.newest = version
        if terms.confirm(run.context, run.reader, surroundings):
            return asked, rows, version
    raise GivenUp
