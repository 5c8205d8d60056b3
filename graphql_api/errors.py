"""The closed list of error codes, and the only exception whose text a client may read.

Invariant: any other exception reaches a client as INTERNAL_SERVER_ERROR with a fixed
message and the request id; its own text goes to the log only.
"""

from enum import StrEnum


class ErrorCode(StrEnum):
    """Values of ``errors[].extensions.code``; ``DESCRIPTIONS`` says what each means."""

    BAD_REQUEST = "BAD_REQUEST"
    BAD_USER_INPUT = "BAD_USER_INPUT"
    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    OPERATION_RESOLUTION_FAILURE = "OPERATION_RESOLUTION_FAILURE"
    NOT_FOUND = "NOT_FOUND"
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    NOT_ACCEPTABLE = "NOT_ACCEPTABLE"
    UNSUPPORTED_MEDIA_TYPE = "UNSUPPORTED_MEDIA_TYPE"
    BATCHING_NOT_SUPPORTED = "BATCHING_NOT_SUPPORTED"
    PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
    PERSISTED_QUERY_MISMATCH = "PERSISTED_QUERY_MISMATCH"
    PERSISTED_QUERY_REQUIRED = "PERSISTED_QUERY_REQUIRED"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    PREVIEW_INVALID = "PREVIEW_INVALID"
    INTROSPECTION_DISABLED = "INTROSPECTION_DISABLED"
    BODY_TOO_LARGE = "BODY_TOO_LARGE"
    URI_TOO_LONG = "URI_TOO_LONG"
    TOO_MANY_TOKENS = "TOO_MANY_TOKENS"
    TOO_MANY_OPERATIONS = "TOO_MANY_OPERATIONS"
    TOO_MANY_ALIASES = "TOO_MANY_ALIASES"
    TOO_MANY_ROOT_FIELDS = "TOO_MANY_ROOT_FIELDS"
    TOO_MANY_DIRECTIVES = "TOO_MANY_DIRECTIVES"
    TOO_MANY_FRAGMENTS = "TOO_MANY_FRAGMENTS"
    QUERY_TOO_DEEP = "QUERY_TOO_DEEP"
    QUERY_TOO_COMPLEX = "QUERY_TOO_COMPLEX"
    QUERY_TOO_COSTLY = "QUERY_TOO_COSTLY"
    QUERY_TIMED_OUT = "QUERY_TIMED_OUT"
    VARIABLES_TOO_DEEP = "VARIABLES_TOO_DEEP"
    VARIABLES_TOO_LARGE = "VARIABLES_TOO_LARGE"
    PAGE_SIZE_TOO_LARGE = "PAGE_SIZE_TOO_LARGE"
    OFFSET_TOO_LARGE = "OFFSET_TOO_LARGE"
    CURSOR_INVALID = "CURSOR_INVALID"
    CURSOR_EXPIRED = "CURSOR_EXPIRED"
    FILTER_TOO_COMPLEX = "FILTER_TOO_COMPLEX"
    SEARCH_TEXT_TOO_LONG = "SEARCH_TEXT_TOO_LONG"
    TRACE_TOO_LARGE = "TRACE_TOO_LARGE"
    UNKNOWN_LOCALE = "UNKNOWN_LOCALE"
    RATE_LIMITED = "RATE_LIMITED"
    QUOTA_EXCEEDED = "QUOTA_EXCEEDED"
    ONE_MUTATION_PER_OPERATION = "ONE_MUTATION_PER_OPERATION"
    INTERNAL_SERVER_ERROR = "INTERNAL_SERVER_ERROR"
    SERVICE_UNAVAILABLE = "SERVICE_UNAVAILABLE"


