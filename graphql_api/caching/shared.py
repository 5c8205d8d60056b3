"""Answers that workers share through Redis, the second level behind each one's memory.

Invariant: nothing is served from there that this installation has not written for this
very request and this state of the content: keys hold the state, values a signature over
key and content. When Redis is gone, slow, empty or full of garbage, answers are made anew.
"""

import hmac
import logging
import time
from collections.abc import Callable
from hashlib import blake2b
from typing import Any

import orjson
from django.conf import settings

from graphql_api.caching.store import StoredAnswer
from graphql_api.http.request_log import Asked

logger = logging.getLogger("lamplight.cache")

# The number is that of the form of the values: releases beside each other share nothing.
PREFIX = b"lamplight:answer:2:"
SECONDS = 300
# After a failure Redis is left alone for so long.
RETRY_SECONDS = 5.0
# A larger answer takes longer to fetch than the timeout allows.
MAX_BYTES = 1024 * 1024
_SIGNATURE_BYTES = 32


class SharedAnswers:
    """Answers of all workers. Every method may be called whatever state Redis is in."""

    def __init__(self, redis: Any, clock: Callable[[], float] = time.monotonic) -> None:
        self._redis = redis
        self._clock = clock
        self._rests_until = float("-inf")
        self._secret = signing_key()

    def get(self, key: bytes, state: str) -> StoredAnswer | None:
        """The answer under ``key`` as it was made when the content was in ``state``."""
        name = self._name(key, state)
        value = self._ask("get", name)
        return self._opened(name, value) if isinstance(value, bytes) else None

    def put(self, key: bytes, state: str, answer: StoredAnswer) -> None:
        """Let other workers have ``answer``."""
        if len(answer.body) > MAX_BYTES:
            return
        name = self._name(key, state)
        head = orjson.dumps([answer.headers, sorted(answer.tags), answer.asked._asdict()])
        content = len(head).to_bytes(4, "big") + head + answer.body
        seconds = max(1, int(min(SECONDS, answer.lifetime)))
        self._ask("set", name, self._signature(name, content) + content, ex=seconds)

    def _opened(self, name: bytes, value: bytes) -> StoredAnswer | None:
        signature, content = value[:_SIGNATURE_BYTES], value[_SIGNATURE_BYTES:]
        if not hmac.compare_digest(signature, self._signature(name, content)):
            return None
        end = 4 + int.from_bytes(content[:4], "big")
        headers, tags, asked = orjson.loads(content[4:end])
        return StoredAnswer(
            body=content[end:],
            headers=tuple((header, text) for header, text in headers),
            tags=frozenset(tags),
            asked=Asked(**asked),
        )

    def _name(self, key: bytes, state: str) -> bytes:
        return PREFIX + blake2b(key + state.encode(), digest_size=20).hexdigest().encode()

    def _signature(self, name: bytes, content: bytes) -> bytes:
        return blake2b(name + content, key=self._secret, digest_size=_SIGNATURE_BYTES).digest()

    def _ask(self, command: str, *arguments: Any, **options: Any) -> Any:
        if self._clock() < self._rests_until:
            return None
        try:
            return getattr(self._redis, command)(*arguments, **options)
        except Exception as error:  # noqa: BLE001 - whatever Redis does, a request goes on
            self._rests_until = self._clock() + RETRY_SECONDS
            logger.warning("Redis shares no answers (%s).", type(error).__name__)
            return None


def signing_key() -> bytes:
    """The secret of this installation and this database: two of them never share answers."""
    database = settings.DATABASES["default"]
    place = [str(database.get(name, "")) for name in ("ENGINE", "HOST", "PORT", "NAME")]
    content = "\0".join(["lamplight.answers", settings.SECRET_KEY, *place])
    return blake2b(content.encode(), digest_size=32).digest()
