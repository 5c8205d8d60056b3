from django.db import migrations, models
from django.db.models import F


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0010_search_index")]

    operations = [
        migrations.AddIndex(
            model_name="searchposting",
            index=models.Index(
                "term_id", F("weight").desc(), "document_id", name="best_of_term"
            ),
        ),
    ]
