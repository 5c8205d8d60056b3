"""Plain data stored as JSON text: written once at publish, read as the bytes a client gets."""

from typing import TYPE_CHECKING, Any

import orjson
from django.db import models

if TYPE_CHECKING:
    Dictionaries = models.TextField[dict[str, Any], dict[str, Any]]
    Lists = models.TextField[list[Any], list[Any]]
else:
    Dictionaries = Lists = models.TextField


def encode(value: Any) -> str:
    """The canonical text of plain data: compact, UTF-8, keys in the order given."""
    return orjson.dumps(value).decode()


class PlainData:
    """A field's value kept as compact JSON text.

    Text and not ``jsonb``: the order of keys survives, the database hands the bytes back
    without building them anew, and SQLite and PostgreSQL store the same.
    """

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return None if value is None else orjson.loads(value)

    def to_python(self, value: Any) -> Any:
        return orjson.loads(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else encode(value)

    def value_to_string(self, obj: models.Model) -> str:
        return encode(self.value_from_object(obj))  # type: ignore[attr-defined]


class DocumentField(PlainData, Dictionaries):
    """A dictionary as JSON text."""


class ListField(PlainData, Lists):
    """A list as JSON text."""
