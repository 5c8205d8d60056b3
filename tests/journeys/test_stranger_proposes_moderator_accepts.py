"""A stranger proposes, a reviewer asks and accepts, an editor publishes, the stranger is told."""

import json
import urllib.request

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.mailbox import running_mailbox
from tests.support.running_server import managed

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLE = "How do background tasks differ from a task queue in FastAPI?"
BETTER = "When is a background task of FastAPI not enough?"
FORM = "/examples/contribute_html/index.html"
EDIT_ELSEWHERE = """
from knowledge.models import InterviewQuestion
entry = InterviewQuestion.objects.get(title={title!r}).get_latest_revision_as_object()
entry.sections = [("deep_dive", [("markdown", "It runs in the same process, after the answer.")])]
entry.save_revision()
"""


@pytest.fixture
def stranger(server, browser: Browser):
    context = browser.new_context(base_url=server.url, viewport={"width": 900, "height": 1100})
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.on("dialog", lambda dialog: pytest.fail(f"A script ran: {dialog.message}"))
    yield page
    context.close()


@pytest.fixture
def letter(server, stranger, screenshot):
    """``letter("subject")``: the text of the letter that a mail server was given meanwhile."""
    with running_mailbox() as mailbox:
        environment = {
            **server.environment,
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(mailbox.port),
            "EMAIL_USE_TLS": "0",
        }

        def arrived(subject: str) -> str:
            managed(environment, "deliver", "--once")
            (message,) = [one for one in mailbox.messages if one["Subject"].startswith(subject)]
            assert message["To"] == "ada@lovelace.example"
            page = stranger.context.new_page()
            page.set_content(message.get_body(("html",)).get_content())
            screenshot(page, f"letter-{subject.lower().replace(' ', '-')}")
            page.close()
            return message.get_body(("plain",)).get_content()

        yield arrived


def link_in(text: str) -> str:
    return next(line for line in text.splitlines() if line.startswith("http"))


def open_form(page: Page, kind: str) -> None:
    page.goto(FORM)
    expect(page.locator("#licence")).to_have_text("CC-BY-4.0")
    page.select_option("#kind", kind)


def send(page: Page) -> None:
    # People take longer than the three seconds that programs are caught by.
    page.wait_for_timeout(3500)
    page.get_by_role("button", name="Send", exact=True).click()


def open_contribution(page: Page, title: str) -> None:
    page.goto("/admin/contributions/")
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", name="What was sent")).to_be_visible()
    page.wait_for_load_state("load")


