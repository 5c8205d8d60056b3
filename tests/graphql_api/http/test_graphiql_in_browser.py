"""GraphiQL in Chromium: it comes from this server alone and runs an example."""

import shutil

import pytest
from playwright.sync_api import sync_playwright

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def test_the_first_example_runs(live_server, settings):
    settings.GRAPHQL_SCHEMA = "graphql_api.schema.schema"
    settings.GRAPHQL_GRAPHIQL = True
    addresses, problems = [], []

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page()
        page.on("request", lambda request: addresses.append(request.url))
        page.on("console", lambda message: problems.append(message.text))
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(f"{live_server.url}/graphql")
        page.wait_for_selector(".graphiql-tab")
        tabs = [tab.inner_text() for tab in page.query_selector_all(".graphiql-tab")]
        page.click(".graphiql-execute-button")
        page.wait_for_selector(".graphiql-response .cm-property:has-text('siteName')")
        cookies = page.context.cookies()
        browser.close()

    assert tabs == [
        "WhatIsHere",
        "Questions",
        "OneEntry",
        "ErrorsAndFixes",
        "LearningPaths",
        "Latest",
    ]
    assert all(address.startswith(live_server.url) for address in addresses)
    assert problems == []
    assert cookies == []
