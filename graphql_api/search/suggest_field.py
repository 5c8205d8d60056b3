"""``suggest``: what may be meant, while it is typed."""

from dataclasses import dataclass
from typing import Any

import graphene

from graphql_api.errors import ApiError, ErrorCode
from graphql_api.knowledge.entries import Entry
from graphql_api.knowledge.reading import reading
from graphql_api.knowledge.reading_arguments import reading_arguments
from graphql_api.knowledge.terms import Term
from graphql_api.knowledge.vocabulary import TermRecord, vocabulary
from graphql_api.records import EntryRecord
from graphql_api.search.availability import finding
from graphql_api.search.loading import entry_needs, load_entries
from knowledge.search.query import TEXT_LIMIT
from knowledge.search.suggestions import MOST_SUGGESTIONS, suggest

_DEFAULT = 10


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggestion with what it leads to."""

    text: str
    entry: EntryRecord | None
    term: TermRecord | None


class Suggestion(graphene.ObjectType):
    """A completion of what was typed: an entry, or a term that entries are filed under."""

    text = graphene.String(required=True, description="What to show: a title or a name.")
    entry = graphene.Field(Entry, description="The entry of that title; null for a term.")
    term = graphene.Field(Term, description="The term of that name; null for an entry.")


def suggest_field() -> graphene.Field:
    """``suggest(query:, first:)``."""

    def resolve(
        root: None,
        info: graphene.ResolveInfo,
        query: str,
        first: int = _DEFAULT,
        locale: str | None = None,
        fallback: Any = None,
    ) -> list[Suggested]:
        language = reading(locale, fallback)
        _check(query, first)
        with finding():
            found = suggest(query, locale=language.locale, fallback=language.falls_back, most=first)
        needs, _ = entry_needs(info)
        pks = [one.entry_id for one in found if one.entry_id is not None]
        records = load_entries(pks, language, needs)
        shown = []
        for one in found:
            if one.entry_id is None:
                term = vocabulary(info.context).term(one.term_key, language)
                if term:
                    shown.append(Suggested(term.get("label") or term.get("name"), None, term))
            elif record := records.get(one.entry_id):
                shown.append(Suggested(record.card["title"], record, None))
        return shown

    return graphene.Field(
        graphene.List(graphene.NonNull(Suggestion), required=True),
        required=True,
        description="Completions of a text that is being typed: technologies and topics by any "
        "of their names, then entries whose titles hold its words, the last one begun.",
        query=graphene.Argument(
            graphene.String,
            required=True,
            description=f"What was typed so far, at most {TEXT_LIMIT} characters.",
        ),
        first=graphene.Argument(
            graphene.Int,
            default_value=_DEFAULT,
            description=f"How many, at most {MOST_SUGGESTIONS}.",
        ),
        **reading_arguments(),
        resolver=resolve,
    )


def _check(query: str, first: int | None) -> None:
    if len(query) > TEXT_LIMIT:
        raise ApiError(
            ErrorCode.SEARCH_TEXT_TOO_LONG,
            f"query is at most {TEXT_LIMIT} characters long.",
            maximum=TEXT_LIMIT,
        )
    if first is None or not 1 <= first <= MOST_SUGGESTIONS:
        raise ApiError(ErrorCode.BAD_USER_INPUT, f"first is 1 to {MOST_SUGGESTIONS}.")
