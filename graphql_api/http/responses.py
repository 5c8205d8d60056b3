"""From a result to response bytes and the headers that caches read.

Invariant: an answer with errors is never stored anywhere; an answer to GET without errors
carries a strong ETag of its bytes.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

REQUEST_ID_HEADER = "X-Request-ID"


def encoded(
    payload: Mapping[str, Any],
    media_type: str,
    status: int,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """An answer that no cache may keep."""
    response = HttpResponse(
        orjson.dumps(payload), content_type=f"{media_type}; charset=utf-8", status=status
    )
    response["Cache-Control"] = "no-store"
    response["Vary"] = "Accept"
    for name, value in (headers or {}).items():
        response[name] = value
    return response


def cacheable(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Add the validators to an answer to GET; a 304 when the client has it already."""
    digest = hashlib.blake2b(response.content, digest_size=16)
    digest.update(response["Content-Type"].encode())
    etag = f'"{digest.hexdigest()}"'
    if _matches(request.headers.get("If-None-Match", ""), etag):
        unchanged = HttpResponseNotModified()
        unchanged["Vary"] = response["Vary"]
        response = unchanged
    response["ETag"] = etag
    response["Cache-Control"] = _cache_control()
    return response


def _matches(if_none_match: str, etag: str) -> bool:
    candidates = parse_etags(if_none_match)
    return "*" in candidates or etag in (item.removeprefix("W/") for item in candidates)


def _cache_control() -> str:
    directives = ["public", f"max-age={settings.GRAPHQL_MAX_AGE_SECONDS}"]
    if settings.GRAPHQL_MAX_AGE_SECONDS == 0:
        directives.append("must-revalidate")
    if settings.GRAPHQL_STALE_WHILE_REVALIDATE_SECONDS:
        directives.append(
            f"stale-while-revalidate={settings.GRAPHQL_STALE_WHILE_REVALIDATE_SECONDS}"
        )
    return ", ".join(directives)
