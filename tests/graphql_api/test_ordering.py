"""Orders are total and their cursors typed."""

from datetime import UTC, datetime

import pytest

from graphql_api.cursors import encode_cursor
from graphql_api.errors import ApiError, ErrorCode
from graphql_api.knowledge.orders import ENTRY_ORDERS, ORDERS

BY_DATE = ENTRY_ORDERS.named("PUBLISHED_AT_DESC")
BY_CODE = ENTRY_ORDERS.named("CODE_ASC")
MOMENT = datetime(2026, 1, 31, 9, 30, 0, 123456, tzinfo=UTC)


@pytest.mark.parametrize("orders", [*ORDERS.values(), ENTRY_ORDERS])
def test_every_order_ends_in_the_primary_key(orders):
    for order in orders._orders.values():
        assert order.columns[-1] == "object_id"


@pytest.mark.parametrize(
    ("order", "values"), [(BY_DATE, [MOMENT, 4]), (BY_CODE, ["DB-001", 2**63 - 1])]
)
def test_a_place_survives_the_cursor(order, values):
    assert order.place("List", order.cursor("List", values)) == values


@pytest.mark.parametrize(
    ("order", "values"),
    [
        (BY_CODE, ["DB-001"]),
        (BY_CODE, ["DB-001", 1, 2]),
        (BY_CODE, [1, 1]),
        (BY_CODE, ["DB\x00", 1]),
        (BY_CODE, ["DB-001", "1"]),
        (BY_CODE, ["DB-001", True]),
        (BY_CODE, ["DB-001", -1]),
        (BY_CODE, ["DB-001", 2**63]),
        (BY_CODE, ["DB-001", 1.5]),
        (BY_CODE, [None, 1]),
        (BY_DATE, ["yesterday", 1]),
        (BY_DATE, ["2026-01-31T09:30:00", 1]),
        (BY_DATE, [{}, 1]),
    ],
)
def test_a_forged_cursor_is_refused(order, values):
    with pytest.raises(ApiError) as caught:
        order.place("List", encode_cursor("List", order.name, values))

    assert caught.value.code == ErrorCode.CURSOR_INVALID
