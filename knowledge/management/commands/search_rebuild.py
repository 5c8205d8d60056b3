"""``manage.py search_rebuild``: index everything published."""

from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import CommandError
from tqdm import tqdm

from cms.priority import BackgroundCommand
from cms.publishing.models import ContentVersion
from knowledge.search import indexing
from knowledge.search.cluster import connection, following


class Command(BackgroundCommand):
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
        done = self.shown(indexing.rebuild(restart=options["restart"]))
        # Answers and rankings that were kept show what the index was.
        ContentVersion.advance()
        self.stdout.write(f"{done} entries are indexed.")
        if connection.is_on():
            try:
                done = self.shown(following.rebuild())
            except connection.ClusterUnavailableError:
                raise CommandError(
                    "The search cluster did not take the index; see the log."
                ) from None
            self.stdout.write(f"{done} entries are in the cluster.")

    def shown(self, steps: Iterable[int]) -> int:
        """Go through a rebuild with a bar; returns the number done."""
        done = 0
        # Drawn on a terminal only; a log gets the last line alone.
        with tqdm(total=indexing.count_documents(), unit="entry", disable=None) as bar:
            for done in steps:
                bar.update(done - bar.n)
        return done
