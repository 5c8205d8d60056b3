"""``lookupError``: paste an error, get the entry that fixes it.

Invariant: the answer is marked private, so no cache keeps the pasted text with it.
"""

from dataclasses import dataclass
from typing import Any

import graphene

from graphql_api.errors import ApiError, ErrorCode
from graphql_api.knowledge.enums import labelled
from graphql_api.knowledge.kinds import KINDS
from graphql_api.knowledge.reading import Reading, reading
from graphql_api.knowledge.reading_arguments import reading_arguments
from graphql_api.knowledge.vocabulary import vocabulary
from graphql_api.records import EntryRecord
from graphql_api.search.availability import finding
from graphql_api.search.loading import entry_needs, load_entries
from knowledge.kinds import Kind, TermKind
from knowledge.search import missed
from knowledge.search.errors.lookup import (
    LIKELY,
    MOST_MATCHES,
    TRACE_LIMIT,
    ErrorLookup,
    TraceTooLargeError,
    lookup_error,
)
from knowledge.search.errors.matching import Evidence
from knowledge.search.errors.reasons import reasons

_DEFAULT = 5

MatchReason = labelled(
    "MatchReason",
    "What speaks for a match.",
    {
        "CODE": "The paste holds the entry's error code or name.",
        "MESSAGE": "A message of the entry, up to names and values.",
        "SIMILAR_MESSAGE": "A message much like one of the entry's.",
        "WORDS": "The words of the message are the entry's.",
        "TECHNOLOGY": "It comes from the entry's technology.",
    },
)


@dataclass(frozen=True, slots=True)
class FoundMatch:
    """A match with its entry."""

    entry: EntryRecord
    confidence: float
    evidence: Evidence


class TextSpan(graphene.ObjectType):
    """A stretch of the pasted text, counted in Unicode code points."""

    start = graphene.Int(required=True, description="Where it begins, from 0.")
    end = graphene.Int(required=True, description="Where it ends, exclusive.")


class ErrorMatch(graphene.ObjectType):
    """An entry that may explain the paste."""

    entry = graphene.Field(graphene.NonNull(KINDS[Kind.DEBUG_ENTRY].type), description="The entry.")
    confidence = graphene.Float(
        required=True,
        description="The probability that this is the entry looked for. Below 0.5 treat it as a "
        "suggestion.",
    )
    reason = MatchReason(required=True, description="What speaks for it most.")
    reasons = graphene.List(
        graphene.NonNull(MatchReason), required=True, description="Everything that speaks for it."
    )
    matched_message = graphene.String(
        description="The entry's message that is most like the paste; null for a match by code "
        "or words alone."
    )
    matched_code = graphene.String(description="The code that the paste and the entry share.")
    span = graphene.Field(TextSpan, description="The pasted line that matched.")

    @staticmethod
    def resolve_reason(found: FoundMatch, info: graphene.ResolveInfo) -> str:
        return reasons(found.evidence)[0].value

    @staticmethod
    def resolve_reasons(found: FoundMatch, info: graphene.ResolveInfo) -> list[str]:
        return [reason.value for reason in reasons(found.evidence)]

    @staticmethod
    def resolve_matched_message(found: FoundMatch, info: graphene.ResolveInfo) -> str | None:
        return found.evidence.matched_message or None

    @staticmethod
    def resolve_matched_code(found: FoundMatch, info: graphene.ResolveInfo) -> str | None:
        return found.evidence.matched_code or None

    @staticmethod
    def resolve_span(found: FoundMatch, info: graphene.ResolveInfo) -> dict[str, int] | None:
        line = found.evidence.matched_line
        return {"start": line.start, "end": line.end} if line else None


class ErrorLookupResult(graphene.ObjectType):
    """What may explain a pasted error. Nothing at all when nothing fits."""

    matches = graphene.List(
        graphene.NonNull(ErrorMatch), required=True, description="Likeliest first."
    )


def lookup_field() -> graphene.Field:
    """``lookupError(trace:, technology:, first:)``."""

    def resolve(
        root: None,
        info: graphene.ResolveInfo,
        trace: str,
        technology: str | None = None,
        first: int | None = _DEFAULT,
        locale: str | None = None,
        fallback: Any = None,
    ) -> dict[str, Any]:
        info.context.is_private = True
        if first is None or not 1 <= first <= MOST_MATCHES:
            raise ApiError(ErrorCode.BAD_USER_INPUT, f"first is 1 to {MOST_MATCHES}.")
        language = reading(locale, fallback)
        found = _looked_up(trace, _technology_key(technology, language, info), language)
        if not found.matches or found.matches[0].confidence < LIKELY:
            missed.note_error(found)
        needs, _ = entry_needs(info)
        matches = found.matches[:first]
        records = load_entries([one.entry_id for one in matches], language, needs)
        return {
            "matches": [
                FoundMatch(records[one.entry_id], one.confidence, one.evidence)
                for one in matches
                if one.entry_id in records
            ]
        }

    return graphene.Field(
        graphene.NonNull(ErrorLookupResult),
        description="Debug entries that explain a pasted error: one message, a stack trace, or a "
        "log with one in it, of any tool. After a likely match those that are hopeless beside it "
        "are left out. The paste is compared and forgotten.",
        trace=graphene.Argument(
            graphene.String,
            required=True,
            description=f"What the tool printed, at most {TRACE_LIMIT} bytes in UTF-8.",
        ),
        technology=graphene.Argument(
            graphene.String, description="Slug of the technology it comes from, if known."
        ),
        first=graphene.Argument(
            graphene.Int,
            default_value=_DEFAULT,
            description=f"How many matches, at most {MOST_MATCHES}.",
        ),
        **reading_arguments(),
        resolver=resolve,
    )


def _looked_up(trace: str, technology: str, language: Reading) -> ErrorLookup:
    try:
        with finding():
            return lookup_error(
                trace,
                locale=language.locale,
                fallback=language.falls_back,
                technology=technology,
            )
    except TraceTooLargeError:
        raise ApiError(
            ErrorCode.TRACE_TOO_LARGE,
            f"trace is at most {TRACE_LIMIT} bytes long; paste the part with the error.",
            maximum=TRACE_LIMIT,
        ) from None


def _technology_key(slug: str | None, language: Reading, info: graphene.ResolveInfo) -> str:
    if slug is None:
        return ""
    found = vocabulary(info.context).by_slug(TermKind.TECHNOLOGY, slug, Reading(language.locale))
    if found is None:
        raise ApiError(ErrorCode.BAD_USER_INPUT, "There is no technology of that slug.")
    return found.term.key
