"""The sections of an entry as delivery shows them: a list in the editor's order."""

from collections.abc import Iterable
from typing import Any

from knowledge.models.entry import Entry
from knowledge.rendering.body import render_body
from knowledge.rendering.links import RenderingContext
from knowledge.rendering.prose import paragraph


def render_sections(entry: Entry, context: RenderingContext) -> list[dict[str, Any]]:
    """Every section that holds something: name, heading, the three forms and its blocks."""
    rendered = []
    for block in entry.sections:
        name = block.block_type
        if name == "follow_up_questions":
            section = render_follow_ups(block.value, context)
        elif name == "additional":
            section = render_body(block.value.get("body") or (), context)
        else:
            section = render_body(block.value, context)
        if not section or not section["html"]:
            continue
        heading = (
            (block.value.get("heading") or "") if name == "additional" else str(block.block.label)
        )
        rendered.append({"name": name.upper(), "heading": heading, **section})
    return rendered


def render_follow_ups(items: Any, context: RenderingContext) -> dict[str, Any] | None:
    """Follow-up questions; the entry that answers one is a reference, resolved when read."""
    questions: list[dict[str, Any]] = []
    for item in items:
        question = (item.get("question") or "").strip()
        if not question:
            continue
        questions.append(
            {"question": question, "answeredByKey": entry_key(item.get("answered_by"), context)}
        )
    if not questions:
        return None
    texts = [one["question"] for one in questions]
    return {
        "html": "<ul>" + "".join(f"<li>{paragraph(text)[3:-4]}</li>" for text in texts) + "</ul>",
        "markdown": "\n".join(f"- {text}" for text in texts),
        "text": "\n".join(texts),
        "blocks": [],
        "questions": questions,
    }


def entry_key(entry: Entry | None, context: RenderingContext) -> str | None:
    """The translation key of a referenced entry, noted so that its deletion is noticed."""
    if entry is None:
        return None
    context.entry_pks.add(entry.pk)
    return entry.translation_key.hex


def in_order(rows: Iterable[Any]) -> list[Any]:
    """Child rows as the editor ordered them; rows without a position follow as they were made.

    A database may give rows of equal position in any order, and a document may not.
    """
    last = 2**62
    return sorted(
        rows,
        key=lambda row: (last if row.sort_order is None else row.sort_order, row.pk or last),
    )
