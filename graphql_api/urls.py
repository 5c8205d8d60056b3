"""Where the contract is served: one address, no trailing slash, no redirect."""

from django.urls import path

from graphql_api.http.view import graphql_view

urlpatterns = [path("graphql", graphql_view, name="graphql")]
