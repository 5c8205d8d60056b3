"""The committed schema definition is the schema, and tells what everything in it means."""

import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    build_schema,
    get_introspection_query,
    graphql_sync,
    validate_schema,
)

from graphql_api.management.commands import export_schema
from graphql_api.schema import printed_schema, schema

TYPES = {
    name: found
    for name, found in schema.graphql_schema.type_map.items()
    if not name.startswith("__") and name not in {"String", "Int", "Float", "Boolean", "ID"}
}


def test_the_committed_schema_is_up_to_date():
    assert export_schema.SCHEMA_FILE.read_text(encoding="utf-8") == printed_schema()


def test_the_printed_schema_is_the_same_in_every_process():
    script = (
        "import django; django.setup();"
        "from graphql_api.schema import printed_schema; print(printed_schema(), end='')"
    )
    other = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert other.stdout == printed_schema()


def test_the_printed_schema_is_valid():
    assert validate_schema(build_schema(printed_schema())) == []


def test_introspection_answers():
    result = graphql_sync(schema.graphql_schema, get_introspection_query())

    assert result.errors is None


def test_the_check_passes_on_the_committed_schema():
    out = StringIO()
    call_command("export_schema", "--check", stdout=out)

    assert out.getvalue() == "schema.graphql is up to date.\n"


def test_the_check_names_what_to_do_about_another_schema(tmp_path, monkeypatch):
    outdated = tmp_path / "schema.graphql"
    outdated.write_text("type Query { old: Int }\n")
    monkeypatch.setattr(export_schema, "SCHEMA_FILE", outdated)

    with pytest.raises(CommandError, match=r"out of date: run manage.py export_schema"):
        call_command("export_schema", "--check")

    call_command("export_schema", stdout=StringIO())
    assert outdated.read_text() == printed_schema()


def descriptions():
    for name, found in TYPES.items():
        yield name, found.description
        if isinstance(found, GraphQLEnumType):
            for value, member in found.values.items():
                yield f"{name}.{value}", member.description
        if isinstance(found, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for field_name, field in found.fields.items():
                yield f"{name}.{field_name}", field.description
                for argument, given in getattr(field, "args", {}).items():
                    yield f"{name}.{field_name}({argument}:)", given.description


def test_everything_in_the_schema_is_described():
    assert [where for where, text in descriptions() if not (text or "").strip()] == []


def test_nothing_of_the_authoring_side_is_in_the_schema():
    names = {name.lower() for name, _ in descriptions()}
    internal = ("draft", "owner", "golive", "expireat", "locked", "rawvalue", "revision")
    internal += ("filehash",)

    assert [name for name in sorted(names) for word in internal if word in name] == []


def test_scalars_say_where_they_are_specified():
    assert '@specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc3339")' in printed_schema()
