"""Which pages of other origins may read answers.

Invariant: never with credentials: no answer depends on a cookie, and a browser must not
be told otherwise.
"""

from cms.configured import configured

ALLOWED_METHODS = "GET, HEAD, POST"
ALLOWED_HEADERS = ", ".join(
    (
        "Accept",
        "Apollo-Require-Preflight",
        "Apollographql-Client-Name",
        "Apollographql-Client-Version",
        "Authorization",
        "Content-Type",
        "Idempotency-Key",
        "If-None-Match",
        "X-Apollo-Operation-Name",
        "X-Preview-Token",
    )
)
EXPOSED_HEADERS = ", ".join(
    (
        "Cache-Tag",
        "ETag",
        "RateLimit",
        "RateLimit-Policy",
        "Retry-After",
        "X-Cache",
        "X-Request-ID",
    )
)
ANY = "*"


def varies() -> bool:
    """Whether answers differ by the Origin header."""
    origins = configured.GRAPHQL_CORS_ORIGINS
    return bool(origins) and ANY not in origins


def answer_headers(origin: str | None) -> dict[str, str]:
    """What an answer tells a browser; empty for an origin that is not admitted."""
    allowed = _allowed(origin)
    if allowed is None:
        return {}
    return {
        "Access-Control-Allow-Origin": allowed,
        "Access-Control-Expose-Headers": EXPOSED_HEADERS,
    }


def preflight_headers(origin: str | None) -> dict[str, str]:
    """The answer to the browser's question whether a page may ask at all."""
    headers = answer_headers(origin)
    if headers:
        headers |= {
            "Access-Control-Allow-Methods": ALLOWED_METHODS,
            "Access-Control-Allow-Headers": ALLOWED_HEADERS,
            "Access-Control-Max-Age": str(configured.GRAPHQL_CORS_MAX_AGE_SECONDS),
        }
    return headers


def _allowed(origin: str | None) -> str | None:
    origins = configured.GRAPHQL_CORS_ORIGINS
    if ANY in origins:
        return ANY
    return origin if origin and origin in origins else None
