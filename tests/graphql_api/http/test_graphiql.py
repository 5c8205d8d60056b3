"""The page in a browser: only where it is on, and without other hosts."""

import re

import pytest
from django.contrib.staticfiles import finders
from graphql import parse

from graphql_api.http import graphiql

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def test_a_browser_gets_the_page_where_it_is_on(client, settings):
    settings.GRAPHQL_GRAPHIQL = True

    response = client.get("/graphql", headers={"accept": BROWSER})

    assert response.status_code == 200
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert response["Vary"] == "Accept"
    assert "default-src 'none'; script-src 'self'" in response["Content-Security-Policy"]
    assert not response.cookies


def test_the_page_names_only_files_of_ours(client, settings):
    settings.GRAPHQL_GRAPHIQL = True

    html = client.get("/graphql", headers={"accept": BROWSER}).content.decode()

    files = re.findall(r'(?:src|href)="([^"]+)"', html)
    assets = [name for name in files if name != "data:,"]
    assert len(assets) == 6
    assert all(finders.find(name.removeprefix("/static/")) for name in assets)


@pytest.mark.django_db
def test_a_browser_gets_json_where_it_is_off(client):
    response = client.get("/graphql", headers={"accept": BROWSER})

    assert response.status_code == 400
    assert response["Content-Type"] == "application/json; charset=utf-8"


@pytest.mark.django_db
def test_a_program_gets_json_where_it_is_on(client, settings):
    settings.GRAPHQL_GRAPHIQL = True

    response = client.get("/graphql", {"query": "{ greeting }"}, headers={"accept": "*/*"})

    assert response.json()["data"] == {"greeting": "Hello, you"}


@pytest.mark.django_db
@pytest.mark.parametrize("name", graphiql.examples())
def test_every_example_runs_on_the_schema(post, settings, name):
    settings.GRAPHQL_SCHEMA = "graphql_api.schema.schema"

    response = post(graphiql.examples()[name])

    assert response.status_code == 200
    assert "errors" not in response.json()


def test_every_example_is_one_named_operation():
    operations = [parse(text).definitions for text in graphiql.examples().values()]

    assert operations
    assert all(len(definitions) == 1 and definitions[0].name for definitions in operations)
