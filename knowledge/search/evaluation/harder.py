"""The same paste as it reaches us on a bad day: misspelt, cut, in one line, lost in a log.

Invariant: the same query always gives the same forms, so measurements can be repeated.
"""

import random
from collections.abc import Callable, Iterator

from knowledge.search.evaluation.queries import KnownQuery

_LINES_BEFORE, _LINES_AFTER = 60, 20


def harder(query: KnownQuery) -> Iterator[tuple[str, KnownQuery]]:
    """(name of the form, the query in it) for every form."""
    chance = random.Random(query.id)  # noqa: S311 - to be repeated, not to be guessed
    for name, form in _FORMS.items():
        yield name, KnownQuery(query.id, form(query.text, chance), query.expected)


def _misspelt(text: str, chance: random.Random) -> str:
    """One word in seven with two letters exchanged, one lost, or one doubled."""
    return _by_word(text, lambda word: _slip(word, chance) if chance.random() < 0.15 else word)


def _thinned(text: str, chance: random.Random) -> str:
    """One word in five is missing."""
    return _by_word(text, lambda word: "" if chance.random() < 0.2 else word)


def _cut(text: str, chance: random.Random) -> str:
    """Every line without its last quarter, as a narrow terminal prints it."""
    return "\n".join(line[: max(12, len(line) * 3 // 4)] for line in text.splitlines())


def _in_one_line(text: str, chance: random.Random) -> str:
    """As it arrives from a chat that joins lines."""
    return " ".join(line.strip() for line in text.splitlines())


def _in_a_log(text: str, chance: random.Random) -> str:
    """Between lines that have nothing to do with it."""
    before = [
        f"2026-01-02 10:{number // 60:02d}:{number % 60:02d} INFO worker-{number % 4} "
        f"request {chance.randrange(9000)} handled in {chance.randrange(90)} ms"
        for number in range(_LINES_BEFORE)
    ]
    own = [f"[error] 2026/01/02 10:01:01 {line}" for line in text.splitlines()]
    after = [
        f"2026-01-02 10:02:{number:02d} WARN cache miss for key user:{chance.randrange(9000)}"
        for number in range(_LINES_AFTER)
    ]
    return "\n".join([*before, *own, *after])


_FORMS: dict[str, Callable[[str, random.Random], str]] = {
    "misspelt": _misspelt,
    "words missing": _thinned,
    "lines cut": _cut,
    "in one line": _in_one_line,
    "in a log": _in_a_log,
}
FORMS = tuple(_FORMS)


def _by_word(text: str, change: Callable[[str], str]) -> str:
    return "\n".join(
        " ".join(changed for word in line.split(" ") if (changed := change(word)) or not word)
        for line in text.splitlines()
    )


def _slip(word: str, chance: random.Random) -> str:
    if len(word) < 5 or not word.isalpha():
        return word
    place, kind = chance.randrange(1, len(word) - 2), chance.randrange(3)
    if kind == 0:
        return f"{word[:place]}{word[place + 1]}{word[place]}{word[place + 2 :]}"
    return word[:place] + word[place + 1 :] if kind == 1 else word[:place] + word[place - 1 :]
