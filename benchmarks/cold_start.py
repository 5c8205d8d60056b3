"""``make bench-start``: how long the product takes from its command to its first answer.

Invariant: every start is a process of its own on one SQLite database with the demonstration,
migrated and filled before; nothing is asserted about time, and nothing is left running.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from statistics import median

from benchmarks import processes
from benchmarks.run import note, say

STARTS, GIVE_UP_SECONDS, PAUSE = 5, 60, 0.01
ASKED = b'{"query":"{ interviewQuestions(first: 5) { totalCount nodes { code title } } }"}'
# In a process of its own: what a worker does before it accepts its first request.
_WARMED = """
import json, sys, time
import django
django.setup()
from graphql_api.http.documents import cache
from graphql_api.plan.warming import warm
began = time.perf_counter()
documents = warm()
seconds = time.perf_counter() - began
plans = [plan for one in cache._documents.values() for plan in one.plans.values()]
json.dump([documents, len(plans), sum(plan.is_complete for plan in plans), seconds], sys.stdout)
"""


def environment(folder: Path) -> dict[str, str]:
    """That of production, on SQLite."""
    return {
        **os.environ,
        **processes.PRODUCT,
        "DJANGO_SETTINGS_MODULE": "benchmarks.start_settings",
        "BENCHMARK_MEDIA": str(folder / "media"),
        "DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite3'}",
    }


def manage(folder: Path, *words: str) -> None:
    """Run a management command. Raises ``CalledProcessError``."""
    subprocess.run(  # noqa: S603 - no shell, own words
        [sys.executable, "manage.py", *words],
        cwd=processes.ROOT,
        env=environment(folder),
        stdout=subprocess.DEVNULL,
        check=True,
    )


def answers(port: int) -> bool:
    """Whether the endpoint gives the demonstration's entries now."""
    headers = {"Content-Type": "application/json"}
    url = f"http://{processes.HOST}:{port}/graphql"
    with suppress(OSError):
        request = urllib.request.Request(url, ASKED, headers)
        with urllib.request.urlopen(request, timeout=GIVE_UP_SECONDS) as answer:  # noqa: S310
            return answer.status == 200 and len(json.load(answer)["data"]["interviewQuestions"]) > 0
    return False


def started(folder: Path) -> float:
    """Seconds from the command to the first answer. Raises ``StartError``."""
    port = processes.free_port()
    log = folder / "serve.log"
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    with log.open("wb") as output:
        began = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - no shell, own words
            command,
            cwd=processes.ROOT,
            env=environment(folder),
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        while process.poll() is None and time.perf_counter() - began < GIVE_UP_SECONDS:
            if answers(port):
                return time.perf_counter() - began
            time.sleep(PAUSE)
    finally:
        processes.stop(process)
    said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    raise processes.StartError("\n".join(["The product did not start.", *said[-5:]]))


def warmed(folder: Path) -> tuple[int, int, int, float]:
    """Documents, plans, those that cover all of their operation, and seconds."""
    done = subprocess.run(  # noqa: S603 - no shell, own words
        [sys.executable, "-c", _WARMED],
        cwd=processes.ROOT,
        env=environment(folder),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    documents, plans, complete, seconds = json.loads(done.stdout)
    return documents, plans, complete, seconds


def main() -> int:
    """0; 1 when the product did not start."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--starts", type=int, default=STARTS, help=f"how many ({STARTS})")
    options = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            note("Loading the demonstration …")
            manage(folder, "migrate", "--verbosity", "0", "--no-input")
            manage(folder, "load_demo", "--verbosity", "0")
            documents, plans, complete, seconds = warmed(folder)
            times = sorted(started(folder) for _ in range(options.starts))
    except subprocess.CalledProcessError:
        note("The demonstration could not be loaded.")
        return 1
    except processes.StartError as error:
        note(str(error))
        return 1
    say(
        f"From the command to the first answer: {times[0]:.2f} s at best,"
        f" {median(times):.2f} s in the middle of {len(times)} starts; {os.cpu_count()} cores,"
        f" load {os.getloadavg()[0]:.1f} at the end."
    )
    say(
        f"Before it accepts a request, a worker compiles {plans} plans of {documents} listed"
        f" documents ({complete} cover all of their operation) in {seconds:.2f} s."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
