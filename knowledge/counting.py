"""Keeps ``PublishedCount`` by triggers, so that no writer of entries can forget it.

Invariant: after every migration the three triggers are there and the counts are those of
the entries. Rebuilding a table, as SQLite does to change a column, loses its triggers
silently; that is why they are looked for each time and not made once.
"""

from collections.abc import Iterator
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

COLUMNS = (
    *("kind", "locale", "technology", "category", "level", "level_rank", "difficulty"),
    *("variety", "language", "severity_rank"),
)
EVENTS = ("insert", "delete", "update")
ENTRIES, COUNTS = "knowledge_publishedentry", "knowledge_publishedcount"
_PREFIX = "count_published_"


def keep_counting(*_args: Any, using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Make the triggers where one is missing, and count anew. For ``post_migrate``."""
    connection = connections[using]
    if not _is_ready(connection) or _triggers(connection) == 3:
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        stop_counting(connection)
        for statement in _statements(connection.vendor):
            cursor.execute(statement)
        recount(connection)


def stop_counting(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers, those that there are."""
    with connection.cursor() as cursor:
        for event in EVENTS:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {_PREFIX}{event} ON {ENTRIES}")
                cursor.execute(f"DROP FUNCTION IF EXISTS {_PREFIX}{event}()")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {_PREFIX}{event}")


def recount(connection: BaseDatabaseWrapper) -> None:
    """Replace the counts by those of the entries there are."""
    names = ", ".join(COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {COUNTS}")
        cursor.execute(
            f"INSERT INTO {COUNTS} ({names}, number)"
            f" SELECT {names}, COUNT(*) FROM {ENTRIES} GROUP BY {names}"
        )


def _is_ready(connection: BaseDatabaseWrapper) -> bool:
    """Whether the table of counts has all its columns: a migration may end before that."""
    introspection = connection.introspection
    if COUNTS not in introspection.table_names():
        return False
    with connection.cursor() as cursor:
        found = {column.name for column in introspection.get_table_description(cursor, COUNTS)}
    return found.issuperset(COLUMNS)


def _triggers(connection: BaseDatabaseWrapper) -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT COUNT(*) FROM pg_trigger"
                " WHERE tgrelid = to_regclass(%s) AND tgname LIKE %s",
                [ENTRIES, f"{_PREFIX}%"],
            )
        else:
            cursor.execute(
                "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
                [f"{_PREFIX}%"],
            )
        return cursor.fetchone()[0]


def _statements(vendor: str) -> Iterator[str]:
    equal = "IS NOT DISTINCT FROM" if vendor == "postgresql" else "IS"
    changed = " OR ".join(f"NOT (OLD.{name} {equal} NEW.{name})" for name in COLUMNS)
    counted_in, counted_out = _counted_in(equal), _counted_out(equal)
    bodies = {
        "insert": counted_in,
        "delete": counted_out,
        "update": f"{counted_out} {counted_in}",
    }
    for event in EVENTS:
        when = f" WHEN ({changed})" if event == "update" else ""
        head = f"CREATE TRIGGER {_PREFIX}{event} AFTER {event.upper()} ON {ENTRIES} FOR EACH ROW"
        if vendor == "postgresql":
            yield (
                f"CREATE FUNCTION {_PREFIX}{event}() RETURNS trigger LANGUAGE plpgsql"
                f" AS $$ BEGIN {bodies[event]} RETURN NULL; END $$"
            )
            yield f"{head}{when} EXECUTE FUNCTION {_PREFIX}{event}()"
        else:
            yield f"{head}{when} BEGIN {bodies[event]} END"


def _counted_in(equal: str) -> str:
    names = ", ".join(COLUMNS)
    values = ", ".join(f"NEW.{name}" for name in COLUMNS)
    same = _same("NEW", equal)
    return (
        f"INSERT INTO {COUNTS} ({names}, number) SELECT {values}, 0"
        f" WHERE NOT EXISTS (SELECT 1 FROM {COUNTS} WHERE {same});"
        f" UPDATE {COUNTS} SET number = number + 1 WHERE {same};"
    )


def _counted_out(equal: str) -> str:
    return f"UPDATE {COUNTS} SET number = number - 1 WHERE {_same('OLD', equal)};"


def _same(row: str, equal: str) -> str:
    # Plain equality where nothing is null: only it can use the index.
    return " AND ".join(
        f"{name} {equal if name in ('technology', 'category') else '='} {row}.{name}"
        for name in COLUMNS
    )
