"""Near-duplicates among what is published: titles, and the messages of errors.

Invariant: only published entries are candidates, and the index is as new as the last
publication.
"""

import re
import threading
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from math import log

from django.utils import timezone

from cms.publishing.models import ContentVersion
from cms.publishing.parts import Parts
from knowledge.kinds import Kind
from knowledge.models import PublishedEntry, PublishedTerm

THRESHOLD = 0.34
MAXIMUM = 5
SAME_TECHNOLOGY_BONUS = 0.08

_WORD = re.compile(r"[\w#+.]+")
_STOP_WORDS = {
    "a", "an", "and", "are", "as", "at", "be", "between", "by", "can", "could", "describe",
    "discuss", "do", "does", "explain", "for", "from", "give", "how", "i", "in", "is", "it",
    "its", "me", "of", "on", "or", "some", "someone", "that", "the", "their", "there", "this",
    "to", "us", "used", "using", "was", "we", "what", "when", "where", "which", "who", "why",
    "will", "with", "would", "you", "your",
}  # fmt: skip
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "es", "ed", "al", "s", "e")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A published entry that may say the same. ``score`` is from 0 to 1."""

    object_id: int
    kind: str
    code: str
    title: str
    path: str
    score: float


def words_of(text: str) -> Counter[str]:
    """The telling words of ``text``, cut to their stems."""
    counted: Counter[str] = Counter()
    for word in _WORD.findall(text.lower().replace("’", "'")):
        word = word.strip(".")
        if word and word not in _STOP_WORDS:
            counted[_stem(word)] += 1
    return counted


def trigrams_of(text: str) -> frozenset[str]:
    """The trigrams of the letters and digits of ``text``."""
    line = " " + " ".join(_WORD.findall(text.lower())) + " "
    return frozenset(line[i : i + 3] for i in range(len(line) - 2))


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


@dataclass(slots=True)
class _Text:
    words: frozenset[str]
    trigrams: frozenset[str]


@dataclass(slots=True)
class _Row:
    version: int
    kind: str
    technology: str
    code: str
    title: str
    path: str
    expires_at: datetime | None
    texts: list[_Text]

    def has_expired(self, now: datetime) -> bool:
        # Expiry publishes nothing, so the index does not hear of it.
        return self.expires_at is not None and self.expires_at <= now


class Index:
    """The texts of all published entries of one language, and where each word occurs."""

    def __init__(self) -> None:
        self.version = -1
        self.rows: dict[int, _Row] = {}
        self.occurrences: dict[str, set[int]] = defaultdict(set)

    def refresh(self, locale: str) -> None:
        """Take in what was published and drop what was withdrawn since the last time."""
        version = ContentVersion.current()
        if version == self.version:
            return
        documents = PublishedEntry.objects.visible().filter(locale=locale)
        stored = dict(documents.values_list("object_id", "version"))
        for object_id in [pk for pk, row in self.rows.items() if stored.get(pk) != row.version]:
            self._drop(object_id)
        missing = [pk for pk in stored if pk not in self.rows]
        for start in range(0, len(missing), 500):
            chunk = documents.filter(pk__in=missing[start : start + 500])
            for document in chunk.defer(*Parts._fields):
                self._add(document)
        self.version = version

    def _add(self, document: PublishedEntry) -> None:
        card = document.card
        texts = [_text(card["title"])]
        texts += [_text(message) for message in card.get("errorMessages") or ()]
        self.rows[document.pk] = _Row(
            document.version,
            document.kind,
            document.technology.hex if document.technology else "",
            document.code,
            card["title"],
            card["path"],
            document.expires_at,
            texts,
        )
        for text in texts:
            for word in text.words:
                self.occurrences[word].add(document.pk)

    def _drop(self, object_id: int) -> None:
        row = self.rows.pop(object_id)
        for text in row.texts:
            for word in text.words:
                self.occurrences[word].discard(object_id)

    def weight(self, word: str) -> float:
        """How telling a word is: the rarer, the more."""
        return log(1 + len(self.rows) / (1 + len(self.occurrences.get(word, ()))))

    def similarity(self, one: _Text, other: _Text) -> float:
        """From 0 to 1: shared words by weight, and shared trigrams."""
        union = sum(self.weight(word) for word in one.words | other.words)
        shared = sum(self.weight(word) for word in one.words & other.words)
        by_words = shared / union if union else 0.0
        grams = len(one.trigrams | other.trigrams)
        by_trigrams = len(one.trigrams & other.trigrams) / grams if grams else 0.0
        return 0.65 * by_words + 0.35 * by_trigrams


def _text(text: str) -> _Text:
    return _Text(frozenset(words_of(text[:2000])), trigrams_of(text[:2000]))


_INDEXES: dict[str, Index] = {}
_LOCK = threading.Lock()


def forget_indexes() -> None:
    """Build the indexes anew at the next search: for a database that went back in time."""
    with _LOCK:
        _INDEXES.clear()


def find_duplicates(
    kind: Kind,
    *,
    title: str,
    message: str = "",
    technology: str = "",
    locale: str,
    exclude: int | None = None,
) -> list[Candidate]:
    """The published entries most like ``title`` or ``message``, best first, at most five.

    ``technology`` is a slug; entries about the same technology get a small bonus.
    """
    technology_key = _technology_key(technology)
    queries = [_text(text) for text in (title, message) if text.strip()]
    found = []
    now = timezone.now()
    with _LOCK:
        index = _INDEXES.setdefault(locale, Index())
        index.refresh(locale)
        nearby: Counter[int] = Counter()
        for query in queries:
            for word in query.words:
                for object_id in index.occurrences.get(word, ()):
                    nearby[object_id] += 1
        # A bound on the work for words that occur everywhere.
        for object_id, _count in nearby.most_common(400):
            row = index.rows[object_id]
            if row.kind != kind or object_id == exclude or row.has_expired(now):
                continue
            score = max(index.similarity(query, text) for query in queries for text in row.texts)
            if technology_key and row.technology == technology_key:
                score = min(1.0, score + SAME_TECHNOLOGY_BONUS)
            if score >= THRESHOLD:
                found.append(
                    Candidate(object_id, row.kind, row.code, row.title, row.path, round(score, 3))
                )
    found.sort(key=lambda candidate: (-candidate.score, candidate.code))
    return found[:MAXIMUM]


def _technology_key(slug: str) -> str:
    if not slug:
        return ""
    key = (
        PublishedTerm.objects.filter(kind="TECHNOLOGY", slug=slug)
        .values_list("translation_key", flat=True)
        .first()
    )
    return key.hex if key else ""
