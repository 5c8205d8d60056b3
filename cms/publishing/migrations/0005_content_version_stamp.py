"""Tells apart two contents of one number."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0004_event_technology")]

    operations = [
        migrations.AddField(
            model_name="contentversion", name="stamp", field=models.BigIntegerField(default=0)
        )
    ]
