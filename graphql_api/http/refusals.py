"""A refused request has errors and no data, and says which status belongs to it.

Invariant: a request that is GraphQL over HTTP in form, but whose document, operation or
variables are wrong, answers 200 to clients of ``application/json`` (they rely on it) and
400 to clients of ``application/graphql-response+json``; every other refusal has one status.
"""

from collections.abc import Mapping, Sequence

from graphql import GraphQLError

from graphql_api.errors import ApiError, ErrorCode


class Refused(Exception):
    """Raised by any step before execution; the view answers with ``errors``."""

    def __init__(
        self,
        errors: Sequence[ApiError | GraphQLError],
        *,
        code: ErrorCode,
        status: int,
        legacy_status: int,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.errors = errors
        self.code = code
        self.status = status
        self.legacy_status = legacy_status
        self.headers = dict(headers or {})


def malformed(
    code: ErrorCode, message: str, status: int = 400, headers: Mapping[str, str] | None = None
) -> Refused:
    """The HTTP request is wrong in form; ``status`` answers every media type."""
    return Refused(
        [ApiError(code, message)],
        code=code,
        status=status,
        legacy_status=status,
        headers=headers,
    )


def invalid(errors: Sequence[ApiError | GraphQLError], code: ErrorCode) -> Refused:
    """The request is well formed, what it asks is not; ``code`` is for errors without one."""
    return Refused(errors, code=code, status=400, legacy_status=200)


def over_limit(code: ErrorCode, message: str, **details: object) -> Refused:
    """A well-formed request beyond a limit of the service."""
    return invalid([ApiError(code, message, **details)], code)
