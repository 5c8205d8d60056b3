"""Requests are received whole before they take a place at work.

Invariant: a client that sends slowly costs a waiting thread and the bytes it has sent, never
one of the REQUESTS_AT_ONCE places; of one request no more than MAX_REQUEST_BYTES are kept,
and only the first of them in memory.
"""

from collections.abc import Callable, Iterable
from io import BytesIO
from queue import SimpleQueue
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.conf import settings

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

CHUNK_BYTES = 64 * 1024
BYTES_IN_MEMORY = 512 * 1024


class WholeRequests:
    """A WSGI application around another one.

    ``own_limits``: paths whose application refuses a body by itself, by its declared length
    or after reading so many bytes; more is not received for it.
    """

    def __init__(self, application: Application, own_limits: dict[str, int]) -> None:
        self.application = application
        self._own_limits = own_limits
        # A queue and no semaphore: waiting in one takes no Python, and many wait at all times.
        self._places: SimpleQueue[None] = SimpleQueue()
        for _ in range(settings.REQUESTS_AT_ONCE):
            self._places.put(None)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or ""
        if (length and length != "0") or "HTTP_TRANSFER_ENCODING" in environ:
            limit = self._own_limits.get(environ.get("PATH_INFO", ""))
            if limit is None and _number(length) > settings.MAX_REQUEST_BYTES:
                return _too_large(start_response)
            if limit is None or _number(length) <= limit:
                most = settings.MAX_REQUEST_BYTES if limit is None else limit + 1
                environ["wsgi.input"] = _received(environ["wsgi.input"], _number(length) or most)
        self._places.get()
        try:
            return self.application(environ, start_response)
        finally:
            self._places.put(None)


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
