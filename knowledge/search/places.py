"""Where the words of a document stand, in one short text that ranking reads instead of it.

Invariant: a text of printable ASCII beside the terms themselves, the same on every database:
``"LENGTH,OPENING TERM=… TERM=… "``. After ``=`` come the weight of the term's posting (two
digits), then a group for each word as it was written, with commas between: a digit made from
the word, a digit of counts in title, names and lead, and the blocks of the body that hold it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from zlib import crc32

from knowledge.search.analysis import is_stop_word

# What a reader takes for the beginning of a document, and passages, in words.
LEAD_LENGTH = 60
BLOCK_LENGTH = 30

# No space, comma or equals sign, which part the text; no quotes, for reading it in a statement.
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$&()*+-./:;<>?@[]^_{|}~"
BASE = len(DIGITS)
VALUES = {digit: value for value, digit in enumerate(DIGITS)}
# The last digit in place of a block says that the next one is that much further.
_FURTHER = BASE - 1
_MOST_COUNTED = 3

Lines = Sequence[tuple[Sequence[str], Sequence[str]]]


@dataclass(slots=True)
class Group:
    """How often a word stands in title, names and lead, and in which blocks of the body."""

    title: int = 0
    names: int = 0
    lead: int = 0
    blocks: list[int] = field(default_factory=list)


def places_of(lines: Lines, weights: Mapping[str, int]) -> str:
    """The places of a document.

    ``lines`` are words and stems of title, names, lead, body and names written as one;
    ``weights`` those of its postings. Stop words are placed in title and names only.
    """
    (title, _), (names, _), (lead, _), (body, _), _ = lines
    groups = _groups(lines)
    terms = {term[2:]: weight for term, weight in weights.items() if term.startswith("w:")}
    entries = [
        f"{term}={_weight(terms.get(term, 0))}"
        + ",".join(_group(tag, group) for tag, group in groups[term].items())
        for term in sorted(groups)
    ]
    entries += [
        f"{term}={_weight(weight)}"
        for term, weight in sorted(weights.items())
        if term.startswith("f:")
    ]
    length = len(title) + len(names) + len(body)
    opening = len(title) + len(names) + len(lead[:LEAD_LENGTH])
    return " ".join([f"{length},{opening}", *entries, ""])


def digest_of(places: str) -> int:
    """A number of 63 bits, not 0, that stands for these places."""
    found = int.from_bytes(blake2b(places.encode(), digest_size=8).digest(), "big")
    return found >> 1 or 1


def tag_of(word: str) -> str:
    """The digit that stands for a word among the few that have the same stem."""
    return DIGITS[crc32(word.encode()) % BASE]


def weight_at(places: str, start: int) -> int:
    """The weight that is written at ``start``."""
    return VALUES[places[start]] * BASE + VALUES[places[start + 1]]


def read_group(group: str) -> tuple[int, int, int, tuple[int, ...]]:
    """Counts in title, names and lead, and blocks in order, of what ``places_of`` wrote."""
    head = VALUES[group[1]]
    blocks = []
    block = 0
    for digit in group[2:]:
        value = VALUES[digit]
        block += value
        if value != _FURTHER:
            blocks.append(block)
    return head >> 4, head >> 2 & _MOST_COUNTED, head & _MOST_COUNTED, tuple(blocks)


def _groups(lines: Lines) -> dict[str, dict[str, Group]]:
    """Term → digit of the word → where it stands."""
    (title, title_stems), (names, name_stems), (lead, lead_stems), (body, stems), (wholes, _) = (
        lines
    )
    found: dict[str, dict[str, Group]] = {}
    known: dict[tuple[str, str], Group] = {}

    def group(word: str, term: str) -> Group:
        one = known.get((word, term))
        if one is None:
            one = found.setdefault(term, {}).setdefault(tag_of(word), Group())
            known[word, term] = one
        return one

    for word, term in zip(title, title_stems, strict=True):
        group(word, term).title += 1
    for word, term in [*zip(names, name_stems, strict=True), *zip(wholes, wholes, strict=True)]:
        group(word, term).names += 1
    for word, term in zip(lead[:LEAD_LENGTH], lead_stems, strict=False):
        if not is_stop_word(word):
            group(word, term).lead += 1
    for position, (word, term) in enumerate(zip(body, stems, strict=True)):
        if not is_stop_word(word):
            group(word, term).blocks.append(position // BLOCK_LENGTH)
    return found


def _weight(weight: int) -> str:
    return DIGITS[weight // BASE] + DIGITS[weight % BASE]


def _group(tag: str, group: Group) -> str:
    title, names, lead = (
        count if count < _MOST_COUNTED else _MOST_COUNTED
        for count in (group.title, group.names, group.lead)
    )
    written = tag + DIGITS[title << 4 | names << 2 | lead]
    last = 0
    for block in group.blocks:
        further, step = divmod(block - last, _FURTHER)
        written += DIGITS[_FURTHER] * further + DIGITS[step]
        last = block
    return written
