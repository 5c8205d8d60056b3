"""Where the contract is served: one address, no trailing slash, no redirect."""

from django.urls import path

from graphql_api.http.cookieless import ENDPOINT
from graphql_api.http.view import graphql_view

urlpatterns = [path(ENDPOINT, graphql_view, name="graphql")]
