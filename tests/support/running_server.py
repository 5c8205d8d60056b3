"""The product as it is deployed: its server in a process of its own, on a free port."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
START_SECONDS = 120


@dataclass(frozen=True)
class Server:
    """A running server: its address, the environment to run commands beside it, its process."""

    url: str
    environment: Mapping[str, str]
    pid: int = 0

    @property
    def graphql(self) -> str:
        """The address of the endpoint."""
        return f"{self.url}/graphql"

    def shell(self, code: str) -> str:
        """What ``code`` prints in a management shell on the server's database."""
        return managed(self.environment, "shell", "--no-imports", "-c", code)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def managed(environment: Mapping[str, str], *arguments: str, seconds: float = START_SECONDS) -> str:
    """What a management command prints."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=REPOSITORY,
        env=dict(environment),
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


def environment_on(database: Path, port: int, **more: str) -> dict[str, str]:
    """The environment of a development server on a SQLite file."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "DATABASE_URL": f"sqlite:///{database}",
        "ADMIN_BASE_URL": f"http://127.0.0.1:{port}",
        **more,
    }


@contextmanager
def serving(environment: Mapping[str, str], port: int, log: Path) -> Iterator[Server]:
    """The server of a prepared database, from its first answer until the block ends."""
    # Read when there are settings and apps.
    from cms.management.commands.serve import server_command

    with log.open("w") as lines:
        process = subprocess.Popen(
            server_command("127.0.0.1", str(port)),
            cwd=REPOSITORY,
            env=dict(environment),
            stdout=lines,
            stderr=lines,
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(f"{url}/healthz", process, log)
            yield Server(url, environment, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_for(url: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"The server ended with {process.returncode}: {log.read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    pytest.fail(f"No answer from {url} within {START_SECONDS} s.")
