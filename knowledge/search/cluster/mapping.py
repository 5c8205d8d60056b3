"""What the cluster holds of a published entry: what candidates are found and counted by.

Invariant: made from the rows of the index in the database alone, so it can be made again.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings

from knowledge.models.published import PublishedEntryTerm
from knowledge.models.search_index import SearchDocument, SearchText
from knowledge.search import postings

MAPPING: dict[str, Any] = {
    "dynamic": False,
    "properties": {
        "locale": {"type": "keyword"},
        # Every language a reader of which is shown the entry, with and without a translation.
        "languages": {"type": "keyword"},
        "kind": {"type": "keyword"},
        "technology": {"type": "keyword"},
        "category": {"type": "keyword"},
        "level": {"type": "keyword"},
        "topics": {"type": "keyword"},
        "difficulty": {"type": "short"},
        "expires_at": {"type": "date"},
        "entry_id": {"type": "long"},
        # Ids of the terms of the index in the database, and how much the entry is about each.
        "terms": {"type": "long"},
        "weights": {"type": "rank_features"},
        "words": {"type": "text", "analyzer": "whitespace", "norms": False},
    },
}
SETTINGS: dict[str, Any] = {"index": {"mapping": {"ignore_malformed": False}}}


def documents(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The documents of those of ``pks`` that are indexed, by primary key."""
    rows = SearchDocument.objects.filter(pk__in=pks)
    found = {row.pk: row for row in rows}
    texts = {
        pk: (words, terms["ids"])
        for pk, words, terms in SearchText.objects.filter(pk__in=found).values_list(
            "pk", "words", "term_ids"
        )
    }
    topics = _topics(found)
    languages = _languages(found.values())
    weights = {pk: postings.weights_of(pk, ids) for pk, (_, ids) in texts.items()}
    return {
        pk: {
            name: value
            for name, value in (
                ("entry_id", pk),
                ("locale", row.locale),
                ("languages", languages[pk]),
                ("kind", row.kind),
                ("technology", row.technology and row.technology.hex),
                ("category", row.category and row.category.hex),
                ("level", row.level),
                ("topics", topics.get(pk)),
                ("difficulty", row.difficulty),
                ("expires_at", row.expires_at and row.expires_at.isoformat()),
                ("terms", sorted(weights[pk])),
                ("weights", {str(term): weight for term, weight in weights[pk].items()}),
                # The last line holds names written as one; phrases skip it.
                ("words", [line.strip() for line in texts[pk][0].split("\n")[:-1]]),
            )
            if value not in (None, "", [])
        }
        for pk, row in found.items()
        if pk in texts
    }


def with_translations(pks: Iterable[int], keys: Iterable[Any]) -> list[int]:
    """``pks`` and the entries of the same translation keys: whom a reader is shown hangs on all."""
    others = SearchDocument.objects.filter(translation_key__in=list(keys))
    return sorted({*pks, *others.values_list("pk", flat=True)})


def _topics(pks: Iterable[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = PublishedEntryTerm.objects.filter(entry__in=list(pks), facet="topic")
    for pk, value in rows.values_list("entry_id", "value").order_by("entry_id", "value"):
        found.setdefault(pk, []).append(value)
    return found


def _languages(rows: Iterable[SearchDocument]) -> dict[int, list[str]]:
    """Its own, and for an entry in the default language all that have no translation of it."""
    rows = list(rows)
    known: dict[Any, set[str]] = {}
    for key, locale in SearchDocument.objects.filter(
        translation_key__in=[row.translation_key for row in rows]
    ).values_list("translation_key", "locale"):
        known.setdefault(key, set()).add(locale)
    every = {code for code, _ in settings.WAGTAIL_CONTENT_LANGUAGES}
    return {
        row.pk: sorted(
            {row.locale} | (every - known[row.translation_key])
            if row.locale == settings.LANGUAGE_CODE
            else {row.locale}
        )
        for row in rows
    }
