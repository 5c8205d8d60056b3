"""PostgreSQL orders the read model's keys by bytes, as SQLite does.

Keyset cursors compare these columns in Python-visible order; a language collation
would page differently on the two databases and could not use the plain index.
"""

from django.db import migrations

COLUMNS = [("code", 64), ("slug", 255), ("title_key", 255), ("locale", 16), ("kind", 32)]


def order_by_bytes(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    changes = ", ".join(
        f'ALTER COLUMN "{name}" TYPE varchar({length}) COLLATE "C"' for name, length in COLUMNS
    )
    schema_editor.execute(f"ALTER TABLE knowledge_publishedentry {changes}")


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0002_initial")]
    operations = [migrations.RunPython(order_by_bytes, migrations.RunPython.noop)]
