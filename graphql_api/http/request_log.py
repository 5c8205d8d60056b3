"""One JSON line for each request, found by the request id that its errors carry.

Invariant: no variable, no argument and no text of the document is written, only its hash
and the operation's name. Tracebacks of our own faults are part of the line.
"""

import logging
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

import orjson
from django.conf import settings

logger = logging.getLogger("lamplight.graphql")


class Asked(NamedTuple):
    """What was asked, as the line tells it: kept with an answer for the lines of its repetitions.

    ``document`` is the SHA-256 of the text, ``operation`` its name, ``cost`` as it was estimated.
    """

    operation: str | None = None
    document: str | None = None
    cost: int | None = None


NOTHING_KNOWN = Asked()


@dataclass(slots=True)
class RequestRecord:
    """What is known of the request so far; ``write`` makes it the line."""

    request_id: str
    method: str
    started: float = field(default_factory=time.perf_counter)
    operation: str | None = None
    document: str | None = None
    cost: int | None = None
    codes: list[str] = field(default_factory=list)
    faults: list[BaseException] = field(default_factory=list)

    @property
    def asked(self) -> Asked:
        """What is known of the operation."""
        return Asked(self.operation, self.document, self.cost)

    def write(self, status: int) -> None:
        """Write the line: at ERROR with tracebacks, at WARNING for 5xx, else at INFO."""
        level = logging.WARNING if status >= 500 else logging.INFO
        more: dict[str, object] = {}
        if self.faults:
            level = logging.ERROR
            more["faults"] = _tracebacks(self.faults)
        _write(
            level, self.request_id, self.method, self.asked, status, self.codes, self.started, more
        )


def write_hit(request_id: str, method: str, asked: Asked, status: int, started: float) -> None:
    """The line of an answer from memory, at INFO; none where GRAPHQL_LOG_HITS is off."""
    if settings.GRAPHQL_LOG_HITS:
        _write(logging.INFO, request_id, method, asked, status, (), started, {"cache": "HIT"})


def _write(
    level: int,
    request_id: str,
    method: str,
    asked: Asked,
    status: int,
    codes: Sequence[str],
    started: float,
    more: dict[str, object],
) -> None:
    if not logger.isEnabledFor(level):
        return
    line = {
        "time": datetime.now(UTC),
        "level": logging.getLevelName(level),
        "logger": logger.name,
        "requestId": request_id,
        "method": method,
        "operation": asked.operation,
        "document": asked.document,
        "status": status,
        "codes": codes,
        "durationMs": round((time.perf_counter() - started) * 1000, 2),
        "cost": asked.cost,
        **more,
    }
    logger.log(level, "%s", orjson.dumps(line, option=orjson.OPT_UTC_Z).decode())


def _tracebacks(faults: Sequence[BaseException]) -> list[str]:
    # The same fault of each item of a list says nothing new after the first few.
    return [
        "".join(traceback.format_exception(fault, limit=-30)).encode("utf-8", "replace").decode()
        for fault in faults[:3]
    ]
