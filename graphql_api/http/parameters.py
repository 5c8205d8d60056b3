"""From an HTTP request to the parameters of a GraphQL request.

Invariant: only ``application/json`` bodies and GET query strings are read, so no HTML form
of another site can reach an operation; nothing beyond the byte limits is read at all.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import orjson
from django.conf import settings
from django.http import HttpRequest, UnreadablePostError

from graphql_api.errors import ErrorCode
from graphql_api.http import refusals
from graphql_api.http.variables import check_variables

_NAMES = ("query", "documentId", "operationName", "variables", "extensions")


class Parameters(NamedTuple):
    """What is asked: a document by text or by name, which operation of it, with which values."""

    query: str | None
    document_id: str | None
    operation_name: str | None
    variables: dict[str, Any]
    extensions: Mapping[str, Any] = MappingProxyType({})
    # True when a variable holds a NUL: it may not be run before that was looked at.
    has_nul: bool = False


def read_parameters(request: HttpRequest) -> Parameters:
    """The parameters of a GET or POST request; raises ``Refused``."""
    raw = (
        _from_body(request)
        if request.method == "POST"
        else _from_url(request.META.get("QUERY_STRING", ""))
    )
    return _checked(raw)


def parameters_of(method: str, environ: Mapping[str, Any], body: bytes) -> Parameters:
    """The parameters of a WSGI request whose body is read and was declared as JSON.

    Raises ``Refused``.
    """
    if method == "POST":
        return _checked(_object_in(body))
    return _checked(_from_url(environ.get("QUERY_STRING", "")))


def _from_body(request: HttpRequest) -> dict[str, Any]:
    _require_json(request)
    maximum = settings.GRAPHQL_MAX_BODY_BYTES
    too_large = refusals.malformed(
        ErrorCode.BODY_TOO_LARGE, f"The body must have at most {maximum} bytes.", 413
    )
    try:
        declared = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        declared = 0
    if declared > maximum:
        raise too_large
    try:
        body = _stream(request).read(maximum + 1)
    except UnreadablePostError:
        raise refusals.malformed(
            ErrorCode.BAD_REQUEST, "The body ended before it was complete."
        ) from None
    if len(body) > maximum:
        raise too_large
    return _object_in(body)


def _object_in(body: bytes) -> dict[str, Any]:
    if not body:
        raise refusals.malformed(ErrorCode.BAD_REQUEST, "The body is empty.")
    value = _json(body, "The body")
    if isinstance(value, list):
        raise refusals.malformed(
            ErrorCode.BATCHING_NOT_SUPPORTED,
            "A list of operations is not supported; send one operation a request.",
        )
    if not isinstance(value, dict):
        raise refusals.malformed(ErrorCode.BAD_REQUEST, "The body must be a JSON object.")
    return value


def _stream(request: HttpRequest) -> Any:
    # Django reads no more than the declared length, so nothing of a chunked body; the
    # server's own stream ends where the body ends.
    chunked = "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower()
    if chunked and not request.META.get("CONTENT_LENGTH"):
        return request.META.get("wsgi.input", request)
    return request


def _require_json(request: HttpRequest) -> None:
    charset = (request.content_params or {}).get("charset", "utf-8").lower()
    encoding = request.META.get("HTTP_CONTENT_ENCODING", "identity").lower()
    if (
        request.content_type != "application/json"
        or charset not in ("utf-8", "utf8")
        or encoding not in ("", "identity")
    ):
        raise refusals.malformed(
            ErrorCode.UNSUPPORTED_MEDIA_TYPE,
            "Send the body as application/json in UTF-8, without content encoding.",
            415,
        )


def _from_url(text: str) -> dict[str, Any]:
    if len(text) > settings.GRAPHQL_MAX_URL_BYTES:
        raise refusals.malformed(
            ErrorCode.URI_TOO_LONG,
            f"The query string must have at most {settings.GRAPHQL_MAX_URL_BYTES} bytes.",
            414,
        )
    try:
        # Percent-encoding leaves ASCII only; anything else is not a URL.
        text.encode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=50)
    except ValueError:
        raise refusals.malformed(
            ErrorCode.BAD_REQUEST, "The query string is not percent-encoded UTF-8."
        ) from None
    raw: dict[str, Any] = {}
    for name, value in pairs:
        if name not in _NAMES:
            continue
        if name in raw:
            raise refusals.malformed(
                ErrorCode.BAD_REQUEST, f"The parameter {name} is given more than once."
            )
        raw[name] = value
    for name in ("variables", "extensions"):
        if raw.get(name):
            raw[name] = _json(raw[name].encode(), f"The parameter {name}")
        else:
            raw.pop(name, None)
    return raw


def _json(data: bytes, what: str) -> Any:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        raise refusals.malformed(
            ErrorCode.BAD_REQUEST, f"{what} is not valid JSON in UTF-8."
        ) from None


def _checked(raw: dict[str, Any]) -> Parameters:
    extensions = _of_type(raw, "extensions", dict, "an object") or {}
    query = _of_type(raw, "query", str, "a text")
    document_id = _of_type(raw, "documentId", str, "a text")
    operation_name = _of_type(raw, "operationName", str, "a text")
    variables = _of_type(raw, "variables", dict, "an object") or {}
    if not query and not document_id and "persistedQuery" not in extensions:
        raise refusals.malformed(ErrorCode.BAD_REQUEST, "The parameter query is missing.")
    if query and "\x00" in query:
        raise refusals.malformed(ErrorCode.BAD_REQUEST, "The document contains a NUL character.")
    has_nul = check_variables(variables)
    return Parameters(
        query or None, document_id or None, operation_name or None, variables, extensions, has_nul
    )


def _of_type(raw: dict[str, Any], name: str, expected: type, description: str) -> Any:
    value = raw.get(name)
    if value is not None and not isinstance(value, expected):
        raise refusals.malformed(
            ErrorCode.BAD_REQUEST, f"The parameter {name} must be {description}."
        )
    return value
