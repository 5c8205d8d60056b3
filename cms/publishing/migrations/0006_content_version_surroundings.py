"""A stamp of everything but records: what rests on pages or terms outlives a publication."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0005_content_version_stamp")]

    operations = [
        migrations.AddField(
            model_name="contentversion",
            name="surroundings",
            field=models.BigIntegerField(default=0),
        ),
    ]
