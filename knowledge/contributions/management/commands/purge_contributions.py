"""Delete personal data that is past its retention."""

from typing import Any

from django.core.management.base import BaseCommand

from knowledge.contributions.privacy import purge_contributions


class Command(BaseCommand):
    help = "Delete spam, refused contributions and senders past their retention. Run it daily."

    def handle(self, *args: Any, **options: Any) -> None:
        purged = purge_contributions()
        self.stdout.write(
            f"Deleted {purged.contributions} contributions, {purged.contributors} senders of "
            f"kept ones, {purged.buckets} throttle counts."
        )
