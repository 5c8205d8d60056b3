"""The three forms of a body come from one source, and code keeps its bytes."""

import pytest

from knowledge.models import InterviewQuestion
from knowledge.rendering.body import render_body
from knowledge.rendering.links import RenderingContext

CODE = "$conn = ?self::$instance;\n$x = [];\n\t'a' => <T>  \n"


def rendered(*blocks):
    entry = InterviewQuestion(sections=[("deep_dive", list(blocks))])
    return render_body(entry.sections[0].value, RenderingContext(locale="en"))


@pytest.mark.django_db
def test_code_survives_byte_for_byte():
    block = rendered(("code", {"language": "php", "code": CODE}))["blocks"][0]

    assert block["code"] == CODE
    assert block["language"] == "php"
    assert block["markdown"] == f"```php\n{CODE}```"


@pytest.mark.django_db
def test_code_is_escaped_in_html():
    html = rendered(("code", {"language": "php", "code": "<T> & '$x'"}))["html"]

    assert html == "<pre><code class=\"language-php\">&lt;T&gt; &amp; '$x'</code></pre>"


@pytest.mark.django_db
def test_code_with_backticks_gets_a_longer_fence():
    markdown = rendered(("code", {"language": "text", "code": "```\nx\n```"}))["markdown"]

    assert markdown == "````\n```\nx\n```\n````"


@pytest.mark.django_db
def test_rich_text_becomes_markdown_and_text():
    source = "<p>Use <b>one</b> <code>Depends()</code> &lt;T&gt;</p><ul><li>a</li><li>b</li></ul>"
    body = rendered(("paragraph", source))

    assert body["markdown"] == "Use **one** `Depends()` \\<T>\n\n- a\n- b"
    assert body["text"] == "Use one Depends() <T>\na\nb"


@pytest.mark.django_db
def test_markdown_is_delivered_as_written_and_rendered():
    body = rendered(("markdown", "# Title\n\nsome *text*\n\n```js\nlet a = '<b>';\n```"))

    assert body["markdown"] == "# Title\n\nsome *text*\n\n```js\nlet a = '<b>';\n```"
    assert body["html"] == (
        "<h3>Title</h3>\n<p>some <em>text</em></p>\n"
        "<pre><code class=\"language-js\">let a = '&lt;b&gt;';\n</code></pre>"
    )
    assert body["text"] == "Title\nsome text\nlet a = '<b>';"


@pytest.mark.django_db
def test_raw_html_in_markdown_is_cut_down():
    html = rendered(("markdown", "a <kbd>x</kbd> <script>alert(1)</script> <b onclick=x>y</b>"))[
        "html"
    ]

    assert html == "<p>a <kbd>x</kbd>  <b>y</b></p>"


@pytest.mark.django_db
def test_a_table_in_all_forms():
    value = {
        "data": [["Name", "Cost"], ["a|b", "1"]],
        "first_row_is_table_header": True,
        "table_caption": "Costs",
    }
    block = rendered(("table", value))["blocks"][0]

    assert block["headers"] == ["Name", "Cost"]
    assert block["rows"] == [["a|b", "1"]]
    assert block["markdown"] == "| Name | Cost |\n| --- | --- |\n| a\\|b | 1 |"
    assert block["text"] == "Costs\nName\tCost\na|b\t1"


@pytest.mark.django_db
def test_a_callout_says_its_tone():
    block = rendered(("callout", {"tone": "warning", "text": "<p>Mind the gap</p>"}))["blocks"][0]

    assert block["tone"] == "WARNING"
    assert block["markdown"] == "> [!WARNING]\n> Mind the gap"
    assert block["html"] == '<div class="callout callout-warning"><p>Mind the gap</p></div>'


@pytest.mark.django_db
def test_empty_blocks_leave_nothing():
    body = rendered(("paragraph", "<p></p>"), ("code", {"language": "text", "code": " \n"}))

    assert body == {"html": "", "markdown": "", "text": "", "blocks": []}


@pytest.mark.django_db
def test_relative_links_of_an_imported_text_lead_to_its_source():
    entry = InterviewQuestion(sections=[("deep_dive", [("markdown", "[x](other.md)")])])
    context = RenderingContext(locale="en", base_url="https://example.org/docs/page.md")

    html = render_body(entry.sections[0].value, context)["html"]

    assert 'href="https://example.org/docs/other.md"' in html


@pytest.mark.django_db
@pytest.mark.parametrize("target", ["javascript:alert(1)", "JAVASCRIPT:x", "vbscript:x", "data:x"])
def test_a_link_with_a_foreign_scheme_is_its_text(target):
    assert rendered(("paragraph", f'<p><a href="{target}">x</a></p>'))["html"] == "<p>x</p>"


@pytest.mark.django_db
def test_an_entry_link_in_fenced_code_is_left_alone():
    source = "[a](entry:DB-001)\n\n```\n[a](entry:DB-001)\n```"

    assert rendered(("markdown", source))["markdown"] == "a\n\n```\n[a](entry:DB-001)\n```"
