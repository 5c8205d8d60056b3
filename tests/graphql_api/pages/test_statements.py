"""The statements of a page query are the same for three children and for thirty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from graphql_api.schema import schema
from tests.factories import entries, pages
from tests.support.execution import data
from tests.support.full_selection import full_query

pytestmark = pytest.mark.django_db


@pytest.fixture
def grow():
    """A site that grows by as many pages as asked, each with every kind of reference."""
    home = pages.home()
    entry = entries.published(entries.debug_entry())
    image = get_image_model().objects.create(title="Chart", file=get_test_image_file())

    def add(number):
        for _ in range(number):
            count = home.__class__.objects.count() + len(made)
            body = [
                ("paragraph", f'<p><a linktype="page" id="{home.pk}">home</a></p>'),
                ("image", {"image": image, "alt": "A chart", "caption": ""}),
                ("entry", entry),
            ]
            made.append(pages.standard(home, f"Guide {count}", body=body, show_in_menus=True))

    made: list = []
    return add


def statements(query):
    with CaptureQueriesContext(connection) as captured:
        data(query)
    return len(captured)


def everything(operation):
    """``operation`` with the fragments that select every field of a page."""
    _, *fragments = full_query(schema.graphql_schema, "pages").splitlines()
    return "\n".join([operation, *fragments])


LIST = "{ pages(first: 100) { ...PageConnection1 } }"
CHILDREN = """{ pages(first: 0) { ...PageConnection1 }
    page(path: "/") { children { ...Page1 } } }"""

QUERIES = {
    "list": lambda: everything(LIST),
    "children": lambda: everything(CHILDREN),
    "around": lambda: (
        """{ pages(first: 100) { nodes {
        path translations { path } parent { path children { path parent { path } } }
        ancestors { path children { path } }
    } } }"""
    ),
    "menu": lambda: "{ navigation { label url page { path } children { label } } }",
}
BUDGETS = {"list": 23, "children": 23, "around": 9, "menu": 6}


@pytest.mark.parametrize("name", QUERIES)
def test_the_statements_do_not_grow(grow, name):
    query = QUERIES[name]()
    grow(3)
    # The first query fills Django's cache of content types.
    data(query)
    few = statements(query)
    grow(27)

    assert statements(query) == few
    assert few <= BUDGETS[name]
