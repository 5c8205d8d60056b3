"""What is wrong is said in one line, before anything long is done."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from cms import preflight

SCRIPT = Path(preflight.__file__)


@pytest.fixture
def busy() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def run(*arguments: str) -> tuple[int, str]:
    ended = subprocess.run(
        [sys.executable, str(SCRIPT), *arguments], capture_output=True, text=True, check=False
    )
    return ended.returncode, ended.stderr


def test_a_busy_port(busy):
    code, said = run("127.0.0.1", str(busy))

    assert code == 1
    assert said == (
        f"Cannot listen on 127.0.0.1:{busy}: Address already in use. "
        "Choose another with PORT=8001.\n"
    )


def test_a_free_port(busy):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        free = listener.getsockname()[1]

    assert run("127.0.0.1", str(free)) == (0, "")
    assert run() == (0, "")


@pytest.mark.parametrize("port", ["eighty", "0", "70000", ""])
def test_a_port_that_is_none(port):
    assert preflight.busy_port("127.0.0.1", port).startswith("PORT must be a number from 1 to")


def test_a_host_that_is_none():
    said = preflight.busy_port("no.such.host.invalid", "8000")

    assert said == "HOST no.such.host.invalid is not an address of this machine."


def test_an_old_python(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 8, 1))
    monkeypatch.setattr(sys, "version", "3.8.1 (old)")

    assert preflight.wrong_python() == (
        f"Python 3.11 or newer is required; this is 3.8.1 ({sys.executable})."
    )
