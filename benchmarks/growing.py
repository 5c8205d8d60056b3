"""The benchmark's content many times over, in a database of its own.

Invariant: a copy differs from its original in what must be unique, and in nothing that a
list filters or orders by, so every list and every count grows by the same factor.
"""

import time

import psycopg

from knowledge.counting import COUNTS, DAYS, ENTRIES, recounting

NAME = "lamplight_growth"
TERMS = "knowledge_publishedentryterm"
# Between an original's number and that of its first copy; no original has a higher one.
STEP = 1_000_000
# Copies a statement: ten times the content.
AT_ONCE = 10

# What a copy has of its own. The queries show one form of the body, the plain text; the
# others, several times as long, stay empty.
_ID = f"e.object_id + n * {STEP}"
_CODE, _SLUG = "e.code || '-' || n", "e.slug || '-copy-' || n"
_KEY = "md5(e.translation_key::text || n)"
_OWN = {
    "object_id": _ID,
    "code": _CODE,
    "slug": _SLUG,
    "translation_key": f"{_KEY}::uuid",
    "html_parts": "'[]'",
    "markdown_parts": "'[]'",
    "block_parts": "'[]'",
    "card": f"""replace(replace(replace(e.card,
        '"id":' || e.object_id || ',', '"id":' || ({_ID}) || ','),
        to_json(e.code)::text, to_json({_CODE})::text),
        replace(e.translation_key::text, '-', ''), {_KEY})""",
}
_COPIES = "CROSS JOIN generate_series(%(first)s::int, %(last)s::int) n"


def grow(database: psycopg.Connection, present: int, wanted: int) -> float:
    """From ``present`` times the content to ``wanted`` times; the seconds it took.

    Indexes are made when the rows are there, so at every size they are packed alike.
    """
    began = time.monotonic()
    indexes = plain_indexes(database)
    for name in indexes:
        database.execute(f'DROP INDEX "{name}"')
    for table in (ENTRIES, TERMS):
        database.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for first in range(present, wanted, AT_ONCE):
        numbers = {"first": first, "last": min(first + AT_ONCE, wanted) - 1}
        database.execute(copied_entries(database), numbers)
        database.execute(copied_terms(), numbers)
    for table in (ENTRIES, TERMS):
        database.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        database.execute(f"REINDEX TABLE {table}")
    for definition in indexes.values():
        database.execute(definition)
    recount(database)
    for table in (ENTRIES, TERMS, COUNTS, DAYS):
        database.execute(f"VACUUM ANALYZE {table}")
    database.execute("CHECKPOINT")
    return time.monotonic() - began


def published(database: psycopg.Connection) -> dict[str, int]:
    """Kind → how many published entries there are."""
    statement = f"SELECT kind, COUNT(*) FROM {ENTRIES} GROUP BY kind"  # noqa: S608 - a constant
    return dict(database.execute(statement).fetchall())


def plain_indexes(database: psycopg.Connection) -> dict[str, str]:
    """Name → definition of the indexes that only make reading faster."""
    return dict(
        database.execute(
            "SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_index i"
            " JOIN pg_class c ON c.oid = i.indexrelid"
            " WHERE i.indrelid = %s::regclass AND NOT i.indisunique",
            [ENTRIES],
        ).fetchall()
    )


def copied_entries(database: psycopg.Connection) -> str:
    """The statement that adds copies ``first`` to ``last`` of all originals."""
    rows = database.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass"
        " AND attnum > 0 AND NOT attisdropped",
        [ENTRIES],
    ).fetchall()
    columns = [name for (name,) in rows]
    values = ", ".join(_OWN.get(name, f"e.{name}") for name in columns)
    return (
        f"INSERT INTO {ENTRIES} ({', '.join(columns)}) SELECT {values}"  # noqa: S608
        f" FROM {ENTRIES} e {_COPIES} WHERE e.object_id < {STEP} ORDER BY n, e.object_id"
    )


def copied_terms() -> str:
    """The same for what entries are filed under, beside their columns."""
    return (
        f"INSERT INTO {TERMS} (entry_id, facet, value)"  # noqa: S608 - constants
        f" SELECT e.entry_id + n * {STEP}, e.facet, e.value FROM {TERMS} e {_COPIES}"
        f" WHERE e.entry_id < {STEP}"
    )


def recount(database: psycopg.Connection) -> None:
    """The counts that triggers keep when the product writes."""
    for statement in recounting("postgresql"):
        database.execute(statement)
