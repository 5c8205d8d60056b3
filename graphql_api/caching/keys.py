"""Which requests an answer can be kept for, and under which key.

Invariant: two requests with one key are answered alike by everybody, at one moment: the
key holds all that the view looks at, and a request with more than that has no key.
"""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from cms.configured import configured
from graphql_api.http import media_types
from graphql_api.http.cookieless import ENDPOINT

PATH = f"/{ENDPOINT}"
# Headers that give a request rights or make it somebody's own.
PERSONAL = ("HTTP_AUTHORIZATION", "HTTP_X_PREVIEW_TOKEN", "HTTP_IDEMPOTENCY_KEY")
# Headers of one answer to one client, in lower case; each answer gets its own.
OWN_HEADERS = frozenset(
    {
        "x-request-id", "ratelimit", "ratelimit-policy", "retry-after", "x-cache", "date",
        "access-control-allow-origin", "access-control-expose-headers",
    }
)  # fmt: skip
# A longer Accept header is nobody's whose answers are worth keeping.
MAX_ACCEPT_LENGTH = 300
_JSON_TYPES = {
    "application/json",
    "application/json; charset=utf-8",
    "application/json;charset=utf-8",
    "application/json;charset=UTF-8",
    "application/json; charset=UTF-8",
}


def may_be_kept(environ: Mapping[str, Any]) -> bool:
    """Whether this WSGI request can have a key: a plain read of the endpoint by anybody."""
    if environ.get("PATH_INFO") != PATH or environ.get("SCRIPT_NAME"):
        return False
    if any(name in environ for name in PERSONAL):
        return False
    method = environ["REQUEST_METHOD"]
    if method == "GET":
        length = environ.get("CONTENT_LENGTH") or "0"
        return length == "0" and len(environ.get("QUERY_STRING", "")) <= (
            configured.GRAPHQL_MAX_URL_BYTES
        )
    return (
        method == "POST"
        and environ.get("CONTENT_TYPE", "").strip() in _JSON_TYPES
        and "HTTP_CONTENT_ENCODING" not in environ
        and 0 < body_length(environ) <= configured.GRAPHQL_MAX_BODY_BYTES
    )


def body_length(environ: Mapping[str, Any]) -> int:
    """The declared length of the body; 0 when none is declared."""
    text = environ.get("CONTENT_LENGTH") or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def media_type(environ: Mapping[str, Any]) -> str | None:
    """The type that the answer will have; None for a page, a refusal, or who knows what."""
    accept = environ.get("HTTP_ACCEPT", "")
    return _media_type(accept) if len(accept) <= MAX_ACCEPT_LENGTH else None


@lru_cache(maxsize=500)
def _media_type(accept: str) -> str | None:
    if media_types.prefers_html(accept):
        return None
    return media_types.response_media_type(accept)


def site_of(environ: Mapping[str, Any]) -> tuple[str, ...]:
    """What tells the addresses that an answer may contain."""
    return (
        environ.get("wsgi.url_scheme", ""),
        # Behind a proxy that ends TLS, the scheme is told by a header.
        environ.get("HTTP_X_FORWARDED_PROTO", ""),
        environ.get("HTTP_HOST", ""),
        environ.get("HTTP_X_FORWARDED_HOST", ""),
        environ.get("SERVER_PORT", ""),
    )


def key_of(environ: Mapping[str, Any], answered_as: str, body: bytes) -> bytes:
    """The key of a request that ``may_be_kept``."""
    # Lengths keep one part from being read as the end of another.
    parts = (
        environ["REQUEST_METHOD"],
        answered_as,
        *site_of(environ),
        environ.get("QUERY_STRING", ""),
    )
    digest = blake2b(repr(parts).encode("utf-8", "surrogateescape"), digest_size=20)
    digest.update(b"\0")
    digest.update(body)
    return digest.digest()
