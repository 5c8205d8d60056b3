"""The views that were counted so far are there from the first moment."""

from uuid import UUID

import pytest
from django.core.management import call_command

from knowledge.counters.models import EntryTotal
from tests.knowledge.migrations.test_split_body import migrated, row

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def before():
    yield migrated([("knowledge", "0013_split_body")])
    # The command, for what follows a migration besides tables.
    call_command("migrate", verbosity=0)


def test_the_totals_are_taken_over(before):
    before.objects.bulk_create(before(**row(pk)) for pk in (1, 2))
    EntryTotal.objects.create(pk=UUID(int=2), views=12, uses=3)

    after = migrated([("knowledge", "0014_views")])
    assert list(after.objects.order_by("pk").values_list("pk", "views")) == [(1, 0), (2, 12)]
    after.objects.all().delete()
