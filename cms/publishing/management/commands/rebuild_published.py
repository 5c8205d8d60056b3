"""Render everything published again, or prove that nothing needs it."""

import sys
from typing import Any

from django.core.management.base import CommandError, CommandParser
from tqdm import tqdm

from cms.priority import BackgroundCommand
from cms.publishing import rebuilding
from cms.publishing.statements import without_statement_log


class Command(BackgroundCommand):
    help = (
        "Rebuild the read model from the live rows. Safe to interrupt: the next run goes on "
        "where this one stopped. With --check, compare only, and name what drifted."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Change nothing; exit with 1 if anything drifted."
        )
        parser.add_argument(
            "--restart", action="store_true", help="Begin anew even if a run was interrupted."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with without_statement_log():
            if options["check"]:
                self.check_only()
            else:
                self.rebuild(options["restart"])

    def check_only(self) -> None:
        drifted = 0
        with self.bar("Checking") as bar:
            for drift in rebuilding.check():
                bar.update()
                if drift is not None:
                    drifted += 1
                    tqdm.write(str(drift), file=sys.stdout)
        if drifted:
            raise CommandError(f"{drifted} drifted. Run rebuild_published.", returncode=1)
        self.stdout.write("In step: every stored document is what its entry renders to.")

    def rebuild(self, restart: bool) -> None:
        done = 0
        with self.bar("Rebuilding") as bar:
            try:
                for done in rebuilding.rebuild(restart):
                    bar.update(done - bar.n)
            except KeyboardInterrupt:
                raise CommandError(
                    f"Stopped after {done}. Run the command again to go on.", returncode=130
                ) from None
        self.stdout.write(f"Rebuilt {done} documents.")

    def bar(self, label: str) -> tqdm:
        return tqdm(
            desc=label, total=rebuilding.count_records(), unit="entry", disable=None, leave=False
        )
