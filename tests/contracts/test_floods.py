"""While a server is flooded, a plain query is answered and memory stays bounded.

Invariant: the flood goes on for as long as the plain queries are asked; nothing here
measures how long an answer takes, only that it comes.
"""

import http.client
import json
import socket
import threading
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.contracts.test_limits import FLOODS, names
from tests.support.running_server import Server

pytestmark = [pytest.mark.server, pytest.mark.slow]

SENDERS = 8
SLOW_CONNECTIONS = 200
PLAIN_QUERIES = 10
MOST_GROWTH = 200 * 1024 * 1024
SECONDS_TO_ANSWER = 30
_numbers = count()

BODIES = {
    **{name: json.dumps({"query": text}) for name, text in FLOODS.items()},
    "aliases under the limit": json.dumps(
        {"query": "{ " + names(19, "a{}: interviewQuestions {{ totalCount }}") + " }"}
    ),
    "deep JSON": '{"query": ' + "[" * 100_000,
    "deep variables": '{"query": "{ __typename }", "variables": {"a": '
    + "[" * 10_000
    + "]" * 10_000
    + "}}",
    "a huge body": '{"query": "' + "a" * 20_000_000 + '"}',
    "a list of operations": json.dumps([{"query": "{ __typename }"}] * 5_000),
}


def memory(pid: int) -> int:
    """Resident bytes of a process and of those it has started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * 4096 + sum(memory(int(child)) for child in children)


def total_count(server: Server) -> int:
    """What a plain query answers, under a name of its own: no answer from memory will do."""
    query = f"query Plain{next(_numbers)} {{ interviewQuestions {{ totalCount }} }}"
    body = json.dumps({"query": query}).encode()
    request = urllib.request.Request(
        server.graphql, data=body, headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=SECONDS_TO_ANSWER) as answer:
        return json.load(answer)["data"]["interviewQuestions"]["totalCount"]


@contextmanager
def repeated(send: Callable[[], object], senders: int) -> Iterator[Counter]:
    """``send`` again and again until the block ends; counts what it returned."""
    stopping = threading.Event()
    returned: Counter = Counter()

    def run() -> None:
        while not stopping.is_set():
            returned[send()] += 1

    threads = [threading.Thread(target=run) for _ in range(senders)]
    for thread in threads:
        thread.start()
    try:
        yield returned
    finally:
        stopping.set()
        for thread in threads:
            thread.join(timeout=SECONDS_TO_ANSWER)


def sent(server: Server, body: bytes) -> object:
    """The status of the answer, or what became of the connection."""
    place = urlsplit(server.url)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=SECONDS_TO_ANSWER)
    try:
        connection.request("POST", "/graphql", body, {"Content-Type": "application/json"})
        return connection.getresponse().status
    except OSError as error:
        # A body that is too large may be answered, and closed, before it is all sent.
        return type(error).__name__
    finally:
        connection.close()


@pytest.mark.parametrize("name", BODIES)
def test_a_plain_query_is_answered_during_a_flood_of(demo_server, name):
    before, expected = memory(demo_server.pid), total_count(demo_server)
    body = BODIES[name].encode()

    with repeated(lambda: sent(demo_server, body), SENDERS) as returned:
        answers = [total_count(demo_server) for _ in range(PLAIN_QUERIES)]

    assert answers == [expected] * PLAIN_QUERIES
    assert sum(returned.values()) > 0
    assert not [status for status in returned if isinstance(status, int) and status >= 500]
    assert memory(demo_server.pid) - before < MOST_GROWTH


HEADERS = "POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    "beginning",
    ["POST /graphql HTTP/1.1\r\nHost: 12", HEADERS + "Content-Length: 200000\r\n\r\n{"],
    ids=["headers", "bodies"],
)
def test_a_plain_query_is_answered_beside_two_hundred_slow_connections(demo_server, beginning):
    before, expected = memory(demo_server.pid), total_count(demo_server)
    place = urlsplit(demo_server.url)

    with ExitStack() as stack:
        slow = []
        for _ in range(SLOW_CONNECTIONS):
            one = socket.create_connection((place.hostname, place.port), timeout=SECONDS_TO_ANSWER)
            slow.append(stack.enter_context(one))
            one.sendall(beginning.encode())
        answers = []
        for _ in range(PLAIN_QUERIES):
            for one in slow:
                one.sendall(b"0")
            answers.append(total_count(demo_server))

    assert answers == [expected] * PLAIN_QUERIES
    assert memory(demo_server.pid) - before < MOST_GROWTH
