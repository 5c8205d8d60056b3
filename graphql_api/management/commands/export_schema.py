"""Writes the schema definition that is committed, or checks that it is up to date."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from graphql_api.schema import printed_schema

SCHEMA_FILE = Path(__file__).resolve().parents[2] / "schema.graphql"


class Command(BaseCommand):
    """``export_schema`` writes graphql_api/schema.graphql; ``--check`` only compares."""

    help = "Write graphql_api/schema.graphql, or with --check fail when it is out of date."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Write nothing; fail when the file differs."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        current = printed_schema()
        if not options["check"]:
            SCHEMA_FILE.write_text(current, encoding="utf-8")
            self.stdout.write(f"Wrote {SCHEMA_FILE.name}.")
            return
        committed = SCHEMA_FILE.read_text(encoding="utf-8") if SCHEMA_FILE.exists() else ""
        if committed != current:
            raise CommandError(f"{SCHEMA_FILE.name} is out of date: run manage.py export_schema.")
        self.stdout.write(f"{SCHEMA_FILE.name} is up to date.")
