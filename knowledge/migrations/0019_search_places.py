"""Where words stand, in a table of its own that ranking reads in place of whole texts.

It is filled from what the index holds already, so nothing has to be rebuilt. PostgreSQL keeps
it uncompressed and beside its key as long as it fits on a page: taking texts out of their
compression was most of what a search cost there.
"""

import django.db.models.deletion
from django.db import migrations, models

from knowledge.search.places import places_of

BATCH = 100


def tune(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(
        "ALTER TABLE knowledge_searchplaces ALTER COLUMN places SET STORAGE EXTERNAL"
    )
    schema_editor.execute("ALTER TABLE knowledge_searchplaces SET (toast_tuple_target = 8160)")


def fill(apps, schema_editor):
    texts = apps.get_model("knowledge", "SearchText").objects.order_by("pk")
    places = apps.get_model("knowledge", "SearchPlaces").objects
    last = None
    while batch := list((texts if last is None else texts.filter(pk__gt=last))[:BATCH]):
        places.bulk_create(
            places.model(
                pk=text.pk,
                places=places_of(lines_of(text), weights_of(schema_editor.connection, text)),
            )
            for text in batch
        )
        last = batch[-1].pk


def lines_of(text):
    """Words and stems, line by line."""
    pairs = zip(text.words.split("\n"), text.stems.split("\n"), strict=True)
    return [(words.split(), stems.split()) for words, stems in pairs]


def weights_of(connection, text):
    """Term → weight of the document's postings."""
    found = {}
    ids = text.term_ids["ids"]
    with connection.cursor() as cursor:
        for start in range(0, len(ids), 2_000):
            some = ids[start : start + 2_000]
            marks = ",".join(["%s"] * len(some))
            cursor.execute(
                "SELECT t.text, p.weight FROM knowledge_searchposting p "
                "JOIN knowledge_searchterm t ON t.id = p.term_id "
                f"WHERE p.document_id = %s AND p.term_id IN ({marks})",
                [text.pk, *some],
            )
            found.update(cursor.fetchall())
    return found


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0018_counts_by_variety")]

    operations = [
        migrations.CreateModel(
            name="SearchPlaces",
            fields=[
                ("entry", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="search_places", serialize=False, to="knowledge.publishedentry")),
                ("places", models.TextField()),
            ],
        ),
        migrations.RunPython(tune, migrations.RunPython.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
        # The way back leaves stems empty: search_rebuild --restart writes them.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField("searchtext", "stems", models.TextField(default=""))
            ]
        ),
        migrations.RemoveField(model_name="searchtext", name="stems"),
    ]
