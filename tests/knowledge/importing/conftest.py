"""Records for the importer, as files and as data."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from knowledge.importing.run import Import, Report
from knowledge.importing.sources import Reading, ReadingOptions, read_paths


def question(**values: Any) -> dict[str, Any]:
    """A record of an interview question."""
    return {
        "id": "faq/lists",
        "kind": "interview_question",
        "title": "Why do lists grow?",
        "technology": "Python",
        "sections": {"answer": "Because they **over-allocate**."},
        "source": "faq",
        **values,
    }


@pytest.fixture
def write(tmp_path) -> Callable[..., Path]:
    """Write records as a JSON Lines file."""

    def lines(*records: dict[str, Any], name: str = "records.jsonl") -> Path:
        path = tmp_path / name
        path.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
        return path

    return lines


@pytest.fixture
def read(write) -> Callable[..., Reading]:
    """Read records from a JSON Lines file."""

    def reading(*records: dict[str, Any], **options: Any) -> Reading:
        return read_paths([write(*records)], ReadingOptions(**options))

    return reading


@pytest.fixture
def bring_in(read, db) -> Callable[..., Report]:
    """Import records; published unless said otherwise."""

    def run(*records: dict[str, Any], publish: bool = True, **options: Any) -> Report:
        own = options.pop("own", False)
        reading = read(*records, own=own)
        report = Import(reading.records, publish=publish, **options).run()
        report.rejections[:0] = reading.rejections
        return report

    return run
