"""Paste an error, get the entry that explains it, how sure that is, and why.

Invariant: the paste is read, compared and forgotten; nothing of it is stored or logged.
"""

from dataclasses import dataclass

from knowledge.models.search_index import SearchText
from knowledge.search import engine, term_statistics
from knowledge.search.analysis import fold, is_stop_word, stem, words
from knowledge.search.candidates import Candidate
from knowledge.search.errors.alignment import message_idf
from knowledge.search.errors.codes import codes
from knowledge.search.errors.confidence import confidence
from knowledge.search.errors.extraction import message_lines
from knowledge.search.errors.matching import (
    MOST_OWNERS,
    Evidence,
    Paste,
    evidence,
    prepare,
)
from knowledge.search.errors.origin import origins, with_families
from knowledge.search.errors.signatures import Signature
from knowledge.search.requirements import Requirements
from knowledge.search.term_statistics import DOCUMENTS, RELATED_BELOW, Factor, Selection
from knowledge.search.vocabulary import Vocabulary, vocabulary

TRACE_LIMIT = 64 * 1024
# Nothing is said when even the best match is less likely than this, or has less evidence in
# all: chance words in common with prose or with another tool's output reach no more. What
# other floors would keep and leave out, ``search_confidence`` prints.
LEAST_CONFIDENCE = 0.05
LEAST_SCORE = 0.9
# From here on a match is a likely answer, below it a suggestion.
LIKELY = 0.5
# After a likely match one is not worth a look that is so much less likely.
LEAST_BESIDE = 0.1
MOST_MATCHES = 20

_COMPARED = 40
_LINES_SEARCHED = 3
_WORDS_SEARCHED = 24
# A message has many words, and the rare ones among them lead to it.
_REACH = 0.3


class TraceTooLargeError(ValueError):
    """The paste has more than ``TRACE_LIMIT`` bytes in UTF-8."""


@dataclass(frozen=True, slots=True)
class ErrorMatch:
    """An entry that may explain the paste, with everything that speaks for it."""

    entry_id: int
    confidence: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ErrorLookup:
    """The matches, likeliest first, and the line that was taken for the message."""

    matches: tuple[ErrorMatch, ...]
    paste: Paste


def lookup_error(
    trace: str,
    *,
    locale: str,
    fallback: bool = True,
    technology: str = "",
    without: frozenset[int] = frozenset(),
    least_confidence: float = LEAST_CONFIDENCE,
    least_beside: float = LEAST_BESIDE,
) -> ErrorLookup:
    """Debug entries that explain ``trace``, which is anything a tool printed.

    ``technology`` is a key of the vocabulary in hex that the reader knows it comes from.
    ``without`` leaves entries out, as if they had never been written. There are no matches
    when the best is less likely than ``least_confidence``, and after a likely one none that
    is less likely than ``least_beside`` of it.
    Raises ``TraceTooLargeError``.
    """
    if len(trace.encode("utf-8", "replace")) > TRACE_LIMIT:
        raise TraceTooLargeError(str(TRACE_LIMIT))
    known_terms = vocabulary()
    lines = prepare(message_lines(trace), locale)
    named = known_terms.technology_names(technology) if technology else frozenset()
    paste = Paste(
        lines=lines,
        codes=frozenset(codes(trace)),
        origins=origins(trace) | with_families(named),
    )
    found = _candidates(paste, locale, fallback, without)
    judged = _judge(paste, found, known_terms)
    matches = _with_confidence(judged, least_confidence, least_beside)
    return ErrorLookup(matches=matches, paste=paste)


