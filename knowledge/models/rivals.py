"""Whether another entry has the same code, address or translation, in one statement.

Invariant: that there is none is said only where Django, who asks for each of them, would have
found none; where there is one, Django is left to say which.
"""

from typing import Any

from django.db import connections, models, router

# What makes an entry one of its own; each is a unique constraint of the table.
UNIQUE_SETS = (
    ("translation_key", "locale"),
    ("code", "locale"),
    ("content_type", "locale", "slug"),
)
FIELDS = frozenset(name for names in UNIQUE_SETS for name in names)

Identity = tuple[Any, ...]


class UniqueChecks:
    """For the model that has the fields of ``UNIQUE_SETS``, and for those that inherit them."""

    # What was found to be the entry's alone, from one check to the next that follows it.
    _alone_as: Identity | None = None

    def validate_unique(self, exclude=None):
        """Look for another entry under any of what must be unique, in one statement."""
        self._alone_as = None
        identity = identity_of(self) if FIELDS.isdisjoint(exclude or ()) else None
        if identity and is_alone(self._meta.get_field("code").model, identity):
            self._alone_as = identity
            exclude = {*(exclude or ()), "translation_key"}
        super().validate_unique(exclude)

    def validate_constraints(self, exclude=None):
        """What ``validate_unique``, which comes before, has found needs no other look."""
        if self._alone_as and self._alone_as == identity_of(self):
            exclude = {*(exclude or ()), "code", "slug"}
        self._alone_as = None
        super().validate_constraints(exclude)


def identity_of(entry: models.Model) -> Identity | None:
    """What no other entry may have; None of an entry that is new or lacks a part of it."""
    found = tuple(getattr(entry, entry._meta.get_field(name).attname) for name in sorted(FIELDS))
    return None if entry._state.adding or not entry.pk or None in found else (entry.pk, *found)


def is_alone(model: type[models.Model], identity: Identity) -> bool:
    """Whether no other row of the entries' table has any part of ``identity``."""
    connection = connections[router.db_for_read(model)]
    quote = connection.ops.quote_name
    pk, *found = identity
    fields = {name: model._meta.get_field(name) for name in FIELDS}
    given = dict(zip(sorted(FIELDS), found, strict=True))
    looks, values = [], []
    for names in UNIQUE_SETS:
        same = " AND ".join(f"{quote(fields[name].column)} = %s" for name in names)
        looks.append(
            f"EXISTS(SELECT 1 FROM {quote(model._meta.db_table)} WHERE {same} AND id <> %s)"
        )
        values += [fields[name].get_db_prep_value(given[name], connection) for name in names]
        values.append(pk)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {' OR '.join(looks)}", values)
        return not cursor.fetchone()[0]
