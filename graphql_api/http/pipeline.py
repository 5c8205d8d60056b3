"""From an HTTP request to the payload of its answer: read, parse, limit, validate, execute.

Invariant: each step costs no more than the step before it has allowed: bytes are limited
before JSON is read, tokens before the tree is built, the tree before it is validated, the
cost before anything runs.
"""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.utils.module_loading import import_string
from graphql import ExecutionResult, GraphQLSchema, OperationDefinitionNode, OperationType

from cms.configured import configured
from cms.publishing.scope import scoped
from graphql_api.caching import tags
from graphql_api.context import RequestContext
from graphql_api.errors import ErrorCode
from graphql_api.http import documents, masking, persisted, refusals
from graphql_api.http.deadline import Deadline
from graphql_api.http.execution import execute_operation
from graphql_api.http.limits import check_measures
from graphql_api.http.nul import clean_variables
from graphql_api.http.parameters import Parameters, read_parameters
from graphql_api.http.request_log import RequestRecord

# Where the layer in front leaves the end of a request that it began to answer.
DEADLINE = "lamplight.deadline"


def current_schema() -> GraphQLSchema:
    """The schema that the setting GRAPHQL_SCHEMA names."""
    return _schema(configured.GRAPHQL_SCHEMA)


@lru_cache(maxsize=8)
def _schema(name: str) -> GraphQLSchema:
    return import_string(name).graphql_schema


def answer(request: HttpRequest, context: RequestContext, record: RequestRecord) -> dict[str, Any]:
    """``{data, extensions}`` and ``errors`` if fields failed.

    Raises ``Refused``, ``DeadlinePassed``, or the database's error when it is gone.
    """
    parameters = read_parameters(request)
    deadline = request.META.get(DEADLINE) or Deadline(configured.GRAPHQL_TIMEOUT_SECONDS)
    schema = current_schema()
    digest = persisted.named_digest(parameters)
    text = persisted.document_text(parameters, digest)
    record.document = digest or documents.digest_of(text)
    parsed, operation = _prepared(request, text, parameters, schema, record)
    if parameters.has_nul:
        cleaned = clean_variables(parsed.document, parameters.variables)
        parameters = parameters._replace(variables=cleaned, has_nul=False)
    persisted.remember(parameters, digest)
    with scoped(context.caller.scope), tags.collected(context.tags):
        result = execute_operation(parsed, schema, operation, parameters, context, deadline)
    _raise_database_failure(result, deadline)
    if operation.operation != OperationType.QUERY:
        context.is_private = True
    return _payload(result, context, record)


def _prepared(
    request: HttpRequest,
    text: str,
    parameters: Parameters,
    schema: GraphQLSchema,
    record: RequestRecord,
) -> tuple[documents.ParsedDocument, OperationDefinitionNode]:
    digest = record.document or ""
    known = documents.cache.get(digest, schema)
    parsed = known or documents.parse_document(text, digest)
    check_measures(parsed.measures)
    operation = parsed.operation(parameters.operation_name)
    record.operation = operation.name.value[:100] if operation.name else None
    if request.method != "POST" and operation.operation != OperationType.QUERY:
        raise refusals.malformed(
            ErrorCode.METHOD_NOT_ALLOWED,
            f"Send a {operation.operation.value} by POST.",
            405,
            {"Allow": "POST"},
        )
    if known is None:
        documents.validate_document(parsed, schema)
    return parsed, operation


def _raise_database_failure(result: ExecutionResult, deadline: Deadline) -> None:
    for error in result.errors or ():
        if masking.is_unavailable(error):
            raise error.original_error or error
        if masking.is_database_error(error):
            # SQLite stops a statement while its rows are read, past the statement guard.
            deadline.check()


def _payload(
    result: ExecutionResult, context: RequestContext, record: RequestRecord
) -> dict[str, Any]:
    payload: dict[str, Any] = {}
    if result.extensions:
        record.cost = result.extensions["cost"]["requested"]
    if result.errors:
        payload["errors"] = masking.public_field_errors(result.errors, context.request_id)
        record.codes = [error["extensions"]["code"] for error in payload["errors"]]
        record.faults.extend(masking.internal_faults(result.errors))
    payload["data"] = result.data
    payload["extensions"] = result.extensions
    return payload
