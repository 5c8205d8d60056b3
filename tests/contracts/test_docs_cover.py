"""docs/graphql-api.md names everything that the endpoint has, and nothing of it is outdated."""

import re
from io import StringIO

import pytest
from django.core.management import call_command

from graphql_api.errors import ErrorCode
from graphql_api.http import cors
from graphql_api.reference import document, settings
from graphql_api.schema import schema

TEXT = document.DOCUMENT.read_text(encoding="utf-8")
# What Apollo's tools send; it changes nothing.
IGNORED = {"Content-Type", "X-Apollo-Operation-Name"}


def test_the_generated_parts_are_up_to_date():
    out = StringIO()
    call_command("export_reference", "--check", stdout=out)

    assert out.getvalue() == "graphql-api.md is up to date.\n"


@pytest.mark.parametrize("code", list(ErrorCode))
def test_every_error_code_has_a_row(code):
    assert f"\n| `{code.value}` | " in TEXT


@pytest.mark.parametrize("name", [name for name, _ in settings.environment()])
def test_every_setting_has_a_row(name):
    assert f"\n| `{name}` | " in TEXT


@pytest.mark.parametrize("root", ["Query", "Mutation"])
def test_every_root_field_and_argument_is_described(root):
    for name, field in schema.graphql_schema.type_map[root].fields.items():
        found = re.search(rf"^#### `{name}`: .*?(?=^#|\Z|^<!--)", TEXT, re.M | re.S)
        assert found, name
        missing = [key for key in field.args if not re.search(rf"`{key}[:`]", found[0])]
        assert missing == [], name


@pytest.mark.parametrize("listed", [cors.ALLOWED_HEADERS, cors.EXPOSED_HEADERS])
def test_every_header_is_described(listed):
    names = {name for name in listed.split(", ") if not name.startswith("Apollo")} - IGNORED

    assert [name for name in sorted(names) if f"`{name}`" not in TEXT] == []
