"""What hits can be filtered by: closed, and the same six facets that are counted."""

from collections.abc import Mapping
from typing import Any

import graphene

from graphql_api.context import RequestContext
from graphql_api.filters import IntRangeFilter, StringFilter, chosen, enum_filter
from graphql_api.knowledge.enums import EntryKind, Level
from graphql_api.knowledge.reading import Reading
from graphql_api.knowledge.vocabulary import vocabulary
from knowledge.kinds import TermKind
from knowledge.search.requirements import SearchFilter as Wanted

# Stands for a slug that names nothing: a filter by it finds nothing, not everything.
_NOWHERE = "0" * 32


class SearchFilter(graphene.InputObjectType):
    """Conditions on hits; all given ones must hold."""

    kind = graphene.InputField(enum_filter(EntryKind), description="Kinds of entry.")
    technology = graphene.InputField(StringFilter, description="Slugs of technologies.")
    category = graphene.InputField(StringFilter, description="Slugs of categories.")
    topic = graphene.InputField(
        StringFilter, description="Slugs of topics; one of the entry's topics matches."
    )
    level = graphene.InputField(enum_filter(Level), description="Levels of questions.")
    difficulty = graphene.InputField(IntRangeFilter, description="Difficulty, 1 to 10.")


def wanted(given: Mapping[str, Any] | None, reading: Reading, context: RequestContext) -> Wanted:
    """The filter as the index understands it. Raises ``ApiError`` FILTER_TOO_COMPLEX."""
    given = given or {}
    difficulty = given.get("difficulty") or {}
    return Wanted(
        kinds=_values(given.get("kind")),
        levels=_values(given.get("level")),
        technologies=_keys(TermKind.TECHNOLOGY, given.get("technology"), reading, context),
        categories=_keys(TermKind.CATEGORY, given.get("category"), reading, context),
        topics=_keys(TermKind.TOPIC, given.get("topic"), reading, context),
        difficulty_from=difficulty.get("gte"),
        difficulty_to=difficulty.get("lte"),
    )


def _values(given: Mapping[str, Any] | None) -> frozenset[str]:
    values = chosen(given) if given else None
    if values is None:
        return frozenset()
    return frozenset(values) or frozenset({_NOWHERE})


def _keys(
    kind: TermKind, given: Mapping[str, Any] | None, reading: Reading, context: RequestContext
) -> frozenset[str]:
    slugs = chosen(given) if given else None
    if slugs is None:
        return frozenset()
    terms = vocabulary(context)
    found = (terms.by_slug(kind, slug, Reading(reading.locale)) for slug in slugs)
    return frozenset(record.term.key for record in found if record) or frozenset({_NOWHERE})
