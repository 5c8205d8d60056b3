"""Places that were stored before they had digests get those that indexing would write."""

import pytest
from django.core.management import call_command

from knowledge.models import SearchPlaces
from tests.factories import entries
from tests.knowledge.migrations.test_split_body import migrated

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

BEFORE = [("knowledge", "0021_search_columns")]


@pytest.fixture
def indexed():
    """An index of every kind of entry."""
    for make in entries.ALL_KINDS:
        entries.published(make())
    yield
    call_command("migrate", verbosity=0)


def digests() -> dict[int, int]:
    return dict(SearchPlaces.objects.values_list("pk", "digest"))


def test_digests_are_made_of_the_places(indexed):
    expected = digests()
    migrated(BEFORE)

    call_command("migrate", "knowledge", "0022", verbosity=0)

    assert 0 not in expected.values()
    assert digests() == expected
