"""Children of a record: those of which there are none are not compared one table at a time.

Invariant: a record's children are the same before and after; only who has to ask the
database for them is told that it need not.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connections, models, router
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations


def in_memory(record: models.Model) -> dict[str, Any]:
    """Relation → its children, of the relations that ``record`` has yet to save.

    modelcluster keeps them there, and forgets them once they are saved.
    """
    return record.__dict__.get("_cluster_related_objects") or {}


def pass_over_childless(record: models.Model) -> None:
    """Leave out, of the children to save, those of which none are stored and none are to be."""
    children = in_memory(record)
    places = {name: place for name, place in _places(type(record)) if children.get(name) == []}
    if not places:
        return
    connection = connections[router.db_for_write(type(record))]
    quote = connection.ops.quote_name
    looks = (
        f"EXISTS(SELECT 1 FROM {quote(table)} WHERE {quote(column)} = %s)"
        for table, column in places.values()
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(looks)}", [record.pk] * len(places))
        for name, there_are in zip(places, cursor.fetchone(), strict=True):
            if not there_are:
                del children[name]


@contextmanager
def remembered(record: models.Model, children: Mapping[str, Any]) -> Iterator[None]:
    """Let ``record`` have ``children``, which have been saved, without reading them again."""
    known = in_memory(record)
    names = [
        name
        for relation in get_all_child_relations(record)
        if (name := relation.get_accessor_name()) in children and name not in known
    ]
    for name in names:
        setattr(record, name, children[name])
    try:
        yield
    finally:
        for name in names:
            in_memory(record).pop(name, None)


def _places(model: type[models.Model]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Relation → the table and the column in which its children name their parent."""
    for relation in get_all_child_relations(model):
        field = relation.field
        yield relation.get_accessor_name(), (relation.related_model._meta.db_table, field.column)
    for field in get_all_child_m2m_relations(model):
        yield field.name, (field.m2m_db_table(), field.m2m_column_name())
