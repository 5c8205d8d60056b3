"""Writes the generated parts of docs/graphql-api.md, or checks that they are up to date."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from graphql_api.reference import document


class Command(BaseCommand):
    """``export_reference`` renews docs/graphql-api.md; ``--check`` only compares."""

    help = "Renew docs/graphql-api.md from the code, or with --check fail when it is out of date."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Write nothing; fail when the file differs."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        name = document.DOCUMENT.name
        text = document.DOCUMENT.read_text(encoding="utf-8")
        try:
            current = document.renewed(text)
        except document.MarksMissing as missing:
            raise CommandError(f"{name}: {missing}") from None
        if not options["check"]:
            document.DOCUMENT.write_text(current, encoding="utf-8")
            self.stdout.write(f"Wrote {name}.")
        elif text != current:
            raise CommandError(f"{name} is out of date: run manage.py export_reference.")
        else:
            self.stdout.write(f"{name} is up to date.")
