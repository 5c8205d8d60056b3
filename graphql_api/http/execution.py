"""Running one validated operation, in the time it is given.

Root fields that the operation's plan covers are answered by it; graphql-core answers the
others, and those on which the plan gives up.

Invariant: field errors end up in the result; only ``Refused`` (nothing ran) and
``DeadlinePassed`` (the time was over) leave this module as exceptions.
"""

from typing import Any

from graphql import (
    ExecutionContext,
    ExecutionResult,
    FieldNode,
    GraphQLError,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
)
from graphql.execution.execute import assume_not_awaitable
from graphql.pyutils import Path

from cms.configured import configured
from graphql_api.caching import tags
from graphql_api.context import RequestContext
from graphql_api.errors import ErrorCode
from graphql_api.http import masking, refusals
from graphql_api.http.cost import operation_cost
from graphql_api.http.deadline import Deadline, DeadlinePassed, statements_within
from graphql_api.http.documents import ParsedDocument
from graphql_api.http.parameters import Parameters
from graphql_api.plan.operations import Plan, plan_for
from graphql_api.plan.running import Run


class TimedExecution(ExecutionContext):
    """The executor of graphql-core, looking at the clock before each field."""

    deadline: Deadline
    plan: Plan | None = None
    run: Run

    def execute_field(
        self,
        parent_type: GraphQLObjectType,
        source: Any,
        field_nodes: list[FieldNode],
        path: Path,
    ) -> Any:
        self.deadline.check()
        if path.prev is None:
            tags.note_root(field_nodes[0].name.value)
            if self.plan is not None and (root := self.plan.root(path.key)) is not None:
                try:
                    return root(self.run)
                except Exception:  # noqa: BLE001 - graphql-core turns what fails into errors
                    self.run.given_up.append(str(path.key))
        return super().execute_field(parent_type, source, field_nodes, path)


def execute_operation(
    parsed: ParsedDocument,
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    parameters: Parameters,
    context: RequestContext,
    deadline: Deadline,
) -> ExecutionResult:
    """Coerce the variables, price the operation, run it.

    The result's ``extensions`` report the cost. Raises ``Refused`` or ``DeadlinePassed``.
    """
    if schema.get_root_type(operation.operation) is None:
        raise refusals.invalid(
            [GraphQLError(f"The schema has no {operation.operation.value} operations.")],
            ErrorCode.OPERATION_RESOLUTION_FAILURE,
        )
    execution = TimedExecution.build(
        schema,
        parsed.document,
        None,
        context,
        parameters.variables,
        parameters.operation_name,
        max_coercion_errors=max(configured.GRAPHQL_MAX_ERRORS - 1, 1),
        is_awaitable=assume_not_awaitable,
        hide_suggestions=not configured.GRAPHQL_SUGGESTIONS,
    )
    if isinstance(execution, list):
        raise refusals.invalid(execution, ErrorCode.BAD_USER_INPUT)
    assert isinstance(execution, TimedExecution)  # noqa: S101 - narrows the type for mypy
    cost = operation_cost(parsed, schema, operation, execution.variable_values)
    execution.deadline = deadline
    if configured.GRAPHQL_PLANS:
        execution.plan = plan_for(parsed, schema, operation, execution.variable_values)
    execution.run = Run(context, deadline, execution.variable_values)
    errors = execution.collected_errors
    data: Any = None
    with statements_within(deadline):
        try:
            data = execution.execute_operation(operation, None)
        except GraphQLError as error:
            errors.add(error, None)
        except DeadlinePassed:
            # Waiting for a lost database takes time too: say which of the two it was.
            if not any(masking.is_unavailable(error) for error in errors.errors):
                raise
    result = execution.build_response(data, errors.errors)
    result.extensions = extensions(cost)
    return result


def extensions(cost: int) -> dict[str, Any]:
    """What an answer says beside its data."""
    return {"cost": {"requested": cost, "maximum": configured.GRAPHQL_MAX_COST}}
