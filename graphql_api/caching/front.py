"""The layer in front of Django: reads that were answered before are answered from memory.

Invariant: what leaves here is what Django would answer now, up to two intervals of
GRAPHQL_CACHE_CHECK_SECONDS old; every answer is counted against its client's allowance
and has a request id of its own, by which one log line is found. Whatever this layer cannot
be sure of, Django answers.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from time import perf_counter
from typing import Any

from django.conf import settings

from cms.redis_client import shared_redis
from cms.security.client_address import client_address
from graphql_api.access import allowances
from graphql_api.access.admission import COUNTED
from graphql_api.caching import keys
from graphql_api.caching.freshness import Change, FreshnessWatcher
from graphql_api.caching.shared import SharedAnswers
from graphql_api.caching.storable import Storable, storable_of
from graphql_api.caching.store import AnswerStore, StoredAnswer
from graphql_api.context import new_request_id
from graphql_api.http import cors, responses
from graphql_api.http.request_log import write_hit

_OF_THE_BODY = {"content-type", "content-length"}

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

# Views and uses are counted without any event; an answer that shows them is made again.
SECONDS_WITH_COUNTS = 60.0


class AnswerCache:
    """A WSGI application around another one."""

    def __init__(
        self,
        application: Application,
        *,
        store: AnswerStore,
        watcher: FreshnessWatcher | None = None,
        shared: SharedAnswers | None = None,
        aside: Callable[[Callable[[], None]], object] | None = None,
    ) -> None:
        self.application = application
        self.store = store
        self.watcher = watcher or FreshnessWatcher(
            self._forget, interval=settings.GRAPHQL_CACHE_CHECK_SECONDS, aside=aside
        )
        self.shared = shared

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        started = perf_counter()
        if not keys.may_be_kept(environ):
            return self.application(environ, start_response)
        media_type = keys.media_type(environ)
        state = self.watcher.current() if media_type else None
        # Before another look at the state: what was made in an earlier one must not be kept
        # in a later.
        generation = self.store.generation
        if media_type is None or state is None or state != self.watcher.state:
            return self.application(environ, start_response)
        body = b""
        if environ["REQUEST_METHOD"] == "POST":
            body = environ["wsgi.input"].read(keys.body_length(environ))
            environ["wsgi.input"] = BytesIO(body)
        key = keys.key_of(environ, media_type, body)
        answer = self.store.get(key)
        if answer is None and self.shared is not None:
            answer = self.shared.get(key, state)
            if answer is not None:
                self.store.put(key, answer, generation)
        if answer is None:
            return self._made(key, state, generation, environ, start_response)
        allowance = allowances.of_address(client_address(environ))
        if allowance is not None and not allowance.allowed:
            environ[COUNTED] = allowance
            return self.application(environ, start_response)
        own = allowances.headers([allowance] if allowance else [])
        request_id = own[responses.REQUEST_ID_HEADER] = new_request_id()
        own |= cors.answer_headers(environ.get("HTTP_ORIGIN"))
        status, parts = _sent(answer, "HIT", own, environ, start_response)
        write_hit(request_id, environ["REQUEST_METHOD"], answer.asked, status, started)
        return parts

    def _made(
        self,
        key: bytes,
        state: str,
        generation: int,
        environ: Environ,
        start_response: StartResponse,
    ) -> Iterable[bytes]:
        # A validator would be answered with 304, and there would be nothing to keep.
        validator = environ.pop("HTTP_IF_NONE_MATCH", None)
        heard: list[tuple[str, list[tuple[str, str]]]] = []

        def listen(status: str, headers: list[tuple[str, str]], *rest: Any) -> None:
            heard[:] = [(status, headers)]

        result = self.application(environ, listen)
        try:
            body = b"".join(result)
        finally:
            if close := getattr(result, "close", None):
                close()
        status, headers = heard[0]
        mark = storable_of(environ)
        if mark is None or not status.startswith("200") or _sets_cookies(headers):
            start_response(status, headers)
            return [body]
        answer = _stored(body, headers, mark)
        if self.store.put(key, answer, generation) and self.shared is not None:
            self.shared.put(key, state, answer)
        own = {name: value for name, value in headers if name.lower() in keys.OWN_HEADERS}
        if validator is not None:
            environ["HTTP_IF_NONE_MATCH"] = validator
        return _sent(answer, "MISS", own, environ, start_response)[1]

    def _forget(self, change: Change) -> None:
        if change.everything:
            self.store.clear()
        else:
            self.store.forget(change.tags)


def _stored(body: bytes, headers: list[tuple[str, str]], mark: Storable) -> StoredAnswer:
    return StoredAnswer(
        body=body,
        headers=tuple(pair for pair in headers if pair[0].lower() not in keys.OWN_HEADERS),
        tags=mark.tags,
        asked=mark.asked,
        lifetime=SECONDS_WITH_COUNTS if mark.has_counts else float("inf"),
    )


def _sets_cookies(headers: list[tuple[str, str]]) -> bool:
    return any(name.lower() == "set-cookie" for name, _ in headers)


def _sent(
    answer: StoredAnswer,
    how: str,
    own: dict[str, str],
    environ: Environ,
    start_response: StartResponse,
) -> tuple[int, list[bytes]]:
    """Answer with what is kept and the headers that belong to this request alone.

    Returns the status and the body.
    """
    headers = list(answer.headers)
    status, body = "200 OK", [answer.body]
    validator = environ.get("HTTP_IF_NONE_MATCH")
    if validator and answer.etag and responses.is_known(validator, answer.etag):
        status, body = "304 Not Modified", []
        headers = [pair for pair in headers if pair[0].lower() not in _OF_THE_BODY]
    headers += own.items()
    headers.append(("X-Cache", how))
    start_response(status, headers)
    return int(status[:3]), body


def with_answer_cache(application: Application) -> Application:
    """``application`` behind a cache of GRAPHQL_CACHE_BYTES; itself when that is 0."""
    if settings.GRAPHQL_CACHE_BYTES <= 0:
        return application
    redis = shared_redis()
    return AnswerCache(
        application,
        store=AnswerStore(settings.GRAPHQL_CACHE_BYTES),
        shared=SharedAnswers(redis) if redis is not None else None,
        aside=ThreadPoolExecutor(1, thread_name_prefix="freshness").submit,
    )
