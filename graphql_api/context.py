"""What one request knows; every resolver gets it as ``info.context``."""

import os
from dataclasses import dataclass, field
from random import Random
from typing import Any

from cms.publishing.preview import Preview
from graphql_api.access.callers import ANYBODY, Caller
from graphql_api.caching.tags import Tags

_random = Random()  # noqa: S311 - ids, not secrets
# Workers that are forked must not count on from the same number.
os.register_at_fork(after_in_child=_random.seed)


def new_request_id() -> str:
    """An id that an error carries and the log line of the request repeats.

    Nobody gains by guessing one, so it need not cost a call of the system.
    """
    return f"{_random.getrandbits(128):032x}"


@dataclass(slots=True)
class RequestContext:
    """Per-request state. ``memo`` holds what resolvers load once a request.

    ``is_private``: a resolver answered for this client alone, and no cache may keep the
    answer. ``retry_after``: a resolver turned the client away for so many seconds.
    ``tags``: what the answer rests on. ``headers``: what the answer tells this client beside it.
    """

    request_id: str = field(default_factory=new_request_id)
    site_url: str = ""
    client_address: str = ""
    user_agent: str = ""
    idempotency_key: str = ""
    caller: Caller = ANYBODY
    preview: Preview | None = None
    headers: dict[str, str] = field(default_factory=dict)
    tags: Tags = field(default_factory=Tags)
    is_private: bool = False
    retry_after: int | None = None
    memo: dict[str, Any] = field(default_factory=dict)
