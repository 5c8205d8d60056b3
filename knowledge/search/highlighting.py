"""Which parts of a text were asked for, as data: fragments with a flag, never markup.

Invariant: the fragments of a text, joined, are the text.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.search.analysis import Token, stem, tokens
from knowledge.search.query import Query

SNIPPET_LENGTH = 240
_SEARCHED = 20_000


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of text, and whether it was asked for."""

    text: str
    is_match: bool


def highlight(text: str, query: Query, locale: str) -> list[Fragment]:
    """``text`` in fragments, with every word of the query marked."""
    return _fragments(text, _matches(text, query, locale))


def snippet(texts: Iterable[str], query: Query, locale: str) -> list[Fragment]:
    """The stretch of ``texts`` with the most of the query, one line, about 240 characters.

    Without any match the beginning of the first text.
    """
    best: tuple[int, str, int] | None = None
    first = ""
    left = _SEARCHED
    for text in texts:
        text = " ".join(text[:left].split())
        left -= len(text)
        first = first or text
        matches = _matches(text, query, locale)
        found = _best_window(matches)
        if found and (best is None or found[0] > best[0]):
            best = (found[0], text, found[1])
        if left <= 0:
            break
    if best is None:
        return _cut(first, 0, query, locale)
    return _cut(best[1], best[2], query, locale)


def _matches(text: str, query: Query, locale: str) -> list[tuple[int, int, int]]:
    """(start, end, number of the concept) of every match in order."""
    forms = {
        form: number for number, concept in enumerate(query.concepts) for form in concept.forms
    }
    phrases = {word for phrase in query.phrases for word in phrase}
    found = []
    for token in tokens(text):
        number = _concept_of(token, forms, phrases, locale)
        if number is not None:
            found.append((token.start, token.end, number))
    return found


def _concept_of(token: Token, forms: dict[str, int], phrases: set[str], locale: str) -> int | None:
    for form in (token.whole, *token.words, *(stem(word, locale) for word in token.words)):
        if form and form in forms:
            return forms[form]
    return -1 if phrases and any(word in phrases for word in token.words) else None


def _best_window(matches: list[tuple[int, int, int]]) -> tuple[int, int] | None:
    """(worth, start) of the window with the most different concepts, then most matches."""
    best: tuple[int, int] | None = None
    for index, (start, _, _) in enumerate(matches):
        inside = [number for begin, _, number in matches[index : index + 40]
                  if begin - start < SNIPPET_LENGTH - 40]  # fmt: skip
        worth = 10 * len(set(inside)) + len(inside)
        if best is None or worth > best[0]:
            best = (worth, start)
    return best


def _cut(text: str, around: int, query: Query, locale: str) -> list[Fragment]:
    start = max(0, around - 40)
    if start:
        start = text.rfind(" ", 0, start) + 1
    end = min(len(text), start + SNIPPET_LENGTH)
    if end < len(text):
        space = text.rfind(" ", start, end)
        end = space if space > start else end
    fragments = highlight(text[start:end], query, locale)
    if start:
        fragments.insert(0, Fragment("… ", False))
    if end < len(text):
        fragments.append(Fragment(" …", False))
    return fragments


def _fragments(text: str, matches: list[tuple[int, int, int]]) -> list[Fragment]:
    fragments = []
    last = 0
    for start, end, _ in matches:
        if start > last:
            fragments.append(Fragment(text[last:start], False))
        fragments.append(Fragment(text[start:end], True))
        last = end
    if last < len(text):
        fragments.append(Fragment(text[last:], False))
    return fragments
