"""Answers to plain reads without Django's handler: no request object, no middleware.

Invariant: an answer given here has the status, the headers and the bytes that the view
would have given, and the same log line; whatever is not known for certain (a document seen
for the first time, an operation that is not covered by its plan, an error of any kind) is
left to the view, and nothing has happened yet that it would repeat.

What the middleware puts around an answer is not known here; it is learnt from the answers
that the view gives to requests of the same site, method and media type.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from io import BytesIO
from threading import Lock
from time import perf_counter
from typing import Any, NamedTuple

import orjson
from django.db import DEFAULT_DB_ALIAS, close_old_connections, connections
from graphql import OperationType

from cms.configured import configured
from cms.security.client_address import client_address
from graphql_api.access import allowances
from graphql_api.access.admission import COUNTED
from graphql_api.caching import keys, tags
from graphql_api.caching.storable import mark_storable, storable_of
from graphql_api.context import RequestContext
from graphql_api.http import cors, documents, execution, persisted, pipeline, responses
from graphql_api.http.cost import operation_cost
from graphql_api.http.deadline import Deadline, DeadlinePassed, statements_within
from graphql_api.http.limits import check_measures
from graphql_api.http.parameters import Parameters, parameters_of
from graphql_api.http.refusals import Refused
from graphql_api.http.request_log import RequestRecord
from graphql_api.plan.connections import Connections
from graphql_api.plan.database import Readers
from graphql_api.plan.giving_up import GivenUp
from graphql_api.plan.operations import Plan, plan_for
from graphql_api.plan.running import Run
from graphql_api.plan.variables import coercer
from knowledge.search.statements import run_by

# Sites, methods and media types whose frames are kept at a time.
MAX_FRAMES = 100
_NOT_OF_THE_FRAME = keys.OWN_HEADERS | {"content-length", "etag", "cache-tag", "surrogate-key"}

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


class Frame(NamedTuple):
    """What surrounds each answer of one site, method and media type."""

    headers: tuple[tuple[str, str], ...]
    site_url: str


class Express:
    """A WSGI application around Django's."""

    def __init__(self, application: Application, readers: Readers | None = None) -> None:
        self.application = application
        self.readers: Readers = readers or Connections()
        self._frames: OrderedDict[Any, Frame] = OrderedDict()
        self._lock = Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        started = perf_counter()
        if not configured.GRAPHQL_PLANS or not keys.may_be_kept(environ):
            return self.application(environ, start_response)
        media_type = keys.media_type(environ)
        if media_type is None or "HTTP_IF_NONE_MATCH" in environ:
            return self.application(environ, start_response)
        body = b""
        if environ["REQUEST_METHOD"] == "POST":
            body = environ["wsgi.input"].read(keys.body_length(environ))
            environ["wsgi.input"] = BytesIO(body)
        site = environ["REQUEST_METHOD"], media_type, *keys.site_of(environ)
        frame = self._frames.get(site)
        if frame is None:
            return self._learning(site, environ, start_response)
        made = self._answer(frame, environ, body, media_type, started)
        if made is None:
            return self.application(environ, start_response)
        start_response("200 OK", made[0])
        return [made[1]]

    def _learning(
        self, site: Any, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Let the view answer, and remember what the middleware put around it."""

        def listen(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            mark = storable_of(environ)
            if mark is not None and status.startswith("200"):
                kept = [pair for pair in headers if pair[0].lower() not in _NOT_OF_THE_FRAME]
                self._keep(site, Frame(tuple(kept), mark.site_url))
            return start_response(status, headers, *rest)

        return self.application(environ, listen)

    def _keep(self, site: Any, frame: Frame) -> None:
        with self._lock:
            self._frames[site] = frame
            if len(self._frames) > MAX_FRAMES:
                self._frames.popitem(last=False)

    def _answer(
        self, frame: Frame, environ: Environ, body: bytes, media_type: str, started: float
    ) -> tuple[list[tuple[str, str]], bytes] | None:
        """Headers and body of the answer; None: ask the view."""
        try:
            prepared = _prepare(parameters_of(environ["REQUEST_METHOD"], environ, body))
        except Refused:
            return None
        if prepared is None:
            return None
        address = client_address(environ)
        allowance = allowances.of_address(address)
        if allowance is not None:
            # The view counts no request twice.
            environ[COUNTED] = allowance
            if not allowance.allowed:
                return None
        context = RequestContext(
            site_url=frame.site_url,
            client_address=address,
            user_agent=environ.get("HTTP_USER_AGENT", ""),
        )
        # The view, should it have to answer after all, has no more time than is left.
        deadline = environ[pipeline.DEADLINE] = Deadline(configured.GRAPHQL_TIMEOUT_SECONDS)
        try:
            data = self._run(prepared, context, deadline)
        except (DeadlinePassed, Exception):  # noqa: BLE001 - the view makes an answer of what fails
            return None
        if context.is_private or context.retry_after is not None:
            return None
        answer = orjson.dumps({"data": data, "extensions": execution.extensions(prepared.cost)})
        headers = [*frame.headers, ("Content-Length", str(len(answer)))]
        if environ["REQUEST_METHOD"] == "GET":
            content_type = f"{media_type}; charset=utf-8"
            headers += responses.validators(answer, content_type, context.tags.found).items()
        headers += allowances.headers([allowance] if allowance else []).items()
        headers += cors.answer_headers(environ.get("HTTP_ORIGIN")).items()
        headers.append((responses.REQUEST_ID_HEADER, context.request_id))
        record = RequestRecord(context.request_id, environ["REQUEST_METHOD"], started)
        record.operation, record.document = prepared.operation, prepared.document
        record.cost = prepared.cost
        record.write(200)
        mark_storable(environ, context, record.asked)
        return headers, answer

    def _run(
        self, prepared: "Prepared", context: RequestContext, deadline: Deadline
    ) -> dict[str, Any]:
        data = {}
        try:
            with (
                tags.collected(context.tags),
                statements_within(deadline),
                self.readers.reader(deadline) as reader,
                run_by(reader.rows),
            ):
                run = Run(context, deadline, prepared.variables, reader)
                prepared.plan.begin(run)
                for key, (name, root) in prepared.plan.roots.items():
                    tags.note_root(name)
                    if root is None:
                        raise GivenUp
                    data[key] = root(run)
        finally:
            # Django does this at the end of its requests; this is outside of any.
            if connections[DEFAULT_DB_ALIAS].connection is not None:
                close_old_connections()
        return data


class Prepared(NamedTuple):
    """An operation that is known to be valid, allowed, and covered by its plan."""

    plan: Plan
    variables: dict[str, Any]
    cost: int
    operation: str | None
    document: str


def _prepare(parameters: Parameters) -> Prepared | None:
    """What is to be run; None when the view must look at it. Raises ``Refused``."""
    if parameters.has_nul:
        return None
    schema = pipeline.current_schema()
    named = persisted.named_digest(parameters)
    text = persisted.document_text(parameters, named)
    digest = named or documents.digest_of(text)
    parsed = documents.cache.get(digest, schema)
    if parsed is None:
        return None
    check_measures(parsed.measures)
    operation = parsed.operation(parameters.operation_name)
    if operation.operation is not OperationType.QUERY:
        return None
    coerce = parsed.coercers.get(id(operation))
    if coerce is None:
        coerce = parsed.coercers[id(operation)] = coercer(schema, operation)
    variables = coerce(parameters.variables)
    if isinstance(variables, list):
        return None
    cost = operation_cost(parsed, schema, operation, variables)
    plan = plan_for(parsed, schema, operation, variables)
    if plan is None or not plan.is_complete:
        return None
    persisted.remember(parameters, named)
    name = operation.name.value[:100] if operation.name else None
    return Prepared(plan, variables, cost, name, digest)


def with_express(application: Application) -> Application:
    """``application`` behind the express way."""
    return Express(application)
