"""As you type, and when it was typed wrongly: both from the words of published titles.

Invariant: suggests only what visible entries and the vocabularies hold.
"""

from dataclasses import dataclass

from django.db.models import F

from knowledge.kinds import TermKind
from knowledge.models.search_index import SearchTerm
from knowledge.search import engine
from knowledge.search.analysis import is_stop_word, tokens, words
from knowledge.search.query import Query, folded
from knowledge.search.requirements import Requirements
from knowledge.search.spelling import closest
from knowledge.search.term_statistics import Factor, Selection, statistics
from knowledge.search.vocabulary import Vocabulary, vocabulary

MOST_SUGGESTIONS = 20
_COMPLETIONS = 12
_NAMES = 3
# Of each completion so many titles are read, and all only where these are not enough.
_READ_AT_FIRST = 50
# A sign that ends a name: what stands before it is not begun any more.
_ENDS = ("++", "#")
_NEAREST_SCANNED = 4_000


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may be meant: a term of a vocabulary (``term_key``) or an entry (``entry_id``)."""

    text: str
    entry_id: int | None = None
    term_kind: str = ""
    term_key: str = ""


def suggest(text: str, *, locale: str, fallback: bool = True, most: int = 10) -> list[Suggestion]:
    """Completions of ``text``: vocabularies first, then titles. Empty for less than a letter."""
    typed = list(tokens(text))
    if not typed:
        return []
    known = vocabulary()
    found = _named(known, text)
    before = [word for token in typed[:-1] for word in token.words]
    last = typed[-1]
    # A name is completed as one first: "useSt" means useState, not a title with "st…" in it.
    titled = _titled(before, last.whole, locale, fallback, most) if last.whole else []
    if not titled and not last.whole.endswith(_ENDS):
        titled = _titled([*before, *last.words[:-1]], last.words[-1], locale, fallback, most)
    return [*found, *titled][:most]


def did_you_mean(query: Query, known: Vocabulary) -> str | None:
    """The text of ``query`` with unknown words replaced by the nearest known ones.

    None when every word is known, or nothing is near.
    """
    counts = statistics(
        {f"w:{form}" for concept in query.concepts for form in concept.forms}
    ).counts
    replaced: dict[str, str] = {}
    for concept in query.concepts:
        if concept.keys or any(f"w:{form}" in counts for form in concept.forms):
            continue
        if nearest := closest(concept.exact, _dictionary(concept.exact, known)):
            replaced[concept.exact] = nearest
    if not replaced:
        return None
    return " ".join(
        replaced.get(folded(part.strip('"“”,.;:!?')), part) for part in query.text.split()
    )


def _named(known: Vocabulary, text: str) -> list[Suggestion]:
    """Technologies and topics one of whose names begins with what was typed.

    Names are compared in words, so "node.j" begins "Node.js", and as they are written, so
    "c#" begins "C#" and not "CSS". Who is called exactly that comes first.
    """
    typed = tuple(words(text))
    written = folded(text)
    found: dict[str, tuple[bool, Suggestion]] = {}
    for name, terms in known.by_name.items():
        begins = _begins(name, typed)
        for term in terms:
            if term.kind not in (TermKind.TECHNOLOGY, TermKind.TOPIC):
                continue
            label = folded(term.label)
            if begins or (len(written) > 1 and label.startswith(written)):
                is_whole = (begins and name == typed) or label == written
                suggestion = Suggestion(term.label, term_kind=term.kind, term_key=term.key)
                before = found.get(term.key)
                if before is None or is_whole > before[0]:
                    found[term.key] = is_whole, suggestion
    ordered = sorted(found.values(), key=lambda one: (not one[0], len(one[1].text), one[1].text))
    return [suggestion for _, suggestion in ordered[:_NAMES]]


def _begins(name: tuple[str, ...], typed: tuple[str, ...]) -> bool:
    """True when the words of ``name`` begin with the typed ones, the last of them begun.

    One letter begins too many names. Words may be written as one: "nodejs", "node js".
    """
    if sum(map(len, typed)) < 2:
        return False
    last = len(typed) - 1
    in_words = name[:last] == typed[:last] and name[last : last + 1] != ()
    return (in_words and name[last].startswith(typed[last])) or "".join(name).startswith(
        "".join(typed)
    )


def _titled(
    before: list[str], begun: str, locale: str, fallback: bool, most: int
) -> list[Suggestion]:
    """Entries whose titles hold the words typed before, and one that begins with ``begun``."""
    whole = [word for word in before if not is_stop_word(word)]
    completions = list(
        SearchTerm.objects.filter(
            text__gte=f"t:{begun}", text__lt=f"t:{begun}\U0010ffff", document_count__gt=0
        )
        .order_by(F("document_count").desc(), "text")
        .values_list("id", "document_count")[:_COMPLETIONS]
    )
    if not completions:
        return []
    required: tuple[int, ...] = ()
    if whole:
        ids = statistics({f"t:{word}" for word in whole}).ids
        if len({term for term in ids if term.startswith("t:")}) < len(set(whole)):
            return []
        required = tuple(pk for term, pk in sorted(ids.items()) if term.startswith("t:"))
    asked = Requirements(locale, fallback, terms=required)
    # Where other words are there too, few of the best titles of a completion may hold them.
    for read in (0,) if required else (_READ_AT_FIRST, 0):
        factors = [Factor(pk, 0, 1, 0, read if count > read else 0) for pk, count in completions]
        found, _ = engine.find(Selection(tuple(factors)), asked, window=most)
        if len(found) == most or not any(factor.limit for factor in factors):
            break
    return [Suggestion("", entry_id=one.document_id) for one in found]


def _dictionary(word: str, known: Vocabulary) -> dict[str, int]:
    """Known words that begin alike, with the number of titles that hold them."""
    prefix = f"t:{word[:1]}"
    rows = SearchTerm.objects.filter(
        text__gte=prefix, text__lt=f"{prefix}\U0010ffff", document_count__gt=0
    ).order_by(F("document_count").desc(), "text")
    counts = {
        text[2:]: count
        for text, count in rows.values_list("text", "document_count")[:_NEAREST_SCANNED]
    }
    for name in known.by_name:
        for part in name:
            counts.setdefault(part, 1)
    return counts
