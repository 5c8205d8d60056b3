"""The endpoint is deaf to cookies, and so never answers with one.

Invariant: nothing behind this middleware sees a cookie of a request to the endpoint.
Reading one is enough for the middleware of sessions and of CSRF to set others when its
value is stale, which would make the answer private to that client.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

ENDPOINT = "graphql"


class CookielessEndpointMiddleware:
    """Must be the first middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == f"/{ENDPOINT}":
            request.META.pop("HTTP_COOKIE", None)
        return self.get_response(request)
