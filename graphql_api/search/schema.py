"""The root fields of finding."""

import graphene

from graphql_api.search.lookup_field import lookup_field
from graphql_api.search.search_field import search_field
from graphql_api.search.suggest_field import suggest_field


class SearchQuery(graphene.ObjectType):
    """Finding entries by words, and by the errors they explain."""

    search = search_field()
    suggest = suggest_field()
    lookup_error = lookup_field()
