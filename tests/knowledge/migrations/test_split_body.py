"""Splitting the stored bodies loses nothing, forwards and backwards."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cms.publishing.parts import split

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

BEFORE = [("knowledge", "0012_search_vector")]
AFTER = [("knowledge", "0013_split_body")]
BODY = {
    "shortAnswer": {"html": "<p>ä</p>", "markdown": "ä", "text": "ä"},
    "sections": [
        {"name": "USAGE", "html": "h", "markdown": "m", "text": "t", "blocks": [], "questions": []}
    ],
    "seo": {"title": "x"},
}


def migrated(targets):
    """The models as they were after ``targets``, whose tables are made so."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps.get_model("knowledge", "PublishedEntry")


@pytest.fixture
def before():
    yield migrated(BEFORE)
    # The command, for what follows a migration besides tables.
    call_command("migrate", verbosity=0)


def row(pk, **documents):
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return {
        "object_id": pk, "kind": "CODE_SNIPPET", "code": f"A-{pk}", "slug": f"a-{pk}",
        "locale": "en", "translation_key": UUID(int=pk), "content_hash": "", "version": pk,
        "published_at": moment, "updated_at": moment, "card": {"title": "ä", "n": pk}, **documents,
    }  # fmt: skip


def test_every_body_is_split_and_merged_again(before):
    # More than one batch.
    before.objects.bulk_create(before(**row(pk, body={**BODY, "n": pk})) for pk in range(1, 251))

    after = migrated(AFTER)
    assert after.objects.count() == 250
    for stored in after.objects.all():
        expected = split({**BODY, "n": stored.pk})
        assert {name: getattr(stored, name) for name in expected._fields} == expected._asdict()
        assert stored.card == {"title": "ä", "n": stored.pk}

    again = migrated(BEFORE)
    assert {one.pk: list(one.body.items()) for one in again.objects.all()} == {
        pk: [*BODY.items(), ("n", pk)] for pk in range(1, 251)
    }
    again.objects.all().delete()


@pytest.mark.postgresql
def test_the_columns_are_compressed_with_lz4_where_the_server_offers_it(before):
    migrated(AFTER)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 'lz4' = ANY(enumvals) FROM pg_settings WHERE name = 'default_toast_compression'"
        )
        compression = "l" if (cursor.fetchone() or (False,))[0] else ""
        cursor.execute(
            "SELECT attname, attstorage, attcompression FROM pg_attribute"
            " WHERE attrelid = 'knowledge_publishedentry'::regclass AND attname = ANY(%s)",
            [["card", "outline", "html_parts", "markdown_parts", "text_parts", "block_parts"]],
        )
        assert sorted(cursor.fetchall()) == [
            (name, "x", compression)
            for name in (
                "block_parts", "card", "html_parts", "markdown_parts", "outline", "text_parts",
            )
        ]  # fmt: skip
