"""How many entries a list has, remembered between requests.

Invariant: a remembered total is the one a count would give: it is used at the content
version it was counted at alone, and not past the moment at which the next entry expires.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from django.utils import timezone

from graphql_api.plan.database import Reader
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


class Totals:
    """The totals of the present content version."""

    def __init__(self) -> None:
        self._version: int | None = None
        self._until: datetime | None = None
        self._known: OrderedDict[Any, int] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Any, version: int) -> int | None:
        """The total under ``key`` at ``version``."""
        with self._lock:
            if version != self._version or self._is_over():
                return None
            return self._known.get(key)

    def put(self, key: Any, version: int, count: int, until: datetime | None) -> None:
        """Remember a total; ``until``: when the next entry expires."""
        with self._lock:
            if version != self._version or self._is_over():
                if self._version is not None and version < self._version:
                    return
                self._known.clear()
                self._version, self._until = version, until
            self._known[key] = count
            if len(self._known) > MAX_TOTALS:
                self._known.popitem(last=False)

    def clear(self) -> None:
        """Remember nothing."""
        with self._lock:
            self._version = self._until = None
            self._known.clear()

    def _is_over(self) -> bool:
        return self._until is not None and self._until <= timezone.now()


totals = Totals()


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
