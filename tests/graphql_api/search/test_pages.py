"""Pages are found among entries, by the same rule of what may be seen."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from graphql_api.context import RequestContext
from graphql_api.knowledge.reading import Reading
from graphql_api.search.page_documents import page_documents
from tests.factories import entries, pages
from tests.support.execution import data

pytestmark = pytest.mark.django_db

SEARCH = """
query ($text: String!, $filter: SearchFilter) {
  search(query: $text, filter: $filter) {
    totalCount
    nodes { score entry { title } page { title path } title { text isMatch } snippet { text } }
  }
}
"""


def found(text: str, **variables) -> list[str]:
    nodes = data(SEARCH, text=text, **variables)["search"]["nodes"]
    return [(node["entry"] or node["page"])["title"] for node in nodes]


@pytest.fixture
def home():
    return pages.home()


def body(text: str) -> list:
    return [("paragraph", f"<p>{text}</p>")]


def test_a_page_is_found_by_title_and_by_text(home):
    pages.standard(home, "Imprint", body=body("Responsible is the zebra."))

    assert found("imprint") == ["Imprint"]
    assert found("zebras") == ["Imprint"]


def test_a_page_comes_with_its_path_and_snippet(home):
    pages.standard(home, "Imprint", body=body("Responsible is the zebra."))

    (node,) = data(SEARCH, text="zebra")["search"]["nodes"]

    assert node["page"] == {"title": "Imprint", "path": "/imprint/"}
    assert node["entry"] is None
    assert "".join(one["text"] for one in node["snippet"]) == "Responsible is the zebra."


def test_pages_and_entries_are_one_ranked_list(home):
    pages.standard(
        home, "Other", body=body("Of many words one is zebra. " + "Others follow. " * 40)
    )
    entries.published(entries.question(title="Zebra"))

    assert found("zebra") == ["Zebra", "Other"]
    assert data(SEARCH, text="zebra")["search"]["totalCount"] == 2


def test_a_filter_leaves_pages_out(home):
    pages.standard(home, "Zebra")
    entries.published(entries.question(title="Zebra question"))

    assert found("zebra", filter={"kind": {"eq": "INTERVIEW_QUESTION"}}) == ["Zebra question"]


def test_phrases_and_excluded_words_hold_for_pages(home):
    pages.standard(home, "Zebra crossing")
    pages.standard(home, "Crossing of a zebra")

    assert found('"zebra crossing"') == ["Zebra crossing"]
    assert found("zebra -of") == ["Zebra crossing"]


def test_hidden_pages_are_not_found(home):
    hidden = pages.private(pages.standard(home, "Zebra one"))
    pages.standard(hidden, "Zebra two")
    pages.standard(home, "Zebra three", live=False)

    assert found("zebra") == []


def test_a_page_that_was_found_and_then_hidden_is_not_found_again(home):
    page = pages.standard(home, "Zebra")
    assert found("zebra") == ["Zebra"]

    pages.private(page)

    assert found("zebra") == []


def test_a_changed_page_is_found_by_its_new_words(home):
    page = pages.standard(home, "Zebra")
    assert found("zebra") == ["Zebra"]

    page.title = "Giraffe"
    page.save_revision().publish()

    assert found("zebra") == []
    assert found("giraffe") == ["Giraffe"]


def test_pages_page_with_cursors(home):
    for number in range(3):
        pages.standard(home, f"Zebra {number}")
        entries.published(entries.question(title=f"Zebra {number}"))
    query = """
    query ($after: String) {
      search(query: "zebra", first: 2, after: $after) {
        pageInfo { hasNextPage endCursor } nodes { entry { id } page { id } }
      }
    }
    """
    seen, cursor = [], None
    for _ in range(3):
        page = data(query, after=cursor)["search"]
        seen += [(node["entry"] or node["page"])["id"] for node in page["nodes"]]
        cursor = page["pageInfo"]["endCursor"]

    assert len(set(seen)) == 6
    assert page["pageInfo"]["hasNextPage"] is False


def test_a_page_that_expires_is_found_until_then(home, monkeypatch):
    page = pages.standard(home, "Zebra", live=True)
    moment = timezone.now() + timedelta(hours=1)
    Page.objects.filter(pk=page.pk).update(expire_at=moment)
    assert found("zebra") == ["Zebra"]

    monkeypatch.setattr(timezone, "now", lambda: moment)

    assert found("zebra") == []


def test_pages_are_listed_once_until_something_changes(home):
    pages.standard(home, "Zebra")
    reading = Reading("en")
    first = page_documents(reading, RequestContext())

    with CaptureQueriesContext(connection) as queries:
        again = page_documents(reading, RequestContext())

    assert again == first
    # The content version alone.
    assert len(queries) == 1


def test_a_published_entry_leaves_the_list_of_pages(home):
    pages.standard(home, "Zebra")
    reading, entry = Reading("en"), entries.question()
    first = page_documents(reading, RequestContext())
    entries.published(entry)

    with CaptureQueriesContext(connection) as queries:
        again = page_documents(reading, RequestContext())

    assert again == first
    # Whether anything but records has changed.
    assert len(queries) == 1


def test_a_page_that_is_hidden_is_listed_no_more(home):
    page = pages.standard(home, "Zebra", live=True)
    assert found("zebra") == ["Zebra"]

    page.view_restrictions.create(restriction_type="login")

    assert found("zebra") == []
