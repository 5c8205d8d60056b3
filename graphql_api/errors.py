"""The closed list of error codes, and the only exception whose text a client may read.

Invariant: any other exception reaches a client as INTERNAL_SERVER_ERROR with a fixed
message and the request id; its own text goes to the log only.
"""

from enum import StrEnum


class ErrorCode(StrEnum):
    """Values of ``errors[].extensions.code``."""

    BAD_REQUEST = "BAD_REQUEST"
    BAD_USER_INPUT = "BAD_USER_INPUT"
    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    OPERATION_RESOLUTION_FAILURE = "OPERATION_RESOLUTION_FAILURE"
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    NOT_ACCEPTABLE = "NOT_ACCEPTABLE"
    UNSUPPORTED_MEDIA_TYPE = "UNSUPPORTED_MEDIA_TYPE"
    BATCHING_NOT_SUPPORTED = "BATCHING_NOT_SUPPORTED"
    INTROSPECTION_DISABLED = "INTROSPECTION_DISABLED"
    BODY_TOO_LARGE = "BODY_TOO_LARGE"
    TOO_MANY_TOKENS = "TOO_MANY_TOKENS"
    TOO_MANY_ALIASES = "TOO_MANY_ALIASES"
    TOO_MANY_ROOT_FIELDS = "TOO_MANY_ROOT_FIELDS"
    TOO_MANY_DIRECTIVES = "TOO_MANY_DIRECTIVES"
    TOO_MANY_FRAGMENTS = "TOO_MANY_FRAGMENTS"
    QUERY_TOO_DEEP = "QUERY_TOO_DEEP"
    VARIABLES_TOO_DEEP = "VARIABLES_TOO_DEEP"
    PAGE_SIZE_TOO_LARGE = "PAGE_SIZE_TOO_LARGE"
    OFFSET_TOO_LARGE = "OFFSET_TOO_LARGE"
    CURSOR_INVALID = "CURSOR_INVALID"
    UNKNOWN_LOCALE = "UNKNOWN_LOCALE"
    INTERNAL_SERVER_ERROR = "INTERNAL_SERVER_ERROR"
    SERVICE_UNAVAILABLE = "SERVICE_UNAVAILABLE"


class ApiError(Exception):
    """An error the client can act on: a code, a sentence, and optional details.

    ``details`` are merged into ``extensions``; they must be plain data and public.
    """

    def __init__(self, code: ErrorCode, message: str, **details: object) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details
