"""LearningPath: ordered modules, and the paths to take before."""

from typing import Any

import graphene

from graphql_api.knowledge.blocks import RichText
from graphql_api.knowledge.documents import DocumentType, listed, text
from graphql_api.knowledge.entries import Entry
from graphql_api.knowledge.enums import PathLevel
from graphql_api.knowledge.node import NODE_TYPES, Node
from graphql_api.knowledge.sections import section_fields
from graphql_api.records import EntryRecord, as_parts
from knowledge.kinds import Kind

_SECTIONS = section_fields("OVERVIEW")


class LearningResource(DocumentType):
    """Something to work through: an entry of this archive, or a link."""

    title = graphene.String(description="The title; null: the title of the entry.")
    url = graphene.String(description="The link; null for an entry.")
    note = graphene.String(description="What to look for in it.")
    entry = graphene.Field(
        Entry, description="The entry; null for a link, and while the entry is not published."
    )

    @staticmethod
    def resolve_entry(source: Any, info: graphene.ResolveInfo) -> EntryRecord | None:
        return source.record.reference(source["entryKey"])


class LearningModule(DocumentType):
    """A step of a path."""

    position = graphene.Int(required=True, description="From 1.")
    title = text("The title.")
    summary = graphene.Field(RichText, description="What it is about.")
    is_highlight = graphene.Boolean(required=True, description="Shown on the path's card.")
    hours = graphene.Int(description="Estimated hours.")
    topics = listed(graphene.String, "What it covers, in words.")
    resources = listed(LearningResource, "What to work through.")
    milestone = graphene.String(description="What shows that the module is done.")

    @staticmethod
    def resolve_resources(source: Any, info: graphene.ResolveInfo) -> Any:
        return as_parts(source["resources"], source.record)


class LearningPath(DocumentType):
    """A way through a subject, module by module."""

    class Meta:
        interfaces = (Entry, Node)

    level = PathLevel(
        description="Where it begins. Alias it beside `InterviewQuestion.level`, "
        "which is another scale."
    )
    level_label = graphene.String(description="The level in words, in the entry's language.")
    estimated_hours = graphene.Int(description="Hours of the whole path.")
    hours_are_estimate = graphene.Boolean(
        required=True, description="The hours are to be shown as “about 40 hours”."
    )
    module_count = graphene.Int(required=True, description="How many modules are written.")
    claimed_module_count = graphene.Int(description="How many modules the site announces.")
    is_mentor_guided = graphene.Boolean(required=True, description="A mentor goes along.")
    highlights = listed(graphene.String, "Titles of the modules to show on a card.")
    description = graphene.Field(RichText, description="The path in one to three sentences.")
    audience = graphene.Field(RichText, description="For whom, and what they need to know.")
    outcomes = listed(graphene.String, "What one can do at the end.")
    modules = listed(LearningModule, "The modules, in order.")
    prerequisites = graphene.List(
        graphene.NonNull(lambda: LearningPath),
        required=True,
        description="Paths to take before, those that are published.",
    )
    overview = _SECTIONS["overview"]
    additional_sections = _SECTIONS["additional_sections"]

    @staticmethod
    def resolve_modules(record: EntryRecord, info: graphene.ResolveInfo) -> Any:
        return record.part("modules")

    @staticmethod
    def resolve_prerequisites(record: EntryRecord, info: graphene.ResolveInfo) -> list[EntryRecord]:
        keys = record.get("prerequisiteKeys")
        return [found for key in keys if (found := record.reference(key))]


NODE_TYPES[Kind.LEARNING_PATH] = LearningPath
