"""The clients that front ends are built with, unchanged, against a running server."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from gql import Client, GraphQLRequest, gql
from gql.transport.exceptions import TransportQueryError
from gql.transport.requests import RequestsHTTPTransport

from tests.contracts.conftest import CLIENTS
from tests.support.running_server import REPOSITORY

pytestmark = [pytest.mark.server, pytest.mark.slow]

SCHEMA = REPOSITORY / "graphql_api/schema.graphql"


def run(*command: str, folder: Path = CLIENTS, seconds: float = 60, **environment: str) -> str:
    """What the command prints; fails with what it complains about."""
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", **environment},
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def apollo(node_with_clients, demo_server):
    return json.loads(run(node_with_clients, "apollo.mjs", demo_server.graphql))


@pytest.fixture(scope="module")
def urql(node_with_clients, demo_server):
    return json.loads(run(node_with_clients, "urql.mjs", demo_server.graphql))


def test_apollo_merges_pages_as_of_relay(apollo):
    pages = apollo["pages"]

    assert len(pages["first"]) == 3
    assert pages["merged"][:3] == pages["first"]
    assert len(set(pages["merged"])) == 6
    assert pages["merged"] == sorted(pages["merged"])


def test_apollo_finds_an_entry_in_its_cache_under_the_id_that_node_takes(apollo):
    assert apollo["normalised"] == {"cached": True, "same": True}


def test_apollo_teaches_an_operation_once_and_then_names_it(apollo):
    assert apollo["persisted"] == {"learnt": ["GET", "POST"], "known": ["GET"], "same": True}


def test_apollo_tells_refusals_from_broken_connections(apollo):
    assert apollo["errors"] == {
        "invalid": ["GRAPHQL_VALIDATION_FAILED"],
        "tooLarge": ["PAGE_SIZE_TOO_LARGE"],
    }


def test_urql_reads_every_question_by_cursor(urql):
    read = urql["everyQuestion"]

    assert read["read"] == read["distinct"] == read["total"] >= 30


def test_urql_asks_by_get_and_long_ones_by_post(urql):
    assert urql["methods"] == {"short": ["GET"], "long": ["POST"], "longError": None}


def test_urql_teaches_an_operation_once_and_then_names_it(urql):
    assert urql["persisted"] == {"learnt": ["GET", "GET"], "known": ["GET"], "error": None}


def test_urql_tells_refusals_from_broken_connections(urql):
    assert urql["errors"] == {"data": None, "codes": ["PAGE_SIZE_TOO_LARGE"], "network": None}


@pytest.fixture(scope="module")
def relay(node_with_clients, tmp_path_factory):
    """The folder of the Relay page after its compiler has accepted our schema."""
    folder = tmp_path_factory.mktemp("relay") / "relay"
    shutil.copytree(CLIENTS / "relay", folder)
    shutil.copyfile(SCHEMA, folder / "schema.graphql")
    (folder / "__generated__").mkdir()
    (folder / "node_modules").symlink_to(CLIENTS / "node_modules")
    compiler = "node_modules/relay-compiler/cli.js"
    run(node_with_clients, compiler, "relay.config.json", folder=folder)
    return folder


def test_relay_compiles_a_pagination_container_and_a_refetchable_row(relay):
    names = {file.name.removesuffix(".graphql.js") for file in (relay / "__generated__").iterdir()}

    assert names == {
        "operationsListQuery",
        "operationsList_query",
        "operationsListPaginationQuery",
        "operationsQuestion_question",
        "operationsQuestionRefetchQuery",
    }


def test_relay_shows_the_next_page_and_refetches_a_row_by_node(
    node_with_clients, relay, demo_server
):
    shown = json.loads(run(node_with_clients, "run.js", demo_server.graphql, folder=relay))

    assert shown["asked"] == [
        "operationsListQuery",
        "operationsListPaginationQuery",
        "operationsQuestionRefetchQuery",
    ]
    assert len(shown["first"]["codes"]) == 2
    assert shown["second"]["codes"][:2] == shown["first"]["codes"]
    assert len(set(shown["second"]["codes"])) == shown["items"] == 5
    assert shown["answered"] is True


def test_codegen_types_our_schema_and_the_typed_example_runs(
    node_with_clients, demo_server, tmp_path
):
    example = tmp_path / "frontend_examples/typescript"
    shutil.copytree(REPOSITORY / "frontend_examples/typescript", example)
    (tmp_path / "graphql_api").mkdir()
    shutil.copyfile(SCHEMA, tmp_path / "graphql_api/schema.graphql")
    (example / "node_modules").symlink_to(CLIENTS / "node_modules")

    run("node_modules/.bin/graphql-codegen", "--config", "codegen.json", folder=example)
    run("node_modules/.bin/tsc", folder=example)
    said = run(
        node_with_clients, "dist/questions.js", folder=example, LAMPLIGHT_URL=demo_server.graphql
    ).splitlines()

    assert said[-1] == "A page of 1000 is refused: PAGE_SIZE_TOO_LARGE"
    assert len(said) >= 6
    assert all(re.match(r"[A-Z0-9]+-SR-\d{3}  \d+/10  \S", line) for line in said[:-1])


@pytest.fixture
def gql_session(demo_server):
    """Python's gql, with the schema that the server tells of itself."""
    transport = RequestsHTTPTransport(url=demo_server.graphql, timeout=30)
    with Client(transport=transport, fetch_schema_from_transport=True) as session:
        yield session


def test_gql_checks_an_operation_against_our_introspection(gql_session):
    document = "query ($first: Int) { debugEntries(first: $first) { nodes { code } } }"
    operation = GraphQLRequest(document, variable_values={"first": 3})

    found = gql_session.execute(operation)

    assert len(found["debugEntries"]["nodes"]) == 3


def test_gql_refuses_what_our_schema_does_not_have(gql_session):
    with pytest.raises(Exception, match="Cannot query field 'nothing'"):
        gql_session.execute(gql("{ nothing }"))


def test_gql_hands_on_the_code_of_an_error(gql_session):
    with pytest.raises(TransportQueryError) as refused:
        gql_session.execute(gql("{ debugEntries(first: 1000) { totalCount } }"))

    assert refused.value.errors[0]["extensions"]["code"] == "PAGE_SIZE_TOO_LARGE"
