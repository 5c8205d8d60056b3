"""Feeds and the sitemap over HTTP, with ETag, Last-Modified and 304."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from knowledge.catalogue import absolute_url
from knowledge.feeds.atom import atom
from knowledge.feeds.json_feed import json_feed
from knowledge.feeds.selection import NoSuchFeedError, Selection, select
from knowledge.feeds.sitemap import sitemap_lines, sitemap_state

FORMATS = {
    "atom": (atom, "application/atom+xml; charset=utf-8"),
    "json": (json_feed, "application/feed+json; charset=utf-8"),
}


@require_safe
def feed(
    request: HttpRequest, extension: str, kind: str = "", technology: str = ""
) -> HttpResponseBase:
    """A feed of everything, of a kind, of a technology, or of both; ``?locale=`` and ``?page=``."""
    write, content_type = FORMATS[extension]
    page = request.GET.get("page", "1")
    try:
        selection = select(
            kind=kind,
            technology=technology,
            locale=request.GET.get("locale", ""),
            page=int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 0,
        )
    except NoSuchFeedError:
        return HttpResponse("There is no such feed.\n", status=404, content_type="text/plain")
    etag = quote_etag(f"{selection.version}-{extension}")
    modified = int(selection.last_modified.timestamp())

    def answer() -> HttpResponse:
        return HttpResponse(
            write(
                selection,
                url=address(request, selection, selection.page),
                next_url=address(request, selection, selection.page + 1)
                if selection.has_next
                else "",
                site_url=absolute_url(settings.LAMPLIGHT_FRONTEND_BASE_URL or "/"),
            ),
            content_type=content_type,
        )

    # Asked before anything is written: an unchanged feed costs a few indexed reads.
    response = get_conditional_response(request, etag=etag, last_modified=modified) or answer()
    return revalidated(response, etag, modified)


def address(request: HttpRequest, selection: Selection, page: int) -> str:
    """The full address of a page of this feed, the same however it was asked for."""
    query = {}
    if selection.locale != settings.LANGUAGE_CODE:
        query["locale"] = selection.locale
    if page > 1:
        query["page"] = str(page)
    url = settings.LAMPLIGHT_PUBLIC_BASE_URL + request.path
    return f"{url}?{urlencode(query)}" if query else url


@require_safe
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """Every entry's address on the front end, for crawlers."""
    version, modified = sitemap_state()
    etag = quote_etag(f"sitemap-{version}")

    def answer() -> StreamingHttpResponse:
        lines: Iterator[str] = sitemap_lines()
        return StreamingHttpResponse(lines, content_type="application/xml; charset=utf-8")

    response = get_conditional_response(request, etag=etag, last_modified=modified) or answer()
    return revalidated(response, etag, modified)


def revalidated(response: HttpResponseBase, etag: str, modified: int) -> HttpResponseBase:
    """May be kept, must be asked about each time: what is withdrawn is gone at once."""
    response["ETag"] = etag
    response["Last-Modified"] = http_date(modified)
    response["Cache-Control"] = "public, no-cache"
    return response
