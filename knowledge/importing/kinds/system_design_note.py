"""System design notes: sections of other names keep their order and get a readable heading."""

from typing import Any

from knowledge.importing.mapping import MappingContext, Values, shared_values
from knowledge.importing.markdown import first_paragraph, is_one_paragraph, rich_text
from knowledge.importing.streams import section_stream, section_texts, stream_value
from knowledge.kinds import DesignKind, RelationKind
from knowledge.models import EntryRelation, SystemDesignNote

DESIGN_KINDS = {
    "case study section": DesignKind.CASE_STUDY,
    "topic": DesignKind.SCALABILITY,
    "topic section": DesignKind.SCALABILITY,
    "pattern": DesignKind.ARCHITECTURE_PATTERN,
    "principle": DesignKind.DESIGN_PRINCIPLE,
}
FLAT_SECTIONS = (
    "overview",
    "problem",
    "requirements",
    "design",
    "trade_offs",
    "scaling",
    "failure_modes",
    "lessons",
)


def map_system_design_note(context: MappingContext) -> Values:
    """The values of a ``SystemDesignNote``."""
    fields = context.fields
    values = shared_values(context)
    for name in ("design_kind", "category"):
        if fields.has(name):
            values["design_kind"] = fields.choice(name, DesignKind.values, DESIGN_KINDS)
            break
    if parent := fields.text("parent"):
        values["relations"] = [*values.get("relations", ()), *part_of(context, parent)]
    if fields.has("diagrams"):
        values["diagrams"] = stream_value(SystemDesignNote, "diagrams", diagrams(context))
    sections = section_texts(fields, FLAT_SECTIONS)
    headings = dict(fields.get("section_headings") or {})
    if fields.has("description"):
        values["description"] = context.rich("description")
    elif overview := sections.get("overview", ""):
        values["description"] = rich_text(first_paragraph(overview))
        # Some sources repeat the beginning of a text as its overview.
        told_again = sections.get("body", "").startswith(overview.strip())
        if told_again or (is_one_paragraph(overview) and len(sections) > 1):
            del sections["overview"]
    if set(sections) == {"body"}:
        headings.setdefault("body", values["title"][:255])
    fields.values = {**fields.values, "section_headings": headings}
    if sections:
        values["sections"] = section_stream(SystemDesignNote, fields, sections, synonyms={})
    return values


def part_of(context: MappingContext, parent: str) -> list[EntryRelation]:
    """The note this one is a part of, by its id in the source."""
    record = context.record
    try:
        pk = context.references.by_source_id(record.source, parent, record.locale)
    except KeyError:
        context.fields.wrong("parent", f"No record has the id {parent}.")
        return []
    if pk is None:
        return []
    return [EntryRelation(target_id=pk, relation=RelationKind.BUILDS_ON)]


def diagrams(context: MappingContext) -> list[tuple[str, Any]]:
    """Diagrams as text."""
    items = context.fields.items("diagrams", "source")
    blocks = []
    for item in items:
        source = item.raw_text("source").strip("\n")
        if not source.strip():
            item.wrong("source", "Must not be empty.")
        value = {
            "format": item.choice("format", ["mermaid"], {}) or "mermaid",
            "source": source,
            "alt": item.text("alt"),
            "caption": item.text("caption"),
        }
        blocks.append(("text", value))
    context.fields.absorb("diagrams", items)
    return blocks
