"""An index of many documents, written at once.

Invariant: leaves the rows that publishing one document after the other would leave; only
the postings wait until all are known, and are then written in the order of their table.
"""

from collections.abc import Iterable
from types import TracebackType
from typing import Self

from django.db import connection, transaction

from knowledge.models.published import PublishedEntry
from knowledge.search import indexing
from knowledge.search.evaluation.generated import Language, documents

_BATCH = 1_000
_CREATE = (
    "CREATE TABLE waiting_posting "
    "(term_id bigint NOT NULL, document_id bigint NOT NULL, weight smallint NOT NULL)"
)
_WRITE = (
    "INSERT INTO knowledge_searchposting (term_id, document_id, weight) "
    "SELECT term_id, document_id, weight FROM waiting_posting ORDER BY term_id, document_id"
)


class WaitingPostings:
    """Postings in a table without any order, until they are written where they belong."""

    def __enter__(self) -> Self:
        with connection.cursor() as cursor:
            cursor.execute(_CREATE)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            if kind is None:
                cursor.execute(_WRITE)
            cursor.execute("DROP TABLE waiting_posting")

    def add(self, rows: Iterable[tuple[int, int, int]]) -> None:
        """Keep postings (term id, document id, weight) for later."""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.cursor.copy("COPY waiting_posting FROM STDIN") as copy:
                    copy.write("".join(f"{term}\t{pk}\t{weight}\n" for term, pk, weight in rows))
            else:
                cursor.executemany("INSERT INTO waiting_posting VALUES (%s, %s, %s)", list(rows))


def fill(count: int, first: int, language: Language) -> None:
    """Store and index ``count`` generated documents with primary keys from ``first``."""
    with WaitingPostings() as waiting:
        for start in range(first, first + count, _BATCH):
            with transaction.atomic():
                size = min(_BATCH, first + count - start)
                made = PublishedEntry.objects.bulk_create(documents(size, start, language))
                indexing.index_many(made, post=waiting.add)
