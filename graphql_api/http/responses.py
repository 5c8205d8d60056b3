"""From a result to response bytes and the headers that caches read.

Invariant: an answer with errors is never stored anywhere; an answer to GET without errors
carries a strong ETag of its bytes.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from cms.publishing.preview import HEADER as PREVIEW_HEADER
from graphql_api.caching import tags
from graphql_api.http import cors

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
    response["Vary"] = _vary()
    for name, value in (headers or {}).items():
        response[name] = value
    return response


def cacheable(request: HttpRequest, response: HttpResponse, found: Iterable[str]) -> HttpResponse:
    """Add the validators to an answer to GET; a 304 when the client has it already.

    ``found`` are the tags of what the answer rests on.
    """
    own = validators(response.content, response["Content-Type"], found)
    if is_known(request.headers.get("If-None-Match", ""), own["ETag"]):
        unchanged = HttpResponseNotModified()
        unchanged["Vary"] = response["Vary"]
        response = unchanged
    response["Cache-Control"] = _cache_control()
    for name, value in own.items():
        response[name] = value
    return response


def validators(body: bytes, content_type: str, found: Iterable[str]) -> dict[str, str]:
    """The headers that tell one answer to GET from another."""
    digest = hashlib.blake2b(body, digest_size=16)
    digest.update(content_type.encode())
    return {"ETag": f'"{digest.hexdigest()}"', **tags.header(found)}


def is_known(if_none_match: str, etag: str) -> bool:
    """Whether the client has the answer with this strong ETag, by its If-None-Match."""
    candidates = parse_etags(if_none_match)
    return "*" in candidates or etag in (item.removeprefix("W/") for item in candidates)


def _vary() -> str:
    # All of them choose between answers; a cache that ignored one would hand a stranger
    # what a partner or an editor may see, or the other way round.
    names = ["Accept", "Authorization", PREVIEW_HEADER]
    return ", ".join([*names, "Origin"] if cors.varies() else names)


def _cache_control() -> str:
    directives = ["public", f"max-age={settings.GRAPHQL_MAX_AGE_SECONDS}"]
    if settings.GRAPHQL_SHARED_MAX_AGE_SECONDS:
        directives.append(f"s-maxage={settings.GRAPHQL_SHARED_MAX_AGE_SECONDS}")
    if settings.GRAPHQL_MAX_AGE_SECONDS == 0:
        directives.append("must-revalidate")
    if settings.GRAPHQL_STALE_WHILE_REVALIDATE_SECONDS:
        directives.append(
            f"stale-while-revalidate={settings.GRAPHQL_STALE_WHILE_REVALIDATE_SECONDS}"
        )
    return ", ".join(directives)
