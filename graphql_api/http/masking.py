"""What a client may read of an error.

Invariant: a message reaches the client only if graphql-core wrote it about the request, or
if it is an ``ApiError``; the text of any other exception stays in the log. Every error
carries a code and the request id.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError
from graphql import GraphQLError, ValueNode

from graphql_api.errors import ApiError, ErrorCode

INTERNAL_MESSAGE = "Something failed on our side. Quote the request id when you report it."
UNAVAILABLE_MESSAGE = "The service cannot reach its database at the moment. Try again."

# PostgreSQL classes: connection, resources, operator intervention, system error.
_UNAVAILABLE_STATES = ("08", "53", "57P", "58")
_UNAVAILABLE_SQLITE = ("BUSY", "LOCKED", "CANTOPEN", "IOERR", "FULL", "READONLY", "PROTOCOL")


def public_errors(
    errors: Sequence[ApiError | GraphQLError], code: ErrorCode, request_id: str
) -> list[dict[str, Any]]:
    """Errors about the request itself, ``code`` for those without a code of their own."""
    return [_public(error, code, request_id) for error in _first(errors)]


def public_field_errors(errors: Sequence[GraphQLError], request_id: str) -> list[dict[str, Any]]:
    """Errors of fields during execution: the fault is ours unless something says otherwise."""
    return [
        _public(
            error,
            ErrorCode.BAD_USER_INPUT if _about_argument(error) else None,
            request_id,
        )
        for error in _first(errors)
    ]


def internal_faults(errors: Sequence[GraphQLError]) -> list[BaseException]:
    """The exceptions behind masked field errors, for the log."""
    return [
        _cause(error) or error
        for error in errors
        if not isinstance(_cause(error), ApiError) and not _about_argument(error)
    ]


def is_unavailable(error: BaseException | None) -> bool:
    """Whether a database error means that the database is gone, not that we asked wrongly."""
    if isinstance(error, GraphQLError):
        error = _cause(error)
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    driver_error = error.__cause__
    sqlite_name = getattr(driver_error, "sqlite_errorname", None)
    if sqlite_name is not None:
        return sqlite_name.removeprefix("SQLITE_").startswith(_UNAVAILABLE_SQLITE)
    state = getattr(driver_error, "sqlstate", None)
    return state is None or state.startswith(_UNAVAILABLE_STATES)


def is_database_error(error: GraphQLError) -> bool:
    """Whether a field failed because of its statement."""
    return isinstance(_cause(error), DatabaseError)


def _public(
    error: ApiError | GraphQLError, code: ErrorCode | None, request_id: str
) -> dict[str, Any]:
    cause = error if isinstance(error, ApiError) else _cause(error)
    details: dict[str, Any] = {}
    if isinstance(cause, ApiError):
        message, code, details = cause.message, cause.code, cause.details
    elif code is None:
        message, code = INTERNAL_MESSAGE, ErrorCode.INTERNAL_SERVER_ERROR
    else:
        message = error.message
        if cause is not None and str(cause):
            # A scalar's own exception, quoted by graphql-core at the end of its sentence.
            message = message.removesuffix(str(cause)).rstrip("; .") + "."
    public: dict[str, Any] = {"message": _shortened(message)}
    if isinstance(error, GraphQLError):
        if error.locations:
            public["locations"] = [location.formatted for location in error.locations]
        if error.path:
            public["path"] = error.path
    public["extensions"] = {"code": code, "requestId": request_id, **details}
    return public


def _cause(error: GraphQLError) -> BaseException | None:
    """The first exception that graphql-core did not raise itself."""
    current: BaseException | None = error
    while isinstance(current, GraphQLError):
        current = current.original_error
    return current


def _about_argument(error: GraphQLError) -> bool:
    # While executing, graphql-core points at a value only when an argument was refused.
    return (
        _cause(error) is None
        and bool(error.nodes)
        and all(isinstance(node, ValueNode) for node in error.nodes or ())
    )


def _first(errors: Sequence[Any]) -> Sequence[Any]:
    return errors[: settings.GRAPHQL_MAX_ERRORS]


def _shortened(message: str) -> str:
    maximum = settings.GRAPHQL_MAX_ERROR_MESSAGE_LENGTH
    return message if len(message) <= maximum else message[: maximum - 1] + "…"
