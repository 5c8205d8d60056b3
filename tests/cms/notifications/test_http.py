"""Outgoing calls: checked at the moment of connecting, never redirected, never held up."""

import socket
import threading
import time

import pytest

from cms.notifications import http
from cms.notifications.addresses import RefusedUrlError
from tests.support.sink import running_sink

# What the system's resolver makes of these is checked, so the spelling does not matter.
SPELLINGS = [
    "127.0.0.1",
    "0.0.0.0",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "169.254.169.254",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.0.1",
    "[fc00::1]",
    "[fe80::1]",
    "2130706433",
    "0177.0.0.1",
    "0x7f.0.0.1",
    "0x7f000001",
    "127.1",
    "localhost",
    "localhost.",
    "LOCALHOST",
]


@pytest.mark.parametrize("host", SPELLINGS)
def test_a_private_address_is_refused_when_it_is_saved(host):
    with pytest.raises(RefusedUrlError):
        http.check_url(f"https://{host}/hook")


@pytest.mark.parametrize("host", SPELLINGS)
def test_a_private_address_is_refused_when_it_is_called(host):
    with pytest.raises(RefusedUrlError):
        http.post(f"https://{host}/hook", body=b"{}", headers={})


def test_one_private_address_among_public_ones_is_refused(monkeypatch):
    monkeypatch.setattr(http, "resolve", lambda host, port: ["93.184.216.34", "10.0.0.1"])

    with pytest.raises(RefusedUrlError):
        http.check_url("https://example.org/")


def test_the_checked_address_is_the_one_connected_to(monkeypatch):
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    asked, connected = [], []

    def resolve(host, port):
        asked.append(host)
        return next(answers)

    def create_connection(address, timeout):
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(http, "resolve", resolve)
    monkeypatch.setattr(http.socket, "create_connection", create_connection)
    with pytest.raises(http.CallFailedError, match="refused"):
        http.post("https://example.org/", body=b"", headers={})

    assert asked == ["example.org"]
    assert connected == [("93.184.216.34", 443)]


def test_a_name_that_changes_after_it_was_saved_is_refused_when_called(monkeypatch):
    monkeypatch.setattr(http, "resolve", lambda host, port: ["93.184.216.34"])
    http.check_url("https://example.org/")

    monkeypatch.setattr(http, "resolve", lambda host, port: ["127.0.0.1"])
    with pytest.raises(RefusedUrlError):
        http.post("https://example.org/", body=b"", headers={})


def test_a_name_that_does_not_exist_is_refused(monkeypatch):
    def resolve(host, port):
        raise socket.gaierror

    monkeypatch.setattr(http, "resolve", resolve)

    with pytest.raises(RefusedUrlError, match="not found"):
        http.check_url("https://nowhere.example/")


@pytest.fixture
def silent_resolver(monkeypatch):
    """A name server that does not answer until the test is over."""
    over = threading.Event()

    def resolve(host, port):
        over.wait(60)
        raise socket.gaierror

    monkeypatch.setattr(http, "resolve", resolve)
    yield
    over.set()


def test_a_name_server_that_is_silent_is_given_up_like_any_other(silent_resolver, settings):
    settings.WEBHOOK_TIMEOUT_SECONDS = 0.2
    with pytest.raises(http.CallFailedError, match="not found in time"):
        http.post("https://example.org/", body=b"", headers={})


def test_a_name_server_that_is_silent_does_not_hold_up_saving(silent_resolver, settings):
    settings.WEBHOOK_TIMEOUT_SECONDS = 0.2
    with pytest.raises(RefusedUrlError, match="not found"):
        http.check_url("https://example.org/")


def test_looking_up_and_calling_share_one_limit(sink, settings, monkeypatch):
    settings.WEBHOOK_TIMEOUT_SECONDS = 0.6
    sink.delay = 0.4
    original = http.resolve

    def resolve(host, port):
        time.sleep(0.4)
        return original(host, port)

    monkeypatch.setattr(http, "resolve", resolve)
    with pytest.raises(http.CallFailedError, match="timed out"):
        http.post(sink.url, body=b"", headers={})


def test_the_body_and_headers_arrive_as_given(sink):
    answer = http.post(sink.url, body=b'{"a":1}', headers={"webhook-id": "msg_1"})

    assert answer.status == 204
    assert sink.received[0].body == b'{"a":1}'
    assert sink.received[0].headers["webhook-id"] == "msg_1"
    assert sink.received[0].headers["host"] == f"127.0.0.1:{sink.port}"


def test_a_redirect_is_not_followed(sink):
    with running_sink() as other:
        sink.status, sink.headers = 302, {"Location": other.url}

        answer = http.post(sink.url, body=b"", headers={})

    assert answer.status == 302
    assert other.received == []


def test_a_header_cannot_be_split(sink):
    with pytest.raises(http.CallFailedError):
        http.post(sink.url, body=b"", headers={"X": "a\r\nY: b"})

    assert sink.received == []


def test_a_slow_answer_is_given_up(sink, settings):
    settings.WEBHOOK_TIMEOUT_SECONDS = 0.3
    sink.delay = 1

    with pytest.raises(http.CallFailedError, match="timed out"):
        http.post(sink.url, body=b"", headers={})


@pytest.mark.parametrize(
    ("piece", "pause", "reason"),
    [
        (b"H", 0.05, "timed out|broke"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 60_000, 0.0, "broke"),
        (b"220 ready\r\n", 0.0, "broke"),
        (b"", 0.0, "broke"),
    ],
    ids=["dripping", "endless headers", "another protocol", "hangs up"],
)
def test_a_hostile_answer_is_given_up_in_time(settings, piece, pause, reason):
    settings.WEBHOOK_ALLOW_PRIVATE = True
    settings.WEBHOOK_TIMEOUT_SECONDS = 0.5
    server = socket.create_server(("127.0.0.1", 0))
    port = server.getsockname()[1]

    def answer():
        connection, _ = server.accept()
        with server, connection:
            connection.recv(65_536)
            until = time.monotonic() + 2
            while piece and time.monotonic() < until:
                try:
                    connection.sendall(piece)
                except OSError:
                    return
                time.sleep(pause)
                if not pause:
                    return

    thread = threading.Thread(target=answer)
    thread.start()
    began = time.monotonic()
    with pytest.raises(http.CallFailedError, match=reason):
        http.post(f"http://127.0.0.1:{port}/", body=b"{}", headers={})
    took = time.monotonic() - began
    thread.join()

    assert took < 1.5
