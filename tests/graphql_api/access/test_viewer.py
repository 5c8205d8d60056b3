"""A partner sees what the key allows and how often it was used; anybody else sees nothing."""

import pytest

pytestmark = pytest.mark.django_db

QUERY = """{ viewer { name keyPrefix kinds technologies expiresAt usage {
  perMinute perDay remainingToday today { day requests refused } days { requests } } } }"""


def test_anybody_is_nobody(ask):
    response = ask(QUERY)

    assert response.json()["data"] == {"viewer": None}
    assert response["Cache-Control"] == "private, no-store"


def test_a_partner_sees_bounds_and_use(ask, issued):
    key, token = issued(
        name="Partner", kinds=["DEBUG_ENTRY", "NO_KIND"], technologies=["php"], per_day=5
    )
    ask(token=token)

    viewer = ask(QUERY, token).json()["data"]["viewer"]

    day = viewer["usage"]["today"].pop("day")
    assert len(day) == 10
    assert viewer == {
        "name": "Partner",
        "keyPrefix": key.prefix,
        "kinds": ["DEBUG_ENTRY"],
        "technologies": ["php"],
        "expiresAt": None,
        "usage": {
            "perMinute": 600,
            "perDay": 5,
            "remainingToday": 3,
            "today": {"requests": 2, "refused": 0},
            "days": [{"requests": 2}],
        },
    }
