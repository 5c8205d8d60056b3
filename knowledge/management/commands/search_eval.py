"""``manage.py search_eval``: how good finding is, behind ``make eval``."""

import os
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from knowledge.search.evaluation.measures import Quality, overlap, quality
from knowledge.search.evaluation.over_graphql import found_by_lookup, found_by_search, ranks
from knowledge.search.evaluation.queries import KnownQuery, read_queries
from knowledge.search.evaluation.scratch import (
    ROOT,
    ScratchError,
    manage,
    scratch_postgresql,
    scratch_sqlite,
    server,
)

Answers = dict[str, list[str]]
ERRORS, WORDS = "errors", "natural language"
MEANING = "natural language, semantic"


class Command(BaseCommand):
    """Works on scratch databases only; the database of the settings is not touched."""

    help = (
        "Import the collections into scratch databases, ask a running server the known queries, "
        "and print how well they were answered, on SQLite and on PostgreSQL; with SEMANTIC_SEARCH "
        "on, without and with vectors."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        default = os.environ.get("LAMPLIGHT_CORPORA") or ROOT.parent / "shared" / "corpora"
        parser.add_argument("--corpora", type=Path, default=Path(default))
        parser.add_argument(
            "--postgresql",
            default=os.environ.get("EVAL_POSTGRESQL_URL", ""),
            metavar="URL",
            help="a server on which a scratch database may be made; without it SQLite alone",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        corpora: Path = options["corpora"]
        questions = corpora / "search-eval"
        if not questions.is_dir():
            raise CommandError(f"There are no collections in {corpora}: set LAMPLIGHT_CORPORA.")
        errors = read_queries(questions / "error_queries.jsonl")
        words = read_queries(questions / "nl_queries.jsonl")
        databases = [("SQLite", scratch_sqlite())]
        if options["postgresql"]:
            databases.append(("PostgreSQL", scratch_postgresql(options["postgresql"])))
        answered: dict[str, dict[str, Answers]] = {}
        try:
            for name, made in databases:
                with made as database:
                    answered[name] = self.measure(name, database, corpora, errors, words)
        except ScratchError as error:
            raise CommandError(str(error)) from error
        if len(answered) == 2:
            self.compare(answered)

    def measure(
        self,
        name: str,
        database: str,
        corpora: Path,
        errors: Sequence[KnownQuery],
        words: Sequence[KnownQuery],
    ) -> dict[str, Answers]:
        """Import, serve, ask and print; returns the answers by what was measured."""
        self.stdout.write(f"{name}: importing …")
        self.stdout.flush()
        manage(database, "migrate", "--verbosity", "0")
        manage(database, "import_content", str(corpora / "jsonl"), "--publish")
        with server(database, SEMANTIC_SEARCH="0") as address:
            found = {
                ERRORS: {one.id: found_by_lookup(address, one.text) for one in errors},
                WORDS: {one.id: found_by_search(address, one.text) for one in words},
            }
        if settings.SEMANTIC_SEARCH:
            with server(database) as address:
                found[MEANING] = {one.id: found_by_search(address, one.text) for one in words}
        for title, answers in found.items():
            self.print_quality(name, title, errors if title == ERRORS else words, answers)
        self.stdout.flush()
        manage(
            database,
            "search_confidence",
            str(corpora / "search-eval" / "error_queries.jsonl"),
            quiet=False,
        )
        return found

    def print_quality(
        self, name: str, title: str, queries: Sequence[KnownQuery], answers: Answers
    ) -> None:
        """The measures of all queries and of each half."""
        parts = (
            ("all", list(queries)),
            ("training half", [one for one in queries if one.is_training]),
            ("unseen half", [one for one in queries if not one.is_training]),
        )
        for part, chosen in parts:
            measured = quality(ranks(chosen, answers))
            self.stdout.write(f"{name:11} {title:27} {part:14} {line(measured)}")

    def compare(self, answered: dict[str, dict[str, Answers]]) -> None:
        """How far two databases give the same answers."""
        (first, left), (second, right) = answered.items()
        for title in left:
            shared = [overlap(left[title][one], right[title][one]) for one in left[title]]
            self.stdout.write(
                f"{first} against {second}, {title}: "
                f"overlap of the first ten {sum(shared) / len(shared):.3f}"
            )


def line(measured: Quality) -> str:
    """One row of the table."""
    return (
        f"n {measured.count:3}  MRR {measured.mrr:.3f}  recall@1 {measured.recall_1:.3f}  "
        f"@5 {measured.recall_5:.3f}  @10 {measured.recall_10:.3f}"
    )
