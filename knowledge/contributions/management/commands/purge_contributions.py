"""Delete personal data that is past its retention."""

from typing import Any

from cms.priority import BackgroundCommand
from knowledge.contributions.retention import purge_contributions


class Command(BackgroundCommand):
    help = (
        "Delete contributions and senders past their retention, and announce what will go "
        "if nobody does anything about it. Run it daily."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        purged = purge_contributions()
        self.stdout.write(
            f"Deleted {purged.contributions} contributions, {purged.contributors} senders of "
            f"kept ones, {purged.buckets} throttle counts. Made {purged.anonymised} unpublished "
            f"ones anonymous. Announced the end of {purged.announced}."
        )
