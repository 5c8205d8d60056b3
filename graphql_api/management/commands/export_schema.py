"""Writes the committed schema definition, checks it, or compares the schema with an older one."""

import shutil
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from graphql import GraphQLError

from graphql_api.breaking_changes import SchemaChanges, schema_changes
from graphql_api.schema import printed_schema

SCHEMA_FILE = Path(__file__).resolve().parents[2] / "schema.graphql"
REPOSITORY = Path(__file__).resolve().parents[3]
COMMITTED_AS = "graphql_api/schema.graphql"


class Command(BaseCommand):
    """``export_schema`` writes graphql_api/schema.graphql and names what its clients notice."""

    help = (
        "Write graphql_api/schema.graphql and name the changes that can break clients. "
        "--check writes nothing and fails when the file is out of date; --against fails when the "
        "schema breaks clients of an older definition."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Write nothing; fail when the file differs."
        )
        parser.add_argument(
            "--against",
            metavar="FILE_OR_COMMIT",
            help="Write nothing; fail on changes that break clients of the definition in this file "
            "(- reads it from standard input), or in this commit, tag or branch.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        current = printed_schema()
        if options["against"]:
            self.compare(options["against"], current)
            return
        committed = SCHEMA_FILE.read_text(encoding="utf-8") if SCHEMA_FILE.exists() else ""
        changes = changes_since(committed, current)
        if not options["check"]:
            SCHEMA_FILE.write_text(current, encoding="utf-8")
            self.stdout.write("\n".join([*changes.lines(), f"Wrote {SCHEMA_FILE.name}."]))
            return
        if committed != current:
            advice = f"{SCHEMA_FILE.name} is out of date: run manage.py export_schema."
            raise CommandError("\n".join([advice, *changes.lines()]))
        self.stdout.write(f"{SCHEMA_FILE.name} is up to date.")

    def compare(self, name: str, current: str) -> None:
        """Name the changes since the definition in the file, or as of the commit, ``name``."""
        try:
            changes = schema_changes(older_definition(name), current)
        except (OSError, UnicodeDecodeError):
            raise CommandError(f"{name} cannot be read, as a file or as a commit.") from None
        except GraphQLError as error:
            raise CommandError(f"{name} is no schema definition: {error.message}") from None
        self.stdout.write("\n".join(changes.lines()) or "No client notices a difference.")
        if changes.breaking:
            raise CommandError(
                f"The schema breaks clients of {name}: deprecate first, with a reason."
            )


def older_definition(name: str) -> str:
    """The definition in a file, on standard input (``-``), or as of a commit, tag or branch.

    Raises ``OSError`` or ``UnicodeDecodeError``.
    """
    if name == "-":
        return sys.stdin.read()
    file = Path(name)
    git = shutil.which("git")
    # A commit cannot begin with a dash: nothing that is typed here is an option of git's.
    if file.exists() or git is None or name.startswith("-"):
        return file.read_text(encoding="utf-8")
    command = [git, "show", f"{name}:{COMMITTED_AS}"]
    shown = subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=False)  # noqa: S603 - no shell
    if shown.returncode != 0:
        raise FileNotFoundError(name)
    return shown.stdout.decode("utf-8")


def changes_since(committed: str, current: str) -> SchemaChanges:
    """The changes since the committed definition; none when there is no valid one."""
    try:
        return schema_changes(committed, current)
    except GraphQLError:
        return SchemaChanges((), (), ())
