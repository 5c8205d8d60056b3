"""``manage.py import_content``: bring files in as entries."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from tqdm import tqdm

from cms.priority import BackgroundCommand
from cms.publishing.statements import without_statement_log
from knowledge.importing.run import BATCH_SIZE, Import, Report, Result
from knowledge.importing.site import load_site_parts
from knowledge.importing.sources import Reading, ReadingOptions, read_paths
from knowledge.kinds import Kind

REJECTED = 1
INTERRUPTED = 130


class Command(BackgroundCommand):
    """Exit codes: 0 everything is in, 1 some rows were rejected, 130 interrupted."""

    help = (
        "Import entries from JSON Lines, JSON, CSV, TSV, Markdown with front matter, or a seed "
        "file. Importing the same again changes nothing; a changed record becomes a new revision."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="file or folder")
        parser.add_argument("--dry-run", action="store_true", help="check everything, keep nothing")
        parser.add_argument("--publish", action="store_true", help="publish what comes in")
        parser.add_argument(
            "--kind",
            choices=[kind.lower() for kind in Kind.values],
            default="",
            help="import this kind only; also the kind of records that do not say theirs",
        )
        parser.add_argument("--source", default="", help="the source of records that name none")
        parser.add_argument(
            "--set",
            action="append",
            default=[],
            metavar="FIELD=VALUE",
            help="a value for records that lack the field, for example technology=Linux",
        )
        parser.add_argument("--batch-size", type=int, default=BATCH_SIZE, help="records a commit")

    def handle(self, *args: Any, **options: Any) -> None:
        started = monotonic()
        reading = read_paths(
            existing(options["paths"]),
            ReadingOptions(
                kind=options["kind"].upper(),
                source=options["source"],
                locale=settings.LANGUAGE_CODE,
                defaults=assignments(options["set"]),
            ),
        )
        with without_statement_log():
            report, finished = self.save(reading, options)
        self.summarise(reading, report, options, monotonic() - started)
        if not finished:
            self.stderr.write("Interrupted. What is counted above is in; run it again to go on.")
            sys.exit(INTERRUPTED)
        if reading.rejections or report.rejections:
            sys.exit(REJECTED)

    def save(self, reading: Reading, options: dict[str, Any]) -> tuple[Report, bool]:
        """Run the import under a progress bar; False when it was interrupted."""
        for rejection in reading.rejections:
            self.stderr.write(f"Rejected: {rejection}")
        with tqdm(
            total=len(reading.records), unit="record", file=sys.stderr, disable=None
        ) as progress:

            def committed(results: list[Result]) -> None:
                progress.update(len(results))
                for result in results:
                    if result.rejection is not None:
                        with progress.external_write_mode(file=sys.stderr):
                            self.stderr.write(f"Rejected: {result.rejection}")

            run = Import(
                reading.records,
                publish=options["publish"],
                dry_run=options["dry_run"],
                batch_size=max(1, options["batch_size"]),
                committed=committed,
            )
            try:
                run.run()
                for origin, seed in reading.site_parts:
                    if not options["kind"]:
                        run.report.notices += load_site_parts(
                            origin, seed, dry_run=options["dry_run"]
                        )
            except KeyboardInterrupt:
                return run.report, False
        return run.report, True

    def summarise(
        self, reading: Reading, report: Report, options: dict[str, Any], seconds: float
    ) -> None:
        """One line a figure; always printed, also where there is no terminal."""
        for notice in report.notices:
            self.stderr.write(f"Note: {notice}")
        for (kind, name), count in sorted(report.ignored.items()):
            self.stderr.write(f"Note: {kind.lower()} has no field {name}: ignored in {count}.")
        rejected = len(reading.rejections) + len(report.rejections)
        parts = [f"{count} {outcome.value}" for outcome, count in sorted_counts(report)]
        parts += [f"{rejected} rejected"]
        if reading.left_out:
            parts.append(f"{reading.left_out} of other kinds left out")
        head = "Dry run, nothing was kept: " if options["dry_run"] else ""
        rate = report.done / seconds if seconds else 0
        self.stdout.write(
            f"{head}{', '.join(parts)} in {seconds:.1f} s ({rate:.0f} records a second)."
        )


def sorted_counts(report: Report) -> list[tuple[Any, int]]:
    """The outcomes in a fixed order."""
    return sorted(report.outcomes.items(), key=lambda item: item[0].value)


def existing(paths: list[Path]) -> list[Path]:
    """The paths, or an error naming the first that is not there."""
    for path in paths:
        if not path.exists():
            raise CommandError(f"There is no file or folder {path}.", returncode=2)
    return paths


def assignments(texts: list[str]) -> dict[str, str]:
    """``FIELD=VALUE`` texts as a dictionary."""
    values = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise CommandError(f"--set {text}: write FIELD=VALUE.", returncode=2)
        values[name.strip()] = value
    return values
