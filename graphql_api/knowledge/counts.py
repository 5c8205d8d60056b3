"""How many published entries are filed under each term.

Invariant: a count is the number of rows that a list under the same term would have, in the
same language and inside the caller's bounds.

Kinds, technologies and categories are summed from ``PublishedCount``, so they take the same
time however many entries there are. Topics and roles are grouped from the entries, and only
when a count of one may be asked for.
"""

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import CharField, Count, F, QuerySet, Sum, Value
from django.db.models.functions import Cast
from django.utils import timezone

from cms.publishing.models import VisibleQuerySet
from cms.publishing.reads import note_unnamed_read
from cms.publishing.scope import current_scope
from graphql_api.context import RequestContext
from graphql_api.knowledge.reading import Reading
from knowledge.kinds import TermKind
from knowledge.models import PublishedCount, PublishedEntry

# Term kind → the facet of the read model that holds its many-valued filter.
FACETS = {TermKind.TOPIC: "topic", TermKind.ROLE: "role"}

_COLUMNS = {TermKind.TECHNOLOGY: "technology", TermKind.CATEGORY: "category"}
# Kind of entry → how many.
_ByKind = Counter[str]
_Counts = dict[tuple[str, str], _ByKind]
_NONE: _ByKind = Counter()


class PublishedCounts:
    """Counts of what one reading delivers, by term and kind of entry.

    One statement for kinds, technologies and categories together, one for topics and roles,
    each at the first count that needs it. ``together``: one statement for all.
    """

    def __init__(self, reading: Reading, *, together: bool = False) -> None:
        self._reading = reading
        self._together = together

    def of_term(self, kind: str, key: str) -> _ByKind:
        """Kind of entry → how many are filed under the term."""
        parts = self._tagged if kind in FACETS else self._filed
        return parts.get((kind, key), _NONE)

    def of_kinds(self, kinds: Iterable[str]) -> int:
        """How many entries of these kinds there are."""
        return sum(self.by_kind[kind] for kind in kinds)

    @cached_property
    def by_kind(self) -> _ByKind:
        """Kind of entry → how many there are."""
        return self._filed.get(("", ""), _NONE)

    @cached_property
    def _filed(self) -> _Counts:
        return self._all if self._together else _read(_filed_rows(self._reading))

    @cached_property
    def _tagged(self) -> _Counts:
        return self._all if self._together else _read(_tagged_rows(self._reading))

    @cached_property
    def _all(self) -> _Counts:
        return _read([*_filed_rows(self._reading), *_tagged_rows(self._reading)])


def _read(parts: list[QuerySet]) -> _Counts:
    """Rows of (term kind, key of a term, kind of entry, number), in one statement."""
    found: _Counts = {}
    for term_kind, key, kind, number in parts[0].union(*parts[1:], all=True):
        if term_kind == TermKind.TECHNOLOGY:
            # Every entry is in exactly one of these rows, if only in that of no technology.
            found.setdefault(("", ""), Counter())[kind] += number
        if key:
            place = term_kind, key.replace("-", "")
            found.setdefault(place, Counter())[kind] += number
    return found


def _filed_rows(reading: Reading) -> list[QuerySet]:
    if len(reading.locales) > 1:
        # Which translation stands for an entry differs from row to row: no sum can tell.
        return [_under(column, reading.delivered(), Count("pk")) for column in _COLUMNS]
    note_unnamed_read()
    scope = current_scope()
    counts = VisibleQuerySet(PublishedCount).within(scope).filter(locale=reading.locale)
    # What has expired and was not taken away yet is still among the counts.
    expired = VisibleQuerySet(PublishedEntry).within(scope).filter(locale=reading.locale)
    expired = expired.filter(expires_at__lte=timezone.now())
    return [
        *(_under(column, counts, Sum("number")) for column in _COLUMNS),
        *(_under(column, expired, Value(0) - Count("pk")) for column in _COLUMNS),
    ]


def _tagged_rows(reading: Reading) -> list[QuerySet]:
    rows = reading.delivered().order_by()
    return [
        _named(kind, F("terms__value"), rows.filter(terms__facet=facet), Count("pk"))
        for kind, facet in FACETS.items()
    ]


def _under(kind: TermKind, rows: QuerySet, number: Any) -> QuerySet:
    return _named(kind, Cast(_COLUMNS[kind], CharField()), rows.order_by(), number)


def _named(kind: TermKind, value: Any, rows: QuerySet, number: Any) -> QuerySet:
    # Named first and counted after: a count among the values would group by every column.
    named = rows.annotate(filed_as=Value(kind.value, output_field=CharField()), under=value)
    return named.values_list("filed_as", "under", "kind").annotate(total=number)


def published_counts(
    context: RequestContext, reading: Reading, *, together: bool = False
) -> PublishedCounts:
    """The counts of ``reading`` as this request sees them. ``together``: as there."""
    memo: dict[Reading, PublishedCounts] = context.memo.setdefault("published_counts", {})
    if reading not in memo:
        memo[reading] = PublishedCounts(reading, together=together)
    return memo[reading]
