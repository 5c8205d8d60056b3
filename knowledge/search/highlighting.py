"""Which parts of a text were asked for, as data: fragments with a flag, never markup.

Invariant: the fragments of a text, joined, are the text.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from knowledge.search.analysis import split, stem, written_tokens
from knowledge.search.query import Query

SNIPPET_LENGTH = 240
_SEARCHED = 20_000
# Different tokens that are known of one query: some thirty long texts.
_MOST_KNOWN = 10_000


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
    known = _numbers(query, locale)
    if len(known) > _MOST_KNOWN:
        known.clear()
    found = []
    for match in written_tokens(text):
        token = match[0]
        if token in known:
            number = known[token]
        else:
            number = known[token] = _concept_of(token, query, locale)
        if number is not None:
            found.append((match.start(), match.end(), number))
    return found


@lru_cache(maxsize=8)
def _numbers(query: Query, locale: str) -> dict[str, int | None]:
    """Token as it is written → number of its concept, as far as it was looked for.

    The texts of one page of hits repeat few words; nothing else of a word matters.
    """
    return {}


def _concept_of(token: str, query: Query, locale: str) -> int | None:
    words, whole = split(token)
    if not words:
        return None
    for form in (whole, *words, *(stem(word, locale) for word in words)):
        # Of two concepts with the same form the last one counts.
        for number in range(len(query.concepts) - 1, -1, -1):
            if form and form in query.concepts[number].forms:
                return number
    phrases = {word for phrase in query.phrases for word in phrase}
    return -1 if any(word in phrases for word in words) else None


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
