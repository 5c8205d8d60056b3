"""Tell a person what we hold about them."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from knowledge.contributions.privacy import export_contributor


class Command(BaseCommand):
    help = "Print everything held about the person behind an address, as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address")

    def handle(self, *args: Any, **options: Any) -> None:
        held = export_contributor(options["address"])
        self.stdout.write(json.dumps(held, indent=2, ensure_ascii=False))
