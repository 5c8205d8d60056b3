"""The limits on a document's measures; each refuses with its own code before validation."""

from cms.configured import configured
from graphql_api.errors import ErrorCode
from graphql_api.http import refusals
from graphql_api.http.measures import Measures

# measure, setting, code, what the client is told it has too many of
_LIMITS = (
    ("operations", "GRAPHQL_MAX_OPERATIONS", ErrorCode.TOO_MANY_OPERATIONS, "operations"),
    ("fragments", "GRAPHQL_MAX_FRAGMENTS", ErrorCode.TOO_MANY_FRAGMENTS, "fragments"),
    ("directives", "GRAPHQL_MAX_DIRECTIVES", ErrorCode.TOO_MANY_DIRECTIVES, "directives"),
    ("aliases", "GRAPHQL_MAX_ALIASES", ErrorCode.TOO_MANY_ALIASES, "aliases"),
    ("root_fields", "GRAPHQL_MAX_ROOT_FIELDS", ErrorCode.TOO_MANY_ROOT_FIELDS, "root fields"),
    ("depth", "GRAPHQL_MAX_DEPTH", ErrorCode.QUERY_TOO_DEEP, "levels of fields"),
    (
        "introspection_depth",
        "GRAPHQL_MAX_INTROSPECTION_DEPTH",
        ErrorCode.QUERY_TOO_DEEP,
        "levels of introspection fields",
    ),
)


def check_measures(measures: Measures) -> None:
    """Raise ``Refused`` for the first limit that the document exceeds.

    The limits are read at each request, so a cached document obeys the settings of today.
    """
    for attribute, setting, code, noun in _LIMITS:
        maximum = getattr(configured, setting)
        if getattr(measures, attribute) > maximum:
            raise refusals.over_limit(
                code, f"At most {maximum} {noun} are allowed.", maximum=maximum
            )
    if measures.introspects and not configured.GRAPHQL_INTROSPECTION:
        raise refusals.over_limit(
            ErrorCode.INTROSPECTION_DISABLED,
            "Introspection is switched off; use the published schema file.",
        )
