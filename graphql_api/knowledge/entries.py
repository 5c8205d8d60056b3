"""Entry: what all six kinds of entry have in common."""

from typing import Any

import graphene

from graphql_api.counters.loading import counts_of
from graphql_api.knowledge.documents import DocumentType, listed, text
from graphql_api.knowledge.enums import EntryKind, RelationKind
from graphql_api.knowledge.global_ids import global_id
from graphql_api.knowledge.node import NODE_TYPES, Node
from graphql_api.knowledge.sections import Section
from graphql_api.knowledge.terms import Technology, Topic
from graphql_api.knowledge.vocabulary import TermRecord, vocabulary
from graphql_api.records import EntryRecord
from graphql_api.scalars import JSON, DateTime
from knowledge.structured_data import structured_data


class Translation(DocumentType):
    """The same entry in another language."""

    locale = text("The language.")
    slug = text("The slug in that language.")
    path = text("Where front ends show it.")


class Provenance(DocumentType):
    """Where an entry comes from and on what terms it may be used."""

    source = graphene.String(description="The collection it was imported from.")
    source_id = graphene.String(description="The record's own id in that collection.")
    source_url = graphene.String(description="The address of the original.")
    licence = graphene.String(
        description="SPDX identifier, for example `CC-BY-4.0`; null: the hub's own licence."
    )
    licence_url = graphene.String(description="The text of the licence.")
    attribution = graphene.String(description="The credit line that reuse must show.")


class Contributor(DocumentType):
    """Someone to credit."""

    name = text("The name they agreed to.")
    url = graphene.String(description="Their own page.")


class Seo(DocumentType):
    """What to tell search engines."""

    title = text("Title of the page.")
    description = text("Description for search results.")


class RelatedEntry(DocumentType):
    """Another entry, and how it relates to this one."""

    relation = RelationKind(required=True, description="How it relates.")
    entry = graphene.Field(
        graphene.NonNull(lambda: Entry), description="The other entry, always a published one."
    )


class Entry(graphene.Interface):
    """A published piece of engineering knowledge, in one language."""

    class Meta:
        interfaces = (Node,)

    id = graphene.ID(
        required=True, description="Unique across all types; for `node`. Each language has its own."
    )
    kind = EntryKind(required=True, description="Which of the six kinds it is.")
    code = text("Given once, never changed, the same in every language; for example `DB-001`.")
    slug = text("The last part of its address; may change, former slugs keep resolving.")
    locale = text("The language this entry is delivered in.")
    translations = listed(Translation, "The same entry in the other languages it is published in.")
    path = text("Where front ends show it; a whole address when the site has set one.")
    title = text("The title; for a question, the question itself.")
    summary = text("The entry in one or two sentences of plain text.")
    technology = graphene.Field(Technology, description="The technology it is about, if any.")
    topics = listed(Topic, "Finer subjects it touches.")
    published_at = DateTime(required=True, description="When it was first published.")
    updated_at = DateTime(required=True, description="When it was last published.")
    content_hash = text("Changes if and only if the content does.")
    sections = listed(Section, "The sections, in the editor's order.")
    related = listed(RelatedEntry, "Other entries to read, those that are published.")
    provenance = graphene.Field(
        graphene.NonNull(Provenance), description="Where it comes from, and the licence."
    )
    contributors = listed(Contributor, "Whom to credit.")
    seo = graphene.Field(graphene.NonNull(Seo), description="What to tell search engines.")
    json_ld = JSON(required=True, description="The entry as schema.org JSON-LD, an object.")
    view_count = graphene.Int(
        required=True, description="How often it was viewed, in all languages; no part of it."
    )
    uses_this_week = graphene.Int(
        required=True, description="How often it was put to use in the last seven days."
    )

    @classmethod
    def resolve_type(cls, source: Any, info: graphene.ResolveInfo) -> type[graphene.ObjectType]:
        return NODE_TYPES[source.kind]

    @staticmethod
    def resolve_id(record: EntryRecord, info: graphene.ResolveInfo) -> str:
        return global_id(NODE_TYPES[record.kind]._meta.name, record.pk)

    @staticmethod
    def resolve_translations(record: EntryRecord, info: graphene.ResolveInfo) -> list[Any]:
        return record.translations()

    @staticmethod
    def resolve_technology(record: EntryRecord, info: graphene.ResolveInfo) -> TermRecord | None:
        return term_of(record, "technologyKey", info)

    @staticmethod
    def resolve_topics(record: EntryRecord, info: graphene.ResolveInfo) -> list[TermRecord]:
        return terms_of(record, "topicKeys", info)

    @staticmethod
    def resolve_sections(record: EntryRecord, info: graphene.ResolveInfo) -> list[Any]:
        return record.part("sections")

    @staticmethod
    def resolve_related(record: EntryRecord, info: graphene.ResolveInfo) -> list[dict[str, Any]]:
        return [
            {"relation": row["relation"], "entry": found}
            for row in record.get("related")
            if (found := record.reference(row["entryKey"]))
        ]

    @staticmethod
    def resolve_view_count(record: EntryRecord, info: graphene.ResolveInfo) -> int:
        return (record.counts or counts_of(record, info.context)).view_count

    @staticmethod
    def resolve_uses_this_week(record: EntryRecord, info: graphene.ResolveInfo) -> int:
        return (record.counts or counts_of(record, info.context)).uses_this_week

    @staticmethod
    def resolve_json_ld(record: EntryRecord, info: graphene.ResolveInfo) -> dict[str, Any]:
        technology = term_of(record, "technologyKey", info)
        return structured_data(
            {**record.card, **record.body},
            technology=technology.term.document if technology else None,
            topics=[one.get("name") for one in terms_of(record, "topicKeys", info)],
            prerequisites=[
                found.card["title"]
                for key in record.body.get("prerequisiteKeys", ())
                if (found := record.reference(key))
            ],
        )


def term_of(record: EntryRecord, key: str, info: graphene.ResolveInfo) -> TermRecord | None:
    """The term whose translation key stands under ``key``."""
    value = record.get(key)
    if value is None:
        return None
    return vocabulary(info.context).term(value, record.batch.reading)


def terms_of(record: EntryRecord, key: str, info: graphene.ResolveInfo) -> list[TermRecord]:
    """The terms whose translation keys stand under ``key``, in the order of the vocabulary."""
    keys = record.get(key)
    if not keys:
        return []
    terms = vocabulary(info.context)
    found = [one for value in keys if (one := terms.term(value, record.batch.reading))]
    return sorted(found, key=lambda one: (one.term.position, one.get("name").casefold()))
