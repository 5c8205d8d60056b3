"""How well a paste fits the signature of an entry: evidence by evidence, then one score.

Invariant: the score is a function of the paste, the signature and the term counts only,
so it is the same on every database.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.search.errors.alignment import Idf, coverage, mass
from knowledge.search.errors.contradictions import (
    classes,
    declared_codes,
    is_class,
    is_of_another_class,
    is_of_another_code,
)
from knowledge.search.errors.extraction import MessageLine
from knowledge.search.errors.normalising import (
    HOLE,
    normalise,
    normalised_text,
    telling,
    trigrams,
)
from knowledge.search.errors.origin import agreement
from knowledge.search.errors.signatures import KnownMessage, Signature

WEIGHTS = {
    "code": 1.6, "coverage": 0.8, "trigram": 0.8, "words": 0.7, "technology": 0.5,
    "name": 0.3, "other_code": -0.4, "other_class": -0.2,
}  # fmt: skip
# A code that many entries share names a family of errors, not one of them.
MOST_OWNERS = 5
# From here on a code is the error's own, not a class of errors.
OWN_CODE = 0.8
# The class of an exception is said of many errors, however few entries name it.
_CLASSES = ("error", "exception", "warning", "failure")
_CLOSE_ENOUGH_TO_ALIGN = 0.2
# What errors of every kind are called says nothing of which one it is.
_OF_EVERY_ERROR = frozenset({"error", "except", "warn", "fail", "failur", "fault"})
# From here on one word in common is enough: it is nearly all that either says.
_NEARLY_ALL = 0.75


@dataclass(frozen=True, slots=True)
class PastedLine:
    """A message line ready to be compared, with the codes and classes its whole line reports."""

    line: MessageLine
    sequence: tuple[str, ...]
    grams: frozenset[str]
    declared: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Paste:
    """All that is known about a paste."""

    lines: tuple[PastedLine, ...]
    codes: frozenset[str]
    origins: frozenset[str]


@dataclass(slots=True)
class Evidence:
    """What speaks for an entry, each from 0 to 1 (technology from −.5), and the total.

    ``name``: the line says all words of the entry's name. ``other_code`` and ``other_class``
    speak against it: the line reports another code in the manner of the entry's, or an
    exception of another class.
    """

    code: float = 0.0
    coverage: float = 0.0
    exactness: float = 0.0
    trigram: float = 0.0
    words: float = 0.0
    technology: float = 0.0
    name: float = 0.0
    other_code: float = 0.0
    other_class: float = 0.0
    # Whether one of its messages was recognised, by more than words that every text has.
    has_message: bool = False
    matched_code: str = ""
    matched_line: MessageLine | None = None
    matched_message: str = ""

    @property
    def is_real(self) -> bool:
        """False for words in common alone: chance has those too."""
        return self.has_message or self.code >= OWN_CODE

    @property
    def score(self) -> float:
        return sum(weight * getattr(self, name) for name, weight in WEIGHTS.items())


def prepare(lines: Iterable[MessageLine], locale: str = "en") -> tuple[PastedLine, ...]:
    """Lines normalised; a line that normalises like a likelier one is left out."""
    lines = list(lines)
    prepared: dict[tuple[str, ...], PastedLine] = {}
    for line in lines:
        sequence = tuple(normalise(line.text, locale))
        if sequence and sequence not in prepared and any(word != HOLE for word in sequence):
            # The first of what was made of a line is the whole of it.
            whole = next(one.text for one in lines if one.start == line.start)
            prepared[sequence] = PastedLine(
                line,
                sequence,
                trigrams(normalised_text(sequence)),
                declared_codes(whole),
                classes(whole),
            )
    return tuple(prepared.values())


def evidence(
    paste: Paste,
    signature: Signature,
    *,
    idf: Idf,
    code_owners: Mapping[str, int],
    words: float,
    technology: frozenset[str],
) -> Evidence:
    """Everything that speaks for and against the entry behind ``signature``.

    ``words`` is its share of the best word score among the candidates.
    """
    result = Evidence(
        words=words, technology=agreement(paste.origins, technology, signature.is_static)
    )
    for code in signature.codes:
        owners = code_owners.get(code, 0)
        if code in paste.codes and 0 < owners <= MOST_OWNERS:
            strength = _code_strength(code, owners)
            if strength > result.code:
                result.code, result.matched_code = strength, code
    best = 0.0
    matched: PastedLine | None = None
    for message in signature.messages:
        grams = trigrams(normalised_text(message.sequence))
        for pasted in paste.lines:
            trust = message.trust * min(1.0, pasted.line.weight)
            similarity = _jaccard(pasted.grams, grams) * trust
            result.trigram = max(result.trigram, similarity)
            if not _may_align(pasted, message, idf):
                continue
            found, exact = coverage(pasted.sequence, message.sequence, idf)
            found *= trust
            own_words = _own_words(message.sequence)
            shared = own_words.intersection(pasted.sequence)
            if " " not in message.text and len(own_words) > 1 and shared == own_words:
                result.name = max(result.name, min(1.0, pasted.line.weight))
            result.has_message = result.has_message or _is_recognised(shared, own_words, found)
            result.coverage = max(result.coverage, found)
            result.exactness = max(result.exactness, exact * message.trust)
            if found + similarity > best:
                best = found + similarity
                result.matched_line, result.matched_message = pasted.line, message.text
                matched = pasted
    matched = matched or next(iter(paste.lines), None)
    if matched:
        own = set(signature.codes)
        result.other_code = float(is_of_another_code(matched.declared, paste.codes, own))
        known = classes("\n".join(message.text for message in signature.messages))
        result.other_class = float(
            is_of_another_class(matched.classes, known | set(filter(is_class, own)))
        )
    return result


def _own_words(sequence: tuple[str, ...]) -> frozenset[str]:
    """What of a message tells it from others."""
    return frozenset(telling(sequence)) - _OF_EVERY_ERROR


def _is_recognised(shared: frozenset[str], own: frozenset[str], covered: float) -> bool:
    """False for what chance has in common too: one word of several.

    ``shared`` of the message's ``own`` words stand in the paste, ``covered`` of both is the same.
    """
    return len(shared) > 1 or bool(shared and (shared == own or covered >= _NEARLY_ALL))


def _code_strength(code: str, owners: int) -> float:
    if code.endswith(_CLASSES):
        return 0.4
    return 1.0 if owners <= 2 else OWN_CODE


def _may_align(pasted: PastedLine, message: KnownMessage, idf: Idf) -> bool:
    """False when even a perfect order could not make the two messages alike."""
    shared = set(pasted.sequence) & set(message.sequence)
    common = mass(sorted(shared), idf)
    return common > _CLOSE_ENOUGH_TO_ALIGN * max(mass(message.sequence, idf), 0.01)


def _jaccard(left: frozenset[str], right: frozenset[str]) -> float:
    if not left or not right:
        return 0.0
    common = len(left & right)
    return common / (len(left) + len(right) - common)
