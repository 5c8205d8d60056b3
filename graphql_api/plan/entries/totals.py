"""How many entries a list has, remembered between requests.

Invariant: a remembered total is the one a count would give: it is used at the content
version it was counted at alone, and not past the moment at which the next entry expires.
"""

from typing import Any, NamedTuple

from graphql_api.plan.database import Asked, Reader
from graphql_api.plan.entries.days import Span, number_of
from graphql_api.plan.entries.remembered import Remembered
from graphql_api.plan.entries.statements import ENTRIES, NEXT_EXPIRY, NOW, VERSION, bound
from graphql_api.plan.running import Run
from knowledge.counting import COLUMNS, COUNTS

# A total and its statement take less than a kilobyte.
MAX_TOTALS = 4_000


# Columns that ``PublishedCount`` groups by.
COUNTED = frozenset(COLUMNS)

# What has expired is taken off, and not looked for in each row: without a look at when a row
# expires, an index that holds what the condition asks for is all that is read.
_TOTAL = (
    f"SELECT {VERSION}, {{all}}"
    f" - (SELECT COUNT(*) FROM {ENTRIES} e WHERE e.expires_at <= %s AND {{condition}}),"
    f" {NEXT_EXPIRY}"
)
_COUNTED = f"(SELECT COUNT(*) FROM {ENTRIES} e WHERE {{condition}})"
_SUMMED = f"(SELECT COALESCE(SUM(e.number), 0) FROM {COUNTS} e WHERE {{condition}})"


# Where a run keeps the totals that it has asked for ahead.
_AHEAD = "totals_ahead"

totals: Remembered[int] = Remembered(MAX_TOTALS)


class Sort(NamedTuple):
    """The entries a list is of, expired ones among them: a condition on the table ``e``.

    ``is_counted``: the condition looks at nothing but the columns of ``PublishedCount``;
    ``span``: at nothing but the kind, the language and one moment.
    """

    condition: str
    values: list[Any]
    is_counted: bool
    span: Span | None = None


def ahead(sort: Sort, run: Run) -> Asked | None:
    """What ``total`` will ask for, for whoever can send it along; None where it will know.

    Several lists of one operation may have the same total: it is asked for once.
    """
    key = sort.condition, *sort.values
    asked: set[Any] = run.memo.setdefault(_AHEAD, set())
    if key in asked or totals.is_known(key):
        return None
    asked.add(key)
    return _asked(sort, run.reader)


def total(sort: Sort, version: int, reader: Reader, asked: Asked | None = None) -> int:
    """How many entries of the sort are visible now. ``asked``: what ``ahead`` gave."""
    key = sort.condition, *sort.values
    count = None if asked else totals.get(key, version)
    if count is None:
        at, count, until = reader.rows(*(asked or _asked(sort, reader)))[0]
        totals.put(key, at or 0, count, until and reader.dialect.moment_of(until))
    return count


def _asked(sort: Sort, reader: Reader) -> Asked:
    number, values = _number(sort, reader)
    statement = _TOTAL.format(all=number, condition=sort.condition)
    return statement, bound([*values, NOW, *sort.values, NOW], reader.dialect)


def _number(sort: Sort, reader: Reader) -> tuple[str, list[Any]]:
    """An expression for the number of entries, expired ones among them, and its parameters."""
    if sort.span is not None:
        return number_of(sort.span, sort.condition, sort.values, reader.dialect)
    number = _SUMMED if sort.is_counted else _COUNTED
    return number.format(condition=sort.condition), sort.values
