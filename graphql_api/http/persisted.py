"""Operations that clients name by the SHA-256 of their text instead of sending it.

Invariant: a name never stands for another text than the one it is the digest of, whoever
stored it; at most GRAPHQL_PERSISTED_BYTES of texts are kept, whatever clients send.
"""

import hashlib
import hmac
import logging
import re
import time
from collections import OrderedDict
from functools import cache
from threading import Lock
from typing import Any

from django.conf import settings

from cms.redis_client import shared_redis
from graphql_api.errors import ErrorCode
from graphql_api.http import refusals, trusted
from graphql_api.http.parameters import Parameters

logger = logging.getLogger("lamplight.cache")

PROTOCOL_VERSION = 1
REDIS_PREFIX = "lamplight:operation:"
REDIS_SECONDS = 30 * 86_400
RETRY_REDIS_SECONDS = 5.0
_DIGEST = re.compile(r"[0-9a-f]{64}")
_DOCUMENT_PREFIX = "sha256:"


class TextStore:
    """The texts used last, in this process and, where there is one, in Redis."""

    def __init__(self, capacity: int, redis: Any = None) -> None:
        self.capacity = capacity
        self.size = 0
        self._texts: OrderedDict[str, str] = OrderedDict()
        self._redis = redis
        self._redis_rests_until = 0.0
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._texts)

    def get(self, digest: str) -> str | None:
        """The text whose SHA-256 is ``digest``."""
        with self._lock:
            text = self._texts.get(digest)
            if text is not None:
                self._texts.move_to_end(digest)
                return text
        shared = self._shared("get", REDIS_PREFIX + digest)
        # Whoever can write to Redis must not be able to choose what a name means.
        if isinstance(shared, bytes) and hashlib.sha256(shared).hexdigest() == digest:
            text = shared.decode()
            self._keep(digest, text)
            return text
        return None

    def put(self, digest: str, text: str) -> None:
        """Keep ``text``, letting go of what was not used for longest."""
        with self._lock:
            known = digest in self._texts
        if not known:
            self._keep(digest, text)
            self._shared("set", REDIS_PREFIX + digest, text.encode(), ex=REDIS_SECONDS)

    def _keep(self, digest: str, text: str) -> None:
        with self._lock:
            former = self._texts.pop(digest, None)
            self.size += len(text.encode()) - (len(former.encode()) if former else 0)
            self._texts[digest] = text
            while self.size > self.capacity:
                _, oldest = self._texts.popitem(last=False)
                self.size -= len(oldest.encode())

    def _shared(self, command: str, *arguments: Any, **options: Any) -> Any:
        if self._redis is None or time.monotonic() < self._redis_rests_until:
            return None
        try:
            return getattr(self._redis, command)(*arguments, **options)
        except Exception as error:  # noqa: BLE001 - whatever Redis does, a request goes on
            self._redis_rests_until = time.monotonic() + RETRY_REDIS_SECONDS
            logger.warning("Redis keeps no operations (%s).", type(error).__name__)
            return None


@cache
def texts() -> TextStore:
    """The store of this process."""
    return TextStore(settings.GRAPHQL_PERSISTED_BYTES, shared_redis())


def named_digest(parameters: Parameters) -> str | None:
    """The SHA-256 that the request names its document by; raises ``Refused``."""
    persisted = parameters.extensions.get("persistedQuery")
    if persisted is not None:
        if not isinstance(persisted, dict) or persisted.get("version") != PROTOCOL_VERSION:
            raise _bad_name("persistedQuery must have the version 1.")
        digest = persisted.get("sha256Hash")
    elif parameters.document_id is not None:
        digest = parameters.document_id.removeprefix(_DOCUMENT_PREFIX)
        if digest == parameters.document_id:
            raise _bad_name("documentId must begin with sha256:.")
    else:
        return None
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest.lower()):
        raise _bad_name("The hash must have 64 hexadecimal digits.")
    return digest.lower()


def document_text(parameters: Parameters, digest: str | None) -> str:
    """The text to run: the one that was sent, or the one that ``digest`` names.

    Raises ``Refused`` with one of the PERSISTED_QUERY codes.
    """
    if parameters.query is None:
        text = trusted.text_of(digest or "") or (texts().get(digest) if digest else None)
        if text is None or (trusted.required() and not trusted.is_trusted(text)):
            raise _not_found()
        return text
    if digest is not None:
        actual = hashlib.sha256(parameters.query.encode()).hexdigest()
        if not hmac.compare_digest(actual, digest):
            raise refusals.malformed(
                ErrorCode.PERSISTED_QUERY_MISMATCH, "provided sha does not match query"
            )
    if trusted.required() and not trusted.is_trusted(parameters.query):
        raise refusals.over_limit(
            ErrorCode.PERSISTED_QUERY_REQUIRED,
            "Only the operations on this service's list are answered.",
        )
    return parameters.query


def remember(parameters: Parameters, digest: str | None) -> None:
    """Keep a text that was sent together with its name, once it is known to be valid."""
    if digest is not None and parameters.query is not None and not trusted.required():
        texts().put(digest, parameters.query)


def _not_found() -> refusals.Refused:
    if trusted.required():
        return refusals.over_limit(
            ErrorCode.PERSISTED_QUERY_REQUIRED,
            "Only the operations on this service's list are answered.",
        )
    # Apollo's clients know this sentence, and only with status 200 do they send the text.
    refused = refusals.over_limit(ErrorCode.PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound")
    refused.status = 200
    return refused


def _bad_name(message: str) -> refusals.Refused:
    return refusals.malformed(ErrorCode.BAD_REQUEST, message)
