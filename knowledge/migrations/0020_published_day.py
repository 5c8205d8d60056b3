"""Counts of published entries by day, kept by triggers; ``knowledge.counting`` makes them."""

from django.db import migrations, models

from knowledge.counting import stop_counting


def forget_triggers(apps, schema_editor):
    stop_counting(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0019_search_places")]

    operations = [
        migrations.CreateModel(
            name="PublishedDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=32)),
                ("locale", models.CharField(max_length=16)),
                ("moment", models.CharField(max_length=16)),
                ("day", models.DateField()),
                ("number", models.IntegerField(default=0)),
            ],
            options={
                "verbose_name": "day of published entries",
                "verbose_name_plural": "days of published entries",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "locale", "moment", "day"), name="published_day_of"
                    )
                ],
            },
        ),
        migrations.RunPython(migrations.RunPython.noop, forget_triggers),
    ]
