"""Learning paths: what a source calls steps, concepts or resources ends up in modules."""

from collections.abc import Iterable
from typing import Any

from wagtail.blocks import StreamValue

from knowledge.importing.fields import RecordFields, absolute_url
from knowledge.importing.mapping import MappingContext, Values, lead_values, shared_values
from knowledge.importing.markdown import plain_title, rich_text
from knowledge.importing.streams import section_stream, section_texts, stream_value
from knowledge.kinds import PathLevel
from knowledge.models import LearningModule, LearningPath, PathPrerequisite

LEVELS = {
    "easy": PathLevel.BEGINNER,
    "junior": PathLevel.BEGINNER,
    "mid": PathLevel.MID_LEVEL,
    "medium": PathLevel.MID_LEVEL,
    "intermediate": PathLevel.MID_LEVEL,
    "senior": PathLevel.ADVANCED,
    "expert": PathLevel.ADVANCED,
}
FLAT_SECTIONS = ("overview", "duration")
ITEM_LENGTH = 500
# Fields that are read as they are, and how.
SIMPLE = {
    "estimated_hours": "integer",
    "claimed_module_count": "integer",
    "hours_are_estimate": "boolean",
    "is_mentor_guided": "boolean",
}


def map_learning_path(context: MappingContext) -> Values:
    """The values of a ``LearningPath``."""
    fields = context.fields
    values = shared_values(context)
    if fields.has("level"):
        values["level"] = fields.choice("level", PathLevel.values, LEVELS)
    given = {name for name in SIMPLE if fields.has(name)}
    values |= {name: getattr(fields, SIMPLE[name])(name) for name in given}
    sections = section_texts(fields, FLAT_SECTIONS)
    values |= lead_values(context, sections, "description")
    if fields.has("audience"):
        values["audience"] = context.rich("audience")
    if fields.has("outcomes"):
        values["outcomes"] = texts_value(LearningPath, "outcomes", fields.texts("outcomes"))
    if fields.has("prerequisites"):
        values["prerequisites"] = prerequisites(context)
    if fields.has("modules"):
        values["modules"] = modules(context)
        count = fields.integer("module_count")
        if count and count != len(values["modules"]):
            values["claimed_module_count"] = count
    if sections:
        values["sections"] = section_stream(LearningPath, fields, sections, synonyms={})
    return values


def prerequisites(context: MappingContext) -> list[PathPrerequisite]:
    """The paths to take before, by code."""
    found = [context.entry("prerequisites", code) for code in context.fields.texts("prerequisites")]
    return [
        PathPrerequisite(required_path_id=pk, sort_order=position)
        for position, pk in enumerate(dict.fromkeys(found))
        if pk is not None
    ]


def modules(context: MappingContext) -> list[LearningModule]:
    """The modules in the order the record gives."""
    items = context.fields.items("modules", "title")
    ordered = sorted(items, key=lambda item: item.integer("order") or 0)
    rows = [
        module(context, item, position) for position, item in enumerate(ordered) if has_title(item)
    ]
    context.fields.absorb("modules", items)
    return rows


def has_title(item: RecordFields) -> bool:
    """Notes it when a module has no title."""
    if item.text("title"):
        return True
    item.wrong("title", "The module has no title.")
    return False


def module(context: MappingContext, item: RecordFields, position: int) -> LearningModule:
    """One module: what to know becomes topics, what to read becomes resources."""
    steps = item.items("steps", "title")
    links = [resource(context, one) for one in item.items("resources", "title")]
    linked = {block[1]["title"] for block in links if block is not None}
    subjects = item.texts("topics") + item.texts("concepts")
    for step in steps:
        title = plain_title(step.raw_text("title"))
        if step.get("url"):
            links.append(resource(context, step))
            continue
        if description := step.text("description"):
            title = f"{title}: {plain_title(description)}"
        if title and title not in linked:
            subjects.append(title)
        links += [
            resource(context, one, step.text("title")) for one in step.items("resources", "title")
        ]
    for one in steps:
        item.errors.update(one.errors)
    description = "summary" if item.get("summary") is not None else "description"
    summary = rich_text(item.raw_text(description))
    group = item.text("group")
    if group and group != item.text("title"):
        summary = rich_text(group) + summary
    return LearningModule(
        title=plain_title(item.raw_text("title")),
        summary=summary,
        is_highlight=item.boolean("is_highlight"),
        hours=item.integer("hours"),
        milestone=item.text("milestone"),
        topics=texts_value(LearningModule, "topics", subjects),
        resources=stream_value(LearningModule, "resources", [one for one in links if one]),
        sort_order=position,
    )


def resource(
    context: MappingContext, item: RecordFields, part_of: str = ""
) -> tuple[str, Any] | None:
    """Something to work through: an entry by its code, or a link."""
    title = plain_title(item.raw_text("title"))
    if code := item.text("entry"):
        pk = context.entry("modules", code)
        return ("entry", {"title": title, "entry": pk}) if pk is not None else None
    url = absolute_url(item.text("url"), context.source_url)
    if not url:
        context.fields.wrong("modules", f"Resource “{title[:60]}” has no web address.")
        return None
    notes = [part_of, *(item.text(name) for name in ("note", "duration", "effort", "description"))]
    if needed := plain_title(item.text("prerequisites")):
        notes.append(f"Prerequisites: {needed}")
    note = "; ".join(one for one in notes if one)
    return ("link", {"title": title or url, "url": url, "note": note[:ITEM_LENGTH]})


def texts_value(model: type, field_name: str, texts: Iterable[str]) -> StreamValue:
    """A list of short texts."""
    cut = (" ".join(text.split()) for text in texts)
    return stream_value(model, field_name, [("item", text) for text in cut])
