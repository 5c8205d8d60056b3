"""Answers of plans leave nothing behind for the collector, which would stop everybody."""

import gc

import pytest
from django.test import override_settings

from graphql_api.records import Batch, EntryRecord
from tests.graphql_api.plan.running import answered, prepared

QUERIES = {
    "list": "{ interviewQuestions(first: 3) { nodes { code technology { name } related "
    "{ entry { code related { relation } } } translations { slug } deepDive { text } } } }",
    "single": '{ interviewQuestion(code: "PY-JR-001") { code translations { locale } '
    "related { entry { code } } followUpQuestions { questions { answeredBy { code } } } } }",
    "search": '{ search(query: "python") { nodes { entry { code related { entry { code } } } } } }',
}


@pytest.mark.parametrize("name", QUERIES)
@override_settings(GRAPHQL_MAX_COST=1_000_000)
def test_no_record_waits_for_the_collector(world, kept_db, name):
    parsed = prepared(QUERIES[name])
    assert b'"errors"' not in answered(parsed, {}, plans=True).body
    gc.collect()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        found = answered(parsed, {}, plans=True)
        gc.collect()
        left = [one for one in gc.garbage if isinstance(one, EntryRecord | Batch)]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()

    assert not found.given_up
    assert left == []
