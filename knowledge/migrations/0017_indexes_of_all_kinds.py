"""Indexes for lists of all kinds that lists of one kind cannot be lured into using."""

from django.db import migrations, models
from django.db.models import Q

INDEXES = {
    "published_all_by_date": ["locale", "published_at", "object_id"],
    "published_all_by_update": ["locale", "updated_at", "object_id"],
    "published_all_by_title": ["locale", "title_key", "object_id"],
    "published_all_by_views": ["locale", "views", "object_id"],
}


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0016_published_count")]

    operations = [
        *(migrations.RemoveIndex("publishedentry", name) for name in INDEXES),
        *(
            migrations.AddIndex(
                "publishedentry",
                models.Index(fields=fields, name=name, condition=Q(object_id__gt=0)),
            )
            for name, fields in INDEXES.items()
        ),
    ]
