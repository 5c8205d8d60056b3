"""A real server on a database of its own, and people who log in to it with a browser."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.running_server import (
    REPOSITORY,
    Server,
    environment_on,
    free_port,
    managed,
    serving,
)

SCREENSHOTS = REPOSITORY / "test-results" / "screenshots"
CHROMIUM = "/usr/bin/chromium"
PASSWORD = "journey-password"

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


@contextmanager
def serving_people(folder: Path, **settings: str) -> Iterator[Server]:
    """The product on a fresh SQLite database in ``folder``, with one person of each role.

    ``settings`` are environment variables of the server.
    """
    port = free_port()
    environment = environment_on(folder / "journeys.sqlite3", port, **settings)
    managed(environment, "migrate", "--verbosity", "0")
    managed(environment, "shell", "--no-imports", "-c", PEOPLE)
    with serving(environment, port, folder / "server.log") as running:
        yield running


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server that journeys share."""
    with serving_people(tmp_path_factory.mktemp("server")) as running:
        yield running


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
