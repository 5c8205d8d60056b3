"""A server of the demonstration, and Node.js with other people's clients."""

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.demo_server import serving_demo
from tests.support.running_server import Server

CLIENTS = Path(__file__).with_name("clients")


@pytest.fixture(scope="session")
def demo_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demonstration on a server of its own; nobody's requests are too many for it."""
    mine = tmp_path_factory.getbasetemp()
    shared = mine.parent if os.environ.get("PYTEST_XDIST_WORKER") else mine
    folder = tmp_path_factory.mktemp("demo")
    with serving_demo(folder, shared, GRAPHQL_RATE_PER_MINUTE="0") as server:
        yield server


@pytest.fixture(scope="session")
def node_with_clients() -> str:
    """Node.js, once the clients are installed. Without it: a failure in CI, else a loud skip."""
    try:
        node, npm = shutil.which("node"), shutil.which("npm")
        assert node, "Node.js is not installed"
        assert npm, "npm is not installed"
        _install(npm)
    except AssertionError as problem:
        message = f"The tests with JavaScript clients need Node.js and npm: {problem}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return node


def _install(npm: str) -> None:
    installed = CLIENTS / "node_modules/.package-lock.json"
    lock = CLIENTS / "package-lock.json"
    with (Path(tempfile.gettempdir()) / "lamplight-clients.lock").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
            return
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(command, cwd=CLIENTS, capture_output=True, text=True, timeout=600)
        assert done.returncode == 0, f"npm ci failed: {done.stderr[-500:]}"
        installed.touch()
