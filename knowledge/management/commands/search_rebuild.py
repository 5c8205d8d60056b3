"""``manage.py search_rebuild``: index everything published."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from knowledge.search import indexing


class Command(BaseCommand):
    """Commits batch by batch, so it may be stopped anywhere and started again."""

    help = (
        "Index everything published. Publication keeps the index up to date by itself; this is "
        "for a database from before the index, and after an upgrade that changes the analysis."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--restart", action="store_true", help="empty the index first, and write every row anew"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        total = indexing.count_documents()
        done = 0
        # Drawn on a terminal only; a log gets the last line alone.
        with tqdm(total=total, unit="entry", disable=None) as bar:
            for done in indexing.rebuild(restart=options["restart"]):
                bar.update(done - bar.n)
        self.stdout.write(f"{done} entries are indexed.")
