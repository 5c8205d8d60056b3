"""Counts of entries that were fetched together, in one statement.

Invariant: counts are read when asked for and are part of no document, so they change no
content hash.
"""

from uuid import UUID

from graphql_api.caching import tags
from graphql_api.context import RequestContext
from graphql_api.records import EntryRecord
from knowledge.counters.reading import Counts, counts_for


def counts_of(record: EntryRecord, context: RequestContext) -> Counts:
    """The counts of ``record``, loaded with those of its whole batch."""
    tags.note_counts()
    known: dict[str, Counts] = context.memo.setdefault("counts", {})
    if record.key not in known:
        keys = {one.key for one in record.batch.records} | {record.key}
        found = counts_for(UUID(key) for key in sorted(keys - known.keys()))
        known.update({key.hex: counts for key, counts in found.items()})
    return known[record.key]
