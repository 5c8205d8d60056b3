"""Terms are kept between requests, and never shown as they were before a change."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from graphql_api.plan import terms as plan_terms
from tests.factories import entries, terms
from tests.graphql_api.plan.running import answered, prepared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_remembered")]

NAMED = prepared("{ interviewQuestions { nodes { technology { name } } } }")
FILTERED = prepared(
    "query ($slug: String!) { interviewQuestions(filter: {technology: {eq: $slug}})"
    " { nodes { code } totalCount } }"
)
BROKEN_BESIDE = prepared(
    'query ($slug: String!) { interviewQuestions(filter: {technology: {eq: $slug}}, after: "x")'
    " { totalCount } technologies { name } }"
)


@pytest.fixture
def question():
    return entries.published(entries.question(technology=terms.technology("zig", name="Zig")))


def renamed(question, **values):
    for name, value in values.items():
        setattr(question.technology, name, value)
    question.technology.save()


def test_a_new_name_is_in_the_very_next_answer(question):
    first = answered(NAMED, {}, plans=True)
    renamed(question, name="Ziglang")

    second = answered(NAMED, {}, plans=True)

    assert b'"name":"Zig"' in first.body
    assert b'"name":"Ziglang"' in second.body
    assert second.planned == ("interviewQuestions",)


def test_a_filter_follows_a_slug_at_once(question):
    assert b'"totalCount":1' in answered(FILTERED, {"slug": "zig"}, plans=True).body
    renamed(question, slug="ziglang")

    old = answered(FILTERED, {"slug": "zig"}, plans=True)
    new = answered(FILTERED, {"slug": "ziglang"}, plans=True)

    assert (old.planned, new.planned) == (("interviewQuestions",), ("interviewQuestions",))
    assert b'"totalCount":0' in old.body
    assert b'"totalCount":1' in new.body


def test_a_plan_that_gives_up_leaves_no_old_terms_behind(question):
    answered(FILTERED, {"slug": "zig"}, plans=True)
    renamed(question, name="Ziglang")

    found = answered(BROKEN_BESIDE, {"slug": "zig"}, plans=True)

    assert found.given_up == ("interviewQuestions",)
    assert found.body == answered(BROKEN_BESIDE, {"slug": "zig"}, plans=False).body


def test_a_publication_of_an_entry_leaves_the_terms_unread(question):
    other = entries.question(technology=question.technology)
    answered(NAMED, {}, plans=True)
    entries.published(other)

    with CaptureQueriesContext(connection) as queries:
        answered(NAMED, {}, plans=True)

    assert [one for one in queries if "publishedterm" in one["sql"]] == []


def test_terms_are_read_once_for_requests_of_one_version(question, django_assert_num_queries):
    answered(NAMED, {}, plans=True)

    # A savepoint, the list, and the savepoint's release.
    with django_assert_num_queries(3):
        answered(NAMED, {}, plans=True)


def test_a_publication_that_changes_no_term_leaves_the_kept_terms(question):
    answered(NAMED, {}, plans=True)
    kept = plan_terms._kept
    entries.published(entries.question(technology=question.technology, title="Another"))

    answered(NAMED, {}, plans=True)

    assert plan_terms._kept is kept


def test_after_a_publication_no_statement_more_is_asked(question, django_assert_num_queries):
    answered(NAMED, {}, plans=True)
    entries.published(entries.question(technology=question.technology, title="Another"))

    # A savepoint, the list, and the savepoint's release.
    with django_assert_num_queries(3):
        answered(NAMED, {}, plans=True)
