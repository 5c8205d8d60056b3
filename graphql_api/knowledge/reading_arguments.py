"""The arguments that say in which language content is read."""

from typing import Any

import graphene
from django.conf import settings

from graphql_api.knowledge.enums import LocaleFallback
from graphql_api.knowledge.reading import DEFAULT_FALLBACK


def reading_arguments(unset: str = "") -> dict[str, Any]:
    """``locale`` and ``fallback``; ``unset`` says what an absent locale means."""
    unset = unset or f"Default: `{settings.LANGUAGE_CODE}`."
    return {
        "locale": graphene.Argument(
            graphene.String, description=f"Language to read, for example `de`. {unset}"
        ),
        "fallback": graphene.Argument(
            LocaleFallback,
            default_value=DEFAULT_FALLBACK,
            description="What stands in for a missing translation.",
        ),
    }
