"""Running operations against the schema itself, without HTTP."""

from typing import Any

from graphql import ExecutionResult

from graphql_api.context import RequestContext
from graphql_api.errors import ApiError
from graphql_api.schema import schema


def execute(query: str, **variables: Any) -> ExecutionResult:
    """The result of ``query``, errors included."""
    return schema.execute(query, variable_values=variables, context_value=RequestContext())


def data(query: str, **variables: Any) -> dict[str, Any]:
    """The data of ``query``, which must succeed."""
    result = execute(query, **variables)
    assert result.errors is None, result.errors
    return result.data


def refusal(query: str, **variables: Any) -> tuple[str, str]:
    """Code and message of the one error that ``query`` answers with."""
    result = execute(query, **variables)
    assert result.errors is not None
    assert len(result.errors) == 1
    error = result.errors[0].original_error
    assert isinstance(error, ApiError), result.errors
    return error.code.value, error.message
