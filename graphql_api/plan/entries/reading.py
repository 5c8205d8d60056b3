"""What reading entries needs of a request: the vocabulary in step with the rows.

Invariant: rows, vocabulary and counts of one answer are of one content version or later.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from graphql_api.plan import terms
from graphql_api.plan.database import Reader
from graphql_api.plan.giving_up import GivenUp
from graphql_api.plan.running import Run

Rows = list[tuple[Any, ...]]
Asked = TypeVar("Asked")

# A vocabulary that changes between two looks is looked up again; not for ever.
_ATTEMPTS = 3
_VERSION = "SELECT stamp FROM publishing_contentversion WHERE id = 1"


def version_of(rows: Rows, reader: Reader) -> int:
    """The content version that ``rows`` were read at; of now, when there are none."""
    if rows:
        return rows[0][0] or 0
    found = reader.rows(_VERSION, ())
    return found[0][0] if found else 0


def in_step(run: Run, ask: Callable[[], tuple[Asked, Rows]]) -> tuple[Asked, Rows, int]:
    """Ask until the vocabulary that ``ask`` used is that of the rows it found.

    Returns what ``ask`` returned and the content version.
    """
    for _ in range(_ATTEMPTS):
        asked, rows = ask()
        version = version_of(rows, run.reader)
        if terms.confirm(run.context, run.reader, version):
            return asked, rows, version
    raise GivenUp
