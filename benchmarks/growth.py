"""``make bench-growth``: what delivery and publishing cost as the archive grows.

Invariant: sizes are measured one after the other in one database; nothing is asserted about
time, and nothing is left running.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from statistics import median
from typing import Any

from benchmarks import growing
from benchmarks.copying import copied
from benchmarks.database import DatabaseError, connect, prepared, server_url
from benchmarks.processes import PRODUCT, ROOT
from benchmarks.run import note, say

Measured = dict[int, dict[str, Any]]


def arguments() -> argparse.Namespace:
    """What may be chosen."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--sizes", default="1,10,100", help="how many times the content, ascending (1,10,100)"
    )
    parser.add_argument("--keep", action="store_true", help=f"leave {growing.NAME} there")
    options = parser.parse_args()
    options.sizes = sorted({int(one) for one in options.sizes.split(",")})
    if options.sizes[0] < 1:
        parser.error("sizes are whole numbers from 1")
    return options


def measured(url: str, *, rebuild: bool) -> dict[str, Any]:
    """What a process of its own finds at the present size. Raises ``CalledProcessError``."""
    # The static files of the admin are not asked for.
    command = [sys.executable, "-W", "ignore:No directory at", "-m", "benchmarks.growth_at"]
    done = subprocess.run(  # noqa: S603 - no shell, own words
        [*command, *(["--rebuild"] if rebuild else [])],
        cwd=ROOT,
        env={
            **os.environ,
            **PRODUCT,
            "DATABASE_URL": url,
            "BENCHMARK_SERVER_URL": server_url(),
        },
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def compare(url: str, sizes: list[int]) -> Measured:
    """Fill and measure each size in the database at ``url``; size → what was found."""
    found: Measured = {}
    present = 1
    with connect(url) as database:
        for size in sizes:
            note(f"Filling to {size} times the content …")
            seconds = growing.grow(database, present, size)
            present = size
            kinds = growing.published(database)
            total = sum(kinds.values())
            say(
                f"{size}×: {total:,} published entries, {kinds['INTERVIEW_QUESTION']:,} of them"
                f" questions; filling and indexing took {seconds:.0f} s."
            )
            note("Measuring …")
            # Copies have no originals to be rendered from: only what was imported is rebuilt.
            found[size] = measured(url, rebuild=size == 1)
    return found


def reading_table(found: Measured) -> str:
    """Milliseconds of each request at each size, and how many times the last is the first.

    The last column leaves out by how much the machine itself was slower or faster by then.
    """
    sizes = list(found)
    head = [f"{size}×: ms | processors" for size in sizes]
    lines = [
        f"| | {' | '.join(head)} | growth: ms | processors | less the machine's |",
        "|---|" + "---|" * (2 * len(sizes) + 3),
    ]
    for name in found[sizes[0]]["reading"]:
        figures = [found[size]["reading"][name] for size in sizes]
        pairs = [(one["wall"], one["server"] + one["database"]) for one in figures]
        cells = [f"{wall:.2f} | {processor:.2f}" for wall, processor in pairs]
        growth = [b / a for a, b in zip(pairs[0], pairs[-1], strict=True)]
        own = growth[1] * figures[0]["yardstick"] / figures[-1]["yardstick"]
        shown = " | ".join(f"{each:.2f}" for each in (*growth, own))
        lines.append(f"| {name} | {' | '.join(cells)} | {shown} |")
    return "\n".join(lines)


def publishing_table(found: Measured) -> str:
    """Processor milliseconds of saving and of publishing one entry at each size."""
    lines = [
        "| one changed question, ms of processors | middle | most | the yardstick |",
        "|---|---|---|---|",
    ]
    for size, one in found.items():
        for number, what in enumerate(("saving a draft", "publishing it")):
            figures = [pair[number] for pair in one["publishing"]]
            spent = [each["server"] + each["database"] for each in figures]
            mark = median(each["yardstick"] for each in figures)
            lines.append(
                f"| {size}×, {what} | {median(spent):.1f} | {max(spent):.1f} | {mark:.2f} |"
            )
    return "\n".join(lines)


def rebuilding_lines(found: Measured) -> list[str]:
    """How fast everything is rendered again, at the beginning and at the end."""
    thousands = found.get(1, {}).get("rebuilding", [])
    return [
        f"rebuild_published, thousand {number}: {1000 / figures['wall']:.0f} entries/s,"
        f" {figures['server'] + figures['database']:.2f} ms of processors each"
        for number, figures in enumerate(thousands, 1)
    ]


def main() -> int:
    """0; 1 when an answer was wrong; 2 without a database."""
    options = arguments()
    began = time.monotonic()
    try:
        with connect(server_url()) as server:
            note("Preparing the database (some minutes when it is filled) …")
            prepared(server, fresh=False)
            with copied(server, growing.NAME, keep=options.keep) as url:
                # Workers that help with a statement end with it: nobody could say what they used.
                server.execute(
                    f"ALTER DATABASE {growing.NAME} SET max_parallel_workers_per_gather = 0"
                )
                found = compare(url, options.sizes)
    except DatabaseError as error:
        note(str(error))
        return 2
    except subprocess.CalledProcessError:
        note("A size could not be measured.")
        return 1
    say(f"\n{reading_table(found)}\n\n{publishing_table(found)}\n")
    say("\n".join(rebuilding_lines(found)))
    note(f"Took {time.monotonic() - began:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
