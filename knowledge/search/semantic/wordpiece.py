"""Text to the word pieces that BERT models were trained on.

Invariant: gives the ids that the model's own tokenizer gives, without that library.
"""

import re
import unicodedata
from collections.abc import Mapping

_CLASSIFY, _SEPARATE, _UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
_LONGEST_WORD = 100
_IDEOGRAPHS = re.compile(
    "([\u4e00-\u9fff\u3400-\u4dbf\uf900-\ufaff"
    "\U00020000-\U0002a6df\U0002a700-\U0002ceaf\U0002f800-\U0002fa1f])"
)


class WordPieces:
    """A tokenizer over a vocabulary: text of a piece → its number."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self.vocabulary = vocabulary
        self.first, self.last = vocabulary[_CLASSIFY], vocabulary[_SEPARATE]
        self.unknown = vocabulary[_UNKNOWN]

    def ids(self, text: str, most: int) -> list[int]:
        """The numbers of the pieces, between the two marks, at most ``most`` in all."""
        found: list[int] = []
        for word in _words(text):
            found += self._pieces(word)
            if len(found) >= most - 2:
                break
        return [self.first, *found[: most - 2], self.last]

    def _pieces(self, word: str) -> list[int]:
        """The longest pieces from the left; an unknown rest makes the whole word unknown."""
        if len(word) > _LONGEST_WORD:
            return [self.unknown]
        found, start = [], 0
        while start < len(word):
            prefix = "##" if start else ""
            for end in range(len(word), start, -1):
                number = self.vocabulary.get(prefix + word[start:end])
                if number is not None:
                    found.append(number)
                    start = end
                    break
            else:
                return [self.unknown]
        return found


def _words(text: str) -> list[str]:
    """Lower case without accents, cut at spaces, every sign of punctuation on its own."""
    cleaned = "".join(_cleaned(character) for character in text)
    folded = unicodedata.normalize("NFD", _IDEOGRAPHS.sub(r" \1 ", cleaned)).lower()
    spaced = "".join(
        f" {character} " if _is_punctuation(character) else character
        for character in folded
        if unicodedata.category(character) != "Mn"
    )
    return spaced.split()


def _cleaned(character: str) -> str:
    if character in "\t\n\r":
        return " "
    if character in "\0\ufffd" or unicodedata.category(character).startswith("C"):
        return ""
    return " " if character.isspace() else character


def _is_punctuation(character: str) -> bool:
    if character.isascii():
        return not character.isalnum() and character.isprintable() and character != " "
    return unicodedata.category(character).startswith("P")
