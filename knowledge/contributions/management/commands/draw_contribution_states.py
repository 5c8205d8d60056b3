"""Print the states of a contribution as a Mermaid diagram, or keep a document's copy true."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from knowledge.contributions.states import diagram

BEGIN = "<!-- states: begin -->\n```mermaid\n"
END = "```\n<!-- states: end -->"


class Command(BaseCommand):
    help = "Draw the table of states as Mermaid; --write puts it between the marks of a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", metavar="FILE", help="Markdown file with the marks.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["write"]:
            self.stdout.write(diagram(), ending="")
            return
        file = Path(options["write"])
        try:
            before, rest = file.read_text().split(BEGIN, 1)
            _old, after = rest.split(END, 1)
        except (OSError, ValueError):
            raise CommandError(f"{file} has no place for the diagram.") from None
        file.write_text(before + BEGIN + diagram() + END + after)
