"""``manage.py bench_search``: how fast finding is as the archive grows."""

import os
import time
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from knowledge.kinds import Kind
from knowledge.models.published import PublishedEntry
from knowledge.search.errors.lookup import lookup_error
from knowledge.search.evaluation.filling import fill
from knowledge.search.evaluation.generated import Language, trace
from knowledge.search.evaluation.scratch import (
    ScratchError,
    manage,
    scratch_postgresql,
    scratch_sqlite,
)
from knowledge.search.searching import search
from knowledge.search.suggestions import suggest

_ASKED = 150
Measure = tuple[str, float, float]


class Command(BaseCommand):
    """Fills scratch databases with generated entries; no other database is touched."""

    help = "Time search, facets, suggest and lookupError on 1,000, 10,000 and 100,000 entries."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sizes", default="1000,10000,100000")
        parser.add_argument(
            "--postgresql",
            default=os.environ.get("EVAL_POSTGRESQL_URL", ""),
            metavar="URL",
            help="a server on which a scratch database may be made; without it SQLite alone",
        )
        parser.add_argument(
            "--here",
            action="store_true",
            help="fill and measure the database of the settings, which must be empty",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["here"]:
            self.measure([int(size) for size in options["sizes"].split(",")])
            return
        databases = [scratch_sqlite()]
        if options["postgresql"]:
            databases.append(scratch_postgresql(options["postgresql"]))
        try:
            for made in databases:
                with made as database:
                    manage(database, "migrate", "--verbosity", "0")
                    manage(
                        database, "bench_search", "--here", "--sizes", options["sizes"], quiet=False
                    )
        except ScratchError as error:
            raise CommandError(str(error)) from error

    def measure(self, sizes: Sequence[int]) -> None:
        """Fill the database step by step, and time the questions after each step."""
        if PublishedEntry.objects.exists():
            raise CommandError("The database is not empty.")
        settings.DEBUG = False
        language = Language(seed=7)
        measured: list[tuple[int, list[Measure]]] = []
        filled = 0
        for size in sizes:
            started = time.perf_counter()
            fill(size - filled, filled + 1, language)
            filled = size
            settle()
            seconds = time.perf_counter() - started
            self.stdout.write(f"{connection.vendor}: {size} entries ({seconds:.0f} s to fill)")
            self.stdout.flush()
            measured.append((size, time_questions(Language(seed=11))))
        fastest = min(median for _, rows in measured for _, median, _ in rows)
        for size, rows in measured:
            for name, median, slow in rows:
                self.stdout.write(
                    f"{connection.vendor:10} {size:7} {name:9} p50 {median * 1000:7.1f} ms "
                    f"({median / fastest:5.1f}×)  "
                    f"p95 {slow * 1000:7.1f} ms ({slow / fastest:5.1f}×)"
                )
        self.print_growth(measured)

    def print_growth(self, measured: list[tuple[int, list[Measure]]]) -> None:
        """How much slower the slow ones got by the last step."""
        if len(measured) < 2:
            return
        (before, first), (after, last) = measured[-2:]
        for (name, _, slow), (_, _, slower) in zip(first, last, strict=True):
            self.stdout.write(
                f"{connection.vendor:10} {name:9} p95 from {before} to {after} entries: "
                f"{slower / slow:.2f}×"
            )


def settle() -> None:
    """What the database does by itself in time: statistics and the visibility of rows."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def time_questions(language: Language) -> list[Measure]:
    """(name, median, 95th percentile) in seconds of each kind of question."""
    texts = [language.phrase(language.random.randint(2, 6)) for _ in range(_ASKED)]
    begun = [begin(language) for _ in range(_ASKED)]
    known = list(
        PublishedEntry.objects.filter(kind=Kind.DEBUG_ENTRY)
        .order_by("translation_key")
        .values_list("card", flat=True)[:_ASKED]
    )
    traces = [trace(card["errorMessages"][0], language) for card in known]
    return [
        ("search", *timed(lambda text: search(text, locale="en"), texts)),
        ("facets", *timed(lambda text: search(text, locale="en").facets, texts)),
        ("suggest", *timed(lambda text: suggest(text, locale="en"), begun)),
        ("lookup", *timed(lambda text: lookup_error(text, locale="en"), traces)),
    ]


def begin(language: Language) -> str:
    """A text that is being typed: some words, and a word begun."""
    *whole, last = language.phrase(language.random.randint(1, 3)).split()
    return " ".join([*whole, last[: language.random.randint(2, 6)]])


def timed(ask: Callable[[str], Any], texts: Sequence[str]) -> tuple[float, float]:
    """Median and 95th percentile of asking each text once, after a few to warm up."""
    for text in texts[:5]:
        ask(text)
    seconds = []
    for text in texts:
        started = time.perf_counter()
        ask(text)
        seconds.append(time.perf_counter() - started)
    seconds.sort()
    return seconds[len(seconds) // 2], seconds[int(len(seconds) * 0.95)]
