"""Changes of the schema are told apart by what they do to clients."""

import io
import subprocess

import pytest
from django.core.management import CommandError, call_command

from graphql_api.breaking_changes import schema_changes
from graphql_api.management.commands import export_schema
from graphql_api.schema import printed_schema

BEFORE = """
type Query {
  kept(size: Int, shape: String @deprecated(reason: "Has no effect.")): Int
  gone: Int
  announced: Int @deprecated(reason: "Use kept.")
  level: Level
  find(by: Filter): Int
}
enum Level { LOW HIGH OLD @deprecated(reason: "Nobody used it.") }
input Filter { name: String former: String @deprecated(reason: "Use name.") }
"""
AFTER = """
type Query {
  kept(size: Int): Int
  level: Level
  find(by: Filter): Int
}
enum Level { LOW HIGH HIGHEST }
input Filter { name: String }
"""


def test_what_was_deprecated_may_go_and_nothing_else():
    changes = schema_changes(BEFORE, AFTER)

    assert changes.breaking == ("Query.gone was removed.",)
    assert changes.announced == (
        "Filter.former was removed.",
        "OLD was removed from enum type Level.",
        "Query.announced was removed.",
        "Query.kept arg shape was removed.",
    )


def test_a_new_enum_value_is_named_but_breaks_nothing():
    assert schema_changes(BEFORE, AFTER).dangerous == ("HIGHEST was added to enum type Level.",)


def test_what_is_added_goes_unnoticed():
    more = BEFORE.replace("gone: Int", "gone: Int more: Int")

    assert schema_changes(BEFORE, more).lines() == []


def test_a_required_argument_and_another_type_break_clients():
    other = BEFORE.replace("size: Int", "size: Int!").replace("gone: Int", "gone: String")

    assert schema_changes(BEFORE, other).breaking == (
        "Query.gone changed type from Int to String.",
        "Query.kept arg size has changed type from Int to Int!.",
    )


@pytest.fixture
def older(tmp_path, monkeypatch):
    """A committed definition with a root field more than there is now."""
    file = tmp_path / "schema.graphql"
    file.write_text(printed_schema().replace("type Query {", "type Query {\n  former: Int\n", 1))
    monkeypatch.setattr(export_schema, "SCHEMA_FILE", file)
    return file


def test_writing_the_schema_names_what_breaks(older):
    out = io.StringIO()
    call_command("export_schema", stdout=out)

    assert out.getvalue() == "Breaking: Query.former was removed.\nWrote schema.graphql.\n"
    assert older.read_text() == printed_schema()


def test_the_check_names_what_would_break(older):
    with pytest.raises(CommandError) as refused:
        call_command("export_schema", "--check")

    assert str(refused.value) == (
        "schema.graphql is out of date: run manage.py export_schema.\n"
        "Breaking: Query.former was removed."
    )


def test_a_comparison_fails_on_breaking_changes_and_writes_nothing(older):
    text, out = older.read_text(), io.StringIO()

    with pytest.raises(CommandError, match=r"^The schema breaks clients of "):
        call_command("export_schema", "--against", str(older), stdout=out)

    assert out.getvalue() == "Breaking: Query.former was removed.\n"
    assert older.read_text() == text


def test_a_comparison_with_the_same_schema_passes(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(printed_schema()))
    out = io.StringIO()

    call_command("export_schema", "--against", "-", stdout=out)

    assert out.getvalue() == "No client notices a difference.\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "cannot be read"), ("type Query {", "is no schema definition: Syntax Error")],
)
def test_a_comparison_with_no_definition_says_so(tmp_path, content, message):
    file = tmp_path / "other.graphql"
    if content is not None:
        file.write_text(content)

    with pytest.raises(CommandError, match=message):
        call_command("export_schema", "--against", str(file), stdout=io.StringIO())


@pytest.fixture
def repository(tmp_path, monkeypatch, older):
    """A repository whose only commit, tagged v1, has the older definition."""
    place = tmp_path / "repository"
    (place / "graphql_api").mkdir(parents=True)
    (place / "graphql_api" / "schema.graphql").write_text(older.read_text())
    name = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    for command in (("init", "-q"), ("add", "."), (*name, "commit", "-qm", "one"), ("tag", "v1")):
        subprocess.run(["git", *command], cwd=place, check=True)
    monkeypatch.setattr(export_schema, "REPOSITORY", place)


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("commit", ["v1", "HEAD"])
def test_a_commit_can_be_compared_with(commit):
    out = io.StringIO()

    with pytest.raises(CommandError) as refused:
        call_command("export_schema", "--against", commit, stdout=out)

    assert str(refused.value) == (
        f"The schema breaks clients of {commit}: deprecate first, with a reason."
    )
    assert out.getvalue() == "Breaking: Query.former was removed.\n"


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("name", ["v2", "--output=x", "no/such/file"])
def test_what_is_neither_file_nor_commit_is_refused(name):
    with pytest.raises(CommandError, match="cannot be read, as a file or as a commit"):
        call_command("export_schema", f"--against={name}", stdout=io.StringIO())
