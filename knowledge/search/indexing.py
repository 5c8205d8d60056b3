"""The index follows the read model, document by document.

Invariant: ``index`` and ``remove`` run in the transaction that writes or removes the
document, and leave exactly what a rebuild from the read model would leave.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import orjson
from django.db import transaction
from django.db.models import Q

from knowledge.kinds import Kind
from knowledge.models.published import PublishedEntry
from knowledge.models.search_index import (
    TERM_LENGTH,
    SearchDocument,
    SearchPlaces,
    SearchTerm,
    SearchText,
    SearchVector,
)
from knowledge.search import column_writing, postings
from knowledge.search.analysis import is_stop_word, splits, stem
from knowledge.search.cluster import following
from knowledge.search.columns import TOPIC
from knowledge.search.errors.signatures import Signature, signature
from knowledge.search.fields import SearchableText, searchable_text
from knowledge.search.places import digest_of, places_of
from knowledge.search.semantic import vectors
from knowledge.search.term_statistics import DOCUMENTS, WORDS

# Raise it when analysis, fields or weights change: the next rebuild then writes every row anew.
ANALYSIS_VERSION = 5

PostingRows = Iterable[tuple[int, int, int]]

ERRORS = "n:errors"

_TITLE_WEIGHT, _NAME_WEIGHT, _LEAD_WEIGHT = 3, 2, 1
_SATURATION, _LENGTH_SHARE, _USUAL_LENGTH = 1.2, 0.75, 200
_LONGEST_DOCUMENT = 6_000
_BATCH = 100


def index(published: PublishedEntry) -> None:
    """Make the index follow ``published``, which has just been stored."""
    index_many([published])


def index_many(
    documents: Sequence[PublishedEntry], post: Callable[[PostingRows], None] = postings.post
) -> None:
    """Make the index follow documents that have just been stored; a few statements for all.

    ``post`` writes the postings (term id, document id, weight).
    """
    # A document without its index is of no use to anybody: no savepoint.
    with transaction.atomic(savepoint=False):
        known = SearchText.objects.in_bulk([one.pk for one in documents])
        sources = [_source(published) for published in documents]
        changed = [
            source
            for source in sources
            if source.published.pk not in known
            or known[source.published.pk].source_hash != source.digest
        ]
        if changed:
            _store_texts(changed, known, post)
        _store_documents(documents)
        vectors.follow(
            {one.published: one.text for one in sources}, [one.published.pk for one in changed]
        )
        following.follow([one.pk for one in documents], [one.translation_key for one in documents])


def remove(document_id: int) -> None:
    """Forget the document; harmless when it is not indexed."""
    stored = SearchText.objects.filter(pk=document_id).first()
    if stored is None:
        return
    with transaction.atomic():
        _forget_terms(stored)
        documents = SearchDocument.objects.filter(pk=document_id)
        following.follow([document_id], list(documents.values_list("translation_key", flat=True)))
        documents.delete()
        column_writing.store({document_id: ()})
        SearchPlaces.objects.filter(pk=document_id).delete()
        SearchVector.objects.filter(pk=document_id).delete()
        stored.delete()


def count_documents() -> int:
    """How many documents a rebuild goes through."""
    return PublishedEntry.objects.count()


def rebuild(restart: bool = False) -> Iterator[int]:
    """Index every published document; yields the number done after each committed batch.

    Documents that are up to date cost one comparison, so an interrupted rebuild goes on
    quickly when it is started again. ``restart`` empties the index first.
    """
    with transaction.atomic():
        if restart:
            postings.empty()
        for orphan in SearchText.objects.exclude(
            pk__in=PublishedEntry.objects.values("pk")
        ).values_list("pk", flat=True):
            remove(orphan)
    done, last = 0, 0
    while batch := list(PublishedEntry.objects.filter(pk__gt=last).order_by("pk")[:_BATCH]):
        with transaction.atomic():
            index_many(batch)
        done, last = done + len(batch), batch[-1].pk
        yield done
    SearchTerm.objects.filter(Q(document_count__lte=0)).delete()


@dataclass(frozen=True, slots=True)
class _Source:
    """What the index of a document is made from, and a digest of it."""

    published: PublishedEntry
    text: SearchableText
    signature: Signature
    keys: list[str]
    digest: str


def _source(published: PublishedEntry) -> _Source:
    text = searchable_text(published.card, published.body)
    known = (
        signature(published.card, published.body, published.locale)
        if published.kind == Kind.DEBUG_ENTRY
        else Signature((), ())
    )
    keys = _vocabulary_keys(published)
    parts = [
        ANALYSIS_VERSION, published.locale, text.title, text.names, text.lead, text.body,
        known.as_data(), keys,
    ]  # fmt: skip
    digest = blake2b(orjson.dumps(parts), digest_size=16).hexdigest()
    return _Source(published, text, known, keys, digest)


def _store_texts(
    sources: Sequence[_Source],
    known: Mapping[int, SearchText],
    post: Callable[[PostingRows], None],
) -> None:
    """Texts, terms and postings of documents, in place of what is ``known`` of them.

    Most of a changed text is what it was: only terms that come, go or weigh otherwise are
    written.
    """
    former = {
        one.published.pk: known[one.published.pk] for one in sources if one.published.pk in known
    }
    stored = {pk: _stored_terms(one) for pk, one in former.items()}
    ids = {text: term for terms in stored.values() for term, (text, _) in terms.items()}
    changes: Counter[str] = Counter()
    for pk, one in former.items():
        changes.subtract(text for text, _ in stored[pk].values())
        changes[WORDS] -= one.term_ids["words"]
    analyses = []
    for source in sources:
        lines, weights = analysed(source.text, source.published.locale)
        own = _weigh_keys(source, weights)
        length = sum(len(words) for words, _ in lines)
        changes.update(own)
        changes[WORDS] += length
        analyses.append((source, lines, weights, own, length))
    ids |= postings.count_terms({text: number for text, number in changes.items() if number})
    rows: list[tuple[int, int, int]] = []
    for source, _, weights, _, _ in analyses:
        document = source.published.pk
        wanted = {ids[text]: weight for text, weight in weights.items()}
        if document in stored:
            terms = stored[document].items()
            kept = {term: weight for term, (_, weight) in terms if weight is not None}
            postings.unpost(document, kept.keys() - wanted.keys())
            wanted = dict(wanted.items() - kept.items())
        rows += [(term, document, weight) for term, weight in wanted.items()]
    post(rows)
    SearchText.objects.bulk_create(
        [
            SearchText(
                pk=source.published.pk,
                words="\n".join(f" {' '.join(words)} " for words, _ in lines),
                term_ids=_as_data({ids[text]: (text, weights.get(text)) for text in own}, length),
                signature=source.signature.as_data(),
                source_hash=source.digest,
            )
            for source, lines, weights, own, length in analyses
        ],
        update_conflicts=True,
        unique_fields=["entry"],
        update_fields=["words", "term_ids", "signature", "source_hash"],
    )
    placed = [
        (source.published.pk, places_of(lines, weights))
        for source, lines, weights, _, _ in analyses
    ]
    SearchPlaces.objects.bulk_create(
        [SearchPlaces(pk=pk, places=places, digest=digest_of(places)) for pk, places in placed],
        update_conflicts=True,
        unique_fields=["entry"],
        update_fields=["places", "digest"],
    )


def _as_data(terms: Mapping[int, tuple[str, int | None]], words: int) -> dict[str, Any]:
    """What is kept of a document's terms beside the postings, to know at its next change."""
    known = sorted(terms.items())
    return {
        "ids": [term for term, _ in known],
        "texts": [text for _, (text, _) in known],
        "weights": [weight for _, (_, weight) in known],
        "words": words,
    }