def _candidates(
    paste: Paste, locale: str, fallback: bool, without: frozenset[int]
) -> list[Candidate]:
    """The entries worth comparing: by the words of the likeliest lines, and by codes."""
    wanted: dict[str, float] = {}
    for position, pasted in enumerate(paste.lines[:_LINES_SEARCHED]):
        share = min(1.0, pasted.line.weight) * (1.0 if position == 0 else 0.5)
        for word in words(pasted.line.text):
            if len(wanted) < _WORDS_SEARCHED and not is_stop_word(word) and len(word) > 1:
                wanted.setdefault(f"e:{stem(word, locale)}", max(RELATED_BELOW, share))
    code_terms = {f"c:{code}" for code in paste.codes}
    known = term_statistics.statistics({*wanted, *code_terms}, "n:errors")
    known.totals[DOCUMENTS] = known.totals.get("n:errors", 0)
    required = Requirements(locale, fallback)
    selection = term_statistics.affordable(
        [{term: share} for term, share in wanted.items()], known, _REACH
    )
    by_words, _ = engine.find(selection, required, window=_COMPARED + len(without))
    rare = tuple(
        Factor(known.ids[term], number, 1, 0)
        for number, term in enumerate(sorted(code_terms))
        if 0 < known.counts.get(term, 0) <= MOST_OWNERS
    )
    by_code, _ = engine.find(Selection(rare), required, window=_COMPARED)
    seen = {one.document_id for one in by_words}
    found = by_words + [
        Candidate(one.document_id, 0, 0, one.technology)
        for one in by_code
        if one.document_id not in seen
    ]
    return [one for one in found if one.document_id not in without]


def _judge(
    paste: Paste, found: list[Candidate], known_terms: Vocabulary
) -> list[tuple[int, Evidence]]:
    signatures = {
        pk: Signature.from_data(data)
        for pk, data in SearchText.objects.filter(
            pk__in=[one.document_id for one in found]
        ).values_list("pk", "signature")
    }
    vocabulary_words = {
        f"m:{word}"
        for one in (*paste.lines, *(m for s in signatures.values() for m in s.messages))
        for word in one.sequence
    }
    owned = {f"c:{code}" for one in signatures.values() for code in one.codes} & {
        f"c:{code}" for code in paste.codes
    }
    known = term_statistics.statistics({*vocabulary_words, *owned}, "n:errors")
    idf = message_idf(
        {term[2:]: count for term, count in known.counts.items() if term.startswith("m:")},
        known.totals.get("n:errors", 0),
    )
    owners = {term[2:]: count for term, count in known.counts.items() if term.startswith("c:")}
    best = max((one.score for one in found), default=0) or 1
    judged = [
        (
            one.document_id,
            evidence(
                paste,
                signatures[one.document_id],
                idf=idf,
                code_owners=owners,
                words=one.score / best,
                technology=_origins_of(one.technology, known_terms),
            ),
        )
        for one in found
        if one.document_id in signatures
    ]
    return sorted(judged, key=lambda pair: (-round(pair[1].score, 9), pair[0]))


def _origins_of(technology: str, known_terms: Vocabulary) -> frozenset[str]:
    if not technology:
        return frozenset()
    return with_families(frozenset(map(fold, known_terms.technology_names(technology))))


def _with_confidence(
    judged: list[tuple[int, Evidence]], least: float, least_beside: float
) -> tuple[ErrorMatch, ...]:
    """The matches with their confidence, which never rises down the list.

    Nothing, when the best is less likely than ``least``; after a likely one, nothing that is
    hopeless beside it. Beside an unlikely one everything with real evidence is still worth a
    look.
    """
    matches: list[ErrorMatch] = []
    for position, (pk, found) in enumerate(judged[:MOST_MATCHES]):
        rival = judged[1 if position == 0 else 0][1].score if len(judged) > 1 else 0.0
        sure = confidence(found, found.score - rival)
        if matches:
            sure = min(sure, matches[-1].confidence)
        if sure < _floor(matches, least, least_beside):
            break
        if least and not matches and found.score < LEAST_SCORE:
            break
        if least and not found.is_real:
            # Words in common are no evidence by themselves, wherever in the list.
            continue
        matches.append(ErrorMatch(pk, sure, found))
    return tuple(matches)


def _floor(before: list[ErrorMatch], least: float, least_beside: float) -> float:
    if not before:
        return least
    best = before[0].confidence
    return least_beside * best if best >= LIKELY else 0.0
