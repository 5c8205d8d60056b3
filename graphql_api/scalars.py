"""Leaf types that GraphQL lacks; the stored documents hold their values as they are sent."""

import re
from datetime import UTC, datetime
from typing import Any

import graphene
from graphql import GraphQLError, StringValueNode

_RFC_3339 = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,6})?([Zz]|[+-]\d{2}:\d{2})", re.ASCII
)


class DateTime(graphene.Scalar):
    """A moment as RFC 3339 says it, always in UTC: `2026-01-31T09:30:00.000000Z`.

    As input any offset is accepted; a moment without one is refused.
    """

    @staticmethod
    def serialize(value: Any) -> str:
        if isinstance(value, datetime):
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        return str(value)

    @staticmethod
    def parse_literal(node: Any, _variables: Any = None) -> datetime:
        if not isinstance(node, StringValueNode):
            raise GraphQLError("A DateTime is written as a string.")
        return DateTime.parse_value(node.value)

    @staticmethod
    def parse_value(value: Any) -> datetime:
        if isinstance(value, str) and _RFC_3339.fullmatch(value):
            try:
                return datetime.fromisoformat(value.upper()).astimezone(UTC)
            except (ValueError, OverflowError):
                pass
        raise GraphQLError(
            "A DateTime is written with its offset, for example 2026-01-31T09:30:00Z."
        )


class JSON(graphene.Scalar):
    """Any JSON value. Only ever an output."""

    @staticmethod
    def serialize(value: Any) -> Any:
        return value

    @staticmethod
    def parse_value(value: Any) -> Any:
        raise GraphQLError("JSON is not an input.")

    @staticmethod
    def parse_literal(node: Any, _variables: Any = None) -> Any:
        raise GraphQLError("JSON is not an input.")


# Graphene cannot say where a scalar is specified; the finished schema is told.
SPECIFIED_BY = {
    "DateTime": "https://www.rfc-editor.org/rfc/rfc3339",
    "JSON": "https://www.rfc-editor.org/rfc/rfc8259",
}
