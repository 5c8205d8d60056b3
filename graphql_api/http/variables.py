"""Limits on the values of variables, before any type of the schema sees them."""

from typing import Any

import orjson

from cms.configured import configured
from graphql_api.errors import ErrorCode
from graphql_api.http import refusals
from graphql_api.http.nul import NUL


def check_variables(variables: dict[str, Any]) -> bool:
    """Refuse variables that are too large or too deep; True when any holds a NUL character.

    Whether a NUL may be there depends on what the document does with it.
    """
    if not variables:
        return False
    has_nul = False
    maximum = configured.GRAPHQL_MAX_VARIABLES_BYTES
    if len(orjson.dumps(variables)) > maximum:
        raise refusals.over_limit(
            ErrorCode.VARIABLES_TOO_LARGE, f"The variables must have at most {maximum} bytes."
        )
    deepest = configured.GRAPHQL_MAX_VARIABLES_DEPTH
    stack: list[tuple[Any, int]] = [(variables, 0)]
    while stack:
        value, depth = stack.pop()
        if isinstance(value, str):
            has_nul = has_nul or NUL in value
        elif isinstance(value, dict | list):
            if depth > deepest:
                raise refusals.over_limit(
                    ErrorCode.VARIABLES_TOO_DEEP,
                    f"Variables may nest at most {deepest} lists and objects.",
                )
            if isinstance(value, dict):
                stack.extend((key, depth) for key in value)
                value = value.values()
            stack.extend((item, depth + 1) for item in value)
    return has_nul
