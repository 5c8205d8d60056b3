"""Columns are filled from what the index holds, so nothing has to be rebuilt."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from knowledge.search.columns import read

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

BEFORE = [("knowledge", "0020_published_day")]
AFTER = [("knowledge", "0021_search_columns")]
TECHNOLOGY, TOPICS = UUID(int=5), [UUID(int=6).hex, UUID(int=7).hex]


def migrated(targets):
    """The models as they were after ``targets``, whose tables are made so."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps.get_model


@pytest.fixture
def before():
    yield migrated(BEFORE)
    # The command, for what follows a migration besides tables.
    call_command("migrate", verbosity=0)


def test_every_document_of_the_index_is_in_the_columns(before):
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    own = {"kind": "CODE_SNIPPET", "locale": "en", "technology": TECHNOLOGY, "difficulty": 3}
    # More than one batch.
    pks = range(1, 1_202)
    before("knowledge", "PublishedEntry").objects.bulk_create(
        before("knowledge", "PublishedEntry")(
            object_id=pk, code=f"A-{pk}", slug=f"a-{pk}", translation_key=UUID(int=pk),
            content_hash="", version=pk, published_at=moment, updated_at=moment, card={}, **own,
        )
        for pk in pks
    )  # fmt: skip
    before("knowledge", "SearchDocument").objects.bulk_create(
        before("knowledge", "SearchDocument")(entry_id=pk, translation_key=UUID(int=pk), **own)
        for pk in pks
    )
    before("knowledge", "PublishedEntryTerm").objects.bulk_create(
        before("knowledge", "PublishedEntryTerm")(entry_id=pk, facet=facet, value=value)
        for pk in pks
        for facet, value in [("role", "x"), *(("topic", topic) for topic in TOPICS)]
    )

    migrated(AFTER)

    columns = read(pks)
    expected = {
        "locale": ["en"], "kind": ["CODE_SNIPPET"], "technology": [TECHNOLOGY.hex],
        "category": [], "level": [], "difficulty": ["3"], "topic": TOPICS,
    }  # fmt: skip
    for place in columns.places(pks):
        found = {
            facet: [columns.names[code][1] for one in columns.of(facet) if (code := one[place])]
            for facet in expected
        }
        assert found == expected
