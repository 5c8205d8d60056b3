"""What an entry says, compared before and after a record was put into it.

Invariant: rows of child tables and contents that say the same count as the same, whatever
the database made of their form.
"""

import json
from contextlib import suppress
from typing import Any

from modelcluster.fields import ParentalManyToManyField

from knowledge.models import Entry


def assign(entry: Entry, name: str, value: Any) -> None:
    """Set a field; rows of child tables are replaced only when they differ."""
    field = entry._meta.get_field(name)
    if isinstance(field, ParentalManyToManyField):
        if {one.pk for one in getattr(entry, name).all()} == {one.pk for one in value}:
            return
    elif field.one_to_many:
        old = list(getattr(entry, name).all())
        if [child_values(one) for one in old] == [child_values(one) for one in value]:
            return
    setattr(entry, name, value)


def child_values(row: Any) -> dict[str, Any]:
    """What a row of a child table says, without its own id and its parent's."""
    parents = {field.name for field in row._meta.fields if field.primary_key}
    parents |= {"path", "entry"}
    return {
        field.name: decoded(field.value_to_string(row))
        for field in row._meta.fields
        if field.name not in parents and field.name != "sort_order"
    }


def content_of(entry: Entry) -> dict[str, Any]:
    """What a revision would hold, without the moment it is looked at."""
    data = entry.serializable_data()
    del data["updated_at"]
    return decoded(data)


def decoded(value: Any) -> Any:
    """``value`` with the text of StreamFields decoded: PostgreSQL changes the order of its keys."""
    if isinstance(value, dict):
        return {name: decoded(one) for name, one in value.items()}
    if isinstance(value, list):
        return [decoded(one) for one in value]
    if isinstance(value, str) and value.startswith("[{"):
        with suppress(ValueError):
            return json.loads(value)
    return value
