"""The body of a published entry, split into columns that are read one by one.

On PostgreSQL they are compressed with lz4 where the server knows it: what a list of long
texts costs there is taking them out of their compression.
"""

from django.db import migrations
from django.db.models import TextField, Value
from django.db.models.functions import Concat

import cms.publishing.fields
from cms.publishing.parts import Parts, merged, split

BATCH = 100
COLUMNS = Parts._fields
EMPTY = {"body": "{}", "outline": "{}", **dict.fromkeys(COLUMNS[1:], "[]")}


def add(schema_editor, *columns):
    """New columns, without writing the table anew as SQLite's schema editor would."""
    for name in columns:
        schema_editor.execute(
            f"ALTER TABLE knowledge_publishedentry ADD COLUMN {name} text "
            f"NOT NULL DEFAULT '{EMPTY[name]}'"
        )
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"ALTER TABLE knowledge_publishedentry ALTER COLUMN {name} DROP DEFAULT"
            )


def drop(schema_editor, *columns):
    for name in columns:
        schema_editor.execute(f"ALTER TABLE knowledge_publishedentry DROP COLUMN {name}")


def add_columns(apps, schema_editor):
    add(schema_editor, *COLUMNS)
    compress(schema_editor, "card", *COLUMNS)


def drop_columns(apps, schema_editor):
    drop(schema_editor, *COLUMNS)


def drop_body(apps, schema_editor):
    drop(schema_editor, "body")


def add_body(apps, schema_editor):
    add(schema_editor, "body")


def compress(schema_editor, *columns):
    """Says how values are compressed that are written from now on."""
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        # Servers before 14, and those built without lz4, do not offer it.
        cursor.execute(
            "SELECT 'lz4' = ANY(enumvals) FROM pg_settings WHERE name = 'default_toast_compression'"
        )
        offers_lz4 = (cursor.fetchone() or (False,))[0]
    for name in columns:
        column = f"ALTER TABLE knowledge_publishedentry ALTER COLUMN {name}"
        schema_editor.execute(f"{column} SET STORAGE EXTENDED")
        if offers_lz4:
            schema_editor.execute(f"{column} SET COMPRESSION lz4")


def rows_of(apps, *columns):
    """Every published entry with these columns alone; few of them in memory at a time."""
    rows = apps.get_model("knowledge", "PublishedEntry").objects.only("pk", *columns).order_by("pk")
    last = None
    while batch := list((rows if last is None else rows.filter(pk__gt=last))[:BATCH]):
        yield from batch
        last = batch[-1].pk


def split_bodies(apps, schema_editor):
    rows = apps.get_model("knowledge", "PublishedEntry").objects
    # The card is written again as it is: only what is written is compressed anew.
    card = Concat("card", Value(""), output_field=TextField())
    for row in rows_of(apps, "body"):
        rows.filter(pk=row.pk).update(card=card, **split(row.body)._asdict())


def merge_bodies(apps, schema_editor):
    rows = apps.get_model("knowledge", "PublishedEntry").objects
    for row in rows_of(apps, *COLUMNS):
        parts = Parts(*(getattr(row, name) for name in COLUMNS))
        rows.filter(pk=row.pk).update(body=merged(parts))


def in_state(name, field):
    return migrations.AddField(model_name="publishedentry", name=name, field=field)


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0012_search_vector")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                in_state("outline", cms.publishing.fields.DocumentField(default=dict)),
                *(
                    in_state(name, cms.publishing.fields.ListField(default=list))
                    for name in COLUMNS[1:]
                ),
            ],
            database_operations=[migrations.RunPython(add_columns, drop_columns)],
        ),
        migrations.RunPython(split_bodies, merge_bodies),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField("publishedentry", "body")],
            database_operations=[migrations.RunPython(drop_body, add_body)],
        ),
    ]
