"""Technologies, categories, topics, roles and domains."""

from typing import Any

import graphene

from graphql_api.knowledge.counts import PublishedCounts, published_counts
from graphql_api.knowledge.documents import DocumentType, listed, text
from graphql_api.knowledge.enums import EntryKind
from graphql_api.knowledge.global_ids import global_id
from graphql_api.knowledge.node import NODE_TYPES, Node
from graphql_api.knowledge.selection import selected_fields
from graphql_api.knowledge.vocabulary import TermRecord
from knowledge.kinds import Kind, TermKind


class KindCount(DocumentType):
    """How many entries of a kind there are."""

    kind = EntryKind(required=True, description="The kind of entry.")
    count = graphene.Int(required=True, description="How many are published.")


def counts_of(record: TermRecord, info: graphene.ResolveInfo) -> PublishedCounts:
    """The counts of the language that the term was asked for in."""
    return published_counts(info.context, record.reading, together=_tells_of_tags(info))


def _tells_of_tags(info: graphene.ResolveInfo) -> bool:
    """Whether the operation shows topics or roles, whose counts may be asked for too."""
    if "tells_of_tags" not in info.context.memo:
        waiting = [info.operation.selection_set]
        seen: set[str] = set()
        names: set[str] = set()
        while waiting:
            for field in selected_fields(waiting.pop(), info.fragments, seen):
                names.add(field.name.value)
                if field.selection_set:
                    waiting.append(field.selection_set)
        info.context.memo["tells_of_tags"] = bool(names & _TAG_FIELDS)
    return info.context.memo["tells_of_tags"]


_TAG_FIELDS = {"topics", "topic", "roles", "role", "node", "nodes"}


class Term(graphene.Interface):
    """A word that entries are filed under."""

    class Meta:
        interfaces = (Node,)

    id = graphene.ID(required=True, description="Unique across all types; for `node`.")
    slug = text("What filters take.")
    name = text("The name, in the delivered language.")
    description = text("What it covers; empty when nothing was written.")
    order = graphene.Int(required=True, description="The editors' position in lists.")
    locale = text("The language this term is delivered in.")
    published_count = graphene.Int(
        required=True,
        description="How many published entries are filed under it, in the language asked for. "
        "Counted when asked for.",
    )

    @staticmethod
    def resolve_id(record: TermRecord, info: graphene.ResolveInfo) -> str:
        return global_id(TERM_TYPES[TermKind(record.kind)]._meta.name, record.term.pk)

    @staticmethod
    def resolve_locale(record: TermRecord, info: graphene.ResolveInfo) -> str:
        return record.term.locale

    @staticmethod
    def resolve_published_count(record: TermRecord, info: graphene.ResolveInfo) -> int:
        return counts_of(record, info).of_term(record.kind, record.term.key).total()

    @classmethod
    def resolve_type(cls, record: TermRecord, info: graphene.ResolveInfo) -> Any:
        return TERM_TYPES[TermKind(record.kind)]


class Technology(DocumentType):
    """A language, framework, database or tool."""

    class Meta:
        interfaces = (Term, Node)

    label = text("As shown, for example `Python (FastAPI)`.")
    code_prefix = text("What the codes of its entries begin with.")
    aliases = listed(graphene.String, "Other names of the same thing.")
    language = graphene.Field(
        lambda: Technology, description="The language it belongs to; null for a language itself."
    )
    counts = listed(KindCount, "Published entries by kind, kinds without any left out.")

    @staticmethod
    def resolve_language(record: TermRecord, info: graphene.ResolveInfo) -> TermRecord | None:
        return record.vocabulary.term(record.get("languageKey"), record.reading)

    @staticmethod
    def resolve_counts(record: TermRecord, info: graphene.ResolveInfo) -> list[dict[str, Any]]:
        counted = counts_of(record, info).of_term(record.kind, record.term.key)
        return [
            {"kind": kind.value, "count": counted[kind.value]}
            for kind in Kind
            if counted[kind.value]
        ]


class Category(DocumentType):
    """What an interview question is about, in the broad."""

    class Meta:
        interfaces = (Term, Node)


class Topic(DocumentType):
    """A finer subject that any kind of entry can touch."""

    class Meta:
        interfaces = (Term, Node)

    aliases = listed(graphene.String, "Other names of the same thing.")


class Role(DocumentType):
    """A job that a question is asked for."""

    class Meta:
        interfaces = (Term, Node)


class Domain(DocumentType):
    """One of the areas the archive presents itself by."""

    class Meta:
        interfaces = (Term, Node)

    number = text("As shown, for example `01`.")
    kind = EntryKind(required=True, description="The kind of entry it leads to.")
    claimed_figure = text("What the site says, for example `3,500+`; empty when nothing.")
    claimed_number = graphene.Int(description="The same as a number.")
    unit = text("What is counted, for example `questions`.")
    call_to_action = text("The text of its link; empty when there is none.")

    @staticmethod
    def resolve_published_count(record: TermRecord, info: graphene.ResolveInfo) -> int:
        return counts_of(record, info).of_kinds([record.get("kind")])


TERM_TYPES: dict[TermKind, type[graphene.ObjectType]] = {
    TermKind.TECHNOLOGY: Technology,
    TermKind.CATEGORY: Category,
    TermKind.TOPIC: Topic,
    TermKind.ROLE: Role,
    TermKind.DOMAIN: Domain,
}
NODE_TYPES.update({kind.value: term_type for kind, term_type in TERM_TYPES.items()})
