"""The names of technologies, categories and topics, as editors keep them, for reading queries.

Invariant: what is cached is what the read model holds: it is read again when anything but
records has changed.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import orjson

from cms.publishing.models import ContentVersion
from knowledge.kinds import TermKind
from knowledge.search.analysis import words
from knowledge.search.clauses import hex_key
from knowledge.search.statements import rows

_KINDS = (TermKind.TECHNOLOGY.value, TermKind.CATEGORY.value, TermKind.TOPIC.value)
_SURROUNDINGS = "SELECT surroundings FROM publishing_contentversion WHERE id = %s"
_TERMS = (
    "SELECT kind, translation_key, slug, locale, document FROM knowledge_publishedterm"
    " WHERE kind IN (%s, %s, %s) ORDER BY kind, id"
)
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


@dataclass(frozen=True, slots=True)
class _Kept:
    """A vocabulary, and the stamp of all that it was read among."""

    surroundings: int
    vocabulary: Vocabulary


_kept: _Kept | None = None


def vocabulary(surroundings: int | None = None) -> Vocabulary:
    """The vocabulary as it is now; one statement while nothing but records was published.

    None when ``surroundings`` are given, their stamp that has just been read, and nothing but
    records was published since the vocabulary was last asked for.
    """
    global _kept
    kept = _kept
    if kept is None or kept.surroundings != surroundings:
        # Before the terms: what changes in between is read again the next time.
        surroundings = stamp_of_surroundings()
        if kept is None or kept.surroundings != surroundings:
            kept = _kept = _Kept(surroundings, _read())
    return kept.vocabulary


def stamp_of_surroundings() -> int:
    """The second of ``ContentVersion.stamps``, on the connection that finds."""
    found = rows(_SURROUNDINGS, [ContentVersion.ROW])
    return found[0][0] if found else 0


def forget() -> None:
    """Read the vocabulary anew when it is next asked for, as after restoring a database."""
    global _kept
    _kept = None


def _read() -> Vocabulary:
    return Vocabulary([_named(row) for row in rows(_TERMS, _KINDS)])


def _named(row: tuple[Any, ...]) -> NamedTerm:
    kind, key, slug, locale, text = row
    document = orjson.loads(text)
    label = document.get("label") or document["name"]
    names = [document["name"], slug, label, *(document.get("aliases") or ())]
    # "Python (FastAPI)" is called FastAPI, "JavaScript / CORS" both.
    names += label.replace("(", "/").replace(")", "/").split("/")
    return NamedTerm(
        kind=kind,
        key=hex_key(key),
        slug=slug,
        label=label,
        names=tuple(
            dict.fromkeys(
                found
                for name in names
                if (found := tuple(words(name))) and len(found) <= LONGEST_NAME
            )
        ),
        language_key=document.get("languageKey") or "",
        locale=locale,
    )
