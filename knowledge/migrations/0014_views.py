"""How often an entry was viewed, in a column that lists are ordered by."""

from django.db import migrations, models
from django.db.models import BigIntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce


def take_over_totals(apps, schema_editor):
    totals = apps.get_model("counters", "EntryTotal").objects.filter(pk=OuterRef("translation_key"))
    views = Coalesce(Subquery(totals.values("views")), 0, output_field=BigIntegerField())
    apps.get_model("knowledge", "PublishedEntry").objects.update(views=views)


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0013_split_body"), ("counters", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="publishedentry", name="views", field=models.BigIntegerField(default=0)
        ),
        migrations.RunPython(take_over_totals, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="publishedentry",
            index=models.Index(
                fields=["kind", "locale", "views", "object_id"], name="published_by_views"
            ),
        ),
        migrations.AddIndex(
            model_name="publishedentry",
            index=models.Index(
                fields=["locale", "views", "object_id"], name="published_all_by_views"
            ),
        ),
    ]
