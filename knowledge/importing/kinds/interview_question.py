"""Interview questions: the long answer is the deep dive, missing grades stay empty."""

import re
from typing import Any

from knowledge.importing.mapping import MappingContext, Values, lead_values, shared_values
from knowledge.importing.streams import raw_list, section_stream, section_texts
from knowledge.kinds import Level
from knowledge.models import InterviewQuestion

LEVELS = {
    "jr": Level.JUNIOR,
    "entry": Level.JUNIOR,
    "beginner": Level.JUNIOR,
    "basic": Level.JUNIOR,
    "easy": Level.JUNIOR,
    "mid level": Level.MID,
    "middle": Level.MID,
    "medium": Level.MID,
    "regular": Level.MID,
    "intermediate": Level.MID,
    "sr": Level.SENIOR,
    "advanced": Level.SENIOR,
    "hard": Level.SENIOR,
    "expert": Level.ARCHITECT,
    "lead": Level.ARCHITECT,
    "principal": Level.ARCHITECT,
}
_LIST_MARK = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+")
SECTIONS = {"answer": "deep_dive", "real_world": "real_world_example"}
FLAT_SECTIONS = (
    "question_detail",
    "answer",
    "deep_dive",
    "real_world_example",
    "common_mistakes",
    "production_scenario",
    "good_to_hear",
    "further_reading",
)


def map_interview_question(context: MappingContext) -> Values:
    """The values of an ``InterviewQuestion``."""
    fields = context.fields
    if fields.get("title") is None and fields.get("question") is not None:
        fields.values = {**fields.values, "title": fields.raw_text("question")}
    values = shared_values(context)
    sections = section_texts(fields, FLAT_SECTIONS)
    values |= lead_values(context, sections, "short_answer")
    if fields.has("category"):
        values["category"] = context.terms.category(fields.text("category"))
    if fields.has("roles"):
        names = fields.texts("roles")
        values["roles"] = [role for name in names if (role := context.terms.role(name))]
    if fields.has("level"):
        values["level"] = fields.choice("level", Level.values, LEVELS)
    if fields.has("difficulty"):
        values["difficulty"] = fields.integer("difficulty")
    # Written under a heading of a Markdown file, or given as a field.
    listed = listed_questions(sections.pop("follow_up_questions", ""))
    questions = [*listed, *follow_ups(context)]
    more = [("follow_up_questions", raw_list(questions, "follow_ups"))] if questions else []
    if sections or more:
        values["sections"] = section_stream(
            InterviewQuestion, fields, sections, synonyms=SECTIONS, more=more
        )
    return values


def listed_questions(text: str) -> list[dict[str, Any]]:
    """The questions of a Markdown list, or of lines of their own."""
    lines = (_LIST_MARK.sub("", line).strip() for line in text.split("\n"))
    return [{"question": line, "answered_by": None} for line in lines if line]


def follow_ups(context: MappingContext) -> list[dict[str, Any]]:
    """The follow-up questions, each with the entry that answers it when that is known."""
    items = context.fields.items("follow_up_questions", "question")
    rows = []
    for item in items:
        question, code = item.text("question"), item.text("answered_by")
        if not question:
            item.wrong("question", "Must not be empty.")
            continue
        answered_by = context.entry("follow_up_questions", code) if code else None
        rows.append({"question": question, "answered_by": answered_by})
    context.fields.absorb("follow_up_questions", items)
    return rows
