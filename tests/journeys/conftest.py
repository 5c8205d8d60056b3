"""A real server on a database of its own, and people who log in to it with a browser."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

REPOSITORY = Path(__file__).resolve().parents[2]
SCREENSHOTS = REPOSITORY / "test-results" / "screenshots"
CHROMIUM = "/usr/bin/chromium"
PASSWORD = "journey-password"
START_SECONDS = 120

PEOPLE = f"""
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from knowledge.models import Category, Technology
for name in ("Author", "Editor", "Reviewer"):
    user = get_user_model().objects.create_user(name.lower(), password={PASSWORD!r})
    user.groups.add(Group.objects.get(name=name))
Technology.objects.create(name="FastAPI", slug="fastapi", code_prefix="FAPI")
Category.objects.create(name="Backend Development", slug="backend-development")
"""


@dataclass(frozen=True)
class Server:
    """A running server: its address, and the environment to run commands beside it."""

    url: str
    environment: dict[str, str]

    def shell(self, code: str) -> str:
        """What ``code`` prints in a management shell on the server's database."""
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "--no-imports", "-c", code],
            cwd=REPOSITORY,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
            timeout=START_SECONDS,
        )
        return done.stdout.strip()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"The server ended with code {process.returncode}.")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    pytest.fail(f"No answer from {url} within {START_SECONDS} s.")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The product on a fresh SQLite database, with one person of each role."""
    folder = tmp_path_factory.mktemp("server")
    port = free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "DATABASE_URL": f"sqlite:///{folder / 'journeys.sqlite3'}",
        "ADMIN_BASE_URL": f"http://127.0.0.1:{port}",
    }
    running = Server(f"http://127.0.0.1:{port}", environment)
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=REPOSITORY,
        env=environment,
        check=True,
        timeout=START_SECONDS,
    )
    running.shell(PEOPLE)
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(
            [
                str(Path(sys.executable).with_name("granian")),
                "--interface",
                "wsgi",
                "--host",
                "127.0.0.1",
                "--port",
                str(port),
                "cms.wsgi:application",
            ],
            cwd=REPOSITORY,
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            wait_for(f"{running.url}/healthz", process)
            yield running
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium is not installed.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def log_in(server: Server, browser: Browser) -> Iterator[Callable[[str], Page]]:
    """``log_in("author")``: a browser page of that person, on the dashboard."""
    contexts = []

    def open_page(username: str) -> Page:
        context = browser.new_context(
            base_url=server.url, viewport={"width": 1440, "height": 1000}, locale="en-GB"
        )
        contexts.append(context)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.goto("/admin/login/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_url("**/admin/")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def screenshot() -> Callable[[Page, str], None]:
    """Keep a picture of the page under ``test-results/screenshots``."""

    def take(page: Page, name: str) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(SCREENSHOTS / f"{name}.png"))

    return take
