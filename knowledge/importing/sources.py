"""From paths to records: which reader a file needs, told by name and shape.

Invariant: a file that cannot be read, or a row that is no record, becomes a rejection
with its place; the others are read all the same.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from knowledge.importing.records import Record, RecordError, Rejection
from knowledge.importing.rows import Row, delimited_rows, json_lines_rows, json_rows, markdown_row
from knowledge.importing.seed import is_seed, seed_rows
from knowledge.kinds import Kind

SUFFIXES = {".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".md"}


@dataclass
class ReadingOptions:
    """What the caller says about records that do not say it themselves."""

    kind: str = ""
    source: str = ""
    locale: str = "en"
    defaults: Mapping[str, Any] = field(default_factory=dict)
    own: bool = False


@dataclass
class Reading:
    """Everything read: records, rejected rows, rows of other kinds, and seeds' site parts."""

    records: list[Record] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    left_out: int = 0
    site_parts: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


def read_paths(paths: Iterable[Path], options: ReadingOptions) -> Reading:
    """Read every file named, and every file of a known suffix below a folder named."""
    reading = Reading()
    seen: dict[tuple[str, ...], str] = {}
    for path in paths:
        for row in rows_of(path, reading):
            if row.error:
                reading.rejections.append(
                    Rejection(row.origin, row.source_id, {"record": [row.error]})
                )
                continue
            try:
                record = record_of(row, options)
                if options.kind and record.kind != options.kind:
                    reading.left_out += 1
                    continue
                check_first(record, seen)
            except RecordError as error:
                reading.rejections.append(Rejection(row.origin, row.source_id, error.reasons))
            else:
                reading.records.append(record)
    # Entries of the default language first: translations take their code from them.
    reading.records.sort(key=lambda one: (one.locale != options.locale, one.locale))
    return reading


def check_first(record: Record, seen: dict[tuple[str, ...], str]) -> None:
    """Raise ``RecordError`` when another record of this reading is, or claims to be, the same."""
    if first := seen.get(record.key):
        raise RecordError({"record": [f"The same record as {first}."]})
    claim = (record.code, record.locale)
    if record.code and (first := seen.get(claim)):
        raise RecordError({"code": [f"{first} has the code {record.code} too."]})
    seen[record.key] = seen[claim] = record.origin


def files_of(path: Path) -> list[Path]:
    """The file itself, or the files of a known suffix below a folder, in order of name."""
    if not path.is_dir():
        return [path]
    return sorted(
        one
        for one in path.rglob("*")
        if one.is_file()
        and one.suffix.lower() in SUFFIXES
        and not any(part.startswith(".") for part in one.relative_to(path).parts)
    )


def rows_of(path: Path, reading: Reading) -> Iterator[Row]:
    """The rows of a file or folder."""
    for file in files_of(path):
        try:
            yield from rows_of_file(file, path if path.is_dir() else file.parent, reading)
        except UnicodeDecodeError:
            yield Row(file.name, error="The file is not UTF-8.")
        except OSError as error:
            yield Row(file.name, error=f"The file cannot be read: {error.strerror}.")


def rows_of_file(file: Path, folder: Path, reading: Reading) -> Iterator[Row]:
    """The rows of one file by its suffix."""
    match file.suffix.lower():
        case ".jsonl" | ".ndjson":
            yield from json_lines_rows(file)
        case ".csv":
            yield from delimited_rows(file)
        case ".tsv":
            yield from delimited_rows(file, "\t")
        case ".md":
            yield markdown_row(file, folder)
        case ".json":
            for row in json_rows(file):
                if is_seed(row.values):
                    reading.site_parts.append((row.origin, dict(row.values)))
                    yield from seed_rows(row)
                else:
                    yield row
        case suffix:
            yield Row(file.name, error=f"Files of type {suffix or 'without suffix'} are not read.")


def record_of(row: Row, options: ReadingOptions) -> Record:
    """The row as a record. Raises ``RecordError`` when it does not say what it is."""
    values = {**options.defaults, **row.values}
    kind = str(values.get("kind") or options.kind).strip().upper().replace("-", "_")
    if kind not in Kind.values:
        kinds = ", ".join(one.lower() for one in Kind.values)
        wrong = f"“{kind.lower()}” is not one of {kinds}." if kind else f"Say which: {kinds}."
        raise RecordError({"kind": [wrong]})
    source = str(values.get("source") or options.source or row.source).strip()[:120]
    title = values.get("title") or values.get("question") or ""
    source_id = str(
        values.get("id") or row.source_id or values.get("slug") or slugify(str(title))[:200]
    ).strip()
    if not source_id:
        raise RecordError({"title": ["The record has neither an id nor a title."]})
    if len(source_id) > 500:
        raise RecordError({"id": ["An id has at most 500 characters."]})
    return Record(
        kind=kind,
        source=source,
        source_id=source_id,
        locale=str(values.get("locale") or options.locale),
        values=values,
        origin=row.origin,
        own=options.own,
    )
