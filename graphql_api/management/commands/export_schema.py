"""Writes the committed schema definition, checks it, or compares the schema with an older one."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from graphql import GraphQLError

from graphql_api.breaking_changes import SchemaChanges, schema_changes
from graphql_api.schema import printed_schema

SCHEMA_FILE = Path(__file__).resolve().parents[2] / "schema.graphql"


class Command(BaseCommand):
    """``export_schema`` writes graphql_api/schema.graphql and names what its clients notice."""

    help = (
        "Write graphql_api/schema.graphql and name the changes that can break clients. "
        "--check writes nothing and fails when the file is out of date; --against FILE fails "
        "when the schema breaks clients of that definition."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Write nothing; fail when the file differs."
        )
        parser.add_argument(
            "--against",
            metavar="FILE",
            help="Write nothing; fail on changes that break clients of this definition "
            "(- reads it from standard input).",
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
        """Name the changes since the definition in the file ``name``."""
        try:
            older = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
            changes = schema_changes(older, current)
        except (OSError, UnicodeDecodeError):
            raise CommandError(f"{name} cannot be read.") from None
        except GraphQLError as error:
            raise CommandError(f"{name} is no schema definition: {error.message}") from None
        self.stdout.write("\n".join(changes.lines()) or "No client notices a difference.")
        if changes.breaking:
            raise CommandError(f"The schema breaks clients of {name}.")


def changes_since(committed: str, current: str) -> SchemaChanges:
    """The changes since the committed definition; none when there is no valid one."""
    try:
        return schema_changes(committed, current)
    except GraphQLError:
        return SchemaChanges((), (), ())
