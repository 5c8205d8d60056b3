"""A place in the event log as clients hold it: opaque, and the same in webhooks and GraphQL."""

import base64
import binascii

PREFIX = "change:"
LARGEST = 2**63 - 1


def encode_cursor(sequence: int) -> str:
    """The cursor of everything up to and including the event ``sequence``."""
    return base64.urlsafe_b64encode(f"{PREFIX}{sequence}".encode()).decode().rstrip("=")


def decode_cursor(cursor: str) -> int:
    """The sequence of a cursor. Raises ``ValueError`` for anything we did not make."""
    if len(cursor) > 64 or not cursor.isascii():
        raise ValueError("not a cursor")
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise ValueError("not a cursor") from None
    number = text.removeprefix(PREFIX)
    if text == number or not (number.isascii() and number.isdigit()) or int(number) > LARGEST:
        raise ValueError("not a cursor")
    return int(number)
