"""Keeps ``PublishedCount`` and ``PublishedDay`` by triggers: no writer of entries can forget.

Invariant: after every migration the six triggers are there and the counts are those of
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
# The columns whose days are counted.
MOMENTS = ("published_at", "updated_at")
EVENTS = ("insert", "delete", "update")
ENTRIES, COUNTS = "knowledge_publishedentry", "knowledge_publishedcount"
DAYS = "knowledge_publishedday"
_PREFIX = "count_published_"
_SORTS, _DAYS = _PREFIX, f"{_PREFIX}days_"


def keep_counting(*_args: Any, using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Make the triggers where one is missing, and count anew. For ``post_migrate``."""
    connection = connections[using]
    if not _is_ready(connection) or _triggers(connection) == 2 * len(EVENTS):
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        stop_counting(connection)
        for statement in _statements(connection.vendor):
            cursor.execute(statement)
        recount(connection)


def stop_counting(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers, those that there are."""
    with connection.cursor() as cursor:
        for name in (f"{prefix}{event}" for prefix in (_SORTS, _DAYS) for event in EVENTS):
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {ENTRIES}")
                cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def recount(connection: BaseDatabaseWrapper) -> None:
    """Replace the counts by those of the entries there are."""
    with connection.cursor() as cursor:
        for statement in recounting(connection.vendor):
            cursor.execute(statement)


def recounting(vendor: str) -> Iterator[str]:
    """The statements that count all entries anew."""
    names = ", ".join(COLUMNS)
    yield f"DELETE FROM {COUNTS}"
    yield (
        f"INSERT INTO {COUNTS} ({names}, number)"
        f" SELECT {names}, COUNT(*) FROM {ENTRIES} GROUP BY {names}"
    )
    yield f"DELETE FROM {DAYS}"
    for moment in MOMENTS:
        day = _day(moment, vendor)
        yield (
            f"INSERT INTO {DAYS} (kind, locale, moment, day, number)"
            f" SELECT kind, locale, '{moment}', {day}, COUNT(*)"
            f" FROM {ENTRIES} GROUP BY kind, locale, {day}"
        )


def _is_ready(connection: BaseDatabaseWrapper) -> bool:
    """Whether the tables of counts have all columns: a migration may end before that."""
    introspection = connection.introspection
    if not {COUNTS, DAYS} <= set(introspection.table_names()):
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
    yield from _kept(vendor, _SORTS, _counted_in(equal), _counted_out(equal), changed)
    own = ["{row}.kind", "{row}.locale", *(_day(f"{{row}}.{name}", vendor) for name in MOMENTS)]
    changed = " OR ".join(f"{one.format(row='OLD')} <> {one.format(row='NEW')}" for one in own)
    yield from _kept(vendor, _DAYS, _day_counted_in(vendor), _day_counted_out(vendor), changed)


def _kept(
    vendor: str, prefix: str, counted_in: str, counted_out: str, changed: str
) -> Iterator[str]:
    bodies = {
        "insert": counted_in,
        "delete": counted_out,
        "update": f"{counted_out} {counted_in}",
    }
    for event in EVENTS:
        when = f" WHEN ({changed})" if event == "update" else ""
        head = f"CREATE TRIGGER {prefix}{event} AFTER {event.upper()} ON {ENTRIES} FOR EACH ROW"
        if vendor == "postgresql":
            yield (
                f"CREATE FUNCTION {prefix}{event}() RETURNS trigger LANGUAGE plpgsql"
                f" AS $$ BEGIN {bodies[event]} RETURN NULL; END $$"
            )
            yield f"{head}{when} EXECUTE FUNCTION {prefix}{event}()"
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


def _day(moment: str, vendor: str) -> str:
    """The day of UTC in which a moment is; SQLite holds moments as text in UTC."""
    return f"({moment} AT TIME ZONE 'UTC')::date" if vendor == "postgresql" else f"date({moment})"


def _day_counted_in(vendor: str) -> str:
    return " ".join(
        f"INSERT INTO {DAYS} (kind, locale, moment, day, number)"
        f" VALUES (NEW.kind, NEW.locale, '{moment}', {_day(f'NEW.{moment}', vendor)}, 1)"
        f" ON CONFLICT (kind, locale, moment, day) DO UPDATE SET number = {DAYS}.number + 1;"
        for moment in MOMENTS
    )


def _day_counted_out(vendor: str) -> str:
    return " ".join(
        f"UPDATE {DAYS} SET number = number - 1 WHERE kind = OLD.kind AND locale = OLD.locale"
        f" AND moment = '{moment}' AND day = {_day(f'OLD.{moment}', vendor)};"
        for moment in MOMENTS
    )
