"""An author drafts, a reviewer compares and approves, readers see it; then it is gone again."""

import json
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLE = "How does a dependency with yield release what it holds?"
# What editors, forms and templates like to change: quotes, tags, tabs, ends of lines.
CODE = (
    'async def session(q: str = "\'") -> AsyncIterator[Session]:\n'
    "\ttry:  # <T> & $conn ?self [] =>\n"
    "\t\tyield held\n"
    "\n"
    "\tfinally:\n"
    "\t\tawait held.close()   \n"
)
FOLLOW_UP = "And when the handler raises?"
ADD = "/admin/snippets/knowledge/interviewquestion/add/"
LISTING = "/admin/snippets/knowledge/interviewquestion/"
CODE_OF_ENTRY = "FAPI-MID-001"
# Answers may be kept for two seconds; a slow machine is not a failure.
PATIENCE_SECONDS = 20
CLICKS = 3

READ = """query ($code: String!) {
  interviewQuestion(code: $code) {
    code title level difficulty category { name } shortAnswer { text }
    deepDive { blocks { ... on CodeBlock { language code } } }
    followUpQuestions { questions { question answeredBy { code } } }
  }
  interviewQuestions { totalCount }
}"""


def ask(server) -> dict[str, Any]:
    """What a front end is answered over HTTP."""
    body = {"query": READ, "variables": {"code": CODE_OF_ENTRY}}
    request = urllib.request.Request(
        server.graphql, json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)["data"]


