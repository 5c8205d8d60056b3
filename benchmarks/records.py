"""Content of a benchmark as records that ``import_content`` takes.

Invariant: every text of a record is plain, so that its plain form in an answer equals the
text of the content, byte for byte.

The content is ``{"technologies", "categories", "questions", "debug_entries", "snippets"}``:
lists of flat rows with a ``number``, as ``benchmarks.content`` makes them.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

Row = dict[str, Any]
Content = dict[str, list[Row]]

SOURCE = "benchmark"
FIRST_DAY = datetime(2020, 1, 1, tzinfo=UTC)


def records(content: Content, *, published: bool) -> Iterator[Row]:
    """The records of what is published, or of the drafts."""
    technologies = {row["number"]: row["name"] for row in content["technologies"]}
    categories = {row["number"]: row["name"] for row in content["categories"]}
    questions = [row for row in content["questions"] if is_published(row) == published]
    # Published a minute apart in the order of the lists: the order by first publication
    # gives difficulty, then number.
    questions.sort(key=lambda row: (row["difficulty"], row["number"]))
    for position, row in enumerate(questions):
        moment = FIRST_DAY + timedelta(minutes=position)
        yield question(row, technologies, categories, moment)
    for row in content["debug_entries"]:
        if is_published(row) == published:
            yield debug_entry(row, technologies)
    for row in content["snippets"]:
        if is_published(row) == published:
            # Content says no technology for them, and every snippet needs one.
            number = row["number"] % len(technologies) + 1
            yield snippet(row, technologies[number])


def is_published(row: Row) -> bool:
    """Whether the public may see it."""
    return row["status"] == "published"


def question(
    row: Row, technologies: dict[int, str], categories: dict[int, str], moment: datetime
) -> Row:
    """The record of an interview question first published at ``moment``."""
    return {
        "id": row["code"],
        "kind": "interview_question",
        "source": SOURCE,
        "code": row["code"],
        "title": row["title"],
        "technology": technologies[row["technology"]],
        "category": categories[row["category"]],
        "level": row["level"],
        "difficulty": row["difficulty"],
        "short_answer": row["short_answer"],
        "sections": {
            "deep_dive": row["deep_dive"],
            "real_world_example": row["real_world"],
            "common_mistakes": row["common_mistakes"],
            "production_scenario": row["production_scenario"],
        },
        "follow_up_questions": row["follow_up_questions"],
        "published": moment.isoformat(),
    }


def debug_entry(row: Row, technologies: dict[int, str]) -> Row:
    """The record of a debug entry; the content's own word for its kind is its error name."""
    return {
        "id": row["code"],
        "kind": "debug_entry",
        "source": SOURCE,
        "code": row["code"],
        "title": row["title"],
        "technology": technologies[row["technology"]],
        "error_kind": row["kind"],
        "error_name": row["kind"],
        "error_message": row["error_message"],
        "sections": {"root_cause": row["root_cause"], "fix": row["fix"]},
    }


def snippet(row: Row, technology: str) -> Row:
    """The record of a code snippet; the line its listing shows is the content's word for its
    kind, as GraphQL says kinds in capitals."""
    return {
        "id": row["code_id"],
        "kind": "code_snippet",
        "source": SOURCE,
        "code": row["code_id"],
        "title": row["title"],
        "technology": technology,
        "language": row["language"],
        "snippet_kind": row["kind"],
        "preview_line": row["kind"],
        "description": row["description"],
        "files": [{"code": row["code"]}],
    }
