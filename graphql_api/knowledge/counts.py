"""How many published entries are filed under each term.

Invariant: a count is the number of rows that a list under the same term would have, in the
same language and inside the caller's bounds.

Kinds, technologies and categories are summed from ``PublishedCount``, so they take the same
time however many entries there are. Topics and roles are grouped from the entries, and only
when a count of one is asked for.
"""

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from uuid import UUID

from django.db.models import CharField, Count, F, Sum, Value
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

_COLUMNS = ("kind", "technology", "category")
# Kind of entry → how many.
_ByKind = Counter[str]
_NONE: _ByKind = Counter()


class PublishedCounts:
    """Counts of what one reading delivers, by term and kind of entry.

    One statement for kinds, technologies and categories together, one for topics and roles,
    each at the first count that needs it.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def of_term(self, kind: str, key: str) -> _ByKind:
        """Kind of entry → how many are filed under the term."""
        counts = self._tagged if kind in FACETS else self._filed
        return counts.get((kind, key), _NONE)

    def of_kinds(self, kinds: Iterable[str]) -> int:
        """How many entries of these kinds there are."""
        return sum(self.by_kind[kind] for kind in kinds)

    @cached_property
    def by_kind(self) -> _ByKind:
        """Kind of entry → how many there are."""
        return self._filed.get(("", ""), _NONE)

    @cached_property
    def _filed(self) -> dict[tuple[str, str], _ByKind]:
        found: dict[tuple[str, str], _ByKind] = {}
        one_language = len(self._reading.locales) == 1
        rows = _summed(self._reading) if one_language else _grouped(self._reading)
        for kind, technology, category, number in rows:
            places = [("", "")]
            if technology is not None:
                places.append((TermKind.TECHNOLOGY, technology.hex))
            if category is not None:
                places.append((TermKind.CATEGORY, category.hex))
            for place in places:
                found.setdefault(place, Counter())[kind] += number
        return found

    @cached_property
    def _tagged(self) -> dict[tuple[str, str], _ByKind]:
        found: dict[tuple[str, str], _ByKind] = {}
        rows = self._reading.delivered().order_by()
        by_facet = [
            # Named first and counted after: a count among the values would group by every column.
            rows.filter(terms__facet=facet)
            .annotate(filed_as=Value(kind.value, output_field=CharField()), under=F("terms__value"))
            .values_list("filed_as", "under", "kind")
            .annotate(total=Count("pk"))
            for kind, facet in FACETS.items()
        ]
        for term_kind, key, kind, number in by_facet[0].union(*by_facet[1:], all=True):
            found.setdefault((term_kind, key.replace("-", "")), Counter())[kind] += number
        return found


_Rows = Iterable[tuple[str, UUID | None, UUID | None, int]]


def _grouped(reading: Reading) -> _Rows:
    # Which translation stands for an entry differs from row to row: no sum can tell.
    rows = reading.delivered().order_by().values_list(*_COLUMNS)
    return rows.annotate(total=Count("pk"))


def _summed(reading: Reading) -> _Rows:
    note_unnamed_read()
    scope = current_scope()
    counts = VisibleQuerySet(PublishedCount).within(scope).filter(locale=reading.locale)
    # What has expired and was not taken away yet is still among the counts.
    expired = VisibleQuerySet(PublishedEntry).within(scope).filter(locale=reading.locale)
    expired = expired.filter(expires_at__lte=timezone.now())
    summed = counts.order_by().values_list(*_COLUMNS).annotate(total=Sum("number"))
    gone = expired.order_by().values_list(*_COLUMNS).annotate(total=Value(0) - Count("pk"))
    return summed.union(gone, all=True)


def published_counts(context: RequestContext, reading: Reading) -> PublishedCounts:
    """The counts of ``reading`` as this request sees them."""
    memo: dict[Reading, PublishedCounts] = context.memo.setdefault("published_counts", {})
    if reading not in memo:
        memo[reading] = PublishedCounts(reading)
    return memo[reading]