def _stored_terms(stored: SearchText) -> Mapping[int, tuple[str, int | None]]:
    """The terms of a document: id → (text, its weight; None of one that is only counted)."""
    data = stored.term_ids
    if "texts" not in data:
        # Written by an earlier release, which looked them up.
        return postings.terms_of(stored.pk, data["ids"])
    pairs = zip(data["texts"], data["weights"], strict=True)
    return dict(zip(data["ids"], pairs, strict=True))


def _weigh_keys(source: _Source, weights: dict[str, int]) -> dict[str, int]:
    """Add what is found by key and by code to ``weights``; returns every term to count once."""
    if source.signature.messages:
        # The words once more in a space of their own: a lookup reads errors and nothing else.
        weights |= {
            f"e{term[1:]}": weight for term, weight in weights.items() if term.startswith("w:")
        }
    for key in source.keys:
        weights[f"f:{key}"] = 500
    counted = dict.fromkeys(weights, 1)
    for code in source.signature.codes:
        term = f"c:{code}"[:TERM_LENGTH]
        weights[term] = 1000
        counted[term] = 1
    for message in source.signature.messages:
        counted |= {f"m:{word}"[:TERM_LENGTH]: 1 for word in message.sequence}
    counted[DOCUMENTS] = 1
    if source.signature.messages:
        counted[ERRORS] = 1
    return counted


