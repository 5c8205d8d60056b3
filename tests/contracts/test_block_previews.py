"""Every block an editor may choose is shown before it is inserted, and looks like the content."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField

from knowledge.models import DebugEntry, InterviewQuestion, SecurityTopic
from pages.models import HomePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def preview(client):
    """``preview(block)``: what the admin's frame shows of it."""
    client.force_login(get_user_model().objects.create_superuser("root", "r@hub.example", "x"))

    def show(block: Block) -> str:
        response = client.get(
            reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix}
        )
        assert response.status_code == 200
        return re.search("<main>(.*)</main>", response.content.decode(), re.DOTALL)[1]

    return show


def chosen_blocks(block: Block, path: str) -> Iterator[tuple[str, Block]]:
    """Everything the choosers inside ``block`` offer, with the path that leads there."""
    if isinstance(block, ListBlock):
        yield from chosen_blocks(block.child_block, path)
    if isinstance(block, StreamBlock | StructBlock):
        for name, child in block.child_blocks.items():
            if isinstance(block, StreamBlock):
                yield f"{path}.{name}", child
            yield from chosen_blocks(child, f"{path}.{name}")


def all_chosen_blocks() -> list[tuple[str, Block]]:
    return [
        found
        for label in ("knowledge", "pages")
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, StreamField)
        for found in chosen_blocks(field.stream_block, f"{model.__name__}.{field.name}")
    ]


def block_of(model, field: str, name: str) -> Block:
    return model._meta.get_field(field).stream_block.child_blocks[name]


def test_every_chooser_offers_previews_with_a_description():
    found = all_chosen_blocks()

    assert "InterviewQuestion.sections.deep_dive.code" in dict(found)
    assert "HomePage.sections.hero" in dict(found)
    assert [path for path, block in found if not block.is_previewable] == []
    assert [path for path, block in found if not block.get_description()] == []


def test_no_preview_is_empty(preview):
    shown = {path: preview(block) for path, block in all_chosen_blocks()}

    assert [path for path, html in shown.items() if not strip_tags(html).strip()] == []


def test_a_section_shows_its_heading_and_a_text_of_its_sort(preview):
    html = preview(block_of(InterviewQuestion, "sections", "real_world_example"))

    assert "<h2>Real-world example</h2>" in html
    assert "A shop charged 312 customers twice" in html


def test_code_is_highlighted_as_it_is_for_readers(preview):
    body = block_of(InterviewQuestion, "sections", "deep_dive")

    assert '<span class="tok-k">async</span>' in preview(body.child_blocks["code"])


def test_a_table_has_its_heading_row(preview):
    body = block_of(InterviewQuestion, "sections", "deep_dive")

    assert "<th>Isolation level</th>" in preview(body.child_blocks["table"])


def test_a_fix_step_shows_platform_instruction_and_command(preview):
    html = preview(block_of(DebugEntry, "fix_steps", "step"))

    assert "<small>Linux</small> <small>temporary</small>" in html
    assert "<p>Raise the limit and start again.</p>" in html
    assert "sysctl -w fs.inotify.max_user_watches=524288" in strip_tags(html)


def test_an_identifier_shows_an_example(preview):
    assert "<code>CWE-89</code>" in preview(block_of(SecurityTopic, "identifiers", "cwe"))


def test_a_section_of_the_home_page_is_shown_as_its_preview_shows_it(preview):
    html = preview(block_of(HomePage, "sections", "latest_entries"))

    assert "<h2>New this week</h2>" in html
    assert "6 newest entries, read when the page is delivered (DEBUG_ENTRY)" in html


def test_the_form_tells_the_chooser_that_there_are_previews(client):
    client.force_login(get_user_model().objects.create_superuser("root", "r@hub.example", "x"))
    html = client.get("/admin/snippets/knowledge/interviewquestion/add/").content.decode()

    assert "&quot;isPreviewable&quot;: true" in html
