"""Send what is waiting: mails and webhooks."""

import signal
from typing import Any

from django.core.management.base import CommandParser

from cms.notifications.worker import Tally, Worker
from cms.priority import BackgroundCommand


class Command(BackgroundCommand):
    help = (
        "Deliver mails and webhooks until stopped (SIGTERM or SIGINT; what is under way is "
        "finished first). Any number may run; a kill at any moment loses nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="Deliver what is due now, then exit."
        )
        parser.add_argument(
            "--interval",
            type=float,
            default=1.0,
            metavar="SECONDS",
            help="How often to look for work (default: 1).",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker()
        if options["once"]:
            self.report(worker.run_once())
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stopping.set())
        self.stdout.write("Delivering mails and webhooks. Stop with Ctrl+C.")
        self.report(worker.run(max(options["interval"], 0.05)))

    def report(self, tally: Tally) -> None:
        self.stdout.write(
            f"Told {tally.told} events, delivered {tally.delivered}, "
            f"{tally.failed} attempts failed."
        )
