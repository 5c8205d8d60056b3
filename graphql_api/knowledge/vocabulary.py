"""All terms of all vocabularies: one statement a request, and only when a term is asked for."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from django.db.models import ExpressionWrapper, F, TextField

from graphql_api.context import RequestContext
from graphql_api.knowledge.reading import Reading
from knowledge.kinds import TermKind
from knowledge.models import PublishedTerm


class StoredTerm:
    """A term in one language, its document parsed when it is first read."""

    __slots__ = ("_document", "_text", "key", "kind", "locale", "pk", "position", "slug")

    def __init__(
        self, kind: str, pk: int, key: str, locale: str, slug: str, position: int, text: str
    ) -> None:
        self.kind = kind
        self.pk = pk
        self.key = key
        self.locale = locale
        self.slug = slug
        self.position = position
        self._text = text
        self._document: dict[str, Any] | None = None

    @property
    def document(self) -> dict[str, Any]:
        """The term as it was stored at its last change."""
        if self._document is None:
            self._document = orjson.loads(self._text)
        return self._document


class TermRecord:
    """A term as one request reads it. ``get`` reads a document key, which is a field's name."""

    __slots__ = ("reading", "term", "vocabulary")

    def __init__(self, term: StoredTerm, reading: Reading, vocabulary: "Vocabulary") -> None:
        self.term = term
        self.reading = reading
        self.vocabulary = vocabulary

    @property
    def kind(self) -> str:
        """The vocabulary, a value of ``knowledge.kinds.TermKind``."""
        return self.term.kind

    def get(self, name: str) -> Any:
        """The value of a document key."""
        return self.term.document.get(name)


# Ways of showing terms that are remembered at a time, and terms and sets of terms of each.
MAX_SHOWN, MAX_REMEMBERED = 200, 1_000


class Vocabulary:
    """Every published term, found by translation key or by slug. Never changes."""

    def __init__(self, terms: Iterable[StoredTerm]) -> None:
        self._completed: dict[Any, dict[Any, Any]] = {}
        self._by_key: dict[str, list[StoredTerm]] = {}
        self._by_slug: dict[tuple[str, str, str], StoredTerm] = {}
        for term in terms:
            self._by_key.setdefault(term.key, []).append(term)
            self._by_slug[term.kind, term.locale, term.slug] = term

    def completed(self, shown: Any) -> dict[Any, Any]:
        """Terms as answers show them, by whatever tells them apart; ``shown`` is the way."""
        found = self._completed.get(shown)
        if found is None:
            if len(self._completed) >= MAX_SHOWN:
                self._completed = {}
            found = self._completed.setdefault(shown, {})
        elif len(found) > MAX_REMEMBERED:
            found.clear()
        return found

    def term(self, key: str | None, reading: Reading) -> TermRecord | None:
        """The term ``key`` in the language of the reading.

        A name in another language says more than none: for references the default
        language always stands in.
        """
        translations = self._by_key.get(key or "")
        if not translations:
            return None
        found = Reading(reading.locale).choose(translations) or translations[0]
        return TermRecord(found, reading, self)

    def by_slug(self, kind: TermKind, slug: str, reading: Reading) -> TermRecord | None:
        """The term that is called ``slug`` in a language of the reading."""
        for locale in reading.locales:
            if found := self._by_slug.get((kind, locale, slug)):
                chosen = reading.choose(self._by_key[found.key])
                return TermRecord(chosen, reading, self) if chosen else None
        return None

    def by_id(self, kind: TermKind, pk: int) -> TermRecord | None:
        """The term with the primary key ``pk``, in its own language."""
        for translations in self._by_key.values():
            for term in translations:
                if term.kind == kind and term.pk == pk:
                    return TermRecord(term, Reading(term.locale), self)
        return None

    def all(self, kind: TermKind, reading: Reading) -> list[TermRecord]:
        """The vocabulary in the editors' order, each term once."""
        found = [
            term
            for translations in self._by_key.values()
            if translations[0].kind == kind and (term := reading.choose(translations))
        ]
        found.sort(key=lambda term: (term.position, term.document["name"].casefold(), term.pk))
        return [TermRecord(term, reading, self) for term in found]


def stored_terms() -> Iterator[StoredTerm]:
    """All terms there are, in one statement."""
    rows = PublishedTerm.objects.annotate(
        text=ExpressionWrapper(F("document"), output_field=TextField())
    ).values_list("kind", "object_id", "translation_key", "locale", "slug", "position", "text")
    for kind, pk, key, locale, slug, position, text in rows:
        yield StoredTerm(kind, pk, key.hex, locale, slug, position, text)


def vocabulary(context: RequestContext) -> Vocabulary:
    """The vocabulary as this request sees it."""
    if "vocabulary" not in context.memo:
        context.memo["vocabulary"] = Vocabulary(stored_terms())
    return context.memo["vocabulary"]
