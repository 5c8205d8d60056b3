"""Erase a person on their request."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from knowledge.contributions.privacy import erase_contributor


class Command(BaseCommand):
    help = "Erase everything about the person behind an address; credit given for good stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address")

    def handle(self, *args: Any, **options: Any) -> None:
        erased = erase_contributor(options["address"])
        self.stdout.write(
            f"Deleted {erased.deleted} contributions, made {erased.anonymised} anonymous, "
            f"removed {erased.credits_removed} credits."
        )
