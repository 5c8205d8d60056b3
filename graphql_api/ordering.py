"""Orders by name. Every order is total: it ends in the primary key of the read model.

Clients choose a name; columns never come from outside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q

from graphql_api.cursors import decode_cursor, encode_cursor, invalid_cursor

_LARGEST_INTEGER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Key:
    """A column of an order and the type of its values: int, str or datetime."""

    column: str
    type: type
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """A total order over a read model."""

    name: str
    keys: tuple[Key, ...]
    description: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns whose values a cursor holds."""
        return tuple(key.column for key in self.keys)

    def apply(self, rows: models.QuerySet, *, backwards: bool = False) -> models.QuerySet:
        """``rows`` in this order, or from its end."""
        return rows.order_by(
            *(
                F(key.column).desc() if key.descending != backwards else F(key.column).asc()
                for key in self.keys
            )
        )

    def beyond(self, values: Sequence[Any], *, backwards: bool = False) -> Q:
        """The rows strictly after the place ``values``, or before it."""
        condition = Q()
        for key, value in reversed(list(zip(self.keys, values, strict=True))):
            further = "lt" if key.descending != backwards else "gt"
            step = Q(**{f"{key.column}__{further}": value})
            condition = step | (Q(**{key.column: value}) & condition) if condition else step
        # Said again for the first column alone: it lets the index find the place.
        first = self.keys[0]
        bound = "lte" if first.descending != backwards else "gte"
        return Q(**{f"{first.column}__{bound}": values[0]}) & condition

    def cursor(self, connection: str, values: Sequence[Any]) -> str:
        """The cursor of the row whose order columns hold ``values``."""
        plain = [v.isoformat() if isinstance(v, datetime) else v for v in values]
        return encode_cursor(connection, self.name, plain)

    def place(self, connection: str, cursor: str) -> list[Any]:
        """The values in ``cursor``. Raises ``ApiError`` CURSOR_INVALID."""
        values = decode_cursor(cursor, connection, self.name)
        if len(values) != len(self.keys):
            raise invalid_cursor()
        return [_checked(key, value) for key, value in zip(self.keys, values, strict=True)]


def _checked(key: Key, value: Any) -> Any:
    if key.type is int and type(value) is int and 0 <= value <= _LARGEST_INTEGER:
        return value
    if key.type is str and isinstance(value, str) and "\x00" not in value:
        return value
    if key.type is datetime and isinstance(value, str):
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            raise invalid_cursor() from None
        if moment.tzinfo is not None:
            return moment
    raise invalid_cursor()
