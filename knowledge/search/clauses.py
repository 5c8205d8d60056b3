"""Pieces of WHERE clauses.

Invariant: values are always parameters; only names of columns and placeholders are text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, models


@dataclass(frozen=True, slots=True)
class Condition:
    """A piece of a WHERE clause over ``d`` (documents), with its values."""

    sql: str
    values: tuple[Any, ...] = ()


NOTHING = Condition("1 = 0")


def where(conditions: Iterable[Condition]) -> tuple[str, list[Any]]:
    """The clause that asks for all of them, and its values; empty where none is given."""
    conditions = list(conditions)
    if not conditions:
        return "", []
    sql = " AND ".join(f"({condition.sql})" for condition in conditions)
    return f"WHERE {sql}", [value for condition in conditions for value in condition.values]


def hex_key(value: Any) -> str:
    """A translation key as the databases return it, in hex; empty for none."""
    if value is None:
        return ""
    return value.hex if isinstance(value, UUID) else str(value)


def key_value(key: str) -> Any:
    """A translation key in hex as the database compares it."""
    return models.UUIDField().get_db_prep_value(UUID(key), connection, prepared=False)


def one_of_keys(column: str, pks: Sequence[int]) -> Condition:
    """The column is one of these primary keys, however many, at the cost of one value."""
    if connection.vendor == "postgresql":
        return Condition(f"{column} = ANY(%s::bigint[])", (f"{{{','.join(map(str, pks))}}}",))
    return Condition(f"{column} IN ({','.join(map(str, pks))})")


def one_of_texts(column: str, texts: Sequence[str]) -> Condition:
    """The column is one of these texts: one statement for any number where there are arrays."""
    if connection.vendor == "postgresql":
        return Condition(f"{column} = ANY(%s::varchar[])", (list(texts),))
    return Condition(f"{column} IN ({','.join(['%s'] * len(texts))})", tuple(texts))


def one_of(column: str, values: Iterable[Any]) -> Condition | None:
    """The column is one of these values; None of no values."""
    chosen = tuple(values)
    if not chosen:
        return None
    return Condition(f"{column} IN ({','.join(['%s'] * len(chosen))})", chosen)
