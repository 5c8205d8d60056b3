"""What workers share through Redis: found by all, believed only when signed, never needed."""

import shutil
import socket
import subprocess
import time
from contextlib import closing

import pytest
from redis import Redis

from cms.redis_client import shared_redis
from graphql_api.caching.shared import PREFIX, SharedAnswers
from graphql_api.caching.store import StoredAnswer
from graphql_api.http.persisted import REDIS_PREFIX, TextStore
from graphql_api.http.request_log import Asked
from tests.factories import entries
from tests.graphql_api.caching.conftest import QUERY, Front

ANSWER = StoredAnswer(
    body=b'{"data":{}}',
    headers=(("Content-Type", "application/json"), ("ETag", '"x"')),
    tags=frozenset({"e1", "code-snippet"}),
    asked=Asked(operation="Totals", document="a1", cost=3),
)


class Server:
    """A Redis of one's own that can be stopped, paused and filled with anything."""

    def __init__(self, folder):
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            self.port = free.getsockname()[1]
        self.folder = folder
        self.process = None
        self.start()

    def start(self):
        options = ["--port", str(self.port), "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(
            ["redis-server", *options, "--bind", "127.0.0.1", "--dir", str(self.folder)],
            stdout=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise TimeoutError

    def stop(self):
        self.process.kill()
        self.process.wait()

    def client(self, timeout=0.05):
        return Redis(port=self.port, socket_timeout=timeout, socket_connect_timeout=timeout)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    if shutil.which("redis-server") is None:
        pytest.skip("There is no redis-server here.")
    running = Server(tmp_path_factory.mktemp("redis"))
    yield running
    running.stop()


@pytest.fixture
def redis(server):
    # Time enough for a loaded machine; how long a request waits is tested by itself.
    with closing(server.client(timeout=5)) as client:
        client.flushall()
        yield client


@pytest.mark.redis
def test_one_worker_finds_what_another_has_made(redis):
    SharedAnswers(redis).put(b"key", "state", ANSWER)

    assert SharedAnswers(redis).get(b"key", "state") == ANSWER
    assert SharedAnswers(redis).get(b"key", "another state") is None
    assert SharedAnswers(redis).get(b"another key", "state") is None


@pytest.mark.redis
def test_what_is_shared_ends_by_itself(redis):
    SharedAnswers(redis).put(b"key", "state", ANSWER)
    brief = StoredAnswer(body=b"", headers=(), tags=frozenset(), lifetime=60)
    SharedAnswers(redis).put(b"brief", "state", brief)

    assert sorted(round(redis.ttl(name), -1) for name in redis.keys(PREFIX + b"*")) == [60, 300]


@pytest.mark.redis
@pytest.mark.parametrize("garbage", ["nothing", "bytes", "flipped", "moved", "other type"])
def test_garbage_is_never_believed(redis, garbage):
    shared = SharedAnswers(redis)
    shared.put(b"key", "state", ANSWER)
    (name,) = redis.keys(PREFIX + b"*")
    value = redis.get(name)
    if garbage == "moved":
        shared.put(b"other", "state", StoredAnswer(b"other", (), frozenset()))
        (other,) = set(redis.keys(PREFIX + b"*")) - {name}
        redis.set(name, redis.get(other))
    elif garbage == "other type":
        redis.delete(name)
        redis.lpush(name, b"x")
    else:
        values = {
            "nothing": b"",
            "bytes": b"\xff" * 200,
            "flipped": value[:-1] + bytes([value[-1] ^ 1]),
        }
        redis.set(name, values[garbage])

    assert shared.get(b"key", "state") is None


@pytest.mark.redis
def test_another_installation_is_not_believed(redis, settings):
    SharedAnswers(redis).put(b"key", "state", ANSWER)
    settings.SECRET_KEY = "another"

    assert SharedAnswers(redis).get(b"key", "state") is None


@pytest.mark.redis
def test_a_paused_server_is_waited_for_once(server, redis, settings):
    settings.REDIS_URL = f"redis://127.0.0.1:{server.port}/0"
    client = shared_redis()
    shared = SharedAnswers(client)
    redis.client_pause(1500)
    try:
        started = time.monotonic()
        assert [shared.get(b"key", "state") for _ in range(200)] == [None] * 200
        shared.put(b"key", "state", ANSWER)
        assert time.monotonic() - started < 0.5
    finally:
        client.close()
        server.client(timeout=5).ping()


@pytest.mark.redis
def test_a_lost_server_is_used_again_when_it_is_back(server, redis):
    now = [0.0]
    client = server.client(timeout=5)
    shared = SharedAnswers(client, clock=lambda: now[0])
    shared.put(b"key", "state", ANSWER)
    server.stop()
    try:
        assert shared.get(b"key", "state") is None
    finally:
        server.start()
    assert shared.get(b"key", "state") is None
    now[0] = 5.0

    assert shared.get(b"key", "state") is None
    shared.put(b"key", "state", ANSWER)
    assert shared.get(b"key", "state") == ANSWER
    client.close()


@pytest.mark.redis
@pytest.mark.django_db
def test_a_second_worker_answers_from_redis_and_notices_changes(redis, one_connection):
    fronts = [Front(), Front()]
    for front in fronts:
        front.cache.shared = SharedAnswers(redis)
    first = fronts[0].send()

    second = fronts[1].send()
    assert (second["X-Cache"], second.body, fronts[1].requests) == ("HIT", first.body, 0)
    assert second.headers.keys() == first.headers.keys()

    entries.published(entries.question())
    for front in fronts:
        front.now += 1
        assert front.send().json["data"]["interviewQuestions"]["totalCount"] == 1
    assert [front.requests for front in fronts] == [2, 0]


@pytest.mark.redis
@pytest.mark.django_db
def test_a_change_behind_the_back_of_the_log_is_another_state(redis, one_connection):
    """A database that was restored counts the same numbers again."""
    from cms.publishing.models import ContentVersion, PublicationEvent

    entry = entries.published(entries.question())
    front = Front()
    front.cache.shared = SharedAnswers(redis)
    front.send()
    PublicationEvent.objects.all().delete()
    ContentVersion.objects.update(number=ContentVersion.current() - 1)
    entry.unpublish()

    other = Front()
    other.cache.shared = SharedAnswers(redis)

    assert other.send(query=QUERY).json["data"]["interviewQuestions"]["totalCount"] == 0


@pytest.mark.redis
def test_persisted_texts_are_shared_and_checked(redis):
    TextStore(10_000, redis).put("a" * 64, "{ wrong }")
    good = "ab" * 32
    assert TextStore(10_000, redis).get("a" * 64) is None

    redis.set(REDIS_PREFIX + good, b"\xff\xfe")
    assert TextStore(10_000, redis).get(good) is None
