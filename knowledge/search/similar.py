"""Published entries like one that is being written: to link to, or to edit instead.

Invariant: reads the search index only, so what is suggested is public.
"""

from dataclasses import dataclass

from knowledge.kinds import Kind
from knowledge.models.published import PublishedEntry
from knowledge.search.analysis import fold, is_stop_word, stem, words
from knowledge.search.errors.lookup import lookup_error
from knowledge.search.errors.normalising import trigrams
from knowledge.search.query import TERM_LIMIT, TEXT_LIMIT
from knowledge.search.searching import search

MOST_SIMILAR = 6
# Titles or messages at least this much alike may be the same entry twice.
DUPLICATE_TITLE = 0.6
DUPLICATE_MESSAGE = 0.5


@dataclass(frozen=True, slots=True)
class SimilarEntry:
    """A published entry, and whether it may be the same as the one being written."""

    entry_id: int
    kind: str
    code: str
    title: str
    may_be_duplicate: bool


def similar_entries(
    title: str, text: str, messages: str, *, locale: str, exclude: int | None = None
) -> list[SimilarEntry]:
    """Entries like a draft with this title, text and error messages, likeliest first."""
    found: dict[int, bool] = {}
    if messages.strip():
        matches = lookup_error(messages[: TEXT_LIMIT * 20], locale=locale).matches
        for match in matches[:3]:
            found[match.entry_id] = match.confidence >= DUPLICATE_MESSAGE
    query = _query(title, text, locale)
    for hit in search(query, locale=locale).hits[: MOST_SIMILAR + 1] if query else ():
        found.setdefault(hit.entry_id, False)
    found.pop(exclude or 0, None)
    rows = PublishedEntry.objects.visible().in_bulk(list(found))
    similar = [
        SimilarEntry(
            entry_id=pk,
            kind=str(Kind(rows[pk].kind).label),
            code=rows[pk].code,
            title=rows[pk].card["title"],
            may_be_duplicate=is_duplicate
            or _alike(title, rows[pk].card["title"]) >= DUPLICATE_TITLE,
        )
        for pk, is_duplicate in found.items()
        if pk in rows
    ]
    # The sort is stable: among equals the order of the search stays.
    return sorted(similar, key=lambda one: not one.may_be_duplicate)[:MOST_SIMILAR]


def _query(title: str, text: str, locale: str) -> str:
    """The first telling words of the title, then of the text."""
    chosen: dict[str, str] = {}
    for word in [*words(title), *words(text[:2_000])]:
        if len(chosen) < TERM_LIMIT and len(word) > 1 and not is_stop_word(word):
            chosen.setdefault(stem(word, locale), word)
    return " ".join(chosen.values())[:TEXT_LIMIT]


def _alike(left: str, right: str) -> float:
    first, second = trigrams(fold(left)), trigrams(fold(right))
    if not first or not second:
        return 0.0
    common = len(first & second)
    return common / (len(first) + len(second) - common)
