"""Which documents a search reads, where nothing is ranked.

Invariant: exactly the documents whose postings the selection reads, each once.
"""

from typing import Any

import orjson
from django.db import connection

from knowledge.search.clauses import one_of_keys, where
from knowledge.search.conditions import FILTERS, required
from knowledge.search.requirements import Requirements
from knowledge.search.statements import rows
from knowledge.search.term_statistics import Selection


def joined(selection: Selection, requirements: Requirements) -> list[int]:
    """The documents of the selection that are what is required, whatever is filtered by."""
    matches, values = _documents(selection)
    conditions, more = where(required(requirements, *FILTERS))
    found = rows(
        f"SELECT d.entry_id FROM (SELECT DISTINCT document_id FROM ({matches}) r) m "
        f"JOIN knowledge_searchdocument d ON d.entry_id = m.document_id {conditions}",
        [*values, *more],
    )
    return [pk for (pk,) in found]


def read(selection: Selection) -> set[int]:
    """The documents of the selection, whether they may be seen or not."""
    matches, values = _documents(selection)
    # As text: a row for each number takes longer to read than to find.
    if connection.vendor == "postgresql":
        listed = f"CAST(array_agg(document_id) AS varchar) FROM ({matches}) r"
    else:
        listed = f"group_concat(document_id) FROM ({matches}) r"
    text = rows(f"SELECT {listed}", values)[0][0] or ""
    return set(orjson.loads(f"[{text.strip('{}')}]"))


def _documents(selection: Selection) -> tuple[str, list[Any]]:
    """The statement of every document to be read, some of them more than once."""
    parts: list[str] = []
    values: list[Any] = []
    if selection.nearest:
        marks = ",".join(["(%s)"] * len(selection.nearest))
        parts.append(f"SELECT column1 AS document_id FROM (VALUES {marks}) n")
        values += selection.nearest
    whole = [factor.term_id for factor in selection.factors if not factor.limit]
    if whole:
        within = one_of_keys("term_id", whole)
        parts.append(f"SELECT document_id FROM knowledge_searchposting WHERE {within.sql}")
        values += within.values
    for number, factor in enumerate(one for one in selection.factors if one.limit):
        parts.append(
            "SELECT document_id FROM (SELECT document_id FROM knowledge_searchposting "
            f"WHERE term_id = %s ORDER BY weight DESC, document_id LIMIT %s) b{number}"
        )
        values += [factor.term_id, factor.limit]
    return " UNION ALL ".join(parts), values
