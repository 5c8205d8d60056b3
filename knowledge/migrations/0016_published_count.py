"""Counts of published entries, kept by triggers; ``knowledge.counting`` makes them."""

from django.db import migrations, models

from knowledge.counting import stop_counting


def forget_triggers(apps, schema_editor):
    stop_counting(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0015_indexes_of_orders")]

    operations = [
        migrations.CreateModel(
            name="PublishedCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=32)),
                ("locale", models.CharField(max_length=16)),
                ("technology", models.UUIDField(null=True)),
                ("category", models.UUIDField(null=True)),
                ("level", models.CharField(blank=True, max_length=16)),
                ("level_rank", models.PositiveSmallIntegerField(default=0)),
                ("difficulty", models.PositiveSmallIntegerField(default=0)),
                ("number", models.IntegerField(default=0)),
            ],
            options={
                "verbose_name": "count of published entries",
                "verbose_name_plural": "counts of published entries",
                "indexes": [
                    models.Index(
                        fields=["kind", "locale", "level_rank", "difficulty"],
                        name="published_count_of",
                    )
                ],
            },
        ),
        migrations.RunPython(migrations.RunPython.noop, forget_triggers),
    ]
