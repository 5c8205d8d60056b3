"""``manage.py search_confidence``: how far the confidence of the lookup can be trusted."""

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from knowledge.search.errors.confidence import INPUTS
from knowledge.search.errors.lookup import LEAST_CONFIDENCE
from knowledge.search.evaluation.fitting import fit
from knowledge.search.evaluation.harder import FORMS
from knowledge.search.evaluation.lookup_cases import (
    ANSWERABLE,
    FOREIGN,
    REMOVED,
    REMOVED_HARDER,
    Case,
    cases,
    examples,
)
from knowledge.search.evaluation.measures import quality, reliability
from knowledge.search.evaluation.queries import read_queries

THRESHOLDS = (0.3, 0.5, 0.7, 0.8, 0.9)
SURE = 0.8
FLOORS = (0.0, 0.04, 0.05, 0.06, 0.08, 0.1, 0.15, 0.2)
PLAIN = (ANSWERABLE, REMOVED, FOREIGN)


class Command(BaseCommand):
    """Runs on the database as it is; ``search_eval`` prepares one from the collections."""

    help = (
        "Put known error queries to the lookup: as they are, with their answers taken out of the "
        "index, and foreign texts. Prints the training half and the unseen half apart."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("queries", type=Path, help="JSON Lines: id, query, expected")
        parser.add_argument(
            "--fit",
            action="store_true",
            help="print coefficients fitted on the training half, for confidence.py",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["queries"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        found = list(cases(read_queries(path)))
        if options["fit"]:
            coefficients, intercept = fit(examples(one for one in found if one.is_training))
            for name, value in zip(INPUTS, coefficients, strict=True):
                self.stdout.write(f"{name:12} {value:8.3f}")
            self.stdout.write(f"{'intercept':12} {intercept:8.3f}")
        for title, part in (
            ("Training half", [one for one in found if one.is_training]),
            ("Unseen half", [one for one in found if not one.is_training]),
            ("All", found),
        ):
            self.report(title, part)

    def report(self, title: str, found: Sequence[Case]) -> None:
        """The first answers at several thresholds, and the reliability table."""
        self.stdout.write(f"\n{title}: first answers at or above a confidence (answered/right/of)")
        for threshold in THRESHOLDS:
            parts = []
            for name in PLAIN:
                here = [one for one in found if one.name == name]
                firsts = [one.answers[0] for one in here if one.answers]
                sure = [one for one in firsts if one.confidence >= threshold]
                right = sum(1 for one in sure if one.is_right)
                parts.append(f"{name} {len(sure)}/{right}/{len(here)}")
            self.stdout.write(f"  {threshold:.1f}  " + "   ".join(parts))
        self.report_harder(found)
        firsts = [one.answers[0] for one in found if one.answers and one.name in PLAIN]
        self.stdout.write("  confidence   answers   said   right")
        for one in reliability((first.confidence, first.is_right) for first in firsts):
            self.stdout.write(
                f"  {one.lowest:.1f} to {one.highest:.1f}   {one.count:7}   {one.said:.2f}   "
                f"{one.right:.2f}"
            )

    def report_harder(self, found: Sequence[Case]) -> None:
        """Where the right answer comes in harder forms, and how far sure answers are right."""
        self.stdout.write("  harder forms    MRR   recall@1   recall@10   sure/right")
        for form in FORMS:
            here = [one for one in found if one.name == form]
            measured = quality([one.rank for one in here])
            sure = [
                one.answers[0] for one in here if one.answers and one.answers[0].confidence >= SURE
            ]
            right = sum(1 for one in sure if one.is_right)
            self.stdout.write(
                f"  {form:14}  {measured.mrr:.3f}   {measured.recall_1:.3f}      "
                f"{measured.recall_10:.3f}       {len(sure)}/{right}"
            )
        self.report_floors(found)

    def report_floors(self, found: Sequence[Case]) -> None:
        """What is listed at all, and which right answers are, under several floors."""
        self.stdout.write("  floor   right answer in the first ten/of   listed/of without one")
        for floor in FLOORS:
            own = "*" if floor == LEAST_CONFIDENCE else " "
            parts = [f"{ANSWERABLE} {_kept(found, floor, (ANSWERABLE,))}"]
            parts.append(f"harder forms {_kept(found, floor, FORMS)}")
            for name in (REMOVED, REMOVED_HARDER, FOREIGN):
                here = [one for one in found if one.name == name]
                listed = sum(1 for one in here if one.shown(floor))
                parts.append(f"{name} {listed}/{len(here)}")
            self.stdout.write(f"  {floor:.2f}{own}   " + "   ".join(parts))


def _kept(found: Sequence[Case], floor: float, names: Sequence[str]) -> str:
    here = [one for one in found if one.name in names]
    kept = sum(1 for one in here if any(answer.is_right for answer in one.shown(floor)[:10]))
    return f"{kept}/{len(here)}"
