"""``make run`` from an empty folder to an answer, as whoever clones the repository meets it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 240

pytestmark = [pytest.mark.server, pytest.mark.slow]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Server:
    """``manage.py serve`` on a database of its own."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.log = folder / "log.txt"
        self.environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{folder / 'run.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
        }
        self.command = [sys.executable, "manage.py", "serve"]
        self.process: subprocess.Popen | None = None

    def start(self) -> float:
        """Start, wait for the first answer, and return how many seconds that took."""
        started = time.monotonic()
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        while time.monotonic() - started < START_SECONDS:
            assert self.process.poll() is None, self.log.read_text()
            try:
                if self.get("/readyz")[0] == 200:
                    return time.monotonic() - started
            except OSError:
                time.sleep(0.2)
        raise AssertionError(self.log.read_text())

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send the signal and return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(timeout=30)

    def get(self, path: str, data: dict | None = None) -> tuple[int, str]:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            data=None if data is None else json.dumps(data).encode(),
            headers={"Content-Type": "application/json", "Accept": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    one = Server(tmp_path_factory.mktemp("run"))
    one.start()
    yield one
    if one.process.poll() is None:
        one.stop()


def test_it_says_where_it_is_and_how_to_log_in(server):
    said = server.log.read_text()

    assert f"http://127.0.0.1:{server.port}/admin/" in said
    assert f"http://127.0.0.1:{server.port}/graphql" in said
    for name in ("admin", "author", "editor", "reviewer", "moderator"):
        assert re.search(rf"^  {name} ", said, re.M)


def test_a_query_is_answered(server):
    status, text = server.get("/graphql", {"query": "{ interviewQuestions { totalCount } }"})

    assert status == 200
    assert json.loads(text)["data"]["interviewQuestions"]["totalCount"] >= 30


def test_the_admin_is_there_with_its_styles(server):
    status, page = server.get("/admin/login/")

    assert status == 200
    style = re.search(r'href="(/static/wagtailadmin/css/core[^"]*)"', page)
    assert server.get(style[1])[0] == 200


def said(stderr: str) -> str:
    """What a command said, without the deprecation warnings of a newer Wagtail before it."""
    lines = stderr.splitlines(keepends=True)
    return "".join(
        line for line in lines if "Warning: " not in line and not line.startswith("  warnings.warn")
    )


def test_a_busy_port_is_refused_in_one_line(server):
    ended = subprocess.run(
        server.command,
        cwd=ROOT,
        env=server.environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 1
    assert ended.stdout == ""
    assert said(ended.stderr) == (
        f"CommandError: Cannot listen on 127.0.0.1:{server.port}: Address already in use. "
        "Choose another with PORT=8001.\n"
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stopping_frees_the_port_and_starting_again_is_quick(server, number):
    assert server.stop(number) == 0
    with socket.create_server(("127.0.0.1", server.port)):
        pass

    seconds = server.start()

    assert "Preparing" not in server.log.read_text()
    assert "Loading" not in server.log.read_text()
    assert seconds < 30


def test_a_database_that_is_not_there_is_said_in_one_line(tmp_path):
    one = Server(tmp_path)
    one.environment["DATABASE_URL"] = f"postgres://nobody@127.0.0.1:{free_port()}/none"
    one.environment["DATABASE_POOL_SIZE"] = "0"
    ended = subprocess.run(
        one.command,
        cwd=ROOT,
        env=one.environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 1
    assert said(ended.stderr) == (
        "CommandError: The postgresql database cannot be used: "
        "check DATABASE_URL and that it runs.\n"
    )
