"""The root fields of the knowledge slice."""

from typing import Any

import graphene

from graphql_api.knowledge.blocks import BLOCK_TYPES
from graphql_api.knowledge.documents import listed
from graphql_api.knowledge.kinds import KINDS
from graphql_api.knowledge.lists import all_entries, entry_list
from graphql_api.knowledge.nodes import node_field, nodes_field
from graphql_api.knowledge.reading import reading
from graphql_api.knowledge.reading_arguments import reading_arguments
from graphql_api.knowledge.sections import SECTION_TYPES
from graphql_api.knowledge.singles import any_entry, single_entry
from graphql_api.knowledge.terms import TERM_TYPES
from graphql_api.knowledge.vocabulary import TermRecord, vocabulary
from knowledge.kinds import Kind, TermKind

# Types that no field names, because it names their interface.
KNOWLEDGE_TYPES = (
    *(shown.type for shown in KINDS.values()),
    *SECTION_TYPES.values(),
    *BLOCK_TYPES.values(),
    *TERM_TYPES.values(),
)


def term_list(kind: TermKind, plural: str) -> graphene.List:
    """A whole vocabulary."""

    def resolve(
        root: None, info: graphene.ResolveInfo, locale: str | None = None, fallback: Any = None
    ) -> list[TermRecord]:
        language = reading(locale, fallback)
        return vocabulary(info.context).all(kind, language)

    return listed(
        TERM_TYPES[kind],
        f"All {plural}, in the editors' order.",
        **reading_arguments(),
        resolver=resolve,
    )


def single_term(kind: TermKind, singular: str) -> graphene.Field:
    """One term by its slug."""

    def resolve(
        root: None,
        info: graphene.ResolveInfo,
        slug: str,
        locale: str | None = None,
        fallback: Any = None,
    ) -> TermRecord | None:
        language = reading(locale, fallback)
        return vocabulary(info.context).by_slug(kind, slug, language)

    return graphene.Field(
        TERM_TYPES[kind],
        description=f"One {singular} by its slug, or null.",
        slug=graphene.Argument(
            graphene.String, required=True, description="Its slug in the language read."
        ),
        **reading_arguments(),
        resolver=resolve,
    )


class KnowledgeQuery(graphene.ObjectType):
    """Entries and the terms they are filed under."""

    interview_questions = entry_list(Kind.INTERVIEW_QUESTION)
    debug_entries = entry_list(Kind.DEBUG_ENTRY)
    code_snippets = entry_list(Kind.CODE_SNIPPET)
    system_design_notes = entry_list(Kind.SYSTEM_DESIGN_NOTE)
    learning_paths = entry_list(Kind.LEARNING_PATH)
    security_topics = entry_list(Kind.SECURITY_TOPIC)
    entries = all_entries()

    interview_question = single_entry(Kind.INTERVIEW_QUESTION)
    debug_entry = single_entry(Kind.DEBUG_ENTRY)
    code_snippet = single_entry(Kind.CODE_SNIPPET)
    system_design_note = single_entry(Kind.SYSTEM_DESIGN_NOTE)
    learning_path = single_entry(Kind.LEARNING_PATH)
    security_topic = single_entry(Kind.SECURITY_TOPIC)
    entry = any_entry()

    node = node_field()
    nodes = nodes_field()

    technologies = term_list(TermKind.TECHNOLOGY, "technologies")
    categories = term_list(TermKind.CATEGORY, "categories of interview questions")
    topics = term_list(TermKind.TOPIC, "topics")
    roles = term_list(TermKind.ROLE, "roles")
    domains = term_list(TermKind.DOMAIN, "domains of the archive")

    technology = single_term(TermKind.TECHNOLOGY, "technology")
    category = single_term(TermKind.CATEGORY, "category")
    topic = single_term(TermKind.TOPIC, "topic")
    role = single_term(TermKind.ROLE, "role")
    domain = single_term(TermKind.DOMAIN, "domain")
