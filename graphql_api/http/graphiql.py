"""The page that a browser gets at the endpoint, where GRAPHQL_GRAPHIQL is on.

Invariant: the page loads nothing from another host, and its policy forbids it to.
"""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from graphql_api.http import media_types

VERSION = "3.9.0"

_EXAMPLES = Path(__file__).resolve().parents[1] / "templates/graphql_api/examples"

# The editor sets style attributes, and carries its fonts and icons as data addresses.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def wanted(accept: str | None) -> bool:
    """Whether this request is a browser's and the page is switched on."""
    return settings.GRAPHQL_GRAPHIQL and media_types.prefers_html(accept)


def page(request: HttpRequest) -> HttpResponse:
    """GraphiQL with a tab for each example."""
    html = render_to_string(
        "graphql_api/graphiql.html",
        {
            "version": VERSION,
            "options": {"endpoint": reverse("graphql"), "examples": list(examples().values())},
        },
    )
    response = HttpResponse(html)
    response["Content-Security-Policy"] = _POLICY
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    response["Vary"] = "Accept"
    return response


def examples() -> dict[str, str]:
    """The example documents by file name, in the order of their tabs."""
    return {
        path.name: path.read_text(encoding="utf-8") for path in sorted(_EXAMPLES.glob("*.graphql"))
    }
