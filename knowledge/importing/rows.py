"""Readers: JSON Lines, JSON, CSV and TSV, Markdown with front matter.

Invariant: every reader yields rows of the same form, each with its place in the file.
"""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from django.utils.text import slugify

from knowledge.rendering.markdown import markdown_outline

SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# A cell may hold a whole article; Python's own limit is 128 KiB.
csv.field_size_limit(16 * 1024 * 1024)

LIST_COLUMNS = {
    "topics", "tags", "roles", "error_messages", "compatible_with", "outcomes",
    "prerequisites", "owasp_ids", "cwe_ids", "attack_ids", "follow_up_questions",
}  # fmt: skip
COLUMN_NAMES = {
    "question": "title",
    "license": "licence",
    "url": "source_url",
    "tech": "technology",
}


@dataclass(frozen=True)
class Row:
    """Values as read, with their place; or the reason why there are none."""

    origin: str
    values: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""
    source: str = ""
    source_id: str = ""


def json_lines_rows(file: Path) -> Iterator[Row]:
    """One object a line; empty lines are skipped."""
    with file.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield object_row(line, f"{file.name}:{number}", file.stem)


def object_row(text: str, origin: str, source: str) -> Row:
    """The JSON object in ``text``."""
    try:
        value = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        return Row(origin, error=f"Not valid JSON: {getattr(error, 'msg', 'nested too deep')}.")
    return value_row(value, origin, source)


def value_row(value: Any, origin: str, source: str) -> Row:
    """A row of an object; anything else is no record."""
    if not isinstance(value, dict):
        return Row(origin, error="Not a record: an object was expected.")
    return Row(origin, value, source=source, source_id=str(value.get("id") or ""))


def json_rows(file: Path) -> Iterator[Row]:
    """A list of objects, an object with such a list under ``records``, or one object."""
    try:
        value = json.loads(file.read_text(encoding="utf-8-sig"))
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        reason = getattr(error, "msg", "nested too deep")
        yield Row(f"{file.name}:{line}", error=f"Not valid JSON: {reason}.")
        return
    if isinstance(value, dict) and isinstance(value.get("records"), list):
        value = value["records"]
    if not isinstance(value, list):
        yield value_row(value, f"{file.name}:1", file.stem)
        return
    for position, one in enumerate(value, start=1):
        yield value_row(one, f"{file.name}#{position}", file.stem)


def delimited_rows(file: Path, delimiter: str = "") -> Iterator[Row]:
    """Comma-, semicolon- or tab-separated values; the first row names the columns.

    Columns of lists hold JSON or texts separated by ``|``; columns ``section:NAME``
    hold Markdown. The place of a row is its first line.
    """
    text = file.read_text(encoding="utf-8-sig")
    if not delimiter:
        first = text.split("\n", 1)[0]
        delimiter = max(",;\t", key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    columns: list[str] = []
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield Row(f"{file.name}:{line}", error=f"Not valid CSV: {error}.")
            return
        if cells is None:
            return
        origin, line = f"{file.name}:{line}", reader.line_num + 1
        if not columns:
            columns = [column_name(cell) for cell in cells]
        elif any(cell.strip() for cell in cells):
            yield delimited_row(columns, cells, origin, file.stem)


def column_name(cell: str) -> str:
    """A heading as a field name: ``Source URL`` → ``source_url``."""
    prefix, colon, rest = cell.strip().partition(":")
    name = (rest if colon else prefix).strip().lower().replace(" ", "_").replace("-", "_")
    if colon and prefix.strip().lower() == "section":
        return f"section:{name}"
    return COLUMN_NAMES.get(name, name)


def delimited_row(columns: list[str], cells: list[str], origin: str, source: str) -> Row:
    """One row as values; empty cells say nothing."""
    if len(cells) > len(columns):
        return Row(origin, error=f"It has {len(cells)} cells, the heading {len(columns)}.")
    values: dict[str, Any] = {}
    sections: dict[str, str] = {}
    for name, cell in zip(columns, cells, strict=False):
        if not cell.strip() or not name:
            continue
        cell = cell.replace("\r\n", "\n")
        if name.startswith("section:"):
            sections[name.removeprefix("section:")] = cell
        elif cell.lstrip().startswith(("[", "{")) and name not in ("code", "error_message"):
            values[name] = json_cell(cell)
        elif name in LIST_COLUMNS:
            values[name] = [one.strip() for one in cell.split("|") if one.strip()]
        else:
            values[name] = cell
    if sections:
        values["sections"] = sections
    return Row(origin, values, source=source, source_id=str(values.get("id") or ""))


def json_cell(cell: str) -> Any:
    """A cell of JSON, or its text when it only looks like JSON."""
    try:
        return json.loads(cell)
    except (json.JSONDecodeError, RecursionError):
        return cell


def front_matter(text: str) -> Any:
    """Safe YAML without aliases: nothing in a file can multiply itself."""
    if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=SafeLoader)):
        raise yaml.YAMLError("aliases are not read")
    return yaml.load(text, Loader=SafeLoader)  # noqa: S506 - the safe loader, written in C


def markdown_row(file: Path, folder: Path) -> Row:
    """A Markdown file: YAML between ``---`` lines, then sections under level-2 headings."""
    origin = file.relative_to(folder).as_posix()
    text = file.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    if not text.startswith("---\n") or "\n---\n" not in f"{text}\n":
        return Row(f"{origin}:1", error="It does not begin with front matter between --- lines.")
    head, _, body = f"{text}\n"[4:].partition("\n---\n")
    try:
        values = front_matter(head)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "it cannot be read"
        return Row(
            f"{origin}:{mark.line + 2 if mark else 1}", error=f"Not valid front matter: {reason}."
        )
    if not isinstance(values, dict):
        return Row(f"{origin}:1", error="The front matter is not a list of fields.")
    values = {str(name): value for name, value in values.items()}
    sections, headings, twice = split_sections(body)
    if twice:
        return Row(f"{origin}:1", error=f"The section “{twice}” is there twice.")
    if sections:
        values |= {"sections": sections, "section_headings": headings}
    source_id = str(values.get("id") or values.get("code") or origin.removesuffix(".md"))
    return Row(f"{origin}:1", values, source=folder.resolve().name, source_id=source_id)


def split_sections(body: str) -> tuple[dict[str, str], dict[str, str], str]:
    """Level-2 headings and the text under each: (texts, headings, a heading that came twice)."""
    lines = body.split("\n")
    tokens = markdown_outline(body)
    starts = [
        (*token.map, following.content)
        for token, following in pairwise(tokens)
        if token.type == "heading_open" and token.tag == "h2" and not token.level and token.map
    ]
    texts: dict[str, str] = {}
    headings: dict[str, str] = {}
    if before := "\n".join(lines[: starts[0][0]] if starts else lines).strip("\n"):
        texts["overview"] = before
    for position, (_, text_start, heading) in enumerate(starts):
        end = starts[position + 1][0] if position + 1 < len(starts) else len(lines)
        name = slugify(heading).replace("-", "_") or "section"
        if name in texts:
            return texts, headings, heading
        texts[name] = "\n".join(lines[text_start:end]).strip("\n")
        headings[name] = heading
    return texts, headings, ""
