"""Markdown becomes blocks and short rich text without losing a word."""

import pytest

from knowledge.importing.markdown import (
    body_blocks,
    first_paragraph,
    is_one_paragraph,
    plain_title,
    rich_text,
)


def test_fenced_code_is_a_block_of_its_own():
    source = "Before.\n\n```php\n$conn = null; // <T> => ?self []\n```\n\nAfter."

    assert body_blocks(source) == [
        ("markdown", "Before."),
        ("code", {"language": "php", "code": "$conn = null; // <T> => ?self []", "caption": ""}),
        ("markdown", "After."),
    ]


def test_code_keeps_its_indentation_and_blank_lines():
    source = "```py title=x\n\ndef f():\n    return 1\n\n\n```"

    code = body_blocks(source)[0][1]

    assert code["code"] == "\ndef f():\n    return 1\n\n"
    assert code["language"] == "python"


def test_code_inside_a_list_stays_in_the_list():
    source = "1. First\n\n   ```js\n   a()\n   ```\n2. Second"

    assert body_blocks(source) == [("markdown", source)]


def test_code_inside_details_stays_with_its_summary():
    source = "<details>\n<summary>More</summary>\n\n```js\na()\n```\n\n</details>"

    assert body_blocks(source) == [("markdown", source)]


def test_text_with_link_definitions_is_not_cut():
    source = "See [it][1].\n\n```js\na()\n```\n\n[1]: https://example.org"

    assert body_blocks(source) == [("markdown", source)]


def test_a_github_callout_is_a_callout():
    source = "> [!WARNING]\n> Never on `main`."

    value = {"tone": "warning", "text": "<p>Never on <code>main</code>.</p>"}
    assert body_blocks(source) == [("callout", value)]


def test_a_callout_with_a_list_stays_markdown():
    source = "> [!NOTE]\n> - one\n> - two"

    assert body_blocks(source) == [("markdown", source)]


def test_an_ordinary_quotation_stays_markdown():
    assert body_blocks("> Quoted.") == [("markdown", "> Quoted.")]


def test_nothing_gives_no_block():
    assert body_blocks("\n \n") == []


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("**a** _b_ `c`", "<p><b>a</b> <i>b</i> <code>c</code></p>"),
        ("[a](entry:DB-001)", '<p><a href="entry:DB-001">a</a></p>'),
        (
            "[a](https://example.org/?x=1&y=2)",
            '<p><a href="https://example.org/?x=1&amp;y=2">a</a></p>',
        ),
        ('<a href="javascript:alert(1)">a</a>', "<p>a</p>"),
        ("# Heading\n\n- one\n- two", "<p>Heading</p><p>one</p><p>two</p>"),
        ("```js\na < b\nc\n```", "<p><code>a &lt; b<br/>c</code></p>"),
        ("![alt text](x.png)", "<p>alt text</p>"),
        ("<script>alert(1)</script>", ""),
        ("one\n\ntwo", "<p>one</p><p>two</p>"),
        ("  \n", ""),
    ],
)
def test_short_text_keeps_what_its_editor_offers(source, html):
    assert rich_text(source) == html


def test_the_first_paragraph_skips_headings_and_lists():
    assert first_paragraph("### Cases\n\n- a\n\nThe **point**.\n\nMore.") == "The **point**."


def test_one_paragraph_is_told_from_more():
    assert is_one_paragraph("A sentence with `code`.")
    assert not is_one_paragraph("A sentence.\n\nAnother.")
    assert not is_one_paragraph("- item")


def test_titles_lose_tags_but_not_type_parameters():
    assert plain_title('<img src="x" alt="Logo" /> MDN -  Basics') == "MDN - Basics"
    assert plain_title("List<T> and `dict`") == "List<T> and `dict`"
