"""Indexes that give each order of a list as it is, so that no page of it is ever sorted."""

from django.db import migrations, models

REPLACED = {
    "published_by_difficulty": ["kind", "locale", "difficulty", "code", "object_id"],
    "published_by_level": ["kind", "locale", "level_rank", "difficulty", "code", "object_id"],
    "published_by_technology": [
        "kind", "locale", "technology", "level_rank", "difficulty", "code", "object_id",
    ],
}  # fmt: skip
ADDED = {
    "published_all_by_update": ["locale", "updated_at", "object_id"],
    "published_all_by_title": ["locale", "title_key", "object_id"],
}


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0014_views")]

    operations = [
        *(migrations.RemoveIndex("publishedentry", name) for name in REPLACED),
        *(
            migrations.AddIndex("publishedentry", models.Index(fields=fields, name=name))
            for name, fields in {**REPLACED, **ADDED}.items()
        ),
    ]
