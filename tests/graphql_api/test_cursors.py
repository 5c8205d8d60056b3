"""Cursors come back as they went out, and only where they belong."""

import pytest

from graphql_api.cursors import decode_cursor, encode_cursor
from graphql_api.errors import ApiError, ErrorCode


def test_a_cursor_returns_its_values():
    cursor = encode_cursor("EntryConnection", "CODE_ASC", ["DB-001", 7])

    assert decode_cursor(cursor, "EntryConnection", "CODE_ASC") == ["DB-001", 7]


def test_a_cursor_fits_into_an_address():
    cursor = encode_cursor("EntryConnection", "TITLE_ASC", ["??>>~~ äöü", 7])

    assert set("+/=").isdisjoint(cursor)


@pytest.mark.parametrize(
    "cursor",
    [
        encode_cursor("DebugEntryConnection", "CODE_ASC", ["DB-001", 7]),
        encode_cursor("EntryConnection", "CODE_DESC", ["DB-001", 7]),
        "",
        "x",
        "%%%",
        "ä",
        "bnVsbA",
        "e30",
        "W10",
        "A" * 4_000,
    ],
)
def test_anything_else_is_refused(cursor):
    with pytest.raises(ApiError) as caught:
        decode_cursor(cursor, "EntryConnection", "CODE_ASC")

    assert caught.value.code == ErrorCode.CURSOR_INVALID
