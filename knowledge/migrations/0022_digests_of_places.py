"""A digest of where the words of a document stand, so a search need not read that again.

It is made of what is stored, so nothing has to be rebuilt.
"""

from django.db import migrations, models

from knowledge.search.places import digest_of

BATCH = 500


def fill(apps, schema_editor):
    places = apps.get_model("knowledge", "SearchPlaces").objects.order_by("pk")
    last = 0
    while batch := list(places.filter(pk__gt=last)[:BATCH]):
        for one in batch:
            one.digest = digest_of(one.places)
        places.bulk_update(batch, ["digest"])
        last = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0021_search_columns")]

    operations = [
        migrations.AddField("searchplaces", "digest", models.BigIntegerField(db_default=0)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
