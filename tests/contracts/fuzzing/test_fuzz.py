"""Whatever the values are, an answer is JSON with a code of the list, and never a fault."""

import json
import logging

import pytest
from django.db import transaction
from graphql import is_required_argument
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Locale

from graphql_api.errors import ErrorCode
from graphql_api.schema import schema
from tests.contracts.fuzzing.operations import operation
from tests.contracts.fuzzing.values import values
from tests.factories import entries, pages, terms

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

EXAMPLES = 40
FAULTS = {ErrorCode.INTERNAL_SERVER_ERROR, ErrorCode.SERVICE_UNAVAILABLE, ErrorCode.QUERY_TIMED_OUT}
# Words that only our side of the wire knows.
INTERNAL = ("traceback", "psycopg", "sqlite", "django.", "select ", "knowledge_", "/work/", ".py")
ROOTS = [
    (kind, name)
    for kind, type_name in (("query", "Query"), ("mutation", "Mutation"))
    for name in schema.graphql_schema.type_map[type_name].fields
]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """A little of everything that can be asked for, made once for all tests of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        Locale.objects.get_or_create(language_code="de")
        technology = terms.technology("fastapi")
        terms.topic("http")
        terms.role()
        for make in entries.ALL_KINDS:
            entries.published(make(technology=technology))
        pages.standard(pages.home())
        pages.quote()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def quiet(caplog):
    """Thousands of log lines would hide the one value that matters."""
    caplog.set_level(logging.CRITICAL, "lamplight.graphql")


@pytest.mark.parametrize(("kind", "name"), ROOTS)
def test_hostile_values_are_answered_with_data_or_a_code(world, client, kind, name):
    root = schema.graphql_schema.type_map["Query" if kind == "query" else "Mutation"]
    field = root.fields[name]
    text = operation(kind, name, field)
    required = {key: one for key, one in field.args.items() if is_required_argument(one)}
    optional = {key: one for key, one in field.args.items() if key not in required}
    variables = st.fixed_dictionaries(
        {key: values(argument.type) for key, argument in required.items()},
        optional={key: values(argument.type) for key, argument in optional.items()},
    )

    @settings(
        max_examples=EXAMPLES if field.args else 1,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(variables=variables)
    def ask(variables):
        response = client.post(
            "/graphql",
            json.dumps({"query": text, "variables": variables}),
            "application/json",
            headers={"accept": "application/graphql-response+json"},
        )
        answer = response.json()
        assert response.status_code in (200, 400, 413, 429), answer
        codes = {error["extensions"]["code"] for error in answer.get("errors", ())}
        assert codes <= set(ErrorCode)
        assert not codes & FAULTS
        assert codes or answer["data"] is not None
        messages = " ".join(error["message"] for error in answer.get("errors", ())).lower()
        assert [word for word in INTERNAL if word in messages] == []

    ask()
