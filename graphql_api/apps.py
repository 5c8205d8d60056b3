"""The contract: the only place that knows GraphQL. No models."""

from django.apps import AppConfig
from django.core.checks import register


class GraphqlApiConfig(AppConfig):
    name = "graphql_api"
    verbose_name = "GraphQL API"

    def ready(self) -> None:
        from graphql_api.caching.purging import start_purging
        from graphql_api.checks import check_app_order

        register(check_app_order)
        start_purging()
