"""Content of a benchmark into the database of the settings, by the product's own importer.

Invariant: the database holds the whole content or says that it does not: the mark of the
content is written last.
"""

import json
import tempfile
from hashlib import blake2b
from pathlib import Path
from uuid import uuid5

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from benchmarks.records import SOURCE, Content, is_published, records
from benchmarks.source import source_digest
from knowledge.counters.models import EntryTotal
from knowledge.importing.records import NAMESPACE
from knowledge.models import Category, Technology

MARK = "benchmark_content"


def digest_of(content: Content) -> str:
    """32 hexadecimal digits that tell one content from another."""
    return blake2b(json.dumps(content, sort_keys=True).encode(), digest_size=16).hexdigest()


def mark() -> tuple[str, str]:
    """Which content the database holds, and which code filled it; ("", "") when it is not full."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [MARK])
        if not cursor.fetchone()[0]:
            return "", ""
        cursor.execute(f"SELECT content, code FROM {MARK}")  # noqa: S608 - a constant
        return cursor.fetchone() or ("", "")


def set_mark(content: Content) -> None:
    """The database is full."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {MARK}")
        cursor.execute(f"CREATE TABLE {MARK} (content text, code text)")
        cursor.execute(
            f"INSERT INTO {MARK} VALUES (%s, %s)",  # noqa: S608 - a constant
            [digest_of(content), source_digest()],
        )


def load(content: Content) -> None:
    """Migrate the database, which must be empty or hold this content, and fill it.

    Raises ``CommandError`` when a record is rejected.
    """
    call_command("migrate", verbosity=0, interactive=False)
    loaded, code = mark()
    if loaded == digest_of(content):
        if code != source_digest():
            # What is delivered must be what the present code renders.
            call_command("rebuild_published", verbosity=0)
            set_mark(content)
        return
    make_terms(content)
    # Before the entries come in: their views are delivered with them.
    make_views(content)
    with tempfile.TemporaryDirectory() as folder:
        published, drafts = write_records(content, Path(folder))
        import_file(published, "--publish")
        import_file(drafts)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    set_mark(content)


def write_records(content: Content, folder: Path) -> tuple[Path, Path]:
    """Write ``published.jsonl`` and ``drafts.jsonl`` into ``folder``; returns both."""
    paths = folder / "published.jsonl", folder / "drafts.jsonl"
    for path, published in zip(paths, (True, False), strict=True):
        with path.open("w", encoding="utf-8") as file:
            for record in records(content, published=published):
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return paths


def import_file(path: Path, *options: str) -> None:
    """Import the records of one file, all of them."""
    try:
        call_command("import_content", str(path), *options)
    except SystemExit as stop:
        if stop.code:
            raise CommandError("Some records of the benchmark were rejected.") from None


def make_terms(content: Content) -> None:
    """The vocabulary under the slugs of the content; the importer finds terms by name."""
    for row in content["technologies"]:
        if not Technology.objects.filter(slug=row["slug"]).exists():
            prefix = row["slug"].upper()
            Technology(name=row["name"], slug=row["slug"], code_prefix=prefix).save()
    for row in content["categories"]:
        if not Category.objects.filter(slug=row["slug"]).exists():
            Category(name=row["name"], slug=row["slug"]).save()


def make_views(content: Content) -> None:
    """How often each debug entry was viewed."""
    EntryTotal.objects.bulk_create(
        (
            EntryTotal(
                translation_key=uuid5(NAMESPACE, f"{SOURCE}\n{row['code']}"), views=row["views"]
            )
            for row in content["debug_entries"]
            if is_published(row)
        ),
        ignore_conflicts=True,
    )
