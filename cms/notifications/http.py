"""The only outgoing HTTP.

Invariant: the address connected to is one that was checked, not one looked up again; no
redirect is followed, nothing of the answer but its status is kept, and nothing, the lookup
of the name included, takes longer than the caller allows.
"""

import http.client
import io
import socket
import ssl
import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from cms.notifications.addresses import RefusedUrlError, Target, is_public, parse_url

MOST_BYTES_READ = 16 * 1024
MOST_ADDRESSES = 16


class CallFailedError(Exception):
    """No answer was had; the text is short, ours, and names no address."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The status of an answer and the seconds it asks us to wait, if it does."""

    status: int
    retry_after: int | None = None


class DeadlineReader(io.RawIOBase):
    """Reads a socket until a moment: a peer that drips bytes cannot hold us longer."""

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        self.connection = connection
        self.deadline = deadline
        self.left = MOST_BYTES_READ

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        if self.left <= 0:
            raise ConnectionAbortedError
        self.connection.settimeout(remaining(self.deadline))
        count = self.connection.recv_into(buffer, min(len(buffer), self.left))
        self.left -= count
        return count


class ReadOnlySocket:
    """What ``http.client.HTTPResponse`` needs of a socket."""

    def __init__(self, reader: DeadlineReader) -> None:
        self.reader = reader

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(self.reader)


def remaining(deadline: float) -> float:
    """Seconds until ``deadline``. Raises ``TimeoutError`` when it has passed."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def resolve(host: str, port: int) -> list[str]:
    """The network addresses of a name, in the order they are to be tried.

    The system's resolver also reads decimal, octal and hexadecimal spellings, so these
    come back as plain addresses and are checked as such.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def resolve_until(host: str, port: int, deadline: float) -> list[str]:
    """What ``resolve`` gives. Raises ``TimeoutError`` when it gives nothing by ``deadline``.

    The system's resolver cannot be called off, so it works in a thread of its own, which is
    left behind: it ends by itself when the resolver gives up.
    """
    found: Future[list[str]] = Future()

    def look_up() -> None:
        try:
            found.set_result(resolve(host, port))
        except (OSError, UnicodeError) as error:
            found.set_exception(error)

    threading.Thread(target=look_up, name="resolve", daemon=True).start()
    return found.result(timeout=remaining(deadline))


def checked_addresses(target: Target, deadline: float, *, allow_private: bool) -> list[str]:
    """The addresses of ``target``, every one of them public unless ``allow_private``.

    Raises ``RefusedUrlError`` when a single one is not, and ``CallFailedError`` when
    the name has none or they are not known by ``deadline``.
    """
    try:
        addresses = resolve_until(target.host, target.port, deadline)
    except TimeoutError:
        raise CallFailedError("the name was not found in time") from None
    except (OSError, UnicodeError):
        raise CallFailedError("the name was not found") from None
    if not addresses:
        raise CallFailedError("the name was not found")
    if not allow_private and not all(map(is_public, addresses)):
        raise RefusedUrlError("The address is not a public one.")
    return addresses[:MOST_ADDRESSES]


def check_url(url: str) -> None:
    """Raise ``RefusedUrlError`` for a URL that would not be called."""
    allow_private = settings.WEBHOOK_ALLOW_PRIVATE
    target = parse_url(url, allow_private=allow_private)
    deadline = time.monotonic() + settings.WEBHOOK_TIMEOUT_SECONDS
    try:
        checked_addresses(target, deadline, allow_private=allow_private)
    except CallFailedError:
        raise RefusedUrlError("The host name was not found.") from None


def post(url: str, *, body: bytes, headers: dict[str, str]) -> Answer:
    """POST ``body`` to an address that somebody typed, and return the status of the answer.

    Takes at most WEBHOOK_TIMEOUT_SECONDS, the lookup of the name included. Raises
    ``RefusedUrlError`` before anything is sent, ``CallFailedError`` when no answer comes.
    """
    return call(
        "POST",
        url,
        body=body,
        headers={"User-Agent": "Lamplight-Webhooks/1", **headers},
        seconds=settings.WEBHOOK_TIMEOUT_SECONDS,
        allow_private=settings.WEBHOOK_ALLOW_PRIVATE,
    )


def call(
    method: str,
    url: str,
    *,
    headers: dict[str, str],
    seconds: float,
    body: bytes = b"",
    allow_private: bool = False,
) -> Answer:
    """Send one request and return the status of the answer, within ``seconds``.

    ``allow_private`` is for addresses that the operator has set, never for those that a
    user typed. Raises as ``post`` does.
    """
    target = parse_url(url, allow_private=allow_private)
    deadline = time.monotonic() + seconds
    addresses = checked_addresses(target, deadline, allow_private=allow_private)
    try:
        connection = connect(target, addresses, deadline)
        with connection:
            connection.settimeout(remaining(deadline))
            connection.sendall(request_bytes(method, target, body, headers))
            return read_answer(connection, deadline)
    except TimeoutError:
        raise CallFailedError("timed out") from None
    except ssl.SSLCertVerificationError:
        raise CallFailedError("the certificate is not valid for the name") from None
    except ssl.SSLError:
        raise CallFailedError("no secure connection") from None
    except ConnectionRefusedError:
        raise CallFailedError("connection refused") from None
    except (OSError, http.client.HTTPException, ValueError):
        raise CallFailedError("the connection broke") from None


def connect(target: Target, addresses: list[str], deadline: float) -> socket.socket:
    """A connection to the first of the checked addresses that accepts one."""
    failure: OSError = ConnectionRefusedError()
    for address in addresses:
        try:
            plain = socket.create_connection((address, target.port), remaining(deadline))
        except TimeoutError:
            raise
        except OSError as error:
            failure = error
            continue
        if target.scheme == "http":
            return plain
        try:
            plain.settimeout(remaining(deadline))
            context = ssl.create_default_context()
            return context.wrap_socket(plain, server_hostname=target.host)
        except BaseException:
            plain.close()
            raise
    raise failure


def request_bytes(method: str, target: Target, body: bytes, headers: dict[str, str]) -> bytes:
    """The request as it goes over the wire."""
    lines = {
        "Host": target.host_header,
        "User-Agent": "Lamplight/1",
        "Accept": "*/*",
        "Content-Length": str(len(body)),
        "Connection": "close",
        **headers,
    }
    head = [
        f"{method} {target.path} HTTP/1.1",
        *(f"{name}: {text}" for name, text in lines.items()),
    ]
    if any(character in line for line in head for character in "\r\n"):
        raise ValueError("A header must be a single line.")
    return "\r\n".join([*head, "", ""]).encode("ascii") + body


def read_answer(connection: socket.socket, deadline: float) -> Answer:
    """The status line and headers; the body is left unread."""
    # HTTPResponse only ever calls makefile() on what it is given.
    reader: Any = ReadOnlySocket(DeadlineReader(connection, deadline))
    response = http.client.HTTPResponse(reader, method="POST")
    response.begin()
    wait = response.headers.get("Retry-After", "")
    return Answer(response.status, int(wait) if wait.isascii() and wait.isdigit() else None)
