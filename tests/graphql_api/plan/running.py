"""One operation, run by graphql-core alone and with plans.

Invariant: both ways get the same document, the same variables and the same request id, so
that whatever differs between the answers is the plans' doing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import orjson
from django.db import transaction
from django.test import override_settings

from graphql_api.caching import tags
from graphql_api.context import RequestContext
from graphql_api.http import documents, execution, pipeline
from graphql_api.http.deadline import Deadline
from graphql_api.http.parameters import Parameters
from graphql_api.http.refusals import Refused
from graphql_api.http.request_log import RequestRecord
from graphql_api.plan import operations
from graphql_api.schema import schema as public_schema

schema = public_schema.graphql_schema
REQUEST_ID = "0" * 32
SECONDS = 120.0
# Limits of the endpoint that would refuse what the plans must be tried with.
NO_LIMITS = dict.fromkeys(
    (
        "GRAPHQL_MAX_TOKENS",
        "GRAPHQL_MAX_DEPTH",
        "GRAPHQL_MAX_ALIASES",
        "GRAPHQL_MAX_COST",
        "GRAPHQL_MAX_FRAGMENTS",
        "GRAPHQL_MAX_DIRECTIVES",
        "GRAPHQL_MAX_FIELD_COMPARISONS",
    ),
    10_000_000,
)
# Short pages: two of them are not the whole list.
SHORT_PAGES = {"GRAPHQL_DEFAULT_PAGE_SIZE": 3}


@dataclass(frozen=True)
class Answer:
    """``body``: data and errors as bytes.

    Names of root fields: ``planned`` were answered by their plan, ``given_up`` by graphql-core
    after all, ``left`` to it from the beginning.
    """

    body: bytes
    has_errors: bool
    tags: frozenset[str]
    has_counts: bool
    is_private: bool
    planned: tuple[str, ...] = ()
    given_up: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def prepared(text: str) -> documents.ParsedDocument:
    """A document, parsed and validated, that nobody has run."""
    parsed = documents.parse_document(text, documents.digest_of(text))
    documents.validate_document(parsed, schema)
    return parsed


def answered(
    parsed: documents.ParsedDocument,
    variables: dict[str, Any],
    *,
    plans: bool,
    name: str | None = None,
) -> Answer:
    """What a client would read."""
    context = RequestContext(request_id=REQUEST_ID, site_url="https://hub.example")
    operation = parsed.operation(name)
    parameters = Parameters("", None, name, variables)
    with override_settings(GRAPHQL_PLANS=plans), runs() as seen, transaction.atomic():
        try:
            with tags.collected(context.tags):
                result = execution.execute_operation(
                    parsed, schema, operation, parameters, context, Deadline(SECONDS)
                )
        except Refused as refused:
            payload: dict[str, Any] = {"errors": [str(one) for one in refused.errors]}
        else:
            payload = pipeline._payload(result, context, RequestRecord(REQUEST_ID, "POST"))
    plan, given_up = seen[0] if seen else (None, ())
    roots = plan.roots.items() if plan else ()
    return Answer(
        orjson.dumps({key: payload[key] for key in ("errors", "data") if key in payload}),
        "errors" in payload,
        frozenset(context.tags.found),
        context.tags.has_counts,
        context.is_private,
        tuple(name for key, (name, root) in roots if root is not None and key not in given_up),
        tuple(name for key, (name, _) in roots if key in given_up),
        tuple(name for _, (name, root) in roots if root is None),
    )


@contextmanager
def runs() -> Iterator[list[tuple[operations.Plan, list[str]]]]:
    """The plans that are run in the block, each with the root fields it gave up on."""
    seen: list[tuple[operations.Plan, list[str]]] = []
    original_run, original_plan = execution.Run, execution.plan_for
    plans: list[Any] = []

    def plan_for(*arguments: Any) -> Any:
        plans.append(original_plan(*arguments))
        return plans[-1]

    def run(*arguments: Any) -> Any:
        made = original_run(*arguments)
        if plans and plans[-1] is not None:
            seen.append((plans[-1], made.given_up))
        return made

    execution.Run, execution.plan_for = run, plan_for  # type: ignore[assignment, misc]
    try:
        yield seen
    finally:
        execution.Run, execution.plan_for = original_run, original_plan  # type: ignore[misc]
