"""How many published entries are filed under each term: one grouped statement a request."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import CharField, Count, F, QuerySet, Value
from django.db.models.functions import Cast

from graphql_api.context import RequestContext
from graphql_api.knowledge.reading import Reading
from knowledge.kinds import TermKind

# Term kind → the facet of the read model that holds its many-valued filter.
FACETS = {TermKind.TOPIC: "topic", TermKind.ROLE: "role"}


class PublishedCounts:
    """Counts of what one reading delivers, by term and kind of entry."""

    def __init__(self, reading: Reading) -> None:
        self._counts: dict[tuple[str, str], Counter[str]] = {}
        self.by_kind: Counter[str] = Counter()
        rows = reading.delivered().order_by()
        grouped = _grouped(rows, TermKind.TECHNOLOGY, Cast("technology", CharField()))
        by_category = _grouped(
            rows.filter(category__isnull=False), TermKind.CATEGORY, Cast("category", CharField())
        )
        facets = [
            _grouped(rows.filter(terms__facet=facet), kind, F("terms__value"))
            for kind, facet in FACETS.items()
        ]
        for term_kind, value, kind, number in grouped.union(by_category, *facets, all=True):
            if term_kind == TermKind.TECHNOLOGY:
                self.by_kind[kind] += number
            key = (value or "").replace("-", "")
            self._counts.setdefault((term_kind, key), Counter())[kind] += number

    def of_term(self, kind: str, key: str) -> Counter[str]:
        """Kind of entry → how many are filed under the term."""
        return self._counts.get((kind, key), Counter())

    def of_kinds(self, kinds: Iterable[str]) -> int:
        """How many entries of these kinds there are."""
        return sum(self.by_kind[kind] for kind in kinds)


def _grouped(rows: QuerySet, kind: TermKind, value: Cast | F) -> QuerySet:
    # Named first and counted after: a count among the values would group by every column.
    named = rows.annotate(filed_as=Value(kind.value, output_field=CharField()), under=value)
    return named.values_list("filed_as", "under", "kind").annotate(number=Count("pk"))


def published_counts(context: RequestContext, reading: Reading) -> PublishedCounts:
    """The counts of ``reading`` as this request sees them."""
    memo: dict[Reading, PublishedCounts] = context.memo.setdefault("published_counts", {})
    if reading not in memo:
        memo[reading] = PublishedCounts(reading)
    return memo[reading]
