"""The stored vectors follow the read model, document by document.

Invariant: a vector in the table is that of the text that is published now. Where vectors
are not made, that of a changed document is removed rather than left to mislead.
"""

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

from knowledge.models.published import PublishedEntry
from knowledge.models.search_index import SearchVector
from knowledge.search.clauses import one_of_keys
from knowledge.search.fields import SearchableText
from knowledge.search.semantic.encoder import DIMENSIONS, MODEL, encoder
from knowledge.search.vocabulary import vocabulary

if TYPE_CHECKING:
    import numpy as np

# The term whose count is the number of the last change of a vector.
CHANGES = "n:vectors"
_LEAD_LENGTH = 800
_FORGET = "DELETE FROM knowledge_searchvector WHERE {documents}"
_ADVANCE = (
    "INSERT INTO knowledge_searchterm (text, document_count) VALUES (%s, 1) "
    "ON CONFLICT (text) DO UPDATE "
    "SET document_count = knowledge_searchterm.document_count + 1 RETURNING document_count"
)


def is_on() -> bool:
    """Whether this installation makes and uses vectors."""
    return settings.SEMANTIC_SEARCH


def follow(texts: Mapping[PublishedEntry, SearchableText], changed: Iterable[int]) -> None:
    """Make the vectors of documents follow their texts; ``changed`` are the primary keys of
    those whose index has just been written. Call in the transaction that stores them."""
    if not is_on():
        if outdated := list(changed):
            _forget(outdated)
        return
    meanings = {one.pk: meaning(text, _technology(one)) for one, text in texts.items()}
    known = dict(SearchVector.objects.filter(pk__in=meanings).values_list("pk", "source_hash"))
    digests = {pk: _digest(text) for pk, text in meanings.items()}
    lacking = [pk for pk, digest in digests.items() if known.get(pk) != digest]
    if not lacking:
        return
    made = encoder()
    rows = [
        SearchVector(
            pk=pk,
            components=packed(made.encode(meanings[pk])).tobytes(),
            source_hash=digests[pk],
        )
        for pk in lacking
    ]
    # Taken last and kept until commit: numbers are committed in order, so a reader that has
    # seen one has seen all before it.
    number = _advance()
    for row in rows:
        row.change = number
    SearchVector.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["entry"],
        update_fields=["components", "source_hash", "change"],
    )


def meaning(text: SearchableText, technology: str) -> str:
    """What of a document is turned into its vector: what it is about, what it is called, and
    what it says first."""
    head = f"{technology}: {text.title}" if technology else text.title
    return f"{head}. {text.lead[:_LEAD_LENGTH]}"


def packed(vector: "np.ndarray") -> "np.ndarray":
    """A vector as whole numbers from −127 to 127.

    Sums of products of whole numbers are exact, in any order, on any machine.
    """
    import numpy as np

    largest = float(np.abs(vector).max()) or 1.0
    return np.rint(vector * (127 / largest)).astype(np.int8)


def unpacked(rows: Iterable[bytes]) -> "np.ndarray":
    """Stored components as a matrix of ``DIMENSIONS`` columns (int8)."""
    import numpy as np

    return np.frombuffer(b"".join(rows), dtype=np.int8).reshape(-1, DIMENSIONS)


def _forget(documents: list[int]) -> None:
    # By the model, the rows would be read before they are deleted, though there are none.
    chosen = one_of_keys("entry_id", documents)
    with connection.cursor() as cursor:
        cursor.execute(_FORGET.format(documents=chosen.sql), chosen.values)


def _technology(published: PublishedEntry) -> str:
    if published.technology is None:
        return ""
    named = vocabulary().by_key.get(published.technology.hex, ())
    own = [term.label for term in named if term.locale == published.locale]
    return (own or [term.label for term in named] or [""])[0]


def _digest(text: str) -> str:
    return blake2b(f"{MODEL}\n{text}".encode("utf-8", "replace"), digest_size=16).hexdigest()


def _advance() -> int:
    with connection.cursor() as cursor:
        cursor.execute(_ADVANCE, [CHANGES])
        return int(cursor.fetchone()[0])
