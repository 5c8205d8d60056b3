"""What matches are counted by, column by column.

It is filled from what the index holds already, so nothing has to be rebuilt. PostgreSQL keeps
a block uncompressed and in one piece as long as it fits on a page: counting reads many.
"""

from django.db import migrations, models

from knowledge.search import column_writing

BATCH = 1_000


def tune(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(
        "ALTER TABLE knowledge_searchcolumns ALTER COLUMN codes SET STORAGE EXTERNAL"
    )
    schema_editor.execute("ALTER TABLE knowledge_searchcolumns SET (toast_tuple_target = 8160)")


def fill(apps, schema_editor):
    documents = apps.get_model("knowledge", "SearchDocument").objects.order_by("pk")
    terms = apps.get_model("knowledge", "PublishedEntryTerm").objects.filter(facet="topic")
    last = None
    while batch := list((documents if last is None else documents.filter(pk__gt=last))[:BATCH]):
        first, last = batch[0].pk, batch[-1].pk
        topics = {}
        found = terms.filter(entry__gte=first, entry__lte=last).order_by("value")
        for pk, value in found.values_list("entry_id", "value"):
            topics.setdefault(pk, []).append(value)
        column_writing.store({one.pk: counted_by(one, topics.get(one.pk, ())) for one in batch})


def counted_by(document, topics):
    """Facets with the values that the document has in them."""
    return [
        ("locale", document.locale),
        ("kind", document.kind),
        ("technology", document.technology.hex if document.technology else ""),
        ("category", document.category.hex if document.category else ""),
        ("level", document.level),
        ("difficulty", str(document.difficulty or "")),
        *(("topic", topic) for topic in topics),
    ]


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0020_published_day")]

    operations = [
        migrations.CreateModel(
            name="SearchColumns",
            fields=[
                ("block", models.BigIntegerField(primary_key=True, serialize=False)),
                ("codes", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="SearchFacetValue",
            fields=[
                ("code", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("facet", models.CharField(max_length=16)),
                ("value", models.CharField(max_length=64)),
            ],
        ),
        migrations.AddConstraint(
            model_name="searchfacetvalue",
            constraint=models.UniqueConstraint(
                fields=("facet", "value"), name="one_search_facet_value"
            ),
        ),
        migrations.AddIndex(
            model_name="searchdocument",
            index=models.Index(
                condition=models.Q(expires_at__isnull=False),
                fields=["expires_at"],
                name="search_by_expiry",
            ),
        ),
        migrations.RunPython(tune, migrations.RunPython.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
