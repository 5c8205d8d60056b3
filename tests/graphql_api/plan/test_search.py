"""Searches by plan leave the same behind as searches by graphql-core."""

import pytest

from knowledge.search import missed
from knowledge.search.missed import MissedSearches
from tests.factories import entries
from tests.graphql_api.plan.running import answered, prepared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_remembered")]

SEARCH = prepared(
    "query ($query: String!, $after: String, $filter: SearchFilter)"
    " { search(query: $query, after: $after, filter: $filter) { totalCount } }"
)


@pytest.fixture
def waiting(monkeypatch):
    """What was missed: (kind, text) → how often."""
    found = MissedSearches()
    monkeypatch.setattr(missed, "missed_searches", found)
    entries.published(entries.question())
    return found._waiting


def asked(plans, **variables):
    return answered(SEARCH, variables, plans=plans)


@pytest.mark.parametrize("plans", [True, False])
@pytest.mark.parametrize(
    ("query", "noted"),
    [
        ("zyzzyva", {("SEARCH", "zyzzyva"): 1}),
        ("zyzzyva -injection", {("SEARCH", "zyzzyva"): 1}),
        ("injection", {}),
    ],
)
def test_a_miss_is_noted_once_without_what_was_left_out(waiting, plans, query, noted):
    found = asked(plans, query=query)

    assert (dict(waiting), found.has_errors) == (noted, False)


@pytest.mark.parametrize("plans", [True, False])
def test_a_miss_under_a_filter_says_nothing_of_the_archive(waiting, plans):
    asked(plans, query="zyzzyva", filter={"kind": {"eq": "DEBUG_ENTRY"}})

    assert dict(waiting) == {}


@pytest.mark.parametrize("plans", [True, False])
def test_a_search_that_is_refused_notes_nothing(waiting, plans):
    found = asked(plans, query="zyzzyva", after="no cursor")

    assert (dict(waiting), found.has_errors) == ({}, True)
