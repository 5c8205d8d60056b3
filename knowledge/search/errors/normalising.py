"""A message as a sequence of words and holes: what stays when names, values and places change."""

import re
from collections.abc import Iterable

from knowledge.search.analysis import is_stop_word, stem, tokens

HOLE = "□"
_LONGEST = 40

_HOLES = re.compile(
    r"\w+://[^\s'\"<>)\]]+"  # addresses
    r"|[\w@./\\~+-]*\w\.[a-z]{1,5}:\d+(?::\d+)?"  # positions in files
    r"|(?<![\w/])(?:[A-Za-z]:)?(?:[\w@.~+-]*[\\/]){2,}[\w@.+-]*(?::\d+)*"  # paths
    r"|\b0x[0-9a-fA-F]+\b|\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b|\b[0-9a-f]{12,}\b"
    r"|\b\d+(?:\.\d+){1,3}\b"  # versions and internet addresses
    r"|%\(?\w*\)?[sdrfx]\b|\{[\w.]{0,40}\}|\$\{[^}]{0,60}\}|<[\w .,-]{1,40}>|#<[\w:]+>|\[\.\.\.\]|…"
)
_QUOTED = re.compile(
    r"\"([^\"\n]{0,120})\"|(?<!\w)'([^'\n]{0,120})'(?!\w)|`([^`\n]{0,120})['`]"
    r"|[‘‛]([^’\n]{0,120})’|“([^”\n]{0,120})”|«([^»\n]{0,120})»"
)
_HEADER_NAME = re.compile(r"^[A-Za-z]+(?:-[A-Za-z]+)+$")
_NOT = re.compile(r"\bcan['’]t\b|\bcan not\b", re.IGNORECASE), re.compile(r"n['’]t\b")
_FOOTNOTE = re.compile(r"\s*\((?:[\w :]{0,40}\s)?\w+://[^)]*\)")
_BROWSER = re.compile(r"\s*\((?:V8|Firefox|Safari|Chrome|Edge|IE)[^)]*\)\s*$", re.IGNORECASE)


def normalise(message: str, locale: str = "en") -> list[str]:
    """Stems in order, ``HOLE`` for everything that varies; at most forty."""
    text = _FOOTNOTE.sub("", _BROWSER.sub("", message))
    text = _NOT[1].sub(" not", _NOT[0].sub("cannot", text))
    text = _QUOTED.sub(_unquoted, text)
    text = _HOLES.sub(f" {HOLE} ", text)
    result: list[str] = []
    last = 0
    for token in tokens(text):
        if HOLE in text[last : token.start]:
            _append_hole(result)
        last = token.end
        for word in token.words:
            if word.isdigit() or (len(word) == 1 and word != "a"):
                _append_hole(result)
            else:
                result.append(stem(word, locale))
    if HOLE in text[last:]:
        _append_hole(result)
    return result[:_LONGEST]


def normalised_text(sequence: list[str]) -> str:
    """The words of a normalised message without its holes, for comparison by trigrams."""
    return " ".join(word for word in sequence if word != HOLE)


def trigrams(text: str) -> frozenset[str]:
    """The trigrams of every word, padded as pg_trgm pads them."""
    found = set()
    for word in text.split():
        padded = f"  {word} "
        found.update(padded[index : index + 3] for index in range(len(padded) - 2))
    return frozenset(found)


def telling(sequence: Iterable[str]) -> list[str]:
    """The words that are neither holes nor stop words."""
    return [word for word in sequence if word != HOLE and not is_stop_word(word)]


def _unquoted(match: re.Match[str]) -> str:
    content = next((group for group in match.groups() if group is not None), "")
    if _HEADER_NAME.match(content.strip()):
        return f" {content} "
    return f" {HOLE} "


def _append_hole(result: list[str]) -> None:
    if not result or result[-1] != HOLE:
        result.append(HOLE)
