"""The vocabulary, kept by the process between requests.

Invariant: what a request reads of it is what the database held at the content version that
the request's own rows were read at, or later: a kept vocabulary is used only while its
version is that of the rows.
"""

from dataclasses import dataclass
from threading import Lock

from graphql_api.context import RequestContext
from graphql_api.knowledge.vocabulary import StoredTerm, Vocabulary
from graphql_api.plan.database import Reader

_MEMO = "vocabulary"
_STATEMENT = (
    "SELECT (SELECT number FROM publishing_contentversion WHERE id = 1),"
    " kind, object_id, translation_key, locale, slug, position, document"
    " FROM knowledge_publishedterm"
)


@dataclass(slots=True)
class _Kept:
    version: int | None = None
    vocabulary: Vocabulary | None = None


_kept = _Kept()
_lock = Lock()


def forget() -> None:
    """Keep nothing: the database is another one."""
    global _kept
    _kept = _Kept()


def present(context: RequestContext, reader: Reader) -> Vocabulary:
    """The vocabulary of this request; not known to be that of its rows until ``confirm``."""
    vocabulary: Vocabulary | None = context.memo.get(_MEMO)
    if vocabulary is None:
        vocabulary = _kept.vocabulary or _load(reader)
        context.memo[_MEMO] = vocabulary
        context.memo["unconfirmed_vocabulary"] = True
    return vocabulary


def confirm(context: RequestContext, reader: Reader, version: int) -> bool:
    """Make the request's vocabulary one of ``version`` or later.

    False when another one had been used until now: what was decided by it must be decided
    again.
    """
    if _MEMO in context.memo and "unconfirmed_vocabulary" not in context.memo:
        return True
    used = context.memo.get(_MEMO)
    kept = _kept
    if kept.vocabulary is None or kept.version != version:
        _load(reader)
        kept = _kept
    context.memo[_MEMO] = kept.vocabulary
    context.memo.pop("unconfirmed_vocabulary", None)
    return used is None or used is kept.vocabulary


def _load(reader: Reader) -> Vocabulary:
    global _kept
    with _lock:
        rows = reader.rows(_STATEMENT, ())
        vocabulary = Vocabulary(
            StoredTerm(kind, pk, reader.dialect.key_of(key), locale, slug, position, text)
            for _, kind, pk, key, locale, slug, position, text in rows
        )
        _kept = _Kept(rows[0][0] if rows else None, vocabulary)
        return vocabulary
