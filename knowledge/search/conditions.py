"""What hits must be, in SQL: conditions of the statements that find them.

Invariant: values are always parameters; only names of columns and placeholders are text.
"""

from collections.abc import Iterable, Iterator, Sequence

from knowledge.search import visibility
from knowledge.search.clauses import NOTHING, Condition, key_value, one_of
from knowledge.search.requirements import Requirements, SearchFilter

# The facets that can be filtered by.
FILTERS = ("kind", "technology", "category", "level", "topic", "difficulty")


def required(requirements: Requirements, *left_out: str) -> list[Condition]:
    """Everything that ``requirements`` ask for but the filters of the facets ``left_out``."""
    filters = filtered(requirements.wanted)
    return [
        visibility.condition(requirements.locale, requirements.fallback),
        *_held(requirements),
        *(condition for name, condition in filters.items() if name not in left_out),
    ]


def filtered(wanted: SearchFilter) -> dict[str, Condition]:
    """The conditions of a filter by the name of the facet they belong to."""
    bounds = wanted.difficulties
    conditions = {
        "kind": one_of("d.kind", wanted.kinds),
        "technology": one_of("d.technology", map(key_value, sorted(wanted.technologies))),
        "category": one_of("d.category", map(key_value, sorted(wanted.categories))),
        "level": one_of("d.level", wanted.levels),
        "topic": _with_topics(wanted.topics),
        "difficulty": bounds and Condition("d.difficulty BETWEEN %s AND %s", bounds),
    }
    return {name: condition for name, condition in conditions.items() if condition is not None}


def _held(requirements: Requirements) -> Iterator[Condition]:
    """One condition for all terms and one for all phrases, however many there are."""
    if requirements.among is not None:
        yield one_of("d.entry_id", requirements.among) or NOTHING
    if requirements.terms:
        marks = ",".join(["%s"] * len(requirements.terms))
        yield Condition(
            "(SELECT COUNT(*) FROM knowledge_searchposting h "
            f"WHERE h.term_id IN ({marks}) AND h.document_id = d.entry_id) = %s",
            (*requirements.terms, len(requirements.terms)),
        )
    if requirements.without_terms:
        marks = ",".join(["%s"] * len(requirements.without_terms))
        yield Condition(
            "NOT EXISTS (SELECT 1 FROM knowledge_searchposting x "
            f"WHERE x.term_id IN ({marks}) AND x.document_id = d.entry_id)",
            requirements.without_terms,
        )
    if requirements.phrases:
        yield _with_phrases(requirements.phrases, " AND ", "EXISTS")
    if requirements.without_phrases:
        yield _with_phrases(requirements.without_phrases, " OR ", "NOT EXISTS")


def _with_phrases(phrases: Sequence[Sequence[str]], joined: str, exists: str) -> Condition:
    likes = joined.join(["t.words LIKE %s"] * len(phrases))
    return Condition(
        f"{exists} (SELECT 1 FROM knowledge_searchtext t "
        f"WHERE t.entry_id = d.entry_id AND ({likes}))",
        tuple(f"% {' '.join(phrase)} %" for phrase in phrases),
    )


def _with_topics(topics: Iterable[str]) -> Condition | None:
    chosen = tuple(sorted(topics))
    if not chosen:
        return None
    return Condition(
        "EXISTS (SELECT 1 FROM knowledge_publishedentryterm e WHERE e.entry_id = d.entry_id "
        f"AND e.facet = 'topic' AND e.value IN ({','.join(['%s'] * len(chosen))}))",
        chosen,
    )
