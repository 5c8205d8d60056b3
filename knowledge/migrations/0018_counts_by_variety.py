"""Counts by kind of error, kind of snippet, language and severity as well."""

from django.db import migrations, models

from knowledge.counting import stop_counting


def forget_triggers(apps, schema_editor):
    """They count by the columns there were; new ones are made after the migration."""
    stop_counting(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0017_indexes_of_all_kinds")]

    operations = [
        migrations.RunPython(forget_triggers, forget_triggers),
        migrations.AddField(
            model_name="publishedcount",
            name="variety",
            field=models.CharField(blank=True, default="", max_length=32),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="publishedcount",
            name="language",
            field=models.CharField(blank=True, default="", max_length=32),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="publishedcount",
            name="severity_rank",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        # The way back begins here: columns that a trigger names cannot be dropped.
        migrations.RunPython(migrations.RunPython.noop, forget_triggers),
    ]
