"""An index from before places were stored gets those that a rebuild would write."""

import pytest
from django.core.management import call_command
from django.db import connection

from knowledge.models import PublishedEntry, SearchPlaces
from knowledge.search import indexing
from knowledge.search.fields import searchable_text
from tests.factories import entries
from tests.knowledge.migrations.test_split_body import migrated

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

BEFORE = [("knowledge", "0018_counts_by_variety")]


@pytest.fixture
def indexed():
    """An index of every kind of entry."""
    for make in entries.ALL_KINDS:
        entries.published(make())
    yield
    call_command("migrate", verbosity=0)


def test_places_are_made_of_what_the_index_holds(indexed):
    expected = dict(SearchPlaces.objects.values_list("pk", "places"))
    stems = {}
    for one in PublishedEntry.objects.all():
        lines, _ = indexing.analysed(searchable_text(one.card, one.body), one.locale)
        stems[one.pk] = "\n".join(f" {' '.join(line)} " for _, line in lines)
    migrated(BEFORE)
    with connection.cursor() as cursor:
        for pk, text in stems.items():
            cursor.execute(
                "UPDATE knowledge_searchtext SET stems = %s WHERE entry_id = %s", [text, pk]
            )

    call_command("migrate", "knowledge", "0019", verbosity=0)

    assert dict(SearchPlaces.objects.values_list("pk", "places")) == expected
