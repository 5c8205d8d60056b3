"""What entries of each kind can be filtered by."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import graphene
from django.db.models import Exists, OuterRef, Q

from graphql_api.context import RequestContext
from graphql_api.filters import (
    EVERYTHING,
    NOTHING,
    DateTimeRangeFilter,
    IntRangeFilter,
    StringFilter,
    Translator,
    chosen,
    enum_filter,
    filter_input,
    in_range,
    is_storable,
    one_of,
    where,
)
from graphql_api.knowledge import enums
from graphql_api.knowledge.reading import Reading
from graphql_api.knowledge.vocabulary import vocabulary
from knowledge.kinds import Kind, Severity, TermKind, rank
from knowledge.models import PublishedEntryTerm


def _field(kind: type[graphene.InputObjectType], description: str) -> graphene.InputField:
    return graphene.InputField(kind, description=description)


def _shared() -> dict[str, graphene.InputField]:
    return {
        "code": _field(StringFilter, "Codes, for example FAPI-MID-003; case does not matter."),
        "slug": _field(StringFilter, "Present slugs, in the language the entry is delivered in."),
        "technology": _field(StringFilter, "Slugs of technologies."),
        "topic": _field(StringFilter, "Slugs of topics; one of the entry's topics matches."),
        "published_at": _field(DateTimeRangeFilter, "When it was first published."),
        "updated_at": _field(DateTimeRangeFilter, "When it was last published."),
    }


FILTERS = {
    Kind.INTERVIEW_QUESTION: filter_input(
        "InterviewQuestionFilter",
        "Conditions on interview questions; all given ones must hold.",
        {
            **_shared(),
            "category": _field(StringFilter, "Slugs of categories."),
            "role": _field(StringFilter, "Slugs of roles; one of the question's roles matches."),
            "level": _field(enum_filter(enums.Level), "Levels."),
            "difficulty": _field(IntRangeFilter, "Difficulty, 1 to 10."),
        },
    ),
    Kind.DEBUG_ENTRY: filter_input(
        "DebugEntryFilter",
        "Conditions on debug entries; all given ones must hold.",
        {**_shared(), "error_kind": _field(enum_filter(enums.ErrorKind), "Sorts of failure.")},
    ),
    Kind.CODE_SNIPPET: filter_input(
        "CodeSnippetFilter",
        "Conditions on code snippets; all given ones must hold.",
        {
            **_shared(),
            "snippet_kind": _field(enum_filter(enums.SnippetKind), "What snippets are for."),
            "language": _field(enum_filter(enums.CodeLanguage), "Languages of the code."),
        },
    ),
    Kind.SYSTEM_DESIGN_NOTE: filter_input(
        "SystemDesignNoteFilter",
        "Conditions on system design notes; all given ones must hold.",
        {**_shared(), "design_kind": _field(enum_filter(enums.DesignKind), "Sorts of note.")},
    ),
    Kind.LEARNING_PATH: filter_input(
        "LearningPathFilter",
        "Conditions on learning paths; all given ones must hold.",
        {
            **_shared(),
            "level": _field(enum_filter(enums.PathLevel), "Where the path begins."),
            "hours": _field(IntRangeFilter, "Estimated hours."),
            "mentor_guided": graphene.InputField(
                graphene.Boolean, description="With a mentor, or without."
            ),
        },
    ),
    Kind.SECURITY_TOPIC: filter_input(
        "SecurityTopicFilter",
        "Conditions on security topics; all given ones must hold.",
        {
            **_shared(),
            "security_kind": _field(enum_filter(enums.SecurityKind), "What topics teach."),
            "severity": _field(enum_filter(enums.Severity), "Severities."),
            "owasp": _field(StringFilter, "OWASP ids, for example A03:2021."),
            "cwe": _field(StringFilter, "CWE ids, for example CWE-89."),
            "attack": _field(StringFilter, "MITRE ATT&CK ids, for example T1190."),
        },
    ),
}
EntryFilter = filter_input(
    "EntryFilter",
    "Conditions on entries of any kind; all given ones must hold.",
    {**_shared(), "kind": _field(enum_filter(enums.EntryKind), "Kinds of entry.")},
)


def entry_conditions(
    given: Mapping[str, Any] | None, reading: Reading, context: RequestContext
) -> Q:
    """The condition that a filter input stands for. Raises ``ApiError`` FILTER_TOO_COMPLEX."""
    if not given:
        return EVERYTHING
    terms = {
        "technology": _term_column("technology", TermKind.TECHNOLOGY, reading, context),
        "category": _term_column("category", TermKind.CATEGORY, reading, context),
        "topic": _term_facet("topic", TermKind.TOPIC, reading, context),
        "role": _term_facet("role", TermKind.ROLE, reading, context),
    }
    return where(given, {**_COLUMNS, **terms})


def _term_column(
    column: str, kind: TermKind, reading: Reading, context: RequestContext
) -> Translator:
    def translate(given: Mapping[str, Any]) -> Q:
        slugs = chosen(given)
        if slugs is None:
            return EVERYTHING
        keys = _keys(kind, slugs, reading, context)
        return Q(**{f"{column}__in": [UUID(key) for key in keys]}) if keys else NOTHING

    return translate


def _term_facet(
    facet: str, kind: TermKind, reading: Reading, context: RequestContext
) -> Translator:
    def translate(given: Mapping[str, Any]) -> Q:
        slugs = chosen(given)
        return EVERYTHING if slugs is None else has(facet, _keys(kind, slugs, reading, context))

    return translate


def _keys(kind: TermKind, slugs: list[str], reading: Reading, context: RequestContext) -> list[str]:
    """Translation keys of the terms called ``slugs``; unknown slugs are left out."""
    terms = vocabulary(context)
    # A term names itself in the default language where it is not translated, whatever
    # the fallback of the entries is.
    found = (terms.by_slug(kind, slug, Reading(reading.locale)) for slug in slugs)
    return [record.term.key for record in found if record]


def has(facet: str, values: list[str]) -> Q:
    """Entries with one of ``values`` among their values of ``facet``."""
    wanted = [value for value in values if is_storable(value)]
    if not wanted:
        return NOTHING
    return Q(
        Exists(
            PublishedEntryTerm.objects.filter(entry=OuterRef("pk"), facet=facet, value__in=wanted)
        )
    )


def _facet(name: str) -> Translator:
    def translate(given: Mapping[str, Any]) -> Q:
        values = chosen(given)
        return EVERYTHING if values is None else has(name, [value.upper() for value in values])

    return translate


def _severity(given: Mapping[str, Any]) -> Q:
    values = chosen(given)
    if values is None:
        return EVERYTHING
    return Q(severity_rank__in=[rank(Severity, value) for value in values])


def _mentor_guided(wanted: bool) -> Q:
    guided = has("mentor_guided", ["true"])
    return guided if wanted else ~guided


_COLUMNS: dict[str, Translator] = {
    "code": one_of("code", upper=True),
    "slug": one_of("slug"),
    "kind": one_of("kind"),
    "level": one_of("level"),
    "difficulty": in_range("difficulty", unset=0),
    "error_kind": one_of("variety"),
    "snippet_kind": one_of("variety"),
    "design_kind": one_of("variety"),
    "security_kind": one_of("variety"),
    "language": one_of("language"),
    "severity": _severity,
    "hours": in_range("hours", unset=0),
    "mentor_guided": _mentor_guided,
    "owasp": _facet("owasp"),
    "cwe": _facet("cwe"),
    "attack": _facet("attack"),
    "published_at": in_range("published_at"),
    "updated_at": in_range("updated_at"),
}
