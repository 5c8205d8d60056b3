"""Bodies rendered for the public: what may be seen is linked, what may not leaves no trace."""

import pytest
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from pages.models import StandardPage
from pages.rendering.bodies import render_bodies, render_body_of
from pages.rendering.sections import render_home_sections
from tests.factories import entries, pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return pages.home()


def rendered(home, *blocks, **fields):
    """The body of a stored page with ``blocks``."""
    page = pages.standard(home, "Guide", body=list(blocks), **fields)
    return render_body_of(StandardPage.objects.get(pk=page.pk))


def paragraph(html):
    return ("paragraph", html)


def test_each_kind_of_block_has_its_html(home):
    body = rendered(
        home,
        ("heading", {"level": "3", "text": "Why <T>"}),
        paragraph("<p>Because.</p>"),
        ("code", {"language": "python", "code": "a < b\n", "caption": ""}),
        ("callout", {"tone": "tip", "text": "<p>Try it.</p>"}),
        ("quote", {"text": "So it is.", "attribution_name": "Ada", "attribution_role": "Editor"}),
    )

    assert [block["html"] for block in body["blocks"]] == [
        "<h3>Why &lt;T&gt;</h3>",
        "<p>Because.</p>",
        '<pre><code class="language-python">a &lt; b\n</code></pre>',
        '<div class="callout callout-tip"><p>Try it.</p></div>',
        "<figure><blockquote>So it is.</blockquote><figcaption>Ada, Editor</figcaption></figure>",
    ]
    assert body["text"] == "Why <T>\n\nBecause.\n\na < b\n\nTry it.\n\nSo it is.\nAda, Editor"


def test_code_is_kept_byte_for_byte(home):
    code = "\tif ($conn?->ok()) {\r\n    return [];  \n}\n\n"

    body = rendered(home, ("code", {"language": "php", "code": code, "caption": ""}))

    assert body["blocks"][0]["code"] == code


def test_markup_that_runs_is_removed(home):
    body = rendered(
        home,
        paragraph('<p onclick="x()">a<script>alert(1)</script><a href="javascript:x()">b</a></p>'),
        ("markdown", "<img src=x onerror=alert(1)> [c](javascript:x)"),
        ("quote", {"text": "<script>x</script>", "attribution_name": "<b>"}),
    )

    assert "<script" not in body["html"]
    assert "onclick" not in body["html"]
    assert "onerror" not in body["html"]
    assert 'href="javascript' not in body["html"]


def test_an_empty_block_leaves_nothing(home):
    body = rendered(
        home,
        paragraph(""),
        ("heading", {"level": "2", "text": " "}),
        ("code", {"language": "text", "code": "", "caption": "x"}),
        ("quote", {"text": "", "attribution_name": "Nobody"}),
    )

    assert body == {"html": "", "text": "", "blocks": []}


def test_a_link_to_a_visible_page_has_its_path(home):
    target = pages.standard(home, "Licensing")

    body = rendered(home, paragraph(f'<p><a linktype="page" id="{target.pk}">terms</a></p>'))

    assert 'href="/licensing/"' in body["html"]


@pytest.mark.parametrize("state", ["draft", "expired", "private", "below a draft"])
def test_a_link_to_a_hidden_page_is_its_text(home, state):
    if state == "private":
        target = pages.private(pages.standard(home, "Canary"))
    elif state == "below a draft":
        target = pages.standard(pages.standard(home, "Canary", live=False), "Canary child")
    else:
        fields = {"live": False} if state == "draft" else pages.expired()
        target = pages.standard(home, "Canary", **fields)

    body = rendered(home, paragraph(f'<p><a linktype="page" id="{target.pk}">terms</a></p>'))

    assert body["html"] == "<p>terms</p>"


def test_a_link_to_a_private_document_is_its_text(home):
    document = get_document_model().objects.create(
        title="Canary", file="canary.pdf", collection=pages.private_collection()
    )

    body = rendered(home, paragraph(f'<p><a linktype="document" id="{document.pk}">file</a></p>'))

    assert body["html"] == "<p>file</p>"


