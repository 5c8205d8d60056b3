"""The cache of parsed documents: what it keeps, and that it stays small."""

from unittest.mock import patch

import pytest

from graphql_api.http import documents
from graphql_api.plan.operations import COMPILED_TOKENS, plan_for
from graphql_api.schema import schema as served_schema
from tests.graphql_api.http.sample_schema import Query

pytestmark = pytest.mark.django_db


def test_a_document_is_parsed_and_validated_once(post):
    with (
        patch.object(documents, "parse", wraps=documents.parse) as parse,
        patch.object(documents, "validate", wraps=documents.validate) as validate,
    ):
        assert post("{ greeting }").content == post("{ greeting }").content

    assert (parse.call_count, validate.call_count) == (1, 1)


def test_a_refused_document_is_not_kept(post):
    post("{")
    post("{ nothing }")

    assert len(documents.cache) == 0


def test_a_kept_document_obeys_a_limit_lowered_later(post, settings):
    assert post("{ node { name } }").status_code == 200

    settings.GRAPHQL_MAX_DEPTH = 1

    assert post("{ node { name } }").status_code == 400


def test_the_number_of_documents_is_bounded(post, settings):
    settings.GRAPHQL_DOCUMENT_CACHE_ENTRIES = 3

    for number in range(5):
        post(f"{{ count(at: {number}) }}")

    assert len(documents.cache) == 3


def test_their_tokens_together_are_bounded(post, settings):
    settings.GRAPHQL_DOCUMENT_CACHE_TOKENS = 100

    for number in range(5):
        post("{ " + f"count(at: {number}) " * 5 + "}")

    # Each has 34 tokens (two braces, six for each field, the two ends) and 69 characters.
    assert len(documents.cache) == 2


def test_what_is_compiled_counts_among_the_tokens(settings):
    settings.GRAPHQL_DOCUMENT_CACHE_TOKENS = 100
    first, second = (
        documents.parse_document(text, documents.digest_of(text))
        for text in ("{ greeting }", "{ greeting greeting }")
    )
    documents.cache.put(first)
    documents.cache.put(second)

    # They have five and six tokens: brackets, names and the two ends.
    documents.cache.count_plans(second, 89)
    assert len(documents.cache) == 2

    documents.cache.count_plans(second, 90)
    assert len(documents.cache) == 1


def test_garbage_is_looked_for_when_much_was_let_go(settings):
    settings.GRAPHQL_DOCUMENT_CACHE_TOKENS = 12
    looks = []
    with patch.object(documents.gc, "collect", lambda: looks.append(len(documents.cache))):
        for number in range(9):
            text = f"{{ greeting }} # {number}"
            documents.cache.put(documents.parse_document(text, documents.digest_of(text)))

    # Each has six tokens, its comment among them: two are kept, and the third that is let go,
    # and the sixth, make more than twelve.
    assert looks == [2, 2]


def test_a_document_that_is_let_go_leaves_no_garbage():
    text = "{ greeting }"
    parsed = documents.parse_document(text, documents.digest_of(text))
    tokens = [parsed.document.loc.start_token, parsed.document.loc.end_token]

    assert [(one.prev, one.next) for one in tokens] == [(None, None)] * 2


def test_a_plan_counts_each_value_it_completes():
    schema = served_schema.graphql_schema
    text = "{ technologies { name slug } }"
    parsed = documents.parse_document(text, documents.digest_of(text))
    documents.validate_document(parsed, schema)

    plan_for(parsed, schema, parsed.operation(None), {})

    # [Technology!]! and [Technology!], which completes its items; String! and String of each field.
    assert parsed.planned == 6 * COMPILED_TOKENS


def test_long_texts_count_as_many_tokens(post, settings):
    settings.GRAPHQL_DOCUMENT_CACHE_TOKENS = 2_000

    for number in range(5):
        post(f'{{ greeting(name: "{number}{"x" * 64_000}") }}')

    assert len(documents.cache) == 1


def test_a_document_valid_for_one_schema_is_checked_again_for_another():
    import graphene

    schema = graphene.Schema(query=Query).graphql_schema
    other = graphene.Schema(query=Query).graphql_schema
    parsed = documents.parse_document("{ greeting }", documents.digest_of("{ greeting }"))
    documents.validate_document(parsed, schema)

    assert documents.cache.get(parsed.digest, schema) is parsed
    assert documents.cache.get(parsed.digest, other) is None
