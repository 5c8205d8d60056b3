"""The parts of statements on published entries.

Invariant: every statement on entries carries the condition ``visible``: not expired, and
inside the caller's scope. Its first columns are the stamps of the content it was run at.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from cms.publishing.scope import current_scope
from graphql_api.knowledge.reading import Reading
from graphql_api.ordering import Order
from graphql_api.plan.database import Asked, Dialect
from graphql_api.plan.entries.columns import Columns
from knowledge.counters.reading import week_start

# Stands among the parameters for the moment at which the statement is run.
NOW = object()

ENTRIES = "knowledge_publishedentry"
NOT_EXPIRED = "(e.expires_at IS NULL OR e.expires_at > %s)"
# Its stamp and not its number, which a restored database counts again.
VERSION = "(SELECT stamp FROM publishing_contentversion WHERE id = 1)"
# The content version, and the stamp of all that is not a record: the two first columns.
STAMPS = f"{VERSION}, (SELECT surroundings FROM publishing_contentversion WHERE id = 1)"
STAMP_COLUMNS = 2
NEXT_EXPIRY = f"(SELECT MIN(x.expires_at) FROM {ENTRIES} x WHERE x.expires_at > %s)"


def visible(dialect: Dialect, values: list[Any], table: str = "e") -> str:
    """What may be seen now of ``table``; adds its parameters to ``values``."""
    values.append(NOW)
    condition = NOT_EXPIRED.replace("e.", f"{table}.")
    return condition + in_scope(dialect, values, table)


def in_scope(dialect: Dialect, values: list[Any], table: str = "e") -> str:
    """What the caller may see of ``table``: nothing, or conditions that begin with AND."""
    condition = ""
    scope = current_scope()
    if scope.kinds is not None:
        condition += _within(f"{table}.kind", sorted(scope.kinds), values)
    if scope.technologies is not None:
        keys = [dialect.key(key) for key in sorted(scope.technologies)]
        condition += _within(f"{table}.technology", keys, values)
    return condition


def bound(values: Sequence[Any], dialect: Dialect) -> list[Any]:
    """The parameters as they are at this moment."""
    now = dialect.moment(timezone.now())
    return [now if value is NOW else value for value in values]


def asked_present(dialect: Dialect) -> Asked:
    """What ``present_of`` reads."""
    return f"SELECT {STAMPS}, {NEXT_EXPIRY}", bound([NOW], dialect)


def present_of(rows: Sequence[Sequence[Any]], dialect: Dialect) -> tuple[int, int, datetime | None]:
    """The stamps of the content as it is now, and when the next entry expires that has not."""
    version, surroundings, expiry = rows[0]
    return version or 0, surroundings or 0, expiry and dialect.moment_of(expiry)


def in_languages(reading: Reading, dialect: Dialect, values: list[Any]) -> str:
    """Entries in the languages of the reading, each translation set once."""
    if len(reading.locales) == 1:
        values.append(reading.locale)
        return "e.locale = %s"
    values += [reading.locale, settings.LANGUAGE_CODE, reading.locale]
    return (
        "(e.locale = %s OR (e.locale = %s AND NOT EXISTS (SELECT 1 FROM"
        f" {ENTRIES} o WHERE o.translation_key = e.translation_key AND o.locale = %s"
        f" AND {visible(dialect, values, 'o')})))"
    )


def beyond(
    order: Order, place: Sequence[Any], dialect: Dialect, values: list[Any], *, backwards: bool
) -> str:
    """The rows strictly after ``place`` in ``order``, or before it."""
    stored = [dialect.moment(value) if hasattr(value, "tzinfo") else value for value in place]
    directions = {key.descending for key in order.keys}
    if len(directions) == 1:
        # Compared as one value: the index leads to the place, however deep it is.
        values += stored
        sign = "<" if directions.pop() != backwards else ">"
        columns = ", ".join(f"e.{key.column}" for key in order.keys)
        return f"({columns}) {sign} ({', '.join(['%s'] * len(stored))})"
    condition = ""
    inner: list[Any] = []
    for key, value in reversed(list(zip(order.keys, stored, strict=True))):
        sign = "<" if key.descending != backwards else ">"
        step = f"e.{key.column} {sign} %s"
        if condition:
            condition = f"({step} OR (e.{key.column} = %s AND {condition}))"
            inner = [value, value, *inner]
        else:
            condition, inner = step, [value]
    values += inner
    return condition


def ordered(order: Order, *, backwards: bool) -> str:
    """What follows ORDER BY."""
    return ", ".join(
        f"e.{key.column} {'DESC' if key.descending != backwards else 'ASC'}" for key in order.keys
    )


def selected(
    columns: Columns, dialect: Dialect, values: list[Any], bodies_in: Sequence[str] | None = None
) -> str:
    """What follows SELECT; rows in languages outside of ``bodies_in`` come without a body."""
    parts = [STAMPS, "e.card"]
    for name in columns.body:
        if bodies_in is None:
            parts.append(f"e.{name}")
            continue
        values += bodies_in
        marks = ", ".join(["%s"] * len(bodies_in))
        parts.append(f"CASE WHEN e.locale IN ({marks}) THEN e.{name} END")
    if columns.views:
        parts.append("e.views")
    if columns.uses:
        values.append(dialect.day(week_start()))
        parts.append(
            "(SELECT COALESCE(SUM(d.uses), 0) FROM counters_dailycount d"
            " WHERE d.translation_key = e.translation_key AND d.day >= %s)"
        )
    return ", ".join(parts)


def _within(column: str, values: Sequence[Any], into: list[Any]) -> str:
    into += values
    return f" AND {column} IN ({', '.join(['%s'] * len(values))})" if values else " AND 1 = 0"
