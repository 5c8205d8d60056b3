"""``/graphql``: what every request gets, whether its operation runs or not.

Invariant: the view reads no cookie and sets none, so no request carries a user's rights
without meaning to; whatever happens, the answer is JSON with a request id, and one log
line tells of it.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from cms.security.client_address import client_address
from graphql_api.access import admission
from graphql_api.caching.storable import mark_storable
from graphql_api.context import RequestContext
from graphql_api.errors import ErrorCode
from graphql_api.http import cors, graphiql, masking, media_types, pipeline, refusals, responses
from graphql_api.http.deadline import DeadlinePassed
from graphql_api.http.request_log import RequestRecord

ALLOWED_METHODS = ("GET", "HEAD", "OPTIONS", "POST")


# Only JSON bodies are executed, which no form of another site can send without the
# browser asking first, and no cookie counts here: there is nothing to forge.
@csrf_exempt
def graphql_view(request: HttpRequest) -> HttpResponse:
    """Answer GraphQL over HTTP; the page of GraphiQL to a browser, where it is on."""
    if request.method in ("GET", "HEAD") and graphiql.wanted(request.headers.get("Accept")):
        return graphiql.page(request)
    context = RequestContext(
        site_url=f"{request.scheme}://{request.get_host()}",
        client_address=client_address(request.META),
        user_agent=request.headers.get("User-Agent", ""),
        idempotency_key=request.headers.get("Idempotency-Key", ""),
    )
    record = RequestRecord(context.request_id, request.method or "")
    response = _answer(request, context, record)
    response[responses.REQUEST_ID_HEADER] = context.request_id
    own = context.headers | cors.answer_headers(request.headers.get("Origin"))
    for name, value in own.items():
        response.headers.setdefault(name, value)
    record.write(response.status_code)
    return response


def _answer(request: HttpRequest, context: RequestContext, record: RequestRecord) -> HttpResponse:
    media_type = media_types.response_media_type(request.headers.get("Accept"))
    try:
        _check_method(request, media_type)
        if request.method == "OPTIONS":
            return _preflight(request)
        admission.admit(request, context)
        payload = pipeline.answer(request, context, record)
        status = 200 if context.retry_after is None else 429
        headers = {"Retry-After": str(context.retry_after)} if status == 429 else {}
        response = responses.encoded(payload, media_type or media_types.JSON, status, headers)
    except refusals.Refused as refused:
        return _refusal(refused, media_type, context, record)
    except (DeadlinePassed, Exception) as error:  # noqa: BLE001 - here a fault becomes an answer
        return _refusal(_fault(error, record), media_type, context, record)
    if context.is_private:
        response["Cache-Control"] = "private, no-store"
    elif "errors" not in payload:
        mark_storable(request.META, context, record.asked)
        if request.method != "POST":
            return responses.cacheable(request, response, context.tags.found)
    return response


def _preflight(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(status=204, headers={"Allow": ", ".join(ALLOWED_METHODS)})
    for name, value in cors.preflight_headers(request.headers.get("Origin")).items():
        response[name] = value
    if cors.varies():
        response["Vary"] = "Origin"
    return response


def _check_method(request: HttpRequest, media_type: str | None) -> None:
    if request.method not in ALLOWED_METHODS:
        raise refusals.malformed(
            ErrorCode.METHOD_NOT_ALLOWED,
            "Use POST, or GET for queries.",
            405,
            {"Allow": ", ".join(ALLOWED_METHODS)},
        )
    if media_type is None:
        raise refusals.malformed(
            ErrorCode.NOT_ACCEPTABLE,
            f"Accept {media_types.GRAPHQL_RESPONSE} or {media_types.JSON}.",
            406,
        )


def _refusal(
    refused: refusals.Refused,
    media_type: str | None,
    context: RequestContext,
    record: RequestRecord,
) -> HttpResponse:
    media_type = media_type or media_types.JSON
    errors: list[dict[str, Any]] = masking.public_errors(
        refused.errors, refused.code, context.request_id
    )
    record.codes = [error["extensions"]["code"] for error in errors]
    status = refused.legacy_status if media_type == media_types.JSON else refused.status
    return responses.encoded({"errors": errors}, media_type, status, refused.headers)


def _fault(error: BaseException, record: RequestRecord) -> refusals.Refused:
    if isinstance(error, DeadlinePassed):
        seconds = settings.GRAPHQL_TIMEOUT_SECONDS
        message = f"The operation took longer than {seconds} seconds."
        return refusals.malformed(ErrorCode.QUERY_TIMED_OUT, message, 504)
    if isinstance(error, RecursionError):
        return refusals.over_limit(ErrorCode.QUERY_TOO_DEEP, "The request is nested too deeply.")
    record.faults.append(error)
    if masking.is_unavailable(error):
        message = masking.UNAVAILABLE_MESSAGE
        return refusals.malformed(ErrorCode.SERVICE_UNAVAILABLE, message, 503)
    return refusals.malformed(ErrorCode.INTERNAL_SERVER_ERROR, masking.INTERNAL_MESSAGE, 500)