def analysed(
    text: SearchableText, locale: str
) -> tuple[list[tuple[list[str], list[str]]], dict[str, int]]:
    """The lines of words and stems, and the weight of every term, of a document's text."""
    lines: list[tuple[list[str], list[str]]] = []
    names: list[str] = []
    counts: Counter[str] = Counter()
    for content, boost, is_title in (
        (text.title, _TITLE_WEIGHT, True),
        ("\n".join(text.names), _NAME_WEIGHT, True),
        (text.lead, _LEAD_WEIGHT, False),
        ("\n".join(text.body), 1, False),
    ):
        words, wholes = _words(content)
        # Most words stand in a text more than once.
        times = Counter(words)
        stemmed = {word: stem(word, locale) for word in times}
        for word, number in times.items():
            # A stop word tells something in a title only: "this", "where", "for".
            if is_title or not is_stop_word(word):
                counts[f"w:{stemmed[word]}"] += number * boost
        for whole, number in Counter(wholes).items():
            times[whole] += number
            counts[f"w:{whole}"] += number * boost
        if content is text.title:
            for word, number in times.items():
                counts[f"t:{word}"] += number * boost
        names += wholes
        lines.append((words, [stemmed[word] for word in words]))
    length = sum(len(words) for words, _ in lines)
    # Names written as one, such as os.path.join, are a line of their own: phrases skip them.
    lines.append((names, names))
    share = _LENGTH_SHARE * rounded(length) / _USUAL_LENGTH
    norm = _SATURATION * (1 - _LENGTH_SHARE + share)
    weights: dict[str, int] = {}
    for term, count in counts.items():
        weights[term[:TERM_LENGTH]] = max(1, round(1000 * count / (count + norm)))
    return lines, weights


def _words(content: str) -> tuple[list[str], list[str]]:
    """The words of a text, no more than are indexed, and names in it that are written as one."""
    words: list[str] = []
    wholes: list[str] = []
    for parts, whole in splits(content):
        if len(words) > _LONGEST_DOCUMENT:
            break
        words += parts
        if whole:
            wholes.append(whole)
    return words, wholes


def rounded(length: int) -> int:
    """A number of words to five significant bits, as Lucene rounds the lengths of its fields.

    Most edits change the length by little: then no term but those that came or went weighs
    otherwise, and the rest of the postings stays as it is.
    """
    lost = max(0, length.bit_length() - 5)
    return length >> lost << lost


def _forget_terms(stored: SearchText) -> None:
    postings.unpost(stored.pk, stored.term_ids["ids"])
    postings.release_terms(stored.term_ids["ids"])
    postings.count_terms({WORDS: -stored.term_ids["words"]})


def _store_documents(documents: Sequence[PublishedEntry]) -> None:
    fields = (
        "locale", "translation_key", "kind", "technology", "category", "level", "difficulty",
        "expires_at",
    )  # fmt: skip
    SearchDocument.objects.bulk_create(
        [
            SearchDocument(pk=one.pk, **{name: getattr(one, name) for name in fields})
            for one in documents
        ],
        update_conflicts=True,
        unique_fields=["entry"],
        update_fields=fields,
    )
    column_writing.store({one.pk: _counted_by(one) for one in documents})


def _counted_by(published: PublishedEntry) -> list[tuple[str, str]]:
    """Facets with the values that the document has in them."""
    topics = sorted(set(published.card.get("topicKeys") or ()))
    return [
        ("locale", published.locale),
        ("kind", published.kind),
        ("technology", published.technology.hex if published.technology else ""),
        ("category", published.category.hex if published.category else ""),
        ("level", published.level),
        ("difficulty", str(published.difficulty or "")),
        *((TOPIC, topic) for topic in topics),
    ]


def _vocabulary_keys(published: PublishedEntry) -> list[str]:
    keys = [published.technology, published.category]
    topics = published.card.get("topicKeys") or []
    return [key.hex for key in keys if key is not None] + list(topics)
