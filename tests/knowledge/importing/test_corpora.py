"""The real collections: everything comes in, and reads as in the source."""

import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from knowledge.importing.run import Import
from knowledge.importing.sources import ReadingOptions, read_paths
from knowledge.models import PublishedEntry

ROOT = Path(__file__).resolve().parents[3]
CORPORA = Path(os.environ.get("LAMPLIGHT_CORPORA") or ROOT.parent / "shared" / "corpora")
SAMPLE = 25

pytestmark = [pytest.mark.django_db, pytest.mark.corpora, pytest.mark.slow]


class Letters(HTMLParser):
    """The letters of HTML, with the texts of pictures."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.text += (dict(attrs).get("alt") or "") if tag == "img" else ""


def letters(text: str) -> str:
    return "".join(text.split())


def letters_of_markdown(source: str) -> str:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    # A callout's tone is data of its own, not a word of the text.
    return re.sub(
        r"\[!(NOTE|TIP|WARNING|DANGER)\]", "", letters(Letters(parser.render(source)).text)
    )


def delivered(document: dict[str, Any]) -> str:
    """All letters of the texts a reader gets."""
    texts = [one["heading"] + one["text"] for one in document["sections"]]
    for name in ("shortAnswer", "description", "symptom", "fixSummary"):
        texts.append((document.get(name) or {}).get("text", ""))
    return letters("\x00".join(texts))


def records_of(kind: str) -> list[dict[str, Any]]:
    with (CORPORA / "jsonl" / f"{kind}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def reading():
    return read_paths([CORPORA / "jsonl"], ReadingOptions())


def test_every_record_is_read(reading):
    assert len(reading.records) == 2284
    assert reading.rejections == []


@pytest.mark.parametrize(
    "kind",
    ["interview_question", "debug_entry", "code_snippet", "system_design_note", "security_topic"],
)
def test_a_sample_reads_as_in_the_source(reading, kind):
    records = [one for one in reading.records if one.kind == kind.upper()]
    whole = {one.values["parent"] for one in records if one.values.get("parent")}
    step = max(1, len(records) // SAMPLE)
    sample = [
        one
        for position, one in enumerate(records)
        if position % step == 0 or one.source_id in whole
    ]

    report = Import(sample, publish=True).run()

    assert [str(one) for one in report.rejections] == []
    rows = PublishedEntry.objects.all()
    documents = {row.body["provenance"]["sourceId"]: {**row.card, **row.body} for row in rows}
    assert len(documents) == len(sample)
    for record in sample:
        document = documents[record.source_id]
        text = delivered(document)
        for name, source in record.values["sections"].items():
            assert letters_of_markdown(source) in text, (record.source_id, name)
        assert document["provenance"]["licence"] == record.values["licence"]
        assert document["provenance"]["attribution"] == record.values["attribution"]
        assert document["provenance"]["sourceUrl"] == record.values["source_url"]
        if "code" in record.values:
            assert document["files"][0]["code"] == record.values["code"]
        if "error_message" in record.values:
            assert "\n".join(document["errorMessages"]) == record.values["error_message"]


def test_every_path_reads_as_in_the_source(reading):
    paths = [one for one in reading.records if one.kind == "LEARNING_PATH"]
    Import(paths, publish=True).run()

    for record in paths:
        row = PublishedEntry.objects.get(slug=record.values["slug"])
        modules = row.body["modules"]
        assert [one["title"] for one in modules] == [
            one["title"] for one in record.values["modules"]
        ]
        for module, source in zip(modules, record.values["modules"], strict=True):
            text = letters(json.dumps(module, ensure_ascii=False))
            for step in source.get("steps") or []:
                assert letters(step["title"]) in text, step
                assert letters(step.get("description") or "") in text
                for resource in step.get("resources") or []:
                    assert letters(resource["url"]) in text
            for resource in source.get("resources") or []:
                assert letters(resource["url"]) in text
            summary = letters((module["summary"] or {}).get("text", ""))
            assert letters_of_markdown(source.get("description") or "") in summary


def test_the_whole_seed_comes_in():
    seed = CORPORA.parent / "seed" / "seed.json"
    reading = read_paths([seed], ReadingOptions())
    report = Import(reading.records, publish=True).run()

    assert report.rejections == []
    source = json.loads(seed.read_text(encoding="utf-8"))
    for one in source["questions"]:
        row = PublishedEntry.objects.get(code=one["id"])
        assert (row.card["title"], row.card["difficulty"]) == (one["question"], one["difficulty"])
        text = delivered({**row.card, **row.body})
        assert all(letters(section) in text for section in one["sections"].values())
        assert all(letters(each) in text for each in one["follow_up_questions"])
    for one in source["debug_entries"]:
        row = PublishedEntry.objects.get(code=one["id"])
        assert row.card["errorMessages"] == [one["error_message"]]
        assert row.body["fixSummary"]["text"] == one["fix"]
    assert PublishedEntry.objects.count() == 24
