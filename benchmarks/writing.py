"""``python -m benchmarks.writing``: editors and machines at work in the database of DATABASE_URL.

Invariant: everything is done by the product's own functions; each process says ``ready`` when
it begins and works until it is stopped.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import django
from django.core.management import call_command
from django.utils import timezone

from benchmarks.content import SNIPPETS, made_content
from cms.priority import give_way

NAME = "lamplight_editing"
# The questions that are published again and again: the first ones that were imported.
TOUCHED = 500
SUBSCRIBERS = 20
# Scheduled snippets a round, and the seconds of a round.
SCHEDULED, ROUND = 5, 1.0


def ready() -> None:
    """The work begins now."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()


def publish(rate: float, share: Sequence[int]) -> None:
    """Publish changed questions, so many a second where the machine can: one of some editors."""
    from knowledge.models import InterviewQuestion

    rows = InterviewQuestion.objects.filter(live=True).order_by("pk")
    own, editors = share
    keys = list(rows.values_list("pk", flat=True)[:TOUCHED])[own::editors]
    rate /= editors
    # What was published before under the same titles would change nothing.
    mark = uuid4().hex[:6]
    ready()
    began = time.perf_counter()
    for number in count():
        time.sleep(max(began + number / rate - time.perf_counter(), 0))
        question = InterviewQuestion.objects.get(pk=keys[number % len(keys)])
        question.title = f"{question.title.partition(' (')[0]} ({mark} {number})"
        question.save_revision().publish()


def schedule() -> None:
    """Schedule some snippets and publish those that are due, once a second."""
    from knowledge.models import CodeSnippet

    keys = list(CodeSnippet.objects.filter(live=True).order_by("pk").values_list("pk", flat=True))
    ready()
    for number in count():
        began = time.perf_counter()
        for turn in range(SCHEDULED):
            snippet = CodeSnippet.objects.get(pk=keys[(number * SCHEDULED + turn) % len(keys)])
            snippet.title = f"{snippet.title.partition(' (')[0]} ({number})"
            snippet.go_live_at = timezone.now() + timedelta(seconds=ROUND / 2)
            snippet.save_revision().publish()
        time.sleep(max(ROUND - (time.perf_counter() - began), 0))
        call_command("publish_scheduled", verbosity=0)


def bring_in() -> None:
    """Import generated records, published at once, for as long as it is let."""
    from benchmarks.loading import import_file

    mark = uuid4().hex[:6].upper()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for record in new_records(mark):
                file.write(json.dumps(record) + "\n")
        ready()
        import_file(path, "--publish")


def new_records(mark: str) -> Iterator[dict[str, Any]]:
    """The snippets of the content ten times over, as records that were never imported."""
    from benchmarks.records import records

    content = made_content()
    content = {**content, "questions": [], "debug_entries": []}
    made = list(records(content, published=True))
    for number in range(10 * SNIPPETS):
        record = made[number % len(made)]
        code = f"{mark}-{number:05d}"
        yield {**record, "id": code, "code": code, "title": f"{record['title']} of {code}"}


def deliver() -> None:
    """Tell subscribers, who get a mail for each thing that changes."""
    from cms.notifications.models import AlertSubscription

    AlertSubscription.objects.all().delete()
    AlertSubscription.objects.bulk_create(
        AlertSubscription(
            address=f"reader{number}@example.org",
            frequency="INSTANT",
            include_updates=True,
            locale="en",
        )
        for number in range(SUBSCRIBERS)
    )
    ready()
    call_command("deliver")


def main() -> None:
    """Do one kind of work until the process is stopped."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", choices=("publish", "schedule", "import", "deliver"))
    parser.add_argument("--rate", type=float, default=20, help="publishes a second (20)")
    parser.add_argument(
        "--share", type=int, nargs=2, default=(0, 1), help="which of how many do this work"
    )
    parser.add_argument("--core", type=int, help="the core to work on")
    options = parser.parse_args()
    if not os.environ.get("DATABASE_URL", "").endswith(f"/{NAME}"):
        sys.exit(f"This changes what is published: only in {NAME}.")
    if options.core is not None:
        os.sched_setaffinity(0, {options.core})
    django.setup()
    if options.work == "publish":
        # As an editor does, behind the server.
        publish(options.rate, options.share)
    else:
        # As the product's own commands do.
        give_way()
        {"schedule": schedule, "import": bring_in, "deliver": deliver}[options.work]()


if __name__ == "__main__":
    main()
