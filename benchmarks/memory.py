"""``make bench-memory``: what a worker's memory does over very many distinct requests.

Invariant: every request is another one, so nothing but a bound keeps memory from growing;
nothing is asserted, and nothing is left running.
"""

import argparse
import selectors
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from random import Random

from benchmarks import processes
from benchmarks.contenders import WrongAnswerError
from benchmarks.database import DatabaseError, connect, prepared, server_url
from benchmarks.distinct import Requests
from benchmarks.load import Connection, is_good
from benchmarks.run import note, say

CONNECTIONS = 4
CACHE_BYTES = 64 * 1024 * 1024
# What is asked again and again afterwards: so many requests, some far more often than others.
KNOWN, REPEATED = 5_000, 20_000
_HIT = b"\r\nx-cache: HIT"


def arguments() -> argparse.Namespace:
    """What may be chosen."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=100_000, help="distinct ones (100000)")
    parser.add_argument("--every", type=int, default=10_000, help="look so often (10000)")
    return parser.parse_args()


def wire(body: bytes) -> bytes:
    """The request as it goes over the wire."""
    head = (
        f"POST /graphql HTTP/1.1\r\nHost: {processes.HOST}\r\nContent-Type: application/json\r\n"
        f"Accept: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def send(port: int, bodies: Sequence[bytes]) -> int:
    """Ask all over keep-alive connections; how many came from memory.

    Raises ``WrongAnswerError`` for an answer that is not good.
    """
    waiting = iter(bodies)
    hits = 0
    with closing(selectors.DefaultSelector()) as selector:
        under_way = {}
        for body in islice(waiting, CONNECTIONS):
            connection = Connection(processes.HOST, port)
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.send(wire(body))
            under_way[connection] = body
        while under_way:
            for key, _ in selector.select(timeout=20):
                answer = key.data.receive()
                if answer is None:
                    continue
                if not is_good(answer):
                    said = answer.partition(b"\r\n\r\n")[2][:300].decode(errors="replace")
                    raise WrongAnswerError(f"{under_way[key.data].decode()}: {said}")
                hits += _HIT.lower() in answer[:2_000].lower()
                body = next(waiting, None)
                if body is None:
                    selector.unregister(key.data.socket)
                    key.data.socket.close()
                    del under_way[key.data]
                else:
                    key.data.send(wire(body))
                    under_way[key.data] = body
    return hits


def memory(root: int) -> tuple[float, float]:
    """RSS and PSS of a tree of processes, in megabytes of 1024 × 1024 bytes."""
    sums = {"Rss:": 0, "Pss:": 0}
    for pid in processes.tree(root):
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        for line in text.splitlines():
            name, _, rest = line.partition(" ")
            if name in sums:
                sums[name] += int(rest.split()[0])
    return sums["Rss:"] / 1024, sums["Pss:"] / 1024


def looks(port: int, pid: int, options: argparse.Namespace) -> Iterator[tuple[int, float, float]]:
    """How many were asked, and RSS and PSS then; first before any."""
    yield (0, *memory(pid))
    requests = Requests()
    bodies = iter(requests)
    while requests.number < options.requests:
        number = min(options.every, options.requests - requests.number)
        send(port, list(islice(bodies, number)))
        yield (requests.number, *memory(pid))


def repeated() -> list[bytes]:
    """Requests as a site's visitors send them: the n-th most wanted one 1/n as often."""
    known = list(islice(Requests(seed=2), KNOWN))
    weights = [1 / number for number in range(1, KNOWN + 1)]
    return Random(3).choices(known, weights, k=REPEATED)  # noqa: S311 - no secret


def observe(url: str, options: argparse.Namespace, folder: Path) -> None:
    """Start a worker, ask, and say what became of its memory."""
    core, _ = processes.cores()
    port = processes.free_port()
    chosen = {**processes.PRODUCT, "DATABASE_URL": url, "GRAPHQL_CACHE_BYTES": str(CACHE_BYTES)}
    log = folder / "server.log"
    with processes.server("cms.wsgi:application", port, chosen, core, log) as pid:
        say("| distinct requests | RSS MB | PSS MB | requests/s |\n|---|---|---|---|")
        found: list[tuple[int, float, float]] = []
        began = time.monotonic()
        for number, rss, pss in looks(port, pid, options):
            rate = (number - found[-1][0]) / (time.monotonic() - began) if found else 0.0
            began = time.monotonic()
            say(f"| {number:,} | {rss:.1f} | {pss:.1f} | {rate:.0f} |")
            found.append((number, rss, pss))
        first = next((one for one in found if one[0] * 5 >= options.requests), found[0])
        last = found[-1]
        say(
            f"\nFrom {first[0]:,} to {last[0]:,} requests: RSS {last[1] - first[1]:+.1f} MB,"
            f" PSS {last[2] - first[2]:+.1f} MB."
        )
        bodies = repeated()
        hits = send(port, bodies)
        rss, pss = memory(pid)
        say(
            f"Then {len(bodies):,} requests out of {KNOWN:,}, the n-th most wanted 1/n as often:"
            f" {hits / len(bodies):.1%} from memory; RSS {rss:.1f} MB, PSS {pss:.1f} MB."
        )


def main() -> int:
    """0; 1 when an answer was wrong or the server did not start; 2 without a database."""
    options = arguments()
    try:
        with connect(server_url()) as server:
            note("Preparing the database (some minutes when it is filled) …")
            url = prepared(server, fresh=False)
        with tempfile.TemporaryDirectory() as folder:
            observe(url, options, Path(folder))
    except DatabaseError as error:
        note(str(error))
        return 2
    except (WrongAnswerError, processes.StartError, ConnectionError) as error:
        note(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
