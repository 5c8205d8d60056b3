"""A cursor names a place in one list under one order; it means nothing anywhere else."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any

import orjson

from graphql_api.errors import ApiError, ErrorCode

MAX_CURSOR_LENGTH = 2_000


def encode_cursor(connection: str, order: str, values: Sequence[Any]) -> str:
    """An opaque text for the row whose order columns hold ``values`` (plain data)."""
    return base64.urlsafe_b64encode(orjson.dumps([connection, order, *values])).decode().rstrip("=")


def decode_cursor(cursor: str, connection: str, order: str) -> list[Any]:
    """The values in ``cursor``, whose types the caller checks.

    Raises ``ApiError`` CURSOR_INVALID for a text that is no cursor, or one of another
    list or another order.
    """
    if len(cursor) > MAX_CURSOR_LENGTH:
        raise invalid_cursor()
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        content = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (UnicodeEncodeError, binascii.Error, ValueError):
        raise invalid_cursor() from None
    if not isinstance(content, list) or content[:2] != [connection, order]:
        raise invalid_cursor()
    return content[2:]


def invalid_cursor() -> ApiError:
    """The one answer to every cursor that cannot be used here."""
    return ApiError(
        ErrorCode.CURSOR_INVALID,
        "The cursor does not belong to this list under this order. Ask for a new page.",
    )
