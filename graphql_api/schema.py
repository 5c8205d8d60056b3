"""The one schema, composed of the slices; nothing else of any library is in it."""

import graphene
from graphql import GraphQLScalarType, build_schema, lexicographic_sort_schema, print_schema

from graphql_api.access.schema import AccessQuery
from graphql_api.changes.schema import ChangesQuery
from graphql_api.contributions.schema import ContributionsMutation, ContributionsQuery
from graphql_api.counters.schema import CountersMutation
from graphql_api.knowledge.schema import KNOWLEDGE_TYPES, KnowledgeQuery
from graphql_api.notifications.schema import NotificationsMutation
from graphql_api.pages.schema import SITE_TYPES, PagesQuery
from graphql_api.scalars import SPECIFIED_BY
from graphql_api.search.schema import SearchQuery


class Query(
    KnowledgeQuery,
    PagesQuery,
    SearchQuery,
    ContributionsQuery,
    ChangesQuery,
    AccessQuery,
    graphene.ObjectType,
):
    """Everything that can be read. Only what is published is here to be found."""


class Mutation(ContributionsMutation, NotificationsMutation, CountersMutation, graphene.ObjectType):
    """What the public may do. Each mutation stands alone in its operation."""


schema = graphene.Schema(query=Query, mutation=Mutation, types=[*KNOWLEDGE_TYPES, *SITE_TYPES])

for name, address in SPECIFIED_BY.items():
    scalar = schema.graphql_schema.type_map.get(name)
    if isinstance(scalar, GraphQLScalarType):
        scalar.specified_by_url = address


def printed_schema() -> str:
    """The schema definition, in an order that does not change from run to run.

    Sorted only after being printed and read again: libraries keep interfaces in sets,
    and defaults of enums that the sorting itself cannot handle.
    """
    return (
        print_schema(lexicographic_sort_schema(build_schema(print_schema(schema.graphql_schema))))
        + "\n"
    )
