"""Which media type answers an ``Accept`` header.

Invariant: wildcards and a missing header mean ``application/json``; the newer type is
chosen when the client names it, also at equal quality.
"""

from dataclasses import dataclass

JSON = "application/json"
GRAPHQL_RESPONSE = "application/graphql-response+json"
HTML = "text/html"

_OFFERED = (GRAPHQL_RESPONSE, JSON)


@dataclass(frozen=True, slots=True)
class _Range:
    media_type: str
    quality: float
    charset: str


def response_media_type(accept: str | None) -> str | None:
    """The offered type of the best quality, or None when the header admits neither."""
    if accept is None or not accept.strip():
        return JSON
    ranges = _ranges(accept)
    best: tuple[float, int] | None = None
    chosen = None
    for offered in _OFFERED:
        match = _most_specific(ranges, offered)
        if match is None or match.quality <= 0:
            continue
        # A wildcard says nothing about the newer type, so it must not outrank JSON.
        named = match.media_type == offered
        rank = (match.quality, 1 if offered == GRAPHQL_RESPONSE and named else 0)
        if best is None or rank > best or (rank == best and offered == JSON):
            best, chosen = rank, offered
    return chosen


def prefers_html(accept: str | None) -> bool:
    """Whether a browser asks for a page: HTML is named, and no offered type ranks higher."""
    ranges = _ranges(accept or "")
    html = max((item.quality for item in ranges if item.media_type == HTML), default=0.0)
    named = max((item.quality for item in ranges if item.media_type in _OFFERED), default=0.0)
    return html > 0 and html >= named


def _most_specific(ranges: list[_Range], offered: str) -> _Range | None:
    for pattern in (offered, offered.split("/")[0] + "/*", "*/*"):
        matching = [item for item in ranges if item.media_type == pattern]
        if matching:
            return max(matching, key=lambda item: item.quality)
    return None


def _ranges(accept: str) -> list[_Range]:
    found = []
    for part in accept.split(","):
        media_type, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality, charset = 1.0, "utf-8"
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                quality = _quality(value.strip())
            elif name.strip() == "charset":
                charset = value.strip().strip('"')
        if "/" in media_type and charset in ("utf-8", "utf8"):
            found.append(_Range(media_type, quality, charset))
    return found


def _quality(text: str) -> float:
    try:
        quality = float(text)
    except ValueError:
        return 0.0
    return quality if 0.0 <= quality <= 1.0 else 0.0
