"""Text to terms: the one analysis that indexing and querying share, on every database.

Invariant: analysing the same text twice gives the same terms, so whatever can be read in
an entry can be typed to find it.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from knowledge.search.stop_words import STOP_WORDS

# A token as developers write them: $conn, os.path.join, std::vector, App\Model, e-mail,
# ERR_MODULE_NOT_FOUND, C++, C#, .NET. Scripts without spaces are cut into single characters.
_UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_WORD = rf"[^\W{_UNSPACED}]"
_TOKEN = re.compile(
    rf"[{_UNSPACED}]|(?:[$@.](?={_WORD}))?{_WORD}+(?:(?:\.|::|->|\\|/|-){_WORD}+)*(?:\+\+|\#(?!\w))?"
)
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_a-zA-Z]+")
_WORD_RUN = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"(?<=\w)['’](?:s|S)\b")
_MAX_TOKEN = 64

_LANGUAGES = {"de": "german", "en": "english", "es": "spanish", "fr": "french", "it": "italian"}


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a text: where it stands, its words in order, and its whole form.

    ``words`` are lower case and without accents; ``whole`` is empty when the token is
    just its one word.
    """

    start: int
    end: int
    words: tuple[str, ...]
    whole: str


def tokens(text: str) -> Iterator[Token]:
    """The tokens of ``text`` in order; spans are offsets into ``text``."""
    for match in written_tokens(text):
        words, whole = split(match[0])
        if words:
            yield Token(match.start(), match.end(), words, whole)


def splits(text: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The words and the whole form of each of ``tokens``, for who need not know where it stands."""
    return (found for token in _TOKEN.findall(text) if (found := split(token))[0])


def written_tokens(text: str) -> Iterator[re.Match[str]]:
    """Where tokens may stand, as they are written; ``split`` tells whether there are words."""
    return _TOKEN.finditer(text)


def words(text: str) -> list[str]:
    """The plain words of ``text`` in order, identifiers split into theirs."""
    return [word for token in tokens(text) for word in token.words]


def terms(text: str, locale: str) -> list[str]:
    """What the index knows ``text`` by, repeated as often as it occurs: stems and whole forms."""
    found = []
    for token in tokens(text):
        found += [stem(word, locale) for word in token.words]
        if token.whole:
            found.append(token.whole)
    return found


def is_stop_word(word: str) -> bool:
    """True for words so common that they tell entries apart by accident only."""
    return word in STOP_WORDS


def fold(text: str) -> str:
    """Lower case without accents; length may change."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


@lru_cache(maxsize=65_536)
def stem(word: str, locale: str = "en") -> str:
    """The word without its inflection, by the Snowball rules of the locale's language."""
    if not word.isalpha() or len(word) < 3:
        return word
    return _stemmer(locale.split("-")[0]).stemWord(word)


@lru_cache(maxsize=16)
def _stemmer(language: str):
    return snowballstemmer.stemmer(_LANGUAGES.get(language, "english"))


@lru_cache(maxsize=65_536)
def split(token: str) -> tuple[tuple[str, ...], str]:
    """The words of a token as it is written, folded, and its whole form, empty for a plain word."""
    parts: list[str] = []
    for run in _WORD_RUN.findall(token):
        if run.isascii() and not (run.islower() or run.isdigit()):
            pieces = _PART.findall(run)
            # E0382 and 2FA are names, not a letter and a number.
            parts += [run] if any(len(piece) == 1 for piece in pieces) else pieces
        else:
            parts.append(run)
    folded = tuple(fold(part)[:_MAX_TOKEN] for part in parts)
    whole = fold(token)[:_MAX_TOKEN]
    return folded, "" if folded == (whole,) else whole
