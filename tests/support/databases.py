"""The databases of a run of the suite: migrated once, and copied for each of its processes.

Invariant: a copy is made of a database that this very run has migrated. None is kept for
another run, so none can be older than the code.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

# The migrated database: a SQLite file, or the name of a PostgreSQL database.
TEMPLATE = "LAMPLIGHT_TEST_TEMPLATE"


@contextmanager
def copied(template: str) -> Iterator[None]:
    """Let the default connection use a copy of ``template``, as the test database."""
    original = settings.DATABASES["default"]["NAME"]
    name = connection.creation._get_test_db_name()
    connection.close()
    make, remove = (
        (copy_file, remove_file) if connection.vendor == "sqlite" else (copy_database, drop)
    )
    make(template, name)
    use(name)
    try:
        yield
    finally:
        connection.close()
        use(original)
        remove(name)


def use(name: str) -> None:
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def copy_file(template: str, name: str) -> None:
    remove_file(name)
    shutil.copyfile(template, name)


def remove_file(name: str) -> None:
    for ending in ("", "-wal", "-shm"):
        Path(name + ending).unlink(missing_ok=True)


def copy_database(template: str, name: str) -> None:
    drop(name)
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {quoted(name)} TEMPLATE {quoted(template)}")


def drop(name: str) -> None:
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {quoted(name)}")


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def template() -> str:
    """What the run has migrated; empty when pytest was started by itself."""
    return os.environ.get(TEMPLATE, "")
