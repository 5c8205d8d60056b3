"""``search``: one ranked list over all kinds, with facets."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import graphene
from wagtail.models import Page as PageModel

from graphql_api.context import RequestContext
from graphql_api.cursors import decode_cursor, encode_cursor, invalid_cursor
from graphql_api.errors import ApiError, ErrorCode
from graphql_api.knowledge.entries import Entry
from graphql_api.knowledge.reading import Reading, reading
from graphql_api.knowledge.reading_arguments import reading_arguments
from graphql_api.pages.page_types import Page, locale_of
from graphql_api.pages.reader import reader
from graphql_api.pagination import Page as HitPage
from graphql_api.pagination import PageRequest, page_request
from graphql_api.pagination_types import Connection, paging_arguments
from graphql_api.records import EntryRecord
from graphql_api.search.availability import finding
from graphql_api.search.facet_types import SearchFacets
from graphql_api.search.filters import SearchFilter, wanted
from graphql_api.search.fragments import fragment_list
from graphql_api.search.loading import entry_needs, load_entries
from graphql_api.search.page_documents import page_documents
from knowledge.search import missed
from knowledge.search.fields import readable_texts
from knowledge.search.highlighting import Fragment, highlight, snippet
from knowledge.search.hits import Hit, Hits
from knowledge.search.query import TEXT_LIMIT, Query, SearchTextTooLongError
from knowledge.search.requirements import SearchFilter as Wanted
from knowledge.search.searching import SearchResult
from knowledge.search.searching import search as search_index
from knowledge.search.suggestions import did_you_mean
from knowledge.search.vocabulary import vocabulary

_NAME, _ORDER = "SearchConnection", "SCORE"


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """A hit with its entry."""

    score: float
    query: Query
    entry: EntryRecord
    page: None = None

    @property
    def title(self) -> str:
        return self.entry.card["title"]

    @property
    def locale(self) -> str:
        return self.entry.locale

    def texts(self) -> Iterable[str]:
        """What a snippet may be cut from."""
        return readable_texts(self.entry.card, self.entry.body)


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A hit with its page."""

    score: float
    query: Query
    page: PageModel
    entry: None = None

    @property
    def title(self) -> str:
        return self.page.title

    @property
    def locale(self) -> str:
        return locale_of(self.page)

    def texts(self) -> Iterable[str]:
        """What a snippet may be cut from."""
        text = self.page.batch.bodies.get(self.page.pk, {}).get("text", "")
        return [one for one in (self.page.search_description, text) if one]


Found = FoundEntry | FoundPage


class SearchHit(graphene.ObjectType):
    """An entry or a page that was found, how well it fits, and where."""

    entry = graphene.Field(Entry, description="The entry that was found; null for a page.")
    page = graphene.Field(Page, description="The page that was found; null for an entry.")
    score = graphene.Float(
        required=True,
        description="How well it fits, from 0 to 1; comparable within one search only.",
    )
    title = fragment_list("The title in fragments.")
    snippet = fragment_list("The stretch of the entry with the most of the query in fragments.")

    @staticmethod
    def resolve_title(found: Found, info: graphene.ResolveInfo) -> list[Fragment]:
        return highlight(found.title, found.query, found.locale)

    @staticmethod
    def resolve_snippet(found: Found, info: graphene.ResolveInfo) -> list[Fragment]:
        return snippet(found.texts(), found.query, found.locale)


class SearchEdge(graphene.ObjectType):
    """One of the hits and its place in the list."""

    cursor = graphene.String(required=True, description="The place, for `after` and `before`.")
    node = graphene.Field(graphene.NonNull(SearchHit), description="The hit itself.")


class SearchPage(HitPage[Found]):
    """A page of hits, with the search they come from."""

    result: SearchResult
    reading: Reading


class SearchConnection(Connection):
    """A page of hits, best first. Lists reach 300 hits deep; all matches are counted.

    Of a word that thousands of entries hold, only those are matches that are most about it:
    `totalCountIsLowerBound` then says so.
    """

    edges = graphene.List(
        graphene.NonNull(SearchEdge), required=True, description="The hits with their cursors."
    )
    nodes = graphene.List(
        graphene.NonNull(SearchHit), required=True, description="The hits without their cursors."
    )
    facets = graphene.Field(
        graphene.NonNull(SearchFacets),
        description="How many hits each choice would leave, under the other filters.",
    )
    total_count_is_lower_bound = graphene.Boolean(
        required=True,
        description="Whether a word of the query is in so many entries that only those most "
        "about it were counted: `totalCount` and the counts of facets are then at least that.",
    )
    did_you_mean = graphene.String(
        description="The query with unknown words replaced by the nearest known ones; null "
        "when every word is known."
    )

    @staticmethod
    def resolve_facets(page: SearchPage, info: graphene.ResolveInfo) -> tuple[Any, Reading]:
        with finding():
            return page.result.facets, page.reading

    @staticmethod
    def resolve_total_count_is_lower_bound(page: SearchPage, info: graphene.ResolveInfo) -> bool:
        return not page.result.is_whole

    @staticmethod
    def resolve_did_you_mean(page: SearchPage, info: graphene.ResolveInfo) -> str | None:
        return did_you_mean(page.result.query, vocabulary()) if page.result.query else None


