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

import orjson

logger = logging.getLogger("lamplight.graphql")


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

    def write(self, status: int) -> None:
        """Write the line: at ERROR with tracebacks, at WARNING for 5xx, else at INFO."""
        level = logging.WARNING if status >= 500 else logging.INFO
        line: dict[str, object] = {
            "time": datetime.now(UTC),
            "level": "",
            "logger": logger.name,
            "requestId": self.request_id,
            "method": self.method,
            "operation": self.operation,
            "document": self.document,
            "status": status,
            "codes": self.codes,
            "durationMs": round((time.perf_counter() - self.started) * 1000, 2),
            "cost": self.cost,
        }
        if self.faults:
            level = logging.ERROR
            line["faults"] = _tracebacks(self.faults)
        if not logger.isEnabledFor(level):
            return
        line["level"] = logging.getLevelName(level)
        logger.log(level, "%s", orjson.dumps(line, option=orjson.OPT_UTC_Z).decode())


def _tracebacks(faults: Sequence[BaseException]) -> list[str]:
    # The same fault of each item of a list says nothing new after the first few.
    return [
        "".join(traceback.format_exception(fault, limit=-30)).encode("utf-8", "replace").decode()
        for fault in faults[:3]
    ]
