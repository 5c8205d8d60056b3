"""Search over a cluster: what is sent to it, and what is made of its answers.

The cluster is a server that keeps what it is sent and answers what a test gives it; the client
is the real one. No live cluster is asked.
"""

import json
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from knowledge.models import PublishedEntry, SearchTerm
from knowledge.search.cluster import connection, following
from knowledge.search.searching import search
from tests.factories import entries, terms
from tests.factories.translations import translated
from tests.support.execution import data, refusal

pytestmark = pytest.mark.django_db


class FakeCluster(ThreadingHTTPServer):
    """Keeps requests; answers by method and path, ``{}`` unless a test says otherwise."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[tuple[str, str, object]] = []
        self.answers: dict[tuple[str, str], tuple[int, object]] = {}

    def sent(self, ending: str) -> list:
        return [body for _, path, body in self.requests if path.endswith(ending)]


class Handler(BaseHTTPRequestHandler):
    def answer(self):
        text = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        lines = [json.loads(line) for line in text.splitlines()]
        body = lines if "_bulk" in self.path else (lines or [None])[0]
        self.server.requests.append((self.command, self.path, body))
        status, content = self.server.answers.get((self.command, self.path), (200, {}))
        data = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PUT = do_DELETE = answer

    def log_message(self, *args):
        pass


@pytest.fixture
def fake(settings):
    server = FakeCluster()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    settings.WAGTAILSEARCH_BACKENDS = {
        **settings.WAGTAILSEARCH_BACKENDS,
        "cluster": {
            "BACKEND": "wagtail.search.backends.opensearch2",
            "URLS": [f"http://127.0.0.1:{server.server_address[1]}"],
            "INDEX_PREFIX": "lamplight_",
            "OPTIONS": {"max_retries": 0},
            "AUTO_UPDATE": False,
        },
    }
    settings.SEARCH_CLUSTER = "cluster"
    connection.cluster.cache_clear()
    yield server
    connection.cluster().close()
    connection.cluster.cache_clear()
    server.shutdown()
    server.server_close()
    thread.join()


BULK = "/lamplight_published_entries/_bulk?require_alias=true"
SEARCH = "/lamplight_published_entries/_search"


def test_publishing_sends_the_document_after_the_commit(fake, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        entry = entries.published(
            entries.question(title="Zebra", technology=terms.technology("python"))
        )
        assert fake.requests == []

    (operation, document) = fake.sent(BULK)[-1]
    zebra = SearchTerm.objects.get(text="w:zebra").pk
    published = PublishedEntry.objects.get()
    assert operation == {"index": {"_id": str(entry.pk)}}
    assert document["kind"] == "INTERVIEW_QUESTION"
    assert document["technology"] == published.technology.hex
    assert document["languages"] == ["de", "en"]
    assert zebra in document["terms"]
    assert document["weights"][str(zebra)] > 0
    assert document["words"][0] == "zebra"
    assert "title" not in document


def test_unpublishing_deletes_the_document(fake, django_capture_on_commit_callbacks):
    entry = entries.published(entries.question())

    with django_capture_on_commit_callbacks(execute=True):
        entry.unpublish()

    assert fake.sent(BULK)[-1] == [{"delete": {"_id": str(entry.pk)}}]


def test_a_translation_changes_whom_the_original_is_shown_to(
    fake, german, django_capture_on_commit_callbacks
):
    entry = entries.published(entries.question())

    with django_capture_on_commit_callbacks(execute=True):
        other = translated(entry, german)
        entries.published(other)

    lines = fake.sent(BULK)[-1]
    languages = {
        operation["index"]["_id"]: document["languages"]
        for operation, document in zip(lines[::2], lines[1::2], strict=True)
    }
    assert languages == {str(entry.pk): ["en"], str(other.pk): ["de"]}


def test_a_cluster_that_is_away_does_not_hold_up_publication(
    fake, django_capture_on_commit_callbacks, caplog
):
    fake.answers["POST", BULK] = (503, {"error": "secret reason"})

    with django_capture_on_commit_callbacks(execute=True):
        entries.published(entries.question())

    assert PublishedEntry.objects.count() == 1
    assert "The search cluster cannot be used" in caplog.text
    assert "secret reason" not in caplog.text


def test_hits_are_ranked_as_those_of_the_database(fake):
    first = entries.published(entries.question(title="Zebra"))
    second = entries.published(
        entries.question(title="Other", sections=[("deep_dive", entries.prose("A zebra."))])
    )
    zebra = SearchTerm.objects.get(text="w:zebra").pk
    fake.answers["POST", SEARCH] = (
        200,
        {
            "hits": {
                "total": {"value": 2},
                "hits": [
                    {"_id": str(second.pk), "_source": {"weights": {str(zebra): 200}}},
                    {"_id": str(first.pk), "_source": {"weights": {str(zebra): 700}}},
                ],
            }
        },
    )

    result = search("zebra", locale="en")

    assert [hit.entry_id for hit in result.hits] == [first.pk, second.pk]
    assert (result.total, result.is_whole) == (2, True)
    asked = fake.sent(SEARCH)[0]
    feature = asked["query"]["bool"]["must"][0]["bool"]["should"][0]["dis_max"]["queries"][0]
    assert feature["rank_feature"]["field"] == f"weights.{zebra}"


def test_facets_are_those_of_the_answer(fake):
    entries.published(entries.question(title="Zebra"))
    fake.answers["POST", SEARCH] = (
        200,
        {
            "hits": {"total": {"value": 1}, "hits": []},
            "aggregations": {
                "kind": {"values": {"buckets": [{"key": "DEBUG_ENTRY", "doc_count": 3}]}},
                "difficulty": {
                    "values": {"buckets": [{"key": 2, "doc_count": 2}, {"key": 9, "doc_count": 1}]}
                },
            },
        },
    )

    facets = search("zebra", locale="en").facets

    assert [(one.value, one.count) for one in facets.kinds] == [("DEBUG_ENTRY", 3)]
    assert [(one.value, one.count) for one in facets.difficulties] == [("EASY", 2), ("HARD", 1)]
    assert facets.topics == ()


@pytest.mark.parametrize(
    "document",
    [
        '{ search(query: "zebra") { totalCount } }',
        '{ suggest(query: "zeb") { text } }',
        '{ lookupError(trace: "TypeError: zebra is not a function") { matches { confidence } } }',
    ],
)
def test_a_reader_learns_only_that_search_is_away(fake, document):
    entries.published(entries.question(title="Zebra"))
    entries.published(
        entries.debug_entry(error_messages=[("message", "TypeError: zebra is not a function")])
    )
    fake.answers["POST", SEARCH] = (500, {"error": "secret reason"})

    code, message = refusal(document)

    assert code == "SERVICE_UNAVAILABLE"
    assert message == "Search cannot be used at the moment; try again."


def test_a_rebuild_fills_a_new_index_and_puts_it_in_place(fake):
    entry = entries.published(entries.question())
    alias = "lamplight_published_entries"
    fake.answers["GET", "/_alias"] = (
        200,
        {f"{alias}_1": {}, f"{alias}_other": {}, "lamplight_wagtailcore_page": {}},
    )

    assert list(following.rebuild()) == [1]

    (method, path, body) = fake.requests[0]
    index = path[1:]
    assert method == "PUT"
    assert body["mappings"]["properties"]["weights"] == {"type": "rank_features"}
    assert fake.sent(f"/{index}/_bulk")[0][0] == {"index": {"_id": str(entry.pk)}}
    assert fake.sent("/_aliases") == [
        {
            "actions": [
                {"remove_index": {"index": f"{alias}_1"}},
                {"add": {"index": index, "alias": alias}},
            ]
        }
    ]


def test_a_refused_document_stops_the_rebuild(fake, monkeypatch):
    entry = entries.published(entries.question())
    monkeypatch.setattr(following.timezone, "now", lambda: datetime(2026, 1, 1, tzinfo=UTC))
    path = "/lamplight_published_entries_20260101000000000000/_bulk"
    fake.answers["POST", path] = (
        200,
        {"errors": True, "items": [{"index": {"_id": str(entry.pk), "status": 400, "error": {}}}]},
    )

    with pytest.raises(connection.ClusterUnavailableError):
        list(following.rebuild())

    assert fake.sent("/_aliases") == []


def test_the_other_product_s_client_takes_requests_itself():
    class Answer:
        body = {"hits": {"total": {"value": 0}}}

    class Client:
        def perform_request(self, method, path, headers, body):
            self.asked = (method, path, headers["content-type"], json.loads(body))
            return Answer()

    client = Client()

    assert connection.Cluster(client, "entries").ask({"size": 0}) == Answer.body
    assert client.asked == ("POST", "/entries/_search", "application/json", {"size": 0})


def test_names_of_technologies_are_suggested_when_the_cluster_has_nothing(fake):
    terms.technology("kubernetes", aliases="k8s")

    assert data('{ suggest(query: "k8") { text } }') == {"suggest": [{"text": "Kubernetes"}]}
    assert fake.sent(SEARCH.rpartition("/")[2]) == []
