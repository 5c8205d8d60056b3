"""The names of technologies, categories and topics, as editors keep them, for reading queries.

Invariant: what is cached is what the read model holds at the content version it was read at.
"""

from collections import defaultdict
from dataclasses import dataclass
from threading import Lock

from django.db import connection

from cms.publishing.models import ContentVersion
from knowledge.kinds import TermKind
from knowledge.models.published import PublishedTerm
from knowledge.search.analysis import words

_VERSION = "SELECT number FROM publishing_contentversion WHERE id = %s"
_KINDS = (TermKind.TECHNOLOGY, TermKind.CATEGORY, TermKind.TOPIC)
LONGEST_NAME = 4


@dataclass(frozen=True, slots=True)
class NamedTerm:
    """A term of a vocabulary: its key in the read model, and all its names in words."""

    kind: str
    key: str
    slug: str
    label: str
    names: tuple[tuple[str, ...], ...]
    language_key: str
    locale: str = ""


class Vocabulary:
    """Every term by each of its names."""

    def __init__(self, terms: list[NamedTerm]) -> None:
        self.by_name: dict[tuple[str, ...], list[NamedTerm]] = defaultdict(list)
        self.by_key: dict[str, list[NamedTerm]] = defaultdict(list)
        self.frameworks: dict[str, list[str]] = defaultdict(list)
        for term in terms:
            self.by_key[term.key].append(term)
            for name in term.names:
                if term not in self.by_name[name]:
                    self.by_name[name].append(term)
            if term.language_key:
                self.frameworks[term.language_key].append(term.key)

    def named(self, name: tuple[str, ...]) -> list[NamedTerm]:
        """The terms that are called ``name``."""
        return self.by_name.get(name, [])

    def names_of(self, key: str) -> set[tuple[str, ...]]:
        """All names of the term, in all languages."""
        return {name for term in self.by_key.get(key, ()) for name in term.names}

    def technology_names(self, key: str) -> frozenset[str]:
        """Names of a technology and of the language it belongs to, each as one text."""
        found = {" ".join(name) for name in self.names_of(key)}
        for term in self.by_key.get(key, ()):
            if term.language_key:
                found |= {" ".join(name) for name in self.names_of(term.language_key)}
        return frozenset(found)


_cached: tuple[int, Vocabulary] | None = None
_lock = Lock()


def vocabulary(version: int | None = None) -> Vocabulary:
    """The vocabulary as it is now; one statement when nothing was published since.

    None when ``version`` is given, the content version that has just been read.
    """
    global _cached
    if version is None or _cached is None or _cached[0] != version:
        version = _version()
    cached = _cached
    if cached is not None and cached[0] == version:
        return cached[1]
    read = Vocabulary(_read())
    with _lock:
        _cached = (version, read)
    return read


def _version() -> int:
    """As ``ContentVersion.current``, at the cost of its statement alone."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSION, [ContentVersion.ROW])
        row = cursor.fetchone()
    return row[0] if row else 0


def forget() -> None:
    """Read the vocabulary anew when it is next asked for, as after restoring a database."""
    global _cached
    _cached = None


def _read() -> list[NamedTerm]:
    terms = []
    for row in PublishedTerm.objects.filter(kind__in=_KINDS).order_by("kind", "pk"):
        document = row.document
        label = document.get("label") or document["name"]
        names = [document["name"], row.slug, label, *(document.get("aliases") or ())]
        # "Python (FastAPI)" is called FastAPI, "JavaScript / CORS" both.
        names += label.replace("(", "/").replace(")", "/").split("/")
        terms.append(
            NamedTerm(
                kind=row.kind,
                key=row.translation_key.hex,
                slug=row.slug,
                label=label,
                names=tuple(
                    dict.fromkeys(
                        found
                        for name in names
                        if (found := tuple(words(name))) and len(found) <= LONGEST_NAME
                    )
                ),
                language_key=document.get("languageKey") or "",
                locale=row.locale,
            )
        )
    return terms
