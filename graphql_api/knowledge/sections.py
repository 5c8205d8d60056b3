"""The sections of entries: one type a section, and a field of its own on the entry."""

from typing import Any

import graphene

from graphql_api.knowledge.blocks import Block
from graphql_api.knowledge.documents import DocumentType, listed, text
from graphql_api.knowledge.enums import labelled
from graphql_api.records import EntryRecord, as_parts

# Section → what it tells. The names are those of the stored documents.
SECTIONS = {
    "DEEP_DIVE": "How it works, in detail.",
    "REAL_WORLD_EXAMPLE": "Where it mattered, and what was done.",
    "COMMON_MISTAKES": "What candidates and colleagues get wrong.",
    "PRODUCTION_SCENARIO": "The situation in which it is needed.",
    "FOLLOW_UP_QUESTIONS": "What an interviewer asks next.",
    "ROOT_CAUSE": "Why it happens.",
    "EXAMPLES": "Code that fails and code that works.",
    "PREVENTION": "How it never happens again.",
    "USAGE": "How to call it, with the result.",
    "NOTES": "Limits and alternatives.",
    "PROBLEM": "What has to be solved, for whom.",
    "REQUIREMENTS": "What it must do, and how well, in numbers.",
    "DESIGN": "The parts and how they work together.",
    "TRADE_OFFS": "What was given up, and why.",
    "SCALING": "What changes at ten times the load.",
    "FAILURE_MODES": "What breaks first, and what happens then.",
    "LESSONS": "What to take away.",
    "OVERVIEW": "What it is about, and for whom.",
    "ATTACK": "How it is exploited.",
    "DETECTION": "How to notice it.",
    "MITIGATION": "How to close it.",
    "ADDITIONAL": "A section under a heading of its own.",
}
SectionName = labelled("SectionName", "The sections entries are made of.", SECTIONS)


class Section(graphene.Interface):
    """A section of an entry, in its three forms and block by block."""

    name = SectionName(required=True, description="Which section it is.")
    heading = text("The heading in the language of the entry.")
    html = text("The whole section as sanitised HTML, without the heading.")
    markdown = text("The whole section as Markdown, without the heading.")
    text = text("The whole section as plain text.")
    blocks = listed(Block, "The body, block by block.")

    @classmethod
    def resolve_type(cls, source: Any, info: graphene.ResolveInfo) -> type[graphene.ObjectType]:
        return SECTION_TYPES[source["name"]]


class FollowUpQuestion(DocumentType):
    """A question an interviewer asks next."""

    question = text("The question.")
    answered_by = graphene.Field(
        "graphql_api.knowledge.entries.Entry",
        description="The entry that answers it; null while there is none to read.",
    )

    @staticmethod
    def resolve_answered_by(source: Any, info: graphene.ResolveInfo) -> EntryRecord | None:
        return source.record.reference(source["answeredByKey"])


def section_type(name: str) -> type[graphene.ObjectType]:
    """The object type of the section ``name``: ``DEEP_DIVE`` → ``DeepDiveSection``."""
    fields: dict[str, Any] = {}
    if name == "FOLLOW_UP_QUESTIONS":
        fields["questions"] = listed(
            FollowUpQuestion,
            "The questions, in the order to ask them.",
            resolver=lambda source, info: as_parts(source["questions"], source.record),
        )
    return type(
        f"{name.title().replace('_', '')}Section",
        (DocumentType,),
        {
            "__doc__": SECTIONS[name],
            "Meta": type("Meta", (), {"interfaces": (Section,)}),
            **fields,
        },
    )


SECTION_TYPES = {name: section_type(name) for name in SECTIONS}


def section_fields(*names: str) -> dict[str, Any]:
    """A field for each section, and one for the sections under headings of their own."""

    def resolver(name: str) -> Any:
        def resolve(source: EntryRecord, info: graphene.ResolveInfo) -> Any:
            return next((one for one in source.part("sections") if one["name"] == name), None)

        return resolve

    def resolve_additional(source: EntryRecord, info: graphene.ResolveInfo) -> list[Any]:
        return [one for one in source.part("sections") if one["name"] == "ADDITIONAL"]

    return {
        **{
            name.lower(): graphene.Field(
                SECTION_TYPES[name],
                description=f"{SECTIONS[name]} Null when the entry lacks the section.",
                resolver=resolver(name),
            )
            for name in names
        },
        "additional_sections": listed(
            SECTION_TYPES["ADDITIONAL"],
            "Sections under headings of their own.",
            resolver=resolve_additional,
        ),
    }
