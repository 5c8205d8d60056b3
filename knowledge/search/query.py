"""What a reader typed, taken apart: words to find, phrases to keep, words to leave out.

Invariant: any text at all gives a query; nothing of it is ever passed on as syntax.
"""

import re
from dataclasses import dataclass

from knowledge.kinds import TermKind
from knowledge.search.analysis import fold, is_stop_word, stem, tokens
from knowledge.search.synonyms import synonyms
from knowledge.search.vocabulary import LONGEST_NAME, NamedTerm, Vocabulary

TEXT_LIMIT = 200
TERM_LIMIT = 10

_PHRASE = re.compile(r"(?<!\w)(-?)[\"“”„]([^\"“”„]+)[\"“”„]")
_EXCLUDED = re.compile(r"(?:^|(?<=\s))-(?=[^\s\d-])(\S+)")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_SYNONYM_SHARE = 0.35
_FRAMEWORK_SHARE = 0.5


class SearchTextTooLongError(ValueError):
    """The text is longer than ``TEXT_LIMIT`` characters."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing asked for.

    ``forms`` are the tokens of a text that are it, ``exact`` the form as it was typed,
    ``related`` stems that mean nearly the same, ``keys`` the terms of vocabularies it
    names, each with the share of a full match it is worth.
    """

    exact: str
    forms: frozenset[str]
    related: frozenset[str] = frozenset()
    keys: tuple[tuple[str, float], ...] = ()

    def index_terms(self) -> dict[str, float]:
        """The texts of index terms that find it, each with its share."""
        found = dict.fromkeys((f"w:{word}" for word in sorted(self.related)), _SYNONYM_SHARE)
        found |= {f"f:{key}": share for key, share in self.keys}
        return found | dict.fromkeys((f"w:{form}" for form in sorted(self.forms)), 1.0)


@dataclass(frozen=True, slots=True)
class Query:
    """A query as the index understands it."""

    text: str
    concepts: tuple[Concept, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()
    excluded_phrases: tuple[tuple[str, ...], ...] = ()
    technologies: frozenset[str] = frozenset()
    # The text without what is left out and without signs that ask for something.
    plain: str = ""

    def __bool__(self) -> bool:
        return bool(self.concepts or self.phrases)


def parse(text: str, vocabulary: Vocabulary, locale: str) -> Query:
    """The query that ``text`` means. Raises ``SearchTextTooLongError``."""
    if len(text) > TEXT_LIMIT:
        raise SearchTextTooLongError(text[:20])
    rest = _UNPRINTABLE.sub(" ", text)
    phrases: list[tuple[str, ...]] = []
    excluded_phrases: list[tuple[str, ...]] = []
    for match in _PHRASE.finditer(rest):
        if phrase := tuple(word for token in tokens(match[2]) for word in token.words):
            (excluded_phrases if match[1] else phrases).append(phrase)
    rest = _PHRASE.sub(lambda match: " " if match[1] else f" {match[2]} ", rest)
    excluded = [
        form
        for match in _EXCLUDED.finditer(rest)
        for token in tokens(match[1])
        if (form := _excluded_form(token.words, token.whole, locale))
    ]
    rest = _EXCLUDED.sub(" ", rest)
    found, technologies = _concepts(rest, vocabulary, locale)
    return Query(
        text=text,
        concepts=tuple(found),
        phrases=tuple(dict.fromkeys(phrases)),
        excluded=tuple(dict.fromkeys(excluded)),
        excluded_phrases=tuple(dict.fromkeys(excluded_phrases)),
        technologies=frozenset(technologies),
        plain=" ".join(rest.split()),
    )


def _excluded_form(words: tuple[str, ...], whole: str, locale: str) -> tuple[str, ...]:
    return (whole,) if whole else tuple({stem(words[0], locale), words[0]})


def _concepts(text: str, vocabulary: Vocabulary, locale: str) -> tuple[list[Concept], list[str]]:
    typed = list(tokens(text))
    words = [word for token in typed for word in token.words]
    named = _named_terms(words, vocabulary)
    alike = synonyms(locale)
    concepts: dict[str, Concept] = {}
    only_stop_words = all(is_stop_word(word) for word in words)
    for word in words:
        terms = named.get(word, ())
        if is_stop_word(word) and not only_stop_words and not terms:
            continue
        stemmed = stem(word, locale)
        names = {stem(name[0], locale) for term in terms for name in term.names if len(name) == 1}
        concepts.setdefault(
            stemmed,
            Concept(
                exact=word,
                forms=frozenset({stemmed, word}) | names,
                related=frozenset() if terms else alike.get(stemmed, frozenset()),
                keys=_keys(terms, vocabulary),
            ),
        )
    for token in typed:
        if token.whole:
            concepts.setdefault(token.whole, Concept(token.whole, frozenset({token.whole})))
    technologies = [
        term.key for terms in named.values() for term in terms if term.kind == TermKind.TECHNOLOGY
    ]
    return list(concepts.values()), technologies


def _named_terms(words: list[str], vocabulary: Vocabulary) -> dict[str, list[NamedTerm]]:
    """Each word that is, or is part of, the name of a term, with the terms it names."""
    found: dict[str, list[NamedTerm]] = {}
    for length in range(LONGEST_NAME, 0, -1):
        for start in range(len(words) - length + 1):
            name = tuple(words[start : start + length])
            if length == 1 and (len(name[0]) < 2 or name[0] in found):
                continue
            for term in vocabulary.named(name):
                for word in name:
                    if term not in found.setdefault(word, []):
                        found[word].append(term)
    return found


def _keys(terms: list[NamedTerm] | tuple[()], vocabulary: Vocabulary) -> tuple:
    shares: dict[str, float] = {}
    for term in terms:
        for key in vocabulary.frameworks.get(term.key, ()):
            shares.setdefault(key, _FRAMEWORK_SHARE)
    for term in terms:
        shares[term.key] = 1.0
    return tuple(sorted(shares.items()))


def normalised_words(text: str) -> list[str]:
    """The plain words of a query, for counting what was not found: letters only."""
    return sorted(
        {
            word
            for token in tokens(text[:TEXT_LIMIT])
            for word in token.words
            if word.isalpha() and 2 <= len(word) <= 24 and not is_stop_word(word)
        }
    )[:TERM_LIMIT]


def folded(text: str) -> str:
    """The text as it is compared with titles: folded, single spaces."""
    return " ".join(fold(text).split())
