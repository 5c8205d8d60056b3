"""What must hold for the types to be right, checked at every start."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error

ORDER = ("wagtail.snippets", "graphql_api", "grapple")


def check_app_order(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Grapple builds types in ``ready()``: snippets must be registered before, ours be there."""
    return wrong_order([config.name for config in apps.get_app_configs()])


def wrong_order(names: Sequence[str]) -> list[CheckMessage]:
    """An error unless ``names`` has ``ORDER`` in order, and the last of it last."""
    found = [name for name in names if name in ORDER]
    if found == list(ORDER) and names[-1] == ORDER[-1]:
        return []
    return [
        Error(
            "INSTALLED_APPS has its GraphQL apps in the wrong order.",
            hint="Keep this order, the last one at the very end: " + ", ".join(ORDER) + ".",
            id="graphql_api.E001",
        )
    ]
