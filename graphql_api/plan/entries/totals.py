"""How many entries a list has, remembered between requests.

Invariant: a remembered total is the one a count would give: it is used at the content
version it was counted at alone, and not past the moment at which the next entry expires.
"""

from dataclasses import dataclass
from typing import Any

from graphql_api.plan.database import Reader
from graphql_api.plan.entries.remembered import Remembered
from graphql_api.plan.entries.statements import ENTRIES, NOT_EXPIRED, NOW, VERSION, bound
from knowledge.counting import COLUMNS, COUNTS

# A total and its statement take less than a kilobyte.
MAX_TOTALS = 4_000


# Columns that ``PublishedCount`` groups by.
COUNTED = frozenset(COLUMNS)

_HEAD = (
    f"SELECT {VERSION}, {{count}},"
    f" (SELECT MIN(x.expires_at) FROM {ENTRIES} x WHERE x.expires_at > %s)"
)
_COUNTED = _HEAD.format(count="COUNT(*)") + (
    f" FROM {ENTRIES} e WHERE {{condition}} AND {NOT_EXPIRED}"
)
# What has expired and was not taken away yet is still among the counts.
_SUMMED = (
    f"SELECT {VERSION},"
    f" (SELECT COALESCE(SUM(e.number), 0) FROM {COUNTS} e WHERE {{condition}})"
    f" - (SELECT COUNT(*) FROM {ENTRIES} e WHERE e.expires_at <= %s AND {{condition}}),"
    f" (SELECT MIN(x.expires_at) FROM {ENTRIES} x WHERE x.expires_at > %s)"
)


totals: Remembered[int] = Remembered(MAX_TOTALS)


@dataclass(frozen=True, slots=True)
class Sort:
    """The entries a list is of, expired ones among them: a condition on the table ``e``.

    ``is_counted``: the condition looks at nothing but the columns of ``PublishedCount``.
    """

    condition: str
    values: list[Any]
    is_counted: bool


def total(sort: Sort, version: int, reader: Reader) -> int:
    """How many entries of the sort are visible now."""
    key = sort.condition, *sort.values
    count = totals.get(key, version)
    if count is None:
        if sort.is_counted:
            statement, values = _SUMMED, [*sort.values, NOW, *sort.values, NOW]
        else:
            statement, values = _COUNTED, [NOW, *sort.values, NOW]
        found = reader.rows(
            statement.format(condition=sort.condition), bound(values, reader.dialect)
        )
        at, count, until = found[0]
        totals.put(key, at or 0, count, until and reader.dialect.moment_of(until))
    return count
