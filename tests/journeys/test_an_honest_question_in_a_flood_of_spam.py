"""While programs flood the form, a stranger's question goes through and a reviewer finds it.

Invariant: the flood goes on from before the stranger opens the form until the reviewer has
found the question.
"""

import json
import re
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import serving_people
from tests.support.running_server import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HONEST = "Why does a dependency with yield see the exception of its handler?"
CHEAP = "Buy cheap followers here and now"
FORM = "/examples/contribute_html/index.html"
SENDERS = 3
# Of these a page of the queue, which has fifty rows, shows all.
SPAM_AT_LEAST = 30
PATIENCE_SECONDS = 120
FROM_ONE_PLACE = 5
# A text counts as repeated when it has come twice.
SAME_TEXT = 2
TOKEN = "{ contributionForm { token } }"
SUBMIT = """mutation ($input: SubmitContributionInput!) {
  submitContribution(input: $input) { contribution { reference } errors { code } }
}"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server behind a proxy, which is how a flood comes from many addresses."""
    behind_a_proxy = {
        "TRUSTED_PROXIES": "127.0.0.0/8",
        "CONTRIBUTION_FORM_MIN_SECONDS": "1",
        "CONTRIBUTION_PER_DAY": str(FROM_ONE_PLACE),
    }
    with serving_people(tmp_path_factory.mktemp("flood"), **behind_a_proxy) as running:
        yield running


def ask(server: Server, query: str, address: str, **variables: object) -> dict:
    """What the endpoint answers somebody at ``address``, whatever the status."""
    request = urllib.request.Request(
        server.graphql,
        json.dumps({"query": query, "variables": variables}).encode(),
        {"Content-Type": "application/json", "X-Forwarded-For": address},
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refusal:
        return json.load(refusal)


def spam(number: int) -> dict[str, object]:
    """One of four sorts: into the trap, the same text again, links, or too much from one place."""
    question = {"technology": "fastapi", "title": f"{CHEAP}, number {number}"}
    more: dict[str, object] = {}
    sort = number % 4
    if sort == 0:
        more["homepage"] = "https://spam.example"
    elif sort == 1:
        question["title"] = f"{CHEAP}, and again"
    elif sort == 2:
        question["deepDive"] = " ".join(f"https://spam{n}.example/{number}" for n in range(9))
    return {"question": question, "acceptsLicence": True, **more}


@contextmanager
def flooded(server: Server) -> Iterator[Counter]:
    """Submit without a pause until the block ends; counts what became of it."""
    stopping = threading.Event()
    seen: Counter = Counter()
    numbers = count()

    def flood() -> None:
        while not stopping.is_set():
            number = next(numbers)
            many = f"198.{51 + number % 40}.{number % 250}.9"
            address = "203.0.113.66" if number % 4 == 3 else many
            token = ask(server, TOKEN, many)["data"]["contributionForm"]["token"]
            # As patient as the form asks for: the other traps have to do.
            stopping.wait(1.1)
            answer = ask(server, SUBMIT, address, input={**spam(number), "formToken": token})
            result = answer["data"]["submitContribution"]
            seen["taken" if result["contribution"] else result["errors"][0]["code"]] += 1

    threads = [threading.Thread(target=flood) for _ in range(SENDERS)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        stopping.set()
        for thread in threads:
            thread.join(timeout=60)


def test_an_honest_question_goes_through_and_is_found(server, browser: Browser, log_in, screenshot):
    context = browser.new_context(base_url=server.url, viewport={"width": 900, "height": 1100})
    context.set_default_timeout(60_000)
    stranger = context.new_page()
    with flooded(server) as seen:
        stranger.goto(FORM)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while seen["taken"] < SPAM_AT_LEAST and time.monotonic() < deadline:
            stranger.wait_for_timeout(200)
        stranger.fill("[name=title]", HONEST)
        stranger.select_option("#technology", "fastapi")
        stranger.fill("[name=shortAnswer]", "It is raised at the yield, so that it can be cleaned.")
        stranger.check("[name=acceptsLicence]")
        before = seen["taken"]
        stranger.get_by_role("button", name="Send", exact=True).click()
        expect(stranger.locator("#reference")).to_contain_text("C-")

        reviewer = log_in("reviewer")
        reviewer.goto("/admin/contributions/")
        expect(reviewer.get_by_role("link", name=HONEST)).to_be_visible()
        screenshot(reviewer, "flood-queue")
        open_rows = reviewer.get_by_role("link", name=re.compile(CHEAP)).count()
        reviewer.goto("/admin/contributions/?queue=suspected")
        expect(reviewer.get_by_role("link", name=re.compile(CHEAP)).first).to_be_visible()
        suspected = reviewer.get_by_role("link", name=re.compile(CHEAP)).count()
        screenshot(reviewer, "flood-suspected")
        assert reviewer.get_by_role("link", name=HONEST).count() == 0
        during = seen["taken"]
    context.close()

    assert during > before
    assert seen["THROTTLED"] > 0
    assert suspected >= SPAM_AT_LEAST // 2
    assert open_rows <= FROM_ONE_PLACE + SAME_TEXT
