"""Entries that pages and testimonials point at, loaded for all of them together."""

from collections.abc import Iterable

from django.db.models import QuerySet
from wagtail.models import Page

from graphql_api.knowledge.reading import Reading
from graphql_api.knowledge.selection import Needs
from graphql_api.records import COLUMNS, Batch, EntryRecord, load_translations, with_texts
from knowledge.models import PublishedEntry


def entries_by_key(keys: Iterable[str], locale: str) -> dict[str, EntryRecord]:
    """Translation key → published entry, in ``locale`` or else the first language it has.

    One statement; a key without a published entry is left out.
    """
    preferred = Reading(locale)
    groups = load_translations(set(keys), preferred, Needs(), bodies_of=set())
    chosen = {key: preferred.choose(found) or found[0] for key, found in groups.items() if found}
    Batch(preferred, Needs()).adopt(chosen.values())
    return chosen


def keys_of_entries(pks: Iterable[int]) -> dict[int, str]:
    """Primary key of an entry → its translation key, for published ones. One statement."""
    rows = PublishedEntry.objects.visible().filter(pk__in=set(pks))
    return {pk: key.hex for pk, key in rows.values_list("pk", "translation_key")}


def entry_of_block(page: Page, key: str) -> EntryRecord | None:
    """What an entry block of ``page`` shows; loaded for every body of the page's batch."""
    batch = page.batch
    locale = batch.reader.locales[page.locale_id]
    if locale not in batch.entries:
        batch.entries[locale] = entries_by_key(
            (
                block["entryKey"]
                for body in batch.bodies.values()
                for block in body["blocks"]
                if block["type"] == "ENTRY"
            ),
            locale,
        )
    return batch.entries[locale].get(key)


def latest_entries(
    reading: Reading, kind: str | None, count: int, needs: Needs
) -> list[EntryRecord]:
    """The newest published entries, of one kind or of all. One statement."""
    rows: QuerySet[PublishedEntry] = reading.delivered()
    if kind:
        rows = rows.filter(kind=kind)
    newest = with_texts(rows, needs).order_by("-published_at", "-object_id")
    found = [EntryRecord(*row) for row in newest.values_list(*COLUMNS)[:count]]
    return Batch(reading, needs).adopt(found)
