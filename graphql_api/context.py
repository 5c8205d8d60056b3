"""What one request knows; every resolver gets it as ``info.context``."""

import uuid
from dataclasses import dataclass, field
from typing import Any


def new_request_id() -> str:
    """An id that an error carries and the log line of the request repeats."""
    return uuid.uuid4().hex


@dataclass(slots=True)
class RequestContext:
    """Per-request state. ``memo`` holds what resolvers load once a request."""

    request_id: str = field(default_factory=new_request_id)
    site_url: str = ""
    memo: dict[str, Any] = field(default_factory=dict)
