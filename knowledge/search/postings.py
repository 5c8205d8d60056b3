"""The statements that write the index tables; the same on every database.

Invariant: a term's count is the number of documents whose stored ``term_ids`` hold it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db import connection

_ROWS_PER_STATEMENT = 2_000

_COUNT = (
    "INSERT INTO knowledge_searchterm (text, document_count) VALUES {rows} "
    "ON CONFLICT (text) DO UPDATE "
    "SET document_count = knowledge_searchterm.document_count + excluded.document_count "
    "RETURNING text, id"
)
_POST = (
    "INSERT INTO knowledge_searchposting (term_id, document_id, weight) VALUES {rows} "
    "ON CONFLICT (term_id, document_id) DO UPDATE SET weight = excluded.weight"
)


def count_terms(changes: Mapping[str, int]) -> dict[str, int]:
    """Add to the counts of terms, making those that are new; returns text → id."""
    ids: dict[str, int] = {}
    with connection.cursor() as cursor:
        # One order for everybody: two writers never wait for each other.
        for chunk in _chunks(sorted(changes.items())):
            rows = ",".join(["(%s,%s)"] * len(chunk))
            cursor.execute(_COUNT.format(rows=rows), [value for row in chunk for value in row])
            ids.update(cursor.fetchall())
    return ids


def terms_of(document_id: int, term_ids: Iterable[int]) -> dict[int, tuple[str, int | None]]:
    """The terms of these ids, those that there are: id → (text, its weight in the document).

    The weight is None of a term that is counted and not posted.
    """
    found: dict[int, tuple[str, int | None]] = {}
    with connection.cursor() as cursor:
        for chunk in _chunks(sorted(term_ids)):
            marks = ",".join(["%s"] * len(chunk))
            cursor.execute(
                "SELECT t.id, t.text, p.weight FROM knowledge_searchterm t "
                "LEFT JOIN knowledge_searchposting p ON p.term_id = t.id AND p.document_id = %s "
                f"WHERE t.id IN ({marks})",
                [document_id, *chunk],
            )
            found.update((pk, (text, weight)) for pk, text, weight in cursor.fetchall())
    return found


def release_terms(term_ids: Iterable[int]) -> None:
    """Take one document from the count of every term."""
    with connection.cursor() as cursor:
        for chunk in _chunks(sorted(term_ids)):
            marks = ",".join(["%s"] * len(chunk))
            cursor.execute(
                "UPDATE knowledge_searchterm SET document_count = document_count - 1 "
                f"WHERE id IN ({marks})",
                chunk,
            )


def post(rows: Iterable[tuple[int, int, int]]) -> None:
    """Store postings: (term id, document id, weight)."""
    with connection.cursor() as cursor:
        # In the order of the index: neighbours are written together.
        for chunk in _chunks(sorted(rows)):
            marks = ",".join(["(%s,%s,%s)"] * len(chunk))
            cursor.execute(_POST.format(rows=marks), [value for row in chunk for value in row])


def weights_of(document_id: int, term_ids: Iterable[int]) -> dict[int, int]:
    """How much the document is about each of the terms that it holds: term id → weight."""
    found: dict[int, int] = {}
    with connection.cursor() as cursor:
        for chunk in _chunks(sorted(term_ids)):
            marks = ",".join(["%s"] * len(chunk))
            cursor.execute(
                "SELECT term_id, weight FROM knowledge_searchposting "
                f"WHERE document_id = %s AND term_id IN ({marks})",
                [document_id, *chunk],
            )
            found.update(cursor.fetchall())
    return found


def unpost(document_id: int, term_ids: Iterable[int]) -> None:
    """Forget the postings of the document under the given terms."""
    with connection.cursor() as cursor:
        for chunk in _chunks(sorted(term_ids)):
            marks = ",".join(["%s"] * len(chunk))
            cursor.execute(
                "DELETE FROM knowledge_searchposting "
                f"WHERE document_id = %s AND term_id IN ({marks})",
                [document_id, *chunk],
            )


def empty() -> None:
    """Remove every row of the index."""
    with connection.cursor() as cursor:
        for table in (
            "searchposting", "searchplaces", "searchtext", "searchdocument", "searchcolumns",
            "searchvector",
        ):  # fmt: skip
            cursor.execute(f"DELETE FROM knowledge_{table}")
        # The number of the last change of a vector goes on: other processes compare with it.
        cursor.execute("DELETE FROM knowledge_searchterm WHERE text <> 'n:vectors'")


def _chunks(rows: Sequence) -> Iterator[Sequence]:
    for start in range(0, len(rows), _ROWS_PER_STATEMENT):
        yield rows[start : start + _ROWS_PER_STATEMENT]
