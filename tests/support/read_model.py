"""Published rows in numbers, without publishing each: copies of what publishing made."""

from typing import Any
from uuid import UUID, uuid4

from knowledge.models import Entry, PublishedEntry, PublishedEntryTerm


def clone(entry: Entry, number: int, **columns: Any) -> list[PublishedEntry]:
    """``number`` further published entries like ``entry``, with codes and slugs of their own.

    ``columns`` may hold values, or functions of the position from 0.
    """
    original = PublishedEntry.objects.get(pk=entry.pk)
    terms = sorted(original.stored_terms())
    rows = []
    for position in range(number):
        values = {
            name: value(position) if callable(value) else value for name, value in columns.items()
        }
        rows.append(_copy(original, position, values))
    PublishedEntry.objects.bulk_create(rows)
    PublishedEntryTerm.objects.bulk_create(
        PublishedEntryTerm(entry=row, facet=facet, value=value)
        for row in rows
        for facet, value in terms
    )
    return rows


def _copy(original: PublishedEntry, position: int, values: dict[str, Any]) -> PublishedEntry:
    last = PublishedEntry.objects.order_by("-pk").values_list("pk", flat=True)[0]
    key: UUID = values.get("translation_key") or uuid4()
    pk = last + 1 + position
    columns = {
        field.attname: getattr(original, field.attname) for field in original._meta.concrete_fields
    }
    columns |= {
        "object_id": pk,
        "translation_key": key,
        "code": f"{original.code}-{pk}",
        "slug": f"{original.slug}-{pk}",
        **values,
    }
    columns["card"] = {
        **original.card,
        "id": pk,
        "key": key.hex,
        **{name: columns[name] for name in ("code", "slug", "locale", "kind")},
    }
    return PublishedEntry(**columns)
