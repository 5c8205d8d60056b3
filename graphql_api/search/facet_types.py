"""Facets over GraphQL: what can be chosen next, and how much would be left."""

from collections.abc import Callable
from typing import Any

import graphene

from graphql_api.knowledge.entries import Technology, Topic
from graphql_api.knowledge.enums import EntryKind, Level, labelled
from graphql_api.knowledge.reading import Reading
from graphql_api.knowledge.terms import TERM_TYPES
from graphql_api.knowledge.vocabulary import vocabulary
from knowledge.kinds import TermKind
from knowledge.search.facets import DIFFICULTY_BANDS, Facets, FacetValue

Source = tuple[Facets, Reading]

DifficultyBand = labelled(
    "DifficultyBand",
    "A range of difficulty.",
    {name: f"Difficulty {lowest} to {highest}." for name, lowest, highest in DIFFICULTY_BANDS},
)


def facet(name: str, field: str, kind: Any, description: str) -> type[graphene.ObjectType]:
    """``<Name>Facet`` with the value under ``field`` and its count."""
    return type(
        f"{name}Facet",
        (graphene.ObjectType,),
        {
            "__doc__": f"{description}, and its hits.",
            field: graphene.Field(graphene.NonNull(kind), description=f"{description}."),
            "count": graphene.Int(required=True, description="How many hits it would leave."),
        },
    )


KindFacet = facet("Kind", "kind", EntryKind, "A kind of entry")
TechnologyFacet = facet("Technology", "technology", Technology, "A technology")
CategoryFacet = facet("Category", "category", TERM_TYPES[TermKind.CATEGORY], "A category")
LevelFacet = facet("Level", "level", Level, "A level of questions")
DifficultyFacet = facet("Difficulty", "band", DifficultyBand, "A band of difficulty")
TopicFacet = facet("Topic", "topic", Topic, "A topic")


def values(name: str) -> Callable[[Source, graphene.ResolveInfo], list[dict[str, Any]]]:
    """Resolves a facet whose values are values of an enum."""
    field = {"kinds": "kind", "levels": "level", "difficulties": "band"}[name]
    allowed = {"levels": set(Level._meta.enum.__members__)}.get(name)

    def resolve(source: Source, info: graphene.ResolveInfo) -> list[dict[str, Any]]:
        found: tuple[FacetValue, ...] = getattr(source[0], name)
        # Learning paths have a scale of their own, which is not this facet.
        return [
            {field: one.value, "count": one.count}
            for one in found
            if allowed is None or one.value in allowed
        ]

    return resolve


def terms(name: str, field: str) -> Callable[[Source, graphene.ResolveInfo], list[dict[str, Any]]]:
    """Resolves a facet whose values are terms of a vocabulary."""

    def resolve(source: Source, info: graphene.ResolveInfo) -> list[dict[str, Any]]:
        facets, reading = source
        known = vocabulary(info.context)
        found: tuple[FacetValue, ...] = getattr(facets, name)
        return [
            {field: term, "count": one.count}
            for one in found
            if (term := known.term(one.value, reading))
        ]

    return resolve


def _list(kind: Any, description: str, resolver: Any) -> graphene.List:
    return graphene.List(
        graphene.NonNull(kind), required=True, description=description, resolver=resolver
    )


class SearchFacets(graphene.ObjectType):
    """Counts of all matches, not of the page. Each list begins with the most frequent."""

    kinds = _list(KindFacet, "Kinds of entry.", values("kinds"))
    technologies = _list(TechnologyFacet, "Technologies.", terms("technologies", "technology"))
    categories = _list(CategoryFacet, "Categories of questions.", terms("categories", "category"))
    levels = _list(LevelFacet, "Levels of questions.", values("levels"))
    difficulties = _list(DifficultyFacet, "Bands of difficulty.", values("difficulties"))
    topics = _list(TopicFacet, "Topics.", terms("topics", "topic"))
