"""Values of StreamFields, built as they are stored.

Invariant: the same record gives the same block ids, so comparing two revisions shows
what changed and not that everything was imported again.
"""

from collections.abc import Iterable
from typing import Any
from uuid import uuid5

from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlock, StreamBlockValidationError, StreamValue

from knowledge.importing.fields import RecordFields
from knowledge.importing.markdown import body_blocks
from knowledge.importing.records import NAMESPACE, RecordError

RawBlocks = list[dict[str, Any]]


def raw_blocks(items: Iterable[tuple[str, Any]], path: str) -> RawBlocks:
    """(type, value) pairs with ids made from where they stand."""
    return [
        {"type": name, "value": value, "id": str(uuid5(NAMESPACE, f"{path}/{position}/{name}"))}
        for position, (name, value) in enumerate(items)
    ]


def raw_list(items: Iterable[Any], path: str) -> RawBlocks:
    """The items of a ListBlock."""
    return raw_blocks((("item", item) for item in items), path)


def raw_body(markdown: str, path: str) -> RawBlocks:
    """The body of a section."""
    return raw_blocks(body_blocks(markdown), path)


def stream_value(model: type, field_name: str, items: Iterable[tuple[str, Any]]) -> StreamValue:
    """The value of ``model.field_name``. Raises ``RecordError`` when a block refuses its value."""
    block = stream_block(model, field_name)
    value = StreamValue(block, raw_blocks(items, field_name), is_lazy=True)
    try:
        block.clean(value)
    except ValidationError as error:
        raise RecordError({field_name: sorted(set(block_messages(error)))}) from None
    return value


def stream_block(model: type, field_name: str) -> StreamBlock:
    """The block behind a StreamField."""
    return getattr(model, field_name).field.stream_block


def block_messages(error: Any) -> list[str]:
    """The sentences in a nested error of blocks."""
    messages: list[str] = []
    if isinstance(error, StreamBlockValidationError) or hasattr(error, "block_errors"):
        nested = getattr(error, "block_errors", None) or {}
        for one in nested.values() if isinstance(nested, dict) else nested:
            if one is not None:
                messages += block_messages(one)
        if own := getattr(error, "non_block_errors", None):
            messages += [text for one in own for text in block_messages(one)]
        return messages
    if isinstance(error, ValidationError):
        return list(error.messages)
    return [str(error)]


def section_texts(fields: RecordFields, names: Iterable[str]) -> dict[str, str]:
    """The record's sections in its order: name → Markdown.

    Flat records (CSV) have them as fields: ``names`` are the section names looked for there.
    """
    value = fields.get("sections")
    sections: dict[str, str] = {}
    if value is not None and not isinstance(value, dict):
        fields.wrong("sections", "Must map section names to Markdown.")
        value = None
    for name, text in (value or {}).items():
        if not isinstance(text, (str, type(None))):
            fields.wrong("sections", f"{name}: must be text.")
        elif text and text.strip():
            sections[str(name)] = text
    for name in names:
        if name not in sections and (text := fields.raw_text(name)).strip():
            sections[name] = text
    return sections


def section_stream(
    model: type,
    fields: RecordFields,
    sections: dict[str, str],
    *,
    synonyms: dict[str, str],
    more: Iterable[tuple[str, Any]] = (),
) -> StreamValue:
    """The ``sections`` of an entry: known names as themselves, others under their own heading."""
    child_blocks = stream_block(model, "sections").child_blocks
    headings = fields.get("section_headings") or {}
    items: list[tuple[str, Any]] = []
    used: set[str] = set()
    for name, text in sections.items():
        section = synonyms.get(name, name)
        path = f"sections/{name}"
        if section in child_blocks and section != "additional" and section not in used:
            used.add(section)
            items.append((section, raw_body(text, path)))
        else:
            heading = headings.get(name) or humanised(name)
            items.append(("additional", {"heading": heading, "body": raw_body(text, path)}))
    return stream_value(model, "sections", [*items, *more])


def humanised(name: str) -> str:
    """A section name as a heading: ``do_s_and_don_ts`` → ``Do's and don'ts``."""
    text = name.replace("_", " ").strip()
    for broken, mended in ((" s ", "'s "), (" don ts", " don'ts"), (" don t ", " don't ")):
        text = f"{text} ".replace(broken, mended).strip()
    return text[:1].upper() + text[1:]
