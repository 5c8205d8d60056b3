"""A request takes a place at work only when it has arrived; what is too large never arrives."""

import io
import threading
import time

import pytest
from django.test.client import RequestFactory

from cms.security.whole_requests import BYTES_IN_MEMORY, Places, WholeRequests


class Dripping(io.RawIOBase):
    """A body of which the last byte comes when somebody lets it."""

    def __init__(self):
        self.waited = threading.Event()
        self.gate = threading.Event()

    def read(self, size=-1):
        self.waited.set()
        self.gate.wait(timeout=30)
        return b"x" * size


def answered(application, body=b"", path="/somewhere", **environ):
    """The status and the body of the answer to a request."""
    made = RequestFactory().generic("POST", path, body, "text/plain").environ
    said = []
    result = application({**made, **environ}, lambda status, headers: said.append(status))
    return said[0], b"".join(result)


def echo(environ, start_response):
    """Answers with the number of bytes there are to read."""
    start_response("200 OK", [])
    return [str(len(environ["wsgi.input"].read())).encode()]


@pytest.mark.parametrize("size", [0, 1, 70_000, BYTES_IN_MEMORY + 1])
def test_the_application_gets_the_body_whole(size):
    assert answered(WholeRequests(echo, {}), b"x" * size) == ("200 OK", str(size).encode())


def test_a_chunked_body_is_received_up_to_the_limit(settings):
    settings.MAX_REQUEST_BYTES = 100
    chunked = {"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": ""}
    stream = {"wsgi.input": io.BytesIO(b"x" * 5_000)}

    assert answered(WholeRequests(echo, {}), **chunked, **stream) == ("200 OK", b"100")


def test_a_request_that_is_too_large_is_refused_unread(settings):
    settings.MAX_REQUEST_BYTES = 100

    assert answered(WholeRequests(echo, {}), b"x" * 100) == ("200 OK", b"100")
    assert answered(WholeRequests(echo, {}), b"x" * 101) == (
        "413 Content Too Large",
        b"A request may have at most 100 bytes.\n",
    )


@pytest.mark.parametrize(("size", "received"), [(10, True), (11, False)])
def test_a_path_with_a_limit_of_its_own_refuses_by_itself(size, received):
    body = io.BytesIO(b"x" * size)
    seen = []

    def application(environ, start_response):
        seen.append(environ["wsgi.input"])
        return echo(environ, start_response)

    layer = WholeRequests(application, {"/endpoint": 10})
    answered(layer, b"x" * size, "/endpoint", **{"wsgi.input": body})

    assert (seen[0] is not body) == received


def test_slow_senders_take_no_place(settings):
    settings.REQUESTS_AT_ONCE = 1
    layer = WholeRequests(echo, {})
    slow = [Dripping() for _ in range(5)]
    given = []
    threads = [
        threading.Thread(
            target=lambda one=one: given.append(
                answered(layer, CONTENT_LENGTH="5", **{"wsgi.input": one})
            )
        )
        for one in slow
    ]
    for thread, one in zip(threads, slow, strict=True):
        thread.start()
        assert one.waited.wait(timeout=30)

    assert answered(layer, b"xx") == ("200 OK", b"2")

    for one in slow:
        one.gate.set()
    for thread in threads:
        thread.join(timeout=30)
    assert given == [("200 OK", b"5")] * 5


def test_no_more_than_so_many_are_worked_on_at_once(settings):
    settings.REQUESTS_AT_ONCE = 2
    at_work, most, lock = [0], [0], threading.Lock()
    together = threading.Barrier(2, timeout=30)

    def application(environ, start_response):
        with lock:
            at_work[0] += 1
            most[0] = max(most[0], at_work[0])
        together.wait()
        with lock:
            at_work[0] -= 1
        return echo(environ, start_response)

    layer = WholeRequests(application, {})
    threads = [threading.Thread(target=answered, args=(layer,)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert most == [2]


def test_a_place_is_given_back_when_the_application_fails(settings):
    settings.REQUESTS_AT_ONCE = 1

    def failing(environ, start_response):
        raise RuntimeError

    layer = WholeRequests(failing, {})
    for _ in range(2):
        with pytest.raises(RuntimeError):
            answered(layer)


def test_who_waits_longest_is_the_next():
    places, order = Places(1), []

    def work(name):
        places.take()
        order.append(name)
        places.leave()

    places.take()
    waiting = threading.Thread(target=work, args=("who waited",))
    waiting.start()
    while not places._waiting:
        time.sleep(0.001)
    places.leave()
    # Who comes now runs already, and whoever waited has not woken up.
    work("who came")
    waiting.join(timeout=30)

    assert order == ["who waited", "who came"]
