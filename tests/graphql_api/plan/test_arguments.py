"""Arguments of root fields are bound as graphql-core binds them."""

from graphql import FieldNode, GraphQLError, OperationDefinitionNode, parse
from graphql.execution.values import get_argument_values, get_variable_values
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graphql_api.plan.arguments import binder
from graphql_api.plan.giving_up import GivenUp
from tests.graphql_api.plan.comparing import QUIET
from tests.graphql_api.plan.running import schema
from tests.graphql_api.plan.strategies import LEFT_OUT, MAX_DEPTH, Writer
from tests.graphql_api.plan.values import Chooser
from tests.graphql_api.plan.world import LISTS, OTHER_LISTS, Known

QUERY = schema.query_type
FIELDS = [name for name, field in QUERY.fields.items() if field.args and name not in LEFT_OUT]
KNOWN = Known(
    codes=["DB-001"],
    slugs=["slug"],
    ids={"InterviewQuestion": ["SW50ZXJ2aWV3UXVlc3Rpb246MQ"]},
    terms=["php"],
    facets=["CWE-89"],
    moments=["2026-01-31T09:30:00Z"],
    paths=["/"],
    words=["word"],
    cursors={name: [(None, "W10")] for name in (*LISTS, *OTHER_LISTS)},
)


@st.composite
def asked(draw):
    """One root field with arguments, and values for the variables in them."""
    writer = Writer(schema, KNOWN, Chooser(draw))
    name = writer.choose.one_of(FIELDS)
    body = writer.field(QUERY, name, MAX_DEPTH)
    declared = ", ".join(
        f"${one.name}: {one.type}" + (f" = {one.default}" if one.default else "")
        for one in writer.declared
    )
    head = f"query ({declared})" if declared else "query"
    fragments = [
        f"fragment {key} on {on} {{ {text} }}" for key, (on, _, text) in writer.fragments.items()
    ]
    return "\n".join([f"{head} {{ {body} }}", *fragments]), writer.assignment()


def outcome(bind):
    try:
        return bind()
    except (GivenUp, GraphQLError):
        return "refused"


@settings(max_examples=500, derandomize=True, **QUIET)
@given(asked())
def test_arguments_are_bound_alike(given_):
    text, values = given_
    operation = parse(text).definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    variables = get_variable_values(schema, operation.variable_definitions, values)
    assume(isinstance(variables, dict))
    (node,) = operation.selection_set.selections
    assert isinstance(node, FieldNode)
    definition = QUERY.fields[node.name.value]

    expected = outcome(lambda: get_argument_values(definition, node, variables))
    found = outcome(lambda: binder(definition, node)(variables))

    assert found == expected
