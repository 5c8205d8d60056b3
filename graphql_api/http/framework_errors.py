"""What the framework refuses at or below the endpoint, said as the endpoint would say it.

Invariant: no client of ``/graphql`` or an address below it gets a page of HTML for an
error; it gets JSON with a code and a request id, and one log line tells of it.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from graphql_api.context import new_request_id
from graphql_api.errors import ApiError, ErrorCode
from graphql_api.http import cors, masking, media_types, responses
from graphql_api.http.cookieless import ENDPOINT
from graphql_api.http.request_log import RequestRecord

_ROOT = f"/{ENDPOINT}"
_NOT_FOUND = ApiError(
    ErrorCode.NOT_FOUND, f"There is nothing at this address; the endpoint is {_ROOT}."
)
_REFUSED = ApiError(
    ErrorCode.BAD_REQUEST,
    "The request is not one that is answered here; check its Host header and its address.",
)
_FAULT = ApiError(ErrorCode.INTERNAL_SERVER_ERROR, masking.INTERNAL_MESSAGE)


class FrameworkErrorsMiddleware:
    """Must be outside of every middleware that can refuse or fail."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if path != _ROOT and not path.startswith(f"{_ROOT}/"):
            return self.get_response(request)
        # The view names its own answers; it was not reached when there is no such name.
        record = RequestRecord(new_request_id(), request.method or "")
        response = self.get_response(request)
        if response.status_code < 400 or responses.REQUEST_ID_HEADER in response:
            return response
        return _as_json(request, response, record)


def _as_json(request: HttpRequest, response: HttpResponse, record: RequestRecord) -> HttpResponse:
    status = response.status_code
    error = _FAULT if status >= 500 else _NOT_FOUND if status == 404 else _REFUSED
    record.codes = [error.code]
    media_type = media_types.response_media_type(request.META.get("HTTP_ACCEPT"))
    payload = {"errors": masking.public_errors([error], error.code, record.request_id)}
    answer = responses.encoded(payload, media_type or media_types.JSON, status)
    # Headers that other middleware has set stay: those of security among them.
    for name, value in response.items():
        if name not in ("Content-Type", "Content-Length"):
            answer.headers.setdefault(name, value)
    for name, value in cors.answer_headers(request.META.get("HTTP_ORIGIN")).items():
        answer[name] = value
    answer[responses.REQUEST_ID_HEADER] = record.request_id
    record.write(status)
    return answer
