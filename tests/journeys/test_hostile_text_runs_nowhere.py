"""Forty hostile texts, opened in a browser wherever they are shown: nothing runs.

Invariant: every page is looked at with a tripwire, and the tripwire is seen to work.
"""

import json
import re
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

from tests.journeys.conftest import PASSWORD, serving_people
from tests.journeys.hostile_world import HOSTILE_ADDRESS, line
from tests.knowledge.contributions.payloads import PAYLOADS
from tests.support.running_server import Server, managed

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BUILD = "from tests.journeys.hostile_world import build; build()"
ADMINISTRATOR = (
    "from django.contrib.auth import get_user_model; "
    f"get_user_model().objects.create_superuser('administrator', '', {PASSWORD!r})"
)
QUEUE = "/admin/contributions/"
# What payloads would load if they were markup.
LURED = {"x", "x.js"}
TRIPWIRE = """
Object.defineProperty(window, "pwned", { set() { tripped(`a script at ${location.href}`); } });
document.addEventListener("securitypolicyviolation", (event) =>
  tripped(`${event.violatedDirective} ${event.blockedURI} at ${location.href}`));
"""
HTML = """query ($code: String!) {
  interviewQuestion(code: $code) {
    shortAnswer { html } deepDive { html } realWorldExample { html } commonMistakes { html }
  }
}"""


@dataclass
class Tripwire:
    """What ran, was blocked from running, or was loaded, in pages of ``watch``ed contexts."""

    tripped: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        context.expose_function("tripped", self.trip)
        context.add_init_script(TRIPWIRE)
        context.on("request", self.note)
        context.on("dialog", self.refuse)

    def trip(self, what: str) -> None:
        self.tripped.append(what)

    def note(self, request: Request) -> None:
        place = urlsplit(request.url)
        if place.hostname == "evil.example" or place.path.rsplit("/")[-1] in LURED:
            self.tripped.append(f"a request for {request.url}")

    def refuse(self, dialog) -> None:
        self.tripped.append(f"a dialog: {dialog.message}")
        dialog.dismiss()


@pytest.fixture
def tripwire() -> Tripwire:
    return Tripwire()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own: what is written here would be in every other journey's way."""
    with serving_people(tmp_path_factory.mktemp("hostile")) as running:
        yield running


@pytest.fixture(scope="module")
def world(server) -> dict:
    """The payloads in the server's database, and where they are."""
    server.shell(ADMINISTRATOR)
    environment = {**server.environment, "CONTRIBUTION_PER_MINUTE": "1000"}
    return json.loads(
        managed(environment, "shell", "--no-imports", "-c", BUILD, seconds=300).splitlines()[-1]
    )


@pytest.fixture
def watched(log_in, tripwire) -> Callable[[str], Page]:
    """``watched("reviewer")``: their page, behind the tripwire from now on."""

    def open_page(username: str) -> Page:
        page = log_in(username)
        tripwire.watch(page.context)
        return page

    return open_page


@pytest.fixture
def outside(browser: Browser, server, tripwire) -> Iterator[Page]:
    """A page of nobody's, behind the tripwire; a server's policy does not protect it."""
    context = browser.new_context(base_url=server.url)
    context.set_default_timeout(30_000)
    tripwire.watch(context)
    yield context.new_page()
    context.close()


def text_of(page: Page, selector: str = "body") -> str:
    """What is shown, in one line."""
    return " ".join(page.locator(selector).inner_text().split())


@pytest.mark.parametrize(
    "markup",
    [
        "<img src=x onerror=window.pwned=1>",
        "<script>window.pwned=1</script>",
        "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
        "<script>alert(1)</script>",
    ],
)
def test_the_tripwire_works(outside, tripwire, markup):
    outside.set_content(markup)
    outside.wait_for_timeout(200)

    assert tripwire.tripped


def test_the_queue_shows_text(world, watched, tripwire, screenshot):
    page = watched("reviewer")
    shown = ""
    for number in (1, 2):
        page.goto(f"{QUEUE}?queue=open&p={number}")
        shown += text_of(page)
    screenshot(page, "hostile-queue")

    assert [one["line"] for one in world["asked"] if f"{one['line']} in a title" not in shown] == []
    assert tripwire.tripped == []


def test_the_pages_of_contributions_show_text(world, watched, tripwire, screenshot):
    page = watched("reviewer")
    for one in world["asked"]:
        page.goto(f"{QUEUE}{one['pk']}/")
        assert text_of(page, ".contribution__main").count(f"{one['line']} in a title") >= 8
        assert f"Note {one['line']}" in text_of(page, ".contribution__side")
        assert f"{one['line']} Why?" in text_of(page, ".contribution__side")
    screenshot(page, "hostile-contribution")
    for pk in world["others"]:
        page.goto(f"{QUEUE}{pk}/")
        shown = text_of(page)
        assert [payload for payload in PAYLOADS[:30] if line(payload) not in shown] == []
    screenshot(page, "hostile-conversation")

    assert tripwire.tripped == []


def test_letters_and_alerts_show_text(world, outside, tripwire, screenshot):
    shown: dict[str, str] = {}
    plain: dict[str, str] = {}
    for mail in world["mails"]:
        outside.set_content(mail["html"])
        shown[mail["purpose"]] = shown.get(mail["purpose"], "") + text_of(outside)
        text = " ".join(mail["text"].split())
        plain[mail["purpose"]] = plain.get(mail["purpose"], "") + text
    screenshot(outside, "hostile-alert")

    assert set(shown) == {"contribution-question", "contribution-published", "alert-news"}
    for purpose in shown:
        assert [p for p in PAYLOADS if line(p) not in shown[purpose]] == []
        assert [p for p in PAYLOADS if line(p) not in plain[purpose]] == []
    assert tripwire.tripped == []


def test_the_status_page_shows_text(world, outside, tripwire, screenshot):
    for one in world["asked"]:
        # Another fragment alone would not load the page again.
        outside.goto("about:blank")
        outside.goto(f"/examples/contribute_html/status.html#token={quote(one['token'])}")
        outside.locator("#answer").wait_for()
        assert text_of(outside, "#title") == f"{one['line']} in a title"
        assert text_of(outside, "#message") == f"{one['line']} Why?"
    screenshot(outside, "hostile-status")

    assert tripwire.tripped == []


def test_the_preview_of_an_entry_shows_its_title_as_text(world, watched, tripwire, screenshot):
    page = watched("editor")
    for one in world["published"]:
        address = "/admin/snippets/knowledge/interviewquestion/history"
        page.goto(f"{address}/{one['pk']}/revisions/{one['revision']}/view/")
        assert f"{one['line']} in a title" in text_of(page)
    screenshot(page, "hostile-preview")

    assert tripwire.tripped == []


def test_html_of_the_api_runs_nowhere(world, server, outside, tripwire):
    for one in world["published"]:
        body = json.dumps({"query": HTML, "variables": {"code": one["code"]}}).encode()
        request = urllib.request.Request(server.graphql, body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            entry = json.load(answer)["data"]["interviewQuestion"]
        outside.set_content("".join(part["html"] for part in entry.values() if part))
        for link in outside.locator("a").all():
            assert re.match(r"https?:|mailto:|/|#", link.get_attribute("href") or "#")

    assert tripwire.tripped == []


def test_addresses_are_shown_as_text(world, watched, tripwire):
    page = watched("administrator")
    page.goto("/admin/mails/")
    assert HOSTILE_ADDRESS in text_of(page)

    assert tripwire.tripped == []
