"""Foreign keys of a record, looked at in one statement instead of one for each.

Invariant: what is said here to exist would have been found by Django and by modelcluster,
who ask for every key of its own; where one is missing, they are left to say what follows.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connections, models, router
from modelcluster.models import get_all_child_relations

# A column of a table, and a value that must be in it.
Key = tuple[models.Field, Any]


def all_exist(keys: Iterable[Key]) -> bool:
    """Whether every key leads to a row."""
    wanted: dict[models.Field, set[Any]] = defaultdict(set)
    for field, value in keys:
        wanted[field].add(value)
    if not wanted:
        return True
    connection = connections[router.db_for_read(next(iter(wanted)).model)]
    quote = connection.ops.quote_name
    # Counted by column: a condition for each of a thousand keys is too deep for SQLite.
    counts, values = [], []
    for field, unprepared in wanted.items():
        prepared = {field.get_db_prep_value(value, connection) for value in unprepared}
        marks = ", ".join(["%s"] * len(prepared))
        counts.append(
            f"(SELECT COUNT(*) FROM {quote(field.model._meta.db_table)}"
            f" WHERE {quote(str(field.column))} IN ({marks})) = %s"
        )
        values += [*prepared, len(prepared)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 WHERE {' AND '.join(counts)}", values)
        return cursor.fetchone() is not None


def keys_to_validate(record: models.Model, exclude: Iterable[str]) -> dict[str, Key]:
    """Field name → key, of the foreign keys that ``clean_fields`` would look for one by one.

    Keys that are null are not, nor are those that only some rows may be chosen for.
    """
    found = {}
    for field in record._meta.concrete_fields:
        if not isinstance(field, models.ForeignKey) or field.name in exclude:
            continue
        value = getattr(record, field.attname)
        if value is None or field.remote_field.parent_link or field.get_limit_choices_to():
            continue
        found[field.name] = (field.target_field, value)
    return found


def keys_of_content(model: type[models.Model], content: Mapping[str, Any]) -> Iterator[Key]:
    """The foreign keys in a record's serialized content and in that of its children.

    Raises ``ValidationError`` for a value that can be no key.
    """
    for field in model._meta.concrete_fields:
        value = content.get(field.name)
        if isinstance(field, models.ForeignKey) and value is not None:
            target = field.target_field
            yield target, target.to_python(value)
    for relation in get_all_child_relations(model):
        for child in content.get(relation.get_accessor_name()) or ():
            yield from keys_of_content(relation.related_model, child)


def content_is_whole(model: type[models.Model], content: Mapping[str, Any]) -> bool:
    """Whether everything that serialized content refers to by foreign key is still there."""
    try:
        return all_exist(keys_of_content(model, content))
    except ValidationError:
        return False
