"""The generated parts of the API's document are replaced, the rest is kept."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from graphql_api.reference import document

PAGE = "# Title\n\n{}\n\nThe end.\n".format(
    "\n\n".join(
        f"Before.\n<!-- {name}: begin -->\nold\n<!-- {name}: end -->" for name in document.PARTS
    )
)


@pytest.fixture
def page(tmp_path, monkeypatch):
    """A document with outdated parts."""
    file = tmp_path / "graphql-api.md"
    file.write_text(PAGE)
    monkeypatch.setattr(document, "DOCUMENT", file)
    return file


def test_what_people_wrote_stays(page):
    call_command("export_reference", stdout=StringIO())
    text = page.read_text()

    assert text.startswith("# Title\n\nBefore.\n<!-- queries: begin -->\nArguments that many")
    assert text.count("Before.") == len(document.PARTS)
    assert "\nold\n" not in text
    assert text.endswith("<!-- examples: end -->\n\nThe end.\n")


def test_renewing_twice_changes_nothing(page):
    once = document.renewed(PAGE)

    assert document.renewed(once) == once


def test_the_check_fails_on_an_outdated_document_and_writes_nothing(page):
    with pytest.raises(CommandError, match=r"is out of date: run manage.py export_reference"):
        call_command("export_reference", "--check")

    assert page.read_text() == PAGE


def test_a_part_without_marks_is_named(page):
    page.write_text(PAGE.replace("<!-- settings: begin -->", ""))

    with pytest.raises(CommandError, match="needs its marks once; look at: settings"):
        call_command("export_reference")
