"""The vocabulary, kept by the process between requests.

Invariant: what a request reads of it is what the database held when the request's own rows
were read, or later: a kept vocabulary is used only while the stamp of all that is not a record
is that of the rows.
"""

from dataclasses import dataclass
from threading import Lock

from graphql_api.context import RequestContext
from graphql_api.knowledge.vocabulary import StoredTerm, Vocabulary
from graphql_api.plan.database import Reader

# Where resolvers look for the vocabulary, and where one waits that may be out of date: a plan
# that gives up before it has confirmed it must leave nothing of it to them.
_MEMO = "vocabulary"
_UNCONFIRMED = "unconfirmed_vocabulary"
_SURROUNDINGS = "SELECT surroundings FROM publishing_contentversion WHERE id = 1"
_TERMS = (
    "SELECT kind, object_id, translation_key, locale, slug, position, document"
    " FROM knowledge_publishedterm ORDER BY id"
)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A vocabulary, and the stamp of all that it was read among."""

    surroundings: int | None = None
    vocabulary: Vocabulary | None = None


_kept = _Kept()
_lock = Lock()


def forget() -> None:
    """Keep nothing: the database is another one."""
    global _kept
    _kept = _Kept()


def present(context: RequestContext, reader: Reader) -> Vocabulary:
    """The vocabulary of this request; not known to be that of its rows until ``confirm``."""
    vocabulary: Vocabulary | None = context.memo.get(_MEMO) or context.memo.get(_UNCONFIRMED)
    if vocabulary is None:
        vocabulary = context.memo[_UNCONFIRMED] = _kept.vocabulary or _load(reader)
    return vocabulary


def confirm(context: RequestContext, reader: Reader, surroundings: int) -> bool:
    """Make the request's vocabulary that of ``surroundings`` or later.

    False when another one had been used until now: what was decided by it must be decided
    again.
    """
    if _MEMO in context.memo:
        return True
    used = context.memo.pop(_UNCONFIRMED, None)
    kept = _kept
    if kept.vocabulary is None or kept.surroundings != surroundings:
        _load(reader)
        kept = _kept
    context.memo[_MEMO] = kept.vocabulary
    return used is None or used is kept.vocabulary


def _load(reader: Reader) -> Vocabulary:
    """The vocabulary of now: read where anything but records has changed."""
    global _kept
    with _lock:
        # Before the terms: what changes in between is read again the next time.
        found = reader.rows(_SURROUNDINGS, ())
        surroundings = found[0][0] if found else 0
        vocabulary = _kept.vocabulary
        if vocabulary is None or surroundings != _kept.surroundings:
            vocabulary = Vocabulary(
                StoredTerm(kind, pk, reader.dialect.key_of(key), locale, slug, position, text)
                for kind, pk, key, locale, slug, position, text in reader.rows(_TERMS, ())
            )
        _kept = _Kept(surroundings, vocabulary)
        return vocabulary
