"""Ids that are unique across types: opaque to clients, a type and a primary key to us."""

import base64
import binascii
import re
from dataclasses import dataclass

from graphql_api.errors import ApiError, ErrorCode

_PLAIN = re.compile(r"([A-Z][A-Za-z]*):([1-9][0-9]{0,18})", re.ASCII)
_LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True, slots=True)
class GlobalId:
    """What an id stands for."""

    type_name: str
    pk: int


def global_id(type_name: str, pk: int) -> str:
    """The id of the object ``pk`` of the GraphQL type ``type_name``."""
    return base64.urlsafe_b64encode(f"{type_name}:{pk}".encode()).decode().rstrip("=")


def read_global_id(value: str) -> GlobalId:
    """What ``value`` stands for. Raises ``ApiError`` BAD_USER_INPUT when it is no id."""
    try:
        padded = value.encode("ascii") + b"=" * (-len(value) % 4)
        plain = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
    except (UnicodeError, binascii.Error):
        plain = ""
    match = _PLAIN.fullmatch(plain)
    if match is None or int(match[2]) > _LARGEST_KEY:
        raise ApiError(ErrorCode.BAD_USER_INPUT, "This is not an id of this API.")
    return GlobalId(match[1], int(match[2]))
