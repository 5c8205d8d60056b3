"""The operations of the examples: valid, within the limits, and all that is answered where
only trusted ones are."""

import hashlib
import json
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from graphql import OperationDefinitionNode, parse, print_ast, validate

from graphql_api.schema import schema
from tests.factories import entries, pages

FILES = sorted(Path(django_settings.GRAPHQL_TRUSTED_DOCUMENTS).glob("*.graphql"))
VARIABLES = {
    "question": {"slug": "asked"},
    "error": {"slug": "broken"},
    "error_lookup": {"trace": "Fatal error: Uncaught Error: boom on null"},
    "search": {"query": "dependency"},
    "learning_path": {"slug": "way"},
    "page": {"path": "/about/"},
    "question_list": {"filter": {"technology": {"eq": "fastapi"}, "level": {"in": ["MID"]}}},
}


def named(function):
    return pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)(function)


def test_there_are_some():
    assert len(FILES) >= 12


@named
def test_each_file_is_one_named_operation_of_the_schema(file):
    document = parse(file.read_text())

    operations = [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]
    assert [operation.name is not None for operation in operations] == [True]
    assert validate(schema.graphql_schema, document) == []


@named
@pytest.mark.django_db
def test_each_operation_finds_something_where_only_trusted_ones_are_answered(
    file, client, settings
):
    settings.GRAPHQL_TRUSTED_DOCUMENTS_ONLY = True
    entries.published(entries.question(slug="asked"))
    entries.published(entries.debug_entry(slug="broken"))
    entries.published(entries.learning_path(slug="way"))
    pages.standard(pages.home(), "About")
    # As build tools send it: printed, and by its name alone.
    text = print_ast(parse(file.read_text()))
    digest = hashlib.sha256(text.encode()).hexdigest()
    body = {"documentId": f"sha256:{digest}", "variables": VARIABLES.get(file.stem, {})}

    response = client.post("/graphql", json.dumps(body), "application/json")

    answer = response.json()
    assert (response.status_code, answer.get("errors")) == (200, None)
    assert any(answer["data"].values())
