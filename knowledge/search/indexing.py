"""The index follows the read model, document by document.

Invariant: ``index`` and ``remove`` run in the transaction that writes or removes the
document, and leave exactly what a rebuild from the read model would leave.
"""

from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b

import orjson
from django.db import transaction
from django.db.models import Q

from knowledge.kinds import Kind
from knowledge.models.published import PublishedEntry
from knowledge.models.search_index import (
    TERM_LENGTH,
    SearchDocument,
    SearchTerm,
    SearchText,
)
from knowledge.search import postings
from knowledge.search.analysis import is_stop_word, stem, tokens
from knowledge.search.errors.signatures import Signature, signature
from knowledge.search.fields import SearchableText, searchable_text

# Raise it when analysis, fields or weights change: the next rebuild then writes every row anew.
ANALYSIS_VERSION = 1

DOCUMENTS = "n:documents"
WORDS = "n:words"
ERRORS = "n:errors"

_TITLE_WEIGHT, _NAME_WEIGHT, _LEAD_WEIGHT = 3, 2, 1
_SATURATION, _LENGTH_SHARE, _USUAL_LENGTH = 1.2, 0.75, 200
_LONGEST_DOCUMENT = 6_000
_BATCH = 100


def index(published: PublishedEntry) -> None:
    """Make the index follow ``published``, which has just been stored."""
    text = searchable_text(published.card, published.body)
    known = (
        signature(published.card, published.body, published.locale)
        if published.kind == Kind.DEBUG_ENTRY
        else Signature((), ())
    )
    keys = _vocabulary_keys(published)
    digest = source_hash(text, known, keys, published.locale)
    with transaction.atomic():
        stored = SearchText.objects.filter(pk=published.pk).first()
        if stored is None or stored.source_hash != digest:
            _store_text(published, text, known, keys, digest, stored)
        _store_document(published)


def remove(document_id: int) -> None:
    """Forget the document; harmless when it is not indexed."""
    stored = SearchText.objects.filter(pk=document_id).first()
    if stored is None:
        return
    with transaction.atomic():
        _forget_terms(stored)
        SearchDocument.objects.filter(pk=document_id).delete()
        stored.delete()


def source_hash(text: SearchableText, known: Signature, keys: list[str], locale: str) -> str:
    """What tells that the index of a document is up to date."""
    source = [
        ANALYSIS_VERSION, locale, text.title, text.names, text.lead, text.body,
        known.as_data(), keys,
    ]  # fmt: skip
    return blake2b(orjson.dumps(source), digest_size=16).hexdigest()


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
            for published in batch:
                index(published)
        done, last = done + len(batch), batch[-1].pk
        yield done
    SearchTerm.objects.filter(Q(document_count__lte=0)).delete()


def _store_text(
    published: PublishedEntry,
    text: SearchableText,
    known: Signature,
    keys: list[str],
    digest: str,
    stored: SearchText | None,
) -> None:
    if stored is not None:
        _forget_terms(stored)
    lines, weights = analysed(text, published.locale)
    for key in keys:
        weights[f"f:{key}"] = 500
    changes = dict.fromkeys(weights, 1)
    for code in known.codes:
        weights[f"c:{code}"[:TERM_LENGTH]] = 1000
        changes[f"c:{code}"[:TERM_LENGTH]] = 1
    for message in known.messages:
        changes |= {f"m:{word}"[:TERM_LENGTH]: 1 for word in message.sequence}
    length = sum(len(words) for words, _ in lines)
    changes |= {DOCUMENTS: 1, WORDS: length}
    if known.messages:
        changes[ERRORS] = 1
    ids = postings.count_terms(changes)
    postings.post(published.pk, {ids[term]: weight for term, weight in weights.items()})
    counted_once = [ids[term] for term in changes if term != WORDS]
    SearchText.objects.update_or_create(
        pk=published.pk,
        defaults={
            "words": "\n".join(f" {' '.join(words)} " for words, _ in lines),
            "stems": "\n".join(f" {' '.join(stems)} " for _, stems in lines),
            "term_ids": {"ids": counted_once, "words": length},
            "signature": known.as_data(),
            "source_hash": digest,
        },
    )


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
        words: list[str] = []
        stems: list[str] = []
        for token in tokens(content):
            if len(words) > _LONGEST_DOCUMENT:
                break
            for word in token.words:
                words.append(word)
                stems.append(stem(word, locale))
                # A stop word tells something in a title only: "this", "where", "for".
                if is_title or not is_stop_word(word):
                    counts[f"w:{stems[-1]}"] += boost
                if content is text.title:
                    counts[f"t:{word}"] += boost
            if token.whole:
                counts[f"w:{token.whole}"] += boost
                names.append(token.whole)
        lines.append((words, stems))
    length = sum(len(words) for words, _ in lines)
    # Names written as one, such as os.path.join, are a line of their own: phrases skip them.
    lines.append((names, names))
    norm = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * length / _USUAL_LENGTH)
    weights: dict[str, int] = {}
    for term, count in counts.items():
        weights[term[:TERM_LENGTH]] = max(1, round(1000 * count / (count + norm)))
    return lines, weights


def _forget_terms(stored: SearchText) -> None:
    postings.unpost(stored.pk, stored.term_ids["ids"])
    postings.release_terms(stored.term_ids["ids"])
    postings.count_terms({WORDS: -stored.term_ids["words"]})


def _store_document(published: PublishedEntry) -> None:
    SearchDocument.objects.update_or_create(
        pk=published.pk,
        defaults={
            "locale": published.locale,
            "translation_key": published.translation_key,
            "kind": published.kind,
            "technology": published.technology,
            "category": published.category,
            "level": published.level,
            "difficulty": published.difficulty,
            "expires_at": published.expires_at,
        },
    )


def _vocabulary_keys(published: PublishedEntry) -> list[str]:
    keys = [published.technology, published.category]
    topics = published.card.get("topicKeys") or []
    return [key.hex for key in keys if key is not None] + list(topics)
