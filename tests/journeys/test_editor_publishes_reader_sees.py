"""An author drafts, a reviewer compares and approves, readers see it; then it is gone again."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLE = "How does a dependency with yield release what it holds?"
CODE = "async def session():\n    with open_session() as held:\n        yield held\n"
ADD = "/admin/snippets/knowledge/interviewquestion/add/"
LISTING = "/admin/snippets/knowledge/interviewquestion/"
PUBLIC = (
    "import json; from knowledge.models import PublishedEntry; "
    "print(json.dumps([[e.code, e.card['title'], [s['name'] for s in e.body['sections']], "
    "[b.get('code') for s in e.body['sections'] for b in s['blocks']], "
    "[q['question'] for s in e.body['sections'] for q in s.get('questions', [])]] "
    "for e in PublishedEntry.objects.all()]))"
)


def insert_block(page: Page, name: str, position: int) -> None:
    """Choose the block ``name`` from the menu at ``position`` among those of the sections."""
    sections = page.locator("[data-contentpath=sections]")
    sections.get_by_role("button", name="Insert a block").nth(position).click()
    page.locator(".w-combobox-container").get_by_role("option", name=name, exact=True).click()


def press(page: Page, action: str) -> None:
    """Press a button of the action menu at the foot of the form."""
    footer = page.locator("footer")
    button = footer.locator(
        f"button[name={action}], button[data-workflow-action-name={action}]"
    ).first
    if not button.is_visible():
        footer.locator("[data-w-dropdown-target=toggle]").click()
    button.click()


def draft(page: Page) -> None:
    """Fill in the first tab of a new question."""
    page.goto(ADD)
    page.fill("#id_title", TITLE)
    page.select_option("#id_technology", label="FastAPI")
    page.select_option("#id_level", "MID")
    page.locator("[data-contentpath=short_answer] .public-DraftEditor-content").click()
    page.keyboard.type("The code after yield runs when the response is done.")
    insert_block(page, "Deep dive", 0)
    insert_block(page, "Code", 1)
    page.locator("textarea.lamplight-code").fill(CODE)
    page.select_option("select[name='sections-0-value-0-value-language']", "python")
    insert_block(page, "Follow-up questions", -1)
    page.fill("[name='sections-1-value-0-value-question']", "And when the handler raises?")


def test_from_an_authors_draft_to_the_public_and_back(server, log_in, screenshot):
    author = log_in("author")
    draft(author)
    press(author, "action-submit")

    # Publication needs more than the first tab has: it is said where it lacks.
    expect(author.locator(".messages")).to_contain_text("could not be created due to errors")
    author.get_by_role("tab", name="Classification").click()
    expect(author.get_by_text("Choose the category.")).to_be_visible()
    screenshot(author, "question-missing")
    author.select_option("#id_category", label="Backend Development")
    author.fill("#id_difficulty", "6")
    author.get_by_role("tab", name="Content").click()
    screenshot(author, "question-form")
    press(author, "action-submit")
    expect(author.locator(".messages")).to_contain_text("submitted for moderation")
    assert server.shell(PUBLIC) == "[]"

    reviewer = log_in("reviewer")
    expect(reviewer.get_by_text("Awaiting your review")).to_be_visible()
    screenshot(reviewer, "dashboard-review")
    reviewer.get_by_role("link", name=f"FAPI-MID-001 · {TITLE}").first.click()
    expect(reviewer.locator("#id_title")).to_have_value(TITLE)
    screenshot(reviewer, "question-review")
    press(reviewer, "approve")
    expect(reviewer.locator(".messages")).to_contain_text("updated")
    reviewer.goto(LISTING)
    expect(reviewer.get_by_role("cell", name="live", exact=True)).to_be_visible()
    screenshot(reviewer, "question-listing")

    published = server.shell(PUBLIC)
    assert '"FAPI-MID-001"' in published
    assert '["DEEP_DIVE", "FOLLOW_UP_QUESTIONS"]' in published
    assert '"And when the handler raises?"' in published
    assert CODE.replace("\n", "\\n") in published

    editor = log_in("editor")
    editor.goto(LISTING)
    editor.get_by_role("link", name=TITLE).first.click()
    editor.fill("#id_title", "What does yield release?")
    editor.get_by_role("button", name="Save draft").click()
    expect(editor.locator(".messages")).to_contain_text("updated")
    pk = server.shell(
        "from knowledge.models import InterviewQuestion as Q; print(Q.objects.get().pk)"
    )
    editor.goto(f"{LISTING}history/{pk}/revisions/compare/live...latest/")
    expect(editor.locator(".addition").first).to_be_visible()
    screenshot(editor, "question-compare")
    assert TITLE in server.shell(PUBLIC)

    editor.goto(f"{LISTING}unpublish/{pk}/")
    editor.get_by_role("button", name="Yes, unpublish it").click()
    expect(editor.locator(".messages")).to_contain_text("unpublished")
    assert server.shell(PUBLIC) == "[]"