DESCRIPTIONS: dict[ErrorCode, str] = {
    ErrorCode.BAD_REQUEST: "The HTTP request is not a GraphQL request: fix its form.",
    ErrorCode.BAD_USER_INPUT: "A variable or an argument has a value that is not allowed.",
    ErrorCode.GRAPHQL_PARSE_FAILED: "The document is not GraphQL.",
    ErrorCode.GRAPHQL_VALIDATION_FAILED: "The document does not fit the schema.",
    ErrorCode.OPERATION_RESOLUTION_FAILURE: "No single operation of the document is meant.",
    ErrorCode.NOT_FOUND: "There is nothing below the endpoint; ask the endpoint itself.",
    ErrorCode.METHOD_NOT_ALLOWED: "The HTTP method is not allowed, or GET carries a mutation.",
    ErrorCode.NOT_ACCEPTABLE: "The Accept header admits no media type that is offered.",
    ErrorCode.UNSUPPORTED_MEDIA_TYPE: "The body is not declared as application/json in UTF-8.",
    ErrorCode.BATCHING_NOT_SUPPORTED: "The body is a list; send one operation a request.",
    ErrorCode.PERSISTED_QUERY_NOT_FOUND: "The hash is not known (any more); send the text too.",
    ErrorCode.PERSISTED_QUERY_MISMATCH: "The hash is not the SHA-256 of the document's text.",
    ErrorCode.PERSISTED_QUERY_REQUIRED: "This service answers operations of its own list only.",
    ErrorCode.UNAUTHENTICATED: "The Authorization header holds no valid API key.",
    ErrorCode.PREVIEW_INVALID: "The preview token is forged, expired, revoked or not permitted.",
    ErrorCode.INTROSPECTION_DISABLED: "This service does not answer __schema and __type.",
    ErrorCode.BODY_TOO_LARGE: "The body has more bytes than GRAPHQL_MAX_BODY_BYTES.",
    ErrorCode.URI_TOO_LONG: "The query string is longer than GRAPHQL_MAX_URL_BYTES.",
    ErrorCode.TOO_MANY_TOKENS: "The document has more tokens than GRAPHQL_MAX_TOKENS.",
    ErrorCode.TOO_MANY_OPERATIONS: "The document has more operations than GRAPHQL_MAX_OPERATIONS.",
    ErrorCode.TOO_MANY_ALIASES: "An operation has more aliases than GRAPHQL_MAX_ALIASES.",
    ErrorCode.TOO_MANY_ROOT_FIELDS: "An operation has more root fields than allowed.",
    ErrorCode.TOO_MANY_DIRECTIVES: "There are more directives than GRAPHQL_MAX_DIRECTIVES.",
    ErrorCode.TOO_MANY_FRAGMENTS: "The document has more fragments than GRAPHQL_MAX_FRAGMENTS.",
    ErrorCode.QUERY_TOO_DEEP: "Fields are nested deeper than GRAPHQL_MAX_DEPTH.",
    ErrorCode.QUERY_TOO_COMPLEX: "Fields repeat more than GRAPHQL_MAX_FIELD_COMPARISONS allows.",
    ErrorCode.QUERY_TOO_COSTLY: "The operation could cost more than GRAPHQL_MAX_COST.",
    ErrorCode.QUERY_TIMED_OUT: "The operation took longer than GRAPHQL_TIMEOUT_SECONDS.",
    ErrorCode.VARIABLES_TOO_DEEP: "A variable is nested deeper than GRAPHQL_MAX_VARIABLES_DEPTH.",
    ErrorCode.VARIABLES_TOO_LARGE: "The variables exceed GRAPHQL_MAX_VARIABLES_BYTES.",
    ErrorCode.PAGE_SIZE_TOO_LARGE: "A page is larger than GRAPHQL_MAX_PAGE_SIZE.",
    ErrorCode.OFFSET_TOO_LARGE: "A page number reaches past GRAPHQL_MAX_OFFSET; use cursors.",
    ErrorCode.FILTER_TOO_COMPLEX: "A filter nests too deeply or names too many values.",
    ErrorCode.CURSOR_INVALID: "A cursor was not issued for this list and order.",
    ErrorCode.CURSOR_EXPIRED: "A cursor of the change feed is too old; read everything anew.",
    ErrorCode.FILTER_TOO_COMPLEX: "A filter has more conditions, values or levels than allowed.",
    ErrorCode.SEARCH_TEXT_TOO_LONG: "The text to search for has more than 200 characters.",
    ErrorCode.TRACE_TOO_LARGE: "The pasted error has more than 65,536 bytes.",
    ErrorCode.UNKNOWN_LOCALE: "The locale is not one that content is written in.",
    ErrorCode.RATE_LIMITED: "Too many of this kind from you; try again after Retry-After.",
    ErrorCode.QUOTA_EXCEEDED: "The key's requests of this day (UTC) are used up.",
    ErrorCode.ONE_MUTATION_PER_OPERATION: "Send each mutation in an operation of its own.",
    ErrorCode.INTERNAL_SERVER_ERROR: "We failed; quote the request id when you report it.",
    ErrorCode.SERVICE_UNAVAILABLE: "The database cannot be reached at the moment; try again.",
}


class ApiError(Exception):
    """An error the client can act on: a code, a sentence, and optional details.

    ``details`` are merged into ``extensions``; they must be plain data and public.
    """

    def __init__(self, code: ErrorCode, message: str, **details: object) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details
