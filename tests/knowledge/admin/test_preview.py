"""Every kind is previewed in the admin, complete or not."""

import pytest
from wagtail.models import Locale

from knowledge.models import ENTRY_MODELS, InterviewQuestion
from tests.factories import entries
from tests.knowledge.admin.submission import address, question

pytestmark = pytest.mark.django_db


def revision_preview(client, entry) -> str:
    """The preview of the entry as it stands in memory."""
    revision = entry.save_revision()
    url = address(type(entry), "revisions_view", entry.pk, revision.pk)
    return client.get(url).content.decode()


@pytest.mark.parametrize("make", entries.ALL_KINDS)
def test_a_draft_is_previewed(editor, make):
    entry = make(title="Draft title")

    assert "<h1>Draft title</h1>" in revision_preview(editor, entry)


@pytest.mark.parametrize("model", ENTRY_MODELS)
def test_an_empty_draft_is_previewed(editor, model):
    entry = model(title="Nothing yet", locale=Locale.get_default())

    html = entry.make_preview_request().content.decode()

    assert "<h1>Nothing yet</h1>" in html
    assert "Before this can be published:" in html


def test_a_question_that_was_never_saved_is_previewed(author):
    url = address(InterviewQuestion, "preview_on_add")

    answer = author.post(url, question(title="Only a title")).json()

    assert answer == {"is_valid": True, "is_available": True}
    assert "<h1>Only a title</h1>" in author.get(url).content.decode()


def test_the_preview_is_in_the_language_it_is_written_in(author, german):
    url = address(InterviewQuestion, "preview_on_add") + "?locale=de"
    author.post(url, question(title="Nur ein Titel"))

    assert '<html lang="de">' in author.get(url).content.decode()


def test_a_preview_runs_no_script(editor):
    entry = entries.question(
        title="<script>alert(1)</script>", short_answer="<p>x<script>alert(2)</script></p>"
    )

    html = revision_preview(editor, entry)

    assert "alert(2)" not in html
    assert "<script>alert(1)" not in html


def test_code_is_highlighted(editor):
    body = [("code", {"language": "python", "code": "def f(): pass", "caption": ""})]
    entry = entries.question(sections=[("deep_dive", body)])

    html = revision_preview(editor, entry)

    assert '<span class="tok-k">def</span>' in html