def test_an_image_is_shown_in_its_medium_size(home):
    image = get_image_model().objects.create(title="Chart", file=get_test_image_file())

    body = rendered(home, ("image", {"image": image, "alt": "A chart", "caption": ""}))

    assert body["blocks"][0]["type"] == "IMAGE"
    assert 'alt="A chart"' in body["html"]
    assert [one["name"] for one in body["blocks"][0]["image"]["renditions"]] == [
        "thumbnail",
        "small",
        "medium",
        "large",
    ]


def test_a_private_image_leaves_no_trace(home):
    image = get_image_model().objects.create(
        title="CANARY", file=get_test_image_file(), collection=pages.private_collection()
    )

    assert rendered(home, ("image", {"image": image, "alt": "CANARY"}))["blocks"] == []


def test_reading_never_makes_a_rendition(home):
    images = get_image_model()
    image = images.objects.create(title="Chart", file=get_test_image_file())
    image.renditions.all().delete()

    body = rendered(home, ("image", {"image": image, "alt": "A chart", "caption": ""}))

    assert body["blocks"] == []
    assert image.renditions.count() == 0


def test_an_entry_block_shows_a_published_entry(home):
    entry = entries.published(entries.debug_entry(title="Null & void"))

    body = rendered(home, ("entry", entry))

    assert body["html"] == (
        f'<p><a href="{entry.path}" data-entry="{entry.code}">Null &amp; void</a></p>'
    )


def test_an_entry_block_of_a_draft_leaves_no_trace(home):
    assert rendered(home, ("entry", entries.debug_entry(title="CANARY")))["blocks"] == []


def test_an_entry_block_shows_the_language_of_the_page(home, german):
    entry = entries.published(entries.debug_entry())
    translation = entry.copy_for_translation(german)
    translation.title = "Aufruf auf null"
    translation.save()
    entries.published(translation)

    body = rendered(home, ("entry", entry), locale=german)

    assert body["text"] == "Aufruf auf null"


def test_a_link_to_an_entry_in_markdown_follows_its_publication(home):
    entry = entries.debug_entry()
    link = ("markdown", f"[the fix](entry:{entry.code.lower()})")
    page = pages.standard(home, "Guide", body=[link])
    assert render_body_of(StandardPage.objects.get(pk=page.pk))["html"] == "<p>the fix</p>"

    entry = entries.published(entry)

    assert f'href="{entry.path}"' in render_body_of(StandardPage.objects.get(pk=page.pk))["html"]


def test_the_number_of_statements_does_not_grow_with_the_pages(home, django_assert_num_queries):
    image = get_image_model().objects.create(title="Chart", file=get_test_image_file())
    entry = entries.published(entries.debug_entry())
    target = pages.standard(home, "Licensing")
    for number in range(12):
        pages.standard(
            home,
            f"Guide {number}",
            body=[
                paragraph(f'<p><a linktype="page" id="{target.pk}">terms</a></p>'),
                ("markdown", f"[the fix](entry:{entry.code})"),
                ("image", {"image": image, "alt": "A chart", "caption": ""}),
                ("entry", entry),
            ],
        )
    found = list(StandardPage.objects.filter(slug__startswith="guide"))

    def render(some):
        return render_bodies({page.pk: ("en", page.body) for page in some})

    with django_assert_num_queries(8):
        render(found[:2])
    with django_assert_num_queries(8):
        assert len(render(found)) == 12


def test_home_sections_are_plain_data(home):
    home.sections = [
        ("status_line", {"text": "HUB_STATUS: OPERATIONAL"}),
        (
            "latest_entries",
            {
                "heading": "Questions",
                "ordinal": "V",
                "kind": "INTERVIEW_QUESTION",
                "count": 3,
                "link_label": "All",
                "link_url": "/questions/",
            },
        ),
    ]

    status, latest = render_home_sections(home.sections)

    assert status["statusLine"] == "HUB_STATUS: OPERATIONAL"
    assert latest == {
        "type": "LATEST_ENTRIES",
        "ordinal": "V",
        "eyebrow": "",
        "heading": "Questions",
        "statusLine": "",
        "text": "",
        "link": {"label": "All", "url": "/questions/"},
        "kind": "INTERVIEW_QUESTION",
        "count": 3,
    }