def search_field() -> graphene.Field:
    """``search(query:, filter:, …)``."""

    def resolve(
        root: None,
        info: graphene.ResolveInfo,
        query: str,
        filter: Mapping[str, Any] | None = None,
        locale: str | None = None,
        fallback: Any = None,
        **paging: Any,
    ) -> SearchPage:
        language = reading(locale, fallback)
        request = page_request(**paging)
        result = found(query, language, wanted(filter, language, info.context), info.context)
        needs, names = entry_needs(info)
        if "snippet" in names:
            needs = replace(needs, body=True)
        page = page_of(
            result, request, language, info.context, lambda pks: load_entries(pks, language, needs)
        )
        if not result.hits and not filter:
            # What was left out on purpose was not looked for.
            missed.note_search(result.query.plain)
        return page

    return graphene.Field(
        graphene.NonNull(SearchConnection),
        description="Published entries of all kinds, and pages, that fit a text, best first. "
        'Words may be in any inflection; "quotes" keep words together, a minus before a word '
        "leaves out what has it. Code is found whole and by part.",
        query=graphene.Argument(
            graphene.String,
            required=True,
            description=f"What to look for, at most {TEXT_LIMIT} characters.",
        ),
        filter=graphene.Argument(
            SearchFilter, description="Which of the hits. A filter leaves out pages."
        ),
        **paging_arguments(),
        **reading_arguments(),
        resolver=resolve,
    )


def found(
    query: str,
    language: Reading,
    filters: Wanted,
    context: RequestContext,
    surroundings: int | None = None,
) -> SearchResult:
    """All that ``query`` finds. Raises ``ApiError`` SEARCH_TEXT_TOO_LONG and others.

    ``surroundings``: the stamp of all that is not a record, where it has just been read.
    """
    try:
        with finding():
            return search_index(
                query,
                locale=language.locale,
                fallback=language.falls_back,
                wanted=filters,
                beside=lambda: page_documents(language, context, surroundings),
                surroundings=surroundings,
            )
    except SearchTextTooLongError:
        raise ApiError(
            ErrorCode.SEARCH_TEXT_TOO_LONG,
            f"query is at most {TEXT_LIMIT} characters long.",
            maximum=TEXT_LIMIT,
        ) from None


def page_of(
    result: SearchResult,
    request: PageRequest,
    language: Reading,
    context: RequestContext,
    load: Callable[[list[int]], Mapping[int, EntryRecord]],
) -> SearchPage:
    """One page of what was found. ``load``: primary keys → the entries still visible."""
    hits, more = _slice(result.hits, request)
    records = load([hit.entry_id for hit in hits if hit.entry_id > 0])
    pks = [-hit.entry_id for hit in hits if hit.entry_id < 0]
    pages = {page.pk: page for page in reader(context).by_pks(pks)} if pks else {}
    shown = [hit for hit in hits if hit.entry_id in records or -hit.entry_id in pages]
    page = SearchPage(
        [
            FoundEntry(hit.score, result.query, records[hit.entry_id])
            if hit.entry_id > 0
            else FoundPage(hit.score, result.query, pages[-hit.entry_id])
            for hit in shown
        ],
        lambda: [encode_cursor(_NAME, _ORDER, (hit.score, hit.entry_id)) for hit in shown],
        has_next=request.before is not None if request.backwards else more,
        has_previous=more if request.backwards else request.after is not None or request.offset > 0,
        size=request.size,
        count=lambda: result.total,
    )
    page.result, page.reading = result, language
    return page


def _slice(found: Hits, request: PageRequest) -> tuple[list[Hit], bool]:
    """The hits of the page, and whether there are more in the direction of paging."""
    end = request.offset + request.size
    if not request.backwards:
        hits = _between(found.first, request)
        if len(hits) > end:
            return hits[request.offset : end], True
    hits = _between(found.every, request)
    if request.backwards:
        return hits[max(0, len(hits) - request.size) :], len(hits) > request.size
    return hits[request.offset : end], len(hits) > end


def _between(hits: list[Hit], request: PageRequest) -> list[Hit]:
    """Those after and before the cursors of the request."""
    if request.after is not None:
        after = _place(request.after)
        hits = [hit for hit in hits if (-hit.score, hit.entry_id) > after]
    if request.before is not None:
        before = _place(request.before)
        hits = [hit for hit in hits if (-hit.score, hit.entry_id) < before]
    return hits


def _place(cursor: str) -> tuple[float, int]:
    values = decode_cursor(cursor, _NAME, _ORDER)
    match values:
        case [float() | int() as score, int() as pk] if not isinstance(score, bool):
            return (-float(score), pk)
    raise invalid_cursor()
