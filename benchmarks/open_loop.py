"""``python -m benchmarks.open_loop``: requests at a fixed rate, whatever the answers take.

Invariant: a time runs from the moment at which the request was due, so a server that stalls
is charged for everybody who had to wait meanwhile.

A job is read from standard input and its result written to standard output, both JSON.
"""

import json
import os
import selectors
import sys
import time
from collections import Counter, deque
from contextlib import suppress
from typing import Any

from benchmarks.load import HEAD_END, Connection, is_good, percentile

# Before anything else that wants the same core, at once and not at the end of its turn: a
# generator that has to wait for it would charge the server for that.
FIRST = 1
_HIT = b"\r\nx-cache: hit"


def is_hit(answer: bytes) -> bool:
    """Whether the answer says that it came from memory."""
    return _HIT in answer[: answer.find(HEAD_END) + 1].lower()


class Loop:
    """The requests of one job: ``job["requests"]`` are pairs of a group and a text."""

    def __init__(self, job: dict[str, Any]) -> None:
        self.requests = [(group, text.encode()) for group, text in job["requests"]]
        self.rate, self.number = job["rate"], int(job["rate"] * job["seconds"])
        self.selector = selectors.DefaultSelector()
        self.free = deque(Connection(job["host"], job["port"]) for _ in range(job["connections"]))
        self.under_way: dict[Connection, tuple[str, float]] = {}
        self.times: dict[str, list[float]] = {}
        self.asked: Counter[str] = Counter()
        self.hits: Counter[str] = Counter()
        self.wrong = 0

    def run(self) -> None:
        """Ask everything; returns when the last answer has come."""
        started = time.perf_counter()
        sent = 0
        while sent < self.number or self.under_way:
            due = started + sent / self.rate
            now = time.perf_counter()
            if sent < self.number and due <= now and self.free:
                self.send(sent, due)
                sent += 1
                continue
            is_waiting = sent < self.number and self.free
            self.receive(max(due - now, 0) if is_waiting else 20)

    def send(self, position: int, due: float) -> None:
        """Ask the next request on a connection that has nothing under way."""
        group, text = self.requests[position % len(self.requests)]
        connection = self.free.popleft()
        connection.send(text)
        self.under_way[connection] = group, due
        self.selector.register(connection.socket, selectors.EVENT_READ, connection)

    def receive(self, seconds: float) -> None:
        """Read what comes within the time, if anything is under way."""
        if not self.under_way:
            time.sleep(seconds)
            return
        for key, _ in self.selector.select(timeout=seconds):
            answer = key.data.receive()
            if answer is None:
                continue
            group, due = self.under_way.pop(key.data)
            self.times.setdefault(group, []).append(time.perf_counter() - due)
            self.asked[group] += 1
            self.hits[group] += is_hit(answer)
            self.wrong += not is_good(answer)
            self.selector.unregister(key.data.socket)
            self.free.append(key.data)

    def result(self) -> dict[str, Any]:
        """Times in milliseconds, also by group, and of each how many came from memory."""
        times = sorted(one for group in self.times.values() for one in group)
        return {
            "requests": len(times),
            "p50": percentile(times, 0.50),
            "p99": percentile(times, 0.99),
            "groups": {group: sorted(own) for group, own in self.times.items()},
            "wrong": self.wrong,
            "asked": self.asked,
            "hits": self.hits,
        }


def main() -> None:
    """Run the job."""
    job = json.load(sys.stdin)
    if job.get("core") is not None:
        os.sched_setaffinity(0, {job["core"]})
    is_first = False
    with suppress(OSError, AttributeError):
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(FIRST))
        is_first = True
    loop = Loop(job)
    loop.run()
    json.dump({**loop.result(), "is_first": is_first}, sys.stdout)


if __name__ == "__main__":
    main()
