"""The codes of errors and what they mean, as tables."""

from collections.abc import Iterable

from graphql import GraphQLEnumType, build_schema

from graphql_api.errors import DESCRIPTIONS, ErrorCode


def request_codes() -> str:
    """Every code of ``errors[].extensions.code``."""
    return _table((code.value, DESCRIPTIONS[code]) for code in ErrorCode)


def user_codes(definition: str) -> str:
    """Every code of the ``errors`` in a mutation's payload."""
    found = build_schema(definition).type_map["UserErrorCode"]
    if not isinstance(found, GraphQLEnumType):
        raise TypeError("UserErrorCode is no enum.")
    return _table((name, value.description or "") for name, value in found.values.items())


def _table(rows: Iterable[tuple[str, str]]) -> str:
    return "\n".join(
        ["| Code | Meaning |", "|---|---|", *(f"| `{code}` | {text} |" for code, text in rows)]
    )