def ask_until(server, done: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The first answer that is ``done``; the last one when patience ends."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not done(answer := ask(server)) and time.monotonic() < deadline:
        time.sleep(0.5)
    return answer


def open_chooser(page: Page, position: int, of: int) -> Locator:
    """The menu of blocks at ``position`` among the ``of`` places of the sections."""
    places = page.locator("[data-contentpath=sections]").get_by_role(
        "button", name="Insert a block"
    )
    # A block that was just inserted brings places of its own.
    expect(places).to_have_count(of)
    menu = page.locator(".w-combobox-container")
    expect(menu).to_be_hidden()
    for _ in range(CLICKS):
        places.nth(position).click()
        # While the page still makes room for the block before, a click opens nothing.
        with suppress(AssertionError):
            expect(menu).to_be_visible(timeout=5_000)
            break
    return menu


def insert_block(page: Page, name: str, position: int, of: int) -> None:
    """Choose the block ``name`` from the menu at ``position``."""
    open_chooser(page, position, of).get_by_role("option", name=name, exact=True).click()


def press(page: Page, action: str) -> None:
    """Press a button of the action menu at the foot of the form."""
    footer = page.locator("footer")
    button = footer.locator(
        f"button[name={action}], button[data-workflow-action-name={action}]"
    ).first
    if not button.is_visible():
        footer.locator("[data-w-dropdown-target=toggle]").click()
    button.click()


def save_draft(page: Page) -> None:
    page.get_by_role("button", name="Save draft").click()


def draft(page: Page) -> None:
    """Fill in the first tab of a new question."""
    page.goto(ADD)
    page.fill("#id_title", TITLE)
    page.select_option("#id_technology", label="FastAPI")
    page.select_option("#id_level", "MID")
    page.locator("[data-contentpath=short_answer] .public-DraftEditor-content").click()
    page.keyboard.type("The code after yield runs when the response is done.")
    insert_block(page, "Deep dive", 0, of=1)
    insert_block(page, "Code", 1, of=3)
    page.locator("textarea.lamplight-code").fill("yield held")
    page.select_option("select[name='sections-0-value-0-value-language']", "python")


def see_a_block_before_it_is_inserted(page: Page) -> None:
    """Open the chooser and ask for a preview, which is the content's own rendering."""
    chooser = open_chooser(page, -1, of=4)
    row = chooser.locator(".w-combobox__option-row").filter(has_text="Common mistakes")
    row.get_by_role("button", name="Preview").click()
    shown = page.frame_locator("iframe.w-combobox-preview__iframe")
    expect(shown.get_by_role("heading", name="Common mistakes")).to_be_visible()
    expect(shown.get_by_text("Measuring on an empty table.")).to_be_visible()


def test_from_an_authors_draft_to_the_public_and_back(server, log_in, screenshot):
    before = ask(server)
    assert before["interviewQuestion"] is None

    author = log_in("author")
    draft(author)
    see_a_block_before_it_is_inserted(author)
    screenshot(author, "block-preview")
    author.keyboard.press("Escape")
    save_draft(author)
    expect(author.locator(".messages")).to_contain_text("created")
    author.locator("textarea.lamplight-code").fill(CODE)
    insert_block(author, "Follow-up questions", -1, of=4)
    author.fill("[name='sections-1-value-0-value-question']", FOLLOW_UP)

    # Publication needs more than the first tab has: it is said where it lacks.
    press(author, "action-submit")
    expect(author.locator(".messages")).to_contain_text("could not be saved due to errors")
    author.get_by_role("tab", name="Classification").click()
    expect(author.get_by_text("Choose the category.")).to_be_visible()
    screenshot(author, "question-missing")
    author.select_option("#id_category", label="Backend Development")
    author.fill("#id_difficulty", "6")
    author.get_by_role("tab", name="Content").click()
    screenshot(author, "question-form")
    press(author, "action-submit")
    expect(author.locator(".messages")).to_contain_text("submitted for moderation")
    assert ask(server) == before

    reviewer = log_in("reviewer")
    expect(reviewer.get_by_text("Awaiting your review")).to_be_visible()
    screenshot(reviewer, "dashboard-review")
    reviewer.get_by_role("link", name=f"{CODE_OF_ENTRY} · {TITLE}").first.click()
    expect(reviewer.locator("#id_title")).to_have_value(TITLE)
    screenshot(reviewer, "question-review")
    editing = reviewer.url
    pk = server.shell(
        "from knowledge.models import InterviewQuestion as Q; "
        f"print(Q.objects.get(code={CODE_OF_ENTRY!r}).pk)"
    )
    reviewer.goto(f"{LISTING}history/{pk}/revisions/compare/earliest...latest/")
    expect(reviewer.locator(".addition").filter(has_text=FOLLOW_UP).first).to_be_visible()
    screenshot(reviewer, "question-compare")
    reviewer.goto(editing)
    press(reviewer, "approve")
    expect(reviewer.locator(".messages")).to_contain_text("updated")
    reviewer.goto(LISTING)
    expect(reviewer.get_by_role("cell", name="live", exact=True).first).to_be_visible()
    screenshot(reviewer, "question-listing")

    published = ask_until(server, lambda answer: answer["interviewQuestion"] is not None)
    assert published == {
        "interviewQuestion": {
            "code": CODE_OF_ENTRY,
            "title": TITLE,
            "level": "MID",
            "difficulty": 6,
            "category": {"name": "Backend Development"},
            "shortAnswer": {"text": "The code after yield runs when the response is done."},
            "deepDive": {"blocks": [{"language": "python", "code": CODE}]},
            "followUpQuestions": {"questions": [{"question": FOLLOW_UP, "answeredBy": None}]},
        },
        "interviewQuestions": {"totalCount": before["interviewQuestions"]["totalCount"] + 1},
    }

    # A draft over the live entry changes nothing for readers.
    editor = log_in("editor")
    editor.goto(LISTING)
    editor.get_by_role("link", name=TITLE).first.click()
    editor.fill("#id_title", "What does yield release?")
    save_draft(editor)
    expect(editor.locator(".messages")).to_contain_text("updated")
    editor.goto(f"{LISTING}history/{pk}/revisions/compare/live...latest/")
    expect(editor.locator(".addition").first).to_be_visible()
    assert ask(server) == published

    editor.goto(f"{LISTING}unpublish/{pk}/")
    editor.get_by_role("button", name="Yes, unpublish it").click()
    expect(editor.locator(".messages")).to_contain_text("unpublished")
    assert ask_until(server, lambda answer: answer["interviewQuestion"] is None) == before
