"""Operations named by their hash: as Apollo's clients do it, as the specification does it."""

import hashlib
import json

import pytest

from graphql_api.http import persisted
from graphql_api.http.persisted import TextStore

pytestmark = pytest.mark.django_db

QUERY = "{ greeting }"
DIGEST = hashlib.sha256(QUERY.encode()).hexdigest()
JSON = "application/json"


@pytest.fixture(autouse=True)
def empty_store():
    persisted.texts.cache_clear()
    yield
    persisted.texts.cache_clear()


def named(digest=DIGEST, version=1):
    return {"persistedQuery": {"version": version, "sha256Hash": digest}}


def code_of(response):
    return response.json()["errors"][0]["extensions"]["code"]


@pytest.mark.parametrize("accept", [JSON, "application/graphql-response+json"])
def test_a_name_is_unknown_then_taught_then_known(get, post, accept):
    unknown = get(extensions=json.dumps(named()), accept=accept)
    assert unknown.status_code == 200
    assert unknown.json()["errors"][0]["message"] == "PersistedQueryNotFound"
    assert code_of(unknown) == "PERSISTED_QUERY_NOT_FOUND"
    assert unknown["Cache-Control"] == "no-store"

    assert post(QUERY, extensions=named(), accept=accept).json()["data"] == {
        "greeting": "Hello, you"
    }

    known = get(extensions=json.dumps(named()), accept=accept)
    assert known.json()["data"] == {"greeting": "Hello, you"}
    assert known["Cache-Control"].startswith("public")
    assert post(extensions=named(), accept=accept).json()["data"] == {"greeting": "Hello, you"}


def test_a_name_can_be_taught_over_get(get):
    get(QUERY, extensions=json.dumps(named()))

    assert get(extensions=json.dumps(named())).status_code == 200
    assert get(documentId=f"sha256:{DIGEST}").json()["data"] == {"greeting": "Hello, you"}


def test_the_name_of_another_text_is_refused_and_not_kept(post):
    response = post(QUERY, extensions=named("0" * 64))

    assert (response.status_code, code_of(response)) == (400, "PERSISTED_QUERY_MISMATCH")
    assert response.json()["errors"][0]["message"] == "provided sha does not match query"
    assert len(persisted.texts()) == 0


@pytest.mark.parametrize("query", ["{ nonsense }", "{", "{ greeting ".ljust(20_000, "a") + "}"])
def test_a_text_that_is_refused_is_not_kept(post, query):
    post(query, extensions=named(hashlib.sha256(query.encode()).hexdigest()))

    assert len(persisted.texts()) == 0


@pytest.mark.parametrize(
    "parameters",
    [
        {"extensions": {"persistedQuery": {"version": 2, "sha256Hash": DIGEST}}},
        {"extensions": {"persistedQuery": {"version": 1}}},
        {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": 5}}},
        {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "zz"}}},
        {"extensions": {"persistedQuery": "x"}},
        {"documentId": "md5:1234"},
        {"documentId": "sha256:1234"},
        {"documentId": 5},
    ],
)
def test_a_malformed_name_is_refused(post, parameters):
    response = post(**parameters)

    assert (response.status_code, code_of(response)) == (400, "BAD_REQUEST")


def test_a_document_id_that_is_not_known_says_so(post):
    assert code_of(post(documentId=f"sha256:{'0' * 64}")) == "PERSISTED_QUERY_NOT_FOUND"


def test_a_mutation_is_not_run_by_name_over_get(get, post):
    mutation = "mutation { touch }"
    digest = hashlib.sha256(mutation.encode()).hexdigest()
    post(mutation, extensions=named(digest))

    response = get(extensions=json.dumps(named(digest)))

    assert (response.status_code, code_of(response)) == (405, "METHOD_NOT_ALLOWED")


def test_the_store_is_bounded_and_keeps_what_is_used():
    store = TextStore(30)
    for letter in "abc":
        store.put(letter * 64, letter * 10)
    store.get("a" * 64)
    store.put("d" * 64, "d" * 10)

    assert (store.get("a" * 64), store.get("b" * 64)) == ("a" * 10, None)
    assert (len(store), store.size) == (3, 30)
    store.put("e" * 64, "e" * 31)
    assert store.size <= 30


class TestTrustedDocuments:
    @pytest.fixture(autouse=True)
    def listed(self, settings, tmp_path):
        (tmp_path / "greeting.graphql").write_text("query Greeting {\n  greeting\n}\n")
        settings.GRAPHQL_TRUSTED_DOCUMENTS = str(tmp_path)
        settings.GRAPHQL_TRUSTED_DOCUMENTS_ONLY = True

    @pytest.mark.parametrize(
        "text", ["query Greeting {\n  greeting\n}\n", "query Greeting {\n  greeting\n}"]
    )
    def test_a_listed_text_is_answered_by_text_and_by_name(self, get, post, text):
        digest = hashlib.sha256(text.encode()).hexdigest()

        assert post(text).json()["data"] == {"greeting": "Hello, you"}
        assert get(extensions=json.dumps(named(digest))).json()["data"]
        assert get(documentId=f"sha256:{digest}").json()["data"]

    @pytest.mark.parametrize(
        "parameters",
        [
            {"query": "query Greeting { greeting }"},
            {"query": QUERY, "extensions": named()},
            {"query": "{ __schema { queryType { name } } }"},
            {"extensions": named()},
            {"documentId": f"sha256:{DIGEST}"},
        ],
    )
    def test_any_other_is_refused_and_not_kept(self, post, parameters):
        response = post(**parameters)

        assert (response.status_code, code_of(response)) == (400, "PERSISTED_QUERY_REQUIRED")
        assert len(persisted.texts()) == 0

    def test_what_was_taught_before_is_refused_too(self, post, settings):
        settings.GRAPHQL_TRUSTED_DOCUMENTS_ONLY = False
        post(QUERY, extensions=named())
        settings.GRAPHQL_TRUSTED_DOCUMENTS_ONLY = True

        assert code_of(post(extensions=named())) == "PERSISTED_QUERY_REQUIRED"

    def test_a_listed_name_is_known_where_others_are_answered_too(self, post, settings):
        settings.GRAPHQL_TRUSTED_DOCUMENTS_ONLY = False
        digest = hashlib.sha256(b"query Greeting {\n  greeting\n}\n").hexdigest()

        assert post(extensions=named(digest)).json()["data"] == {"greeting": "Hello, you"}
