"""``python -m benchmarks.load``: requests over keep-alive connections, as many as are answered.

Invariant: each connection has one request under way at any time, so an answer's time is that
of one request and never of a queue of the generator's own.

A job is read from standard input and its result written to standard output, both JSON.
"""

import json
import os
import re
import selectors
import socket
import sys
import time
from typing import Any

HEAD_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.I)


class Connection:
    """One keep-alive connection; ``began`` is when its present request was sent."""

    def __init__(self, host: str, port: int) -> None:
        self.socket = socket.create_connection((host, port), timeout=20)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.began = 0.0
        self._parts: list[bytes] = []
        self._missing = -1

    def send(self, request: bytes) -> None:
        """Ask; nothing else is under way."""
        self._parts, self._missing = [], -1
        self.began = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> bytes | None:
        """Read what is there; the whole answer, or None while it is not complete.

        Raises ``ConnectionError`` when the server hung up or answered without a length.
        """
        data = self.socket.recv(262_144)
        if not data:
            raise ConnectionError("The server closed the connection.")
        self._parts.append(data)
        if self._missing < 0:
            data = b"".join(self._parts)
            head = data.find(HEAD_END)
            if head < 0:
                self._parts = [data]
                return None
            length = _LENGTH.search(data, 0, head + 2)
            if length is None:
                raise ConnectionError("An answer came without Content-Length.")
            self._missing = head + len(HEAD_END) + int(length[1]) - len(data)
        else:
            self._missing -= len(data)
        return b"".join(self._parts) if self._missing <= 0 else None


def is_good(answer: bytes) -> bool:
    """Status 200, and data before anything else."""
    head = answer.find(HEAD_END)
    return answer.startswith(b"HTTP/1.1 200") and answer.startswith(b'{"data"', head + 4)


def run(job: dict[str, Any]) -> dict[str, Any]:
    """Ask for ``job["seconds"]``: requests a second, times in milliseconds, wrong answers."""
    if job.get("core") is not None:
        os.sched_setaffinity(0, {job["core"]})
    requests = [text.encode() for text in job["requests"]]
    position = job.get("first", 0)
    selector = selectors.DefaultSelector()
    for _ in range(job["connections"]):
        connection = Connection(job["host"], job["port"])
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        connection.send(requests[position % len(requests)])
        position += 1
    times: list[float] = []
    wrong = received = 0
    started = now = time.perf_counter()
    end = started + job["seconds"]
    while now < end:
        for key, _ in selector.select(timeout=20):
            answer = key.data.receive()
            if answer is None:
                continue
            now = time.perf_counter()
            times.append(now - key.data.began)
            received += len(answer)
            wrong += not is_good(answer)
            key.data.send(requests[position % len(requests)])
            position += 1
        now = time.perf_counter()
    times.sort()
    return {
        "requests": len(times),
        "per_second": len(times) / (now - started),
        "p50": percentile(times, 0.50),
        "p99": percentile(times, 0.99),
        "bytes": received / max(len(times), 1),
        "wrong": wrong,
        "next": position,
    }


def percentile(times: list[float], share: float) -> float:
    """The time in milliseconds that ``share`` of the sorted ``times`` do not exceed."""
    return times[min(len(times) - 1, int(share * len(times)))] * 1000 if times else 0.0


if __name__ == "__main__":
    json.dump(run(json.load(sys.stdin)), sys.stdout)