def entry_over_graphql(server, title: str) -> dict:
    query = "{ interviewQuestions { nodes { title contributors { name } deepDive { markdown } } } }"
    request = urllib.request.Request(
        f"{server.url}/graphql",
        json.dumps({"query": query}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        nodes = json.load(answer)["data"]["interviewQuestions"]["nodes"]
    return next(node for node in nodes if node["title"] == title)


def test_from_a_strangers_form_to_the_published_credit(
    server, log_in, stranger, letter, screenshot
):
    open_form(stranger, "question")
    stranger.fill("[name=title]", TITLE)
    stranger.select_option("#technology", "fastapi")
    stranger.select_option("[name=level]", "MID")
    stranger.fill("[name=shortAnswer]", "It dies with the process. password='hunter2!'")
    stranger.fill("[name=deepDive]", "It runs in the same process.")
    stranger.fill("[name=email]", "ada@lovelace.example")
    stranger.fill("[name=creditName]", "Ada <b>Lovelace</b>")
    send(stranger)
    expect(stranger.get_by_text("We can only take it under CC-BY-4.0.")).to_be_visible()
    screenshot(stranger, "contribution-errors")
    stranger.check("[name=acceptsLicence]")
    stranger.get_by_role("button", name="Send", exact=True).click()
    expect(stranger.get_by_text("1 × PASSWORD in shortAnswer")).to_be_visible()
    screenshot(stranger, "contribution-sent")

    stranger.goto(link_in(letter("Please confirm your address")))
    stranger.get_by_role("button", name="Confirm my address").click()
    expect(stranger.get_by_text("Your address is confirmed.")).to_be_visible()
    status = stranger.url

    reviewer = log_in("reviewer")
    screenshot(reviewer, "contributions-home")
    open_contribution(reviewer, TITLE)
    reviewer.keyboard.press("c")
    expect(reviewer.locator(".messages")).to_contain_text("You are working on it now.")
    reviewer.wait_for_load_state("load")
    reviewer.keyboard.press("q")
    reviewer.fill("#id_ask-message", "Which version is it about? <script>alert(1)</script>")
    reviewer.get_by_role("button", name="Ask", exact=True).click()
    expect(reviewer.locator(".messages")).to_contain_text("The contributor is asked.")
    assert "Which version is it about?" in letter("A question about your contribution")

    stranger.reload()
    expect(stranger.get_by_text("A reviewer has a question for you.")).to_be_visible()
    expect(stranger.locator("#message")).to_contain_text("<script>alert(1)</script>")
    screenshot(stranger, "contribution-question")
    stranger.fill("[name=text]", "0.115 and later, with token=ghp_" + "a" * 36)
    stranger.get_by_role("button", name="Send the answer").click()
    expect(stranger.get_by_text("A reviewer is working on it.")).to_be_visible()
    expect(stranger.locator("#masked")).to_contain_text("in answer")

    open_contribution(reviewer, TITLE)
    expect(reviewer.get_by_text("0.115 and later, with token=")).to_be_visible()
    screenshot(reviewer, "contribution-page")
    reviewer.keyboard.press("a")
    reviewer.fill("#id_accept-title", BETTER)
    reviewer.fill("#id_accept-category", "backend-development")
    reviewer.fill("#id_accept-difficulty", "5")
    screenshot(reviewer, "contribution-accept")
    reviewer.get_by_role("button", name="Accept and make the draft").click()
    expect(reviewer.locator(".messages")).to_contain_text("Accepted")
    expect(reviewer.get_by_role("button", name="Undo")).to_be_visible()
    screenshot(reviewer, "contribution-accepted")

    editor = log_in("editor")
    editor.get_by_role("link", name=BETTER).first.click()
    button = editor.locator("footer button[data-workflow-action-name=approve]").first
    if not button.is_visible():
        editor.locator("footer [data-w-dropdown-target=toggle]").click()
    button.click()
    expect(editor.locator(".messages")).to_contain_text("updated")

    stranger.goto("about:blank")
    stranger.goto(status)
    expect(stranger.get_by_text("Published. Thank you!")).to_be_visible()
    expect(stranger.locator("#link")).to_contain_text(BETTER)
    screenshot(stranger, "contribution-published")
    said = letter("Your contribution is published")
    assert "has been published" in said
    assert f"You find it at {server.url}/questions/" in said
    entry = entry_over_graphql(server, BETTER)
    assert entry["contributors"] == [{"name": "Ada <b>Lovelace</b>"}]
    assert entry["deepDive"]["markdown"] == "It runs in the same process."

    correct_it_while_an_editor_does_too(server, log_in, stranger, screenshot)


def correct_it_while_an_editor_does_too(server, log_in, stranger, screenshot):
    """The same line is corrected by a stranger and edited by an editor: a reviewer decides."""
    code = server.shell(
        f"from knowledge.models import PublishedEntry as P; "
        f"print(next(e.code for e in P.objects.all() if e.card['title'] == {BETTER!r}))"
    )
    open_form(stranger, "correction")
    stranger.fill("[name=target]", code)
    stranger.select_option("[name=section]", "DEEP_DIVE")
    stranger.fill("[name=text]", "It runs in the same worker process.")
    stranger.fill("[name=reason]", "There may be several processes.")
    stranger.check("[name=acceptsLicence]")
    send(stranger)
    expect(stranger.locator("#reference")).to_contain_text("C-")
    server.shell(EDIT_ELSEWHERE.format(title=BETTER))

    reviewer = log_in("reviewer")
    open_contribution(reviewer, BETTER)
    expect(reviewer.get_by_text("Changed by others since")).to_be_visible()
    screenshot(reviewer, "contribution-difference")
    reviewer.keyboard.press("a")
    text = reviewer.locator("#id_accept-text")
    assert "<<<<<<<" in text.input_value()
    screenshot(reviewer, "contribution-conflict")
    reviewer.get_by_role("button", name="Accept and make the draft").click()
    expect(reviewer.locator(".messages")).to_contain_text("Decide between them")
    text.fill("It runs in the same worker process, after the answer.")
    reviewer.get_by_role("button", name="Accept and make the draft").click()
    expect(reviewer.locator(".messages")).to_contain_text("Accepted")
    assert entry_over_graphql(server, BETTER)["deepDive"]["markdown"] == (
        "It runs in the same process."
    )


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (
            "snippet",
            {"title": "Retry with jitter", "description": "It tries again.", "code": "retry()"},
        ),
        ("testimonial", {"text": "It got me through two interviews.", "authorName": "Grace"}),
    ],
)
def test_the_form_sends_the_other_kinds_too(server, stranger, kind, typed):
    open_form(stranger, kind)
    send(stranger)
    shown = stranger.locator("label:not([hidden])")
    expect(shown.locator(".field-error")).to_have_count(len(typed) + 1)
    for name, text in typed.items():
        shown.locator(f"[name={name}]").fill(text)
    stranger.check("[name=acceptsLicence]")
    stranger.get_by_role("button", name="Send", exact=True).click()

    expect(stranger.get_by_role("heading", name="Thank you")).to_be_visible()
