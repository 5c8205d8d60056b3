"""The search index.

Postings are the bulk of it. On SQLite they are a table without row ids, on PostgreSQL their
key carries the weight along: on both a term is read from one place, in order, and nothing
else is stored. Terms are compared by bytes, so a prefix is a range.
"""

import django.db.models.deletion
from django.db import migrations, models

import cms.publishing.fields


def create_postings(apps, schema_editor):
    columns = (
        "term_id bigint NOT NULL, document_id bigint NOT NULL, weight smallint NOT NULL, "
        "PRIMARY KEY (term_id, document_id)"
    )
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"CREATE TABLE knowledge_searchposting ({columns}) WITHOUT ROWID")
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE TABLE knowledge_searchposting ({columns} INCLUDE (weight))")
    else:
        schema_editor.execute(f"CREATE TABLE knowledge_searchposting ({columns})")


def drop_postings(apps, schema_editor):
    schema_editor.execute("DROP TABLE knowledge_searchposting")


def tune_terms(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(
        'ALTER TABLE knowledge_searchterm ALTER COLUMN "text" TYPE varchar(80) COLLATE "C"'
    )
    # Counts change in place when a page has room for the new version of a row.
    schema_editor.execute("ALTER TABLE knowledge_searchterm SET (fillfactor = 60)")


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0005_roles_and_workflow")]

    operations = [
        migrations.CreateModel(
            name="SearchTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=80)),
                ("document_count", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.AddConstraint(
            model_name="searchterm",
            constraint=models.UniqueConstraint(fields=("text",), name="one_search_term"),
        ),
        migrations.RunPython(tune_terms, migrations.RunPython.noop),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="SearchPosting",
                    fields=[
                        ("pk", models.CompositePrimaryKey("term_id", "document_id", blank=True, editable=False, primary_key=True, serialize=False)),
                        ("term_id", models.BigIntegerField()),
                        ("document_id", models.BigIntegerField()),
                        ("weight", models.SmallIntegerField()),
                    ],
                ),
            ],
            database_operations=[migrations.RunPython(create_postings, drop_postings)],
        ),
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                ("entry", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="search_document", serialize=False, to="knowledge.publishedentry")),
                ("locale", models.CharField(max_length=16)),
                ("translation_key", models.UUIDField(db_index=True)),
                ("kind", models.CharField(max_length=32)),
                ("technology", models.UUIDField(null=True)),
                ("category", models.UUIDField(null=True)),
                ("level", models.CharField(blank=True, max_length=16)),
                ("difficulty", models.PositiveSmallIntegerField(default=0)),
                ("expires_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SearchText",
            fields=[
                ("entry", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="search_text", serialize=False, to="knowledge.publishedentry")),
                ("words", models.TextField()),
                ("stems", models.TextField()),
                ("term_ids", cms.publishing.fields.DocumentField()),
                ("signature", cms.publishing.fields.DocumentField()),
                ("source_hash", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="MissedSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("SEARCH", "Search"), ("ERROR", "Error")], max_length=8)),
                ("text", models.CharField(max_length=200)),
                ("count", models.PositiveIntegerField(default=0)),
                ("first_seen", models.DateTimeField(auto_now_add=True)),
                ("last_seen", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "missed search",
                "verbose_name_plural": "missed searches",
                "constraints": [models.UniqueConstraint(fields=("kind", "text"), name="one_missed_search")],
            },
        ),
    ]
