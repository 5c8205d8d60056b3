"""A wrong order of apps stops the start; the right one says nothing."""

import pytest

from graphql_api.checks import check_app_order, wrong_order


def test_the_order_of_this_project_is_right():
    assert check_app_order() == []


@pytest.mark.parametrize(
    "names",
    [
        ["grapple", "wagtail.snippets", "graphql_api"],
        ["graphql_api", "wagtail.snippets", "grapple"],
        ["wagtail.snippets", "graphql_api", "grapple", "other"],
        ["wagtail.snippets", "graphql_api"],
    ],
)
def test_a_wrong_order_is_an_error(names):
    assert [message.id for message in wrong_order(names)] == ["graphql_api.E001"]
