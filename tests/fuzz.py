"""``make fuzz``: operations without end, answered by plans and by graphql-core alone.

Runs ``tests/graphql_api/plan/fuzz.py`` on SQLite, and on PostgreSQL where one answers.
"""

import argparse
import os
import random
import subprocess
import sys
from pathlib import Path

from run import ROOT, postgresql_url, say

PROPERTY = "tests/graphql_api/plan/fuzz.py"


def run(name: str, options: argparse.Namespace, environment: dict[str, str]) -> int:
    """One database; returns pytest's exit code."""
    say(f"\n== {name}, {options.minutes:g} minutes from seed {options.seed} ==")
    told = {
        "LAMPLIGHT_FUZZ_MINUTES": str(options.minutes),
        "LAMPLIGHT_FUZZ_SEED": str(options.seed),
    }
    if options.as_found:
        told["LAMPLIGHT_FUZZ_AS_FOUND"] = "1"
    command = [sys.executable, "-m", "pytest", "-q", "-s", PROPERTY]
    return subprocess.run(command, cwd=ROOT, env={**environment, **told}, check=False).returncode


def main(arguments: list[str]) -> int:
    """Exit code: 0 when no answer differed."""
    parser = argparse.ArgumentParser(prog=Path(__file__).name, description=__doc__)
    parser.add_argument("--minutes", type=float, default=5, help="on each database (default: 5)")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="to begin with")
    parser.add_argument(
        "--as-found", action="store_true", help="do not make an example smaller, which takes long"
    )
    options = parser.parse_args(arguments)
    environment = {**os.environ}
    environment.pop("DATABASE_URL", None)
    codes = [run("SQLite", options, environment)]
    if url := postgresql_url():
        name = os.environ.get("TEST_DATABASE_NAME") or f"test_lamplight_fuzz_{os.getpid()}"
        environment |= {
            "DATABASE_URL": url,
            "DATABASE_POOL_SIZE": "0",
            "TEST_DATABASE_NAME": name,
        }
        codes.append(run("PostgreSQL", options, environment))
    return 1 if any(codes) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
