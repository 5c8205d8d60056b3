"""Requests are received whole before they take a place at work.

Invariant: a client that sends slowly costs a waiting thread and the bytes it has sent, never
one of the REQUESTS_AT_ONCE places; of one request no more than MAX_REQUEST_BYTES are kept,
and only the first of them in memory.
"""

from collections import deque
from collections.abc import Callable, Iterable
from io import BytesIO
from tempfile import SpooledTemporaryFile
from threading import Lock
from typing import IO, Any

from django.conf import settings

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

CHUNK_BYTES = 64 * 1024
BYTES_IN_MEMORY = 512 * 1024


class Places:
    """So many may be at work at a time; who waits longest is the next.

    A semaphore, or a queue of places, only wakes who waits: whoever comes meanwhile, and runs
    already, takes the place before him, and some wait ten times as long as most.
    """

    def __init__(self, number: int) -> None:
        self._free = number
        self._waiting: deque[Lock] = deque()
        self._lock = Lock()

    def take(self) -> None:
        """Wait for a place."""
        with self._lock:
            if self._free:
                self._free -= 1
                return
            turn = Lock()
            turn.acquire()
            self._waiting.append(turn)
        turn.acquire()

    def leave(self) -> None:
        """Hand the place over, if anybody waits."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1


class WholeRequests:
    """A WSGI application around another one.

    ``own_limits``: paths whose application refuses a body by itself, by its declared length
    or after reading so many bytes; more is not received for it.
    """

    def __init__(self, application: Application, own_limits: dict[str, int]) -> None:
        self.application = application
        self._own_limits = own_limits
        self._places = Places(settings.REQUESTS_AT_ONCE)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or ""
        if (length and length != "0") or "HTTP_TRANSFER_ENCODING" in environ:
            limit = self._own_limits.get(environ.get("PATH_INFO", ""))
            if limit is None and _number(length) > settings.MAX_REQUEST_BYTES:
                return _too_large(start_response)
            if limit is None or _number(length) <= limit:
                most = settings.MAX_REQUEST_BYTES if limit is None else limit + 1
                environ["wsgi.input"] = _received(environ["wsgi.input"], _number(length) or most)
        self._places.take()
        try:
            return self.application(environ, start_response)
        finally:
            self._places.leave()


def _number(length: str) -> int:
    return int(length) if length.isascii() and length.isdigit() and len(length) < 16 else 0


def _received(stream: IO[bytes], most: int) -> IO[bytes]:
    """The first ``most`` bytes of the stream, or all when there are fewer."""
    if most <= CHUNK_BYTES:
        return BytesIO(stream.read(most))
    kept = SpooledTemporaryFile(max_size=BYTES_IN_MEMORY)  # noqa: SIM115 - closed with the request
    while most > 0 and (chunk := stream.read(min(most, CHUNK_BYTES))):
        most -= len(chunk)
        kept.write(chunk)
    kept.seek(0)
    return kept


def _too_large(start_response: Callable[..., Any]) -> list[bytes]:
    text = f"A request may have at most {settings.MAX_REQUEST_BYTES} bytes.\n".encode()
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(text)))]
    start_response("413 Content Too Large", [*headers, ("Connection", "close")])
    return [text]
