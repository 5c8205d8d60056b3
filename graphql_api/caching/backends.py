"""CDNs that forget by tag, as backends of Wagtail's frontend cache.

Invariant: a call that returns has been accepted by the CDN; anything else raises
``PurgeFailed``, whose text names no secret. No call takes longer than its TIMEOUT.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

import orjson
from django.core.exceptions import ImproperlyConfigured
from wagtail.contrib.frontend_cache.backends import BaseBackend

from cms.notifications.addresses import RefusedUrlError
from cms.notifications.http import CallFailedError, call

DEFAULT_SECONDS = 5


class PurgeFailed(Exception):
    """The CDN did not accept what it was told; telling it again may help."""


class TagBackend(BaseBackend):
    """What the backends share. Parameters: HOSTNAMES as Wagtail knows it; TIMEOUT in seconds."""

    MOST_TAGS = 100
    REQUIRED: tuple[str, ...] = ()

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        missing = [name for name in self.REQUIRED if not params.get(name)]
        if missing:
            raise ImproperlyConfigured(
                f"{type(self).__name__} in FRONTEND_CACHE needs {', '.join(missing)}."
            )
        self.params = params
        self.seconds = float(params.get("TIMEOUT", DEFAULT_SECONDS))

    def purge_tags(self, names: Iterable[str]) -> None:
        """Forget every answer that carries one of the tags; raises ``PurgeFailed``."""
        for part in _parts(names, self.MOST_TAGS):
            self._forget_tags(part)

    def purge(self, url: str) -> None:
        """Forget the answer at one address; raises ``PurgeFailed``."""
        self.purge_batch([url])

    def _forget_tags(self, names: Sequence[str]) -> None:
        raise NotImplementedError

    def _send(self, method: str, url: str, headers: dict[str, str], body: bytes = b"") -> None:
        try:
            # The address is the operator's: a cache in front is often a private one.
            answer = call(
                method, url, body=body, headers=headers, seconds=self.seconds, allow_private=True
            )
        except (CallFailedError, RefusedUrlError) as error:
            raise PurgeFailed(str(error)) from None
        if not 200 <= answer.status < 300:
            raise PurgeFailed(f"status {answer.status}")


class CloudflareTags(TagBackend):
    """Cloudflare: ZONEID and BEARER_TOKEN, a token that may purge the cache of the zone."""

    MOST_TAGS = 30
    MOST_URLS = 30
    REQUIRED = ("ZONEID", "BEARER_TOKEN")

    def purge_batch(self, urls: Iterable[str]) -> None:
        for part in _parts(urls, self.MOST_URLS):
            self._post({"files": part})

    def _forget_tags(self, names: Sequence[str]) -> None:
        self._post({"tags": names})

    def _post(self, content: dict[str, Sequence[str]]) -> None:
        service = self.params.get("API", "https://api.cloudflare.com/client/v4")
        headers = {
            "Authorization": f"Bearer {self.params['BEARER_TOKEN']}",
            "Content-Type": "application/json",
        }
        address = f"{service}/zones/{self.params['ZONEID']}/purge_cache"
        self._send("POST", address, headers, orjson.dumps(content))


class FastlySurrogateKeys(TagBackend):
    """Fastly: SERVICE_ID and API_TOKEN; SOFT marks answers as stale instead of dropping them.

    Fastly reads tags in another header: set GRAPHQL_TAG_HEADER to Surrogate-Key.
    """

    MOST_TAGS = 256
    REQUIRED = ("SERVICE_ID", "API_TOKEN")

    def purge_batch(self, urls: Iterable[str]) -> None:
        for url in urls:
            parts = urlsplit(url)
            place = f"{parts.netloc}{parts.path or '/'}"
            self._post(f"/purge/{place}{'?' + parts.query if parts.query else ''}", {})

    def _forget_tags(self, names: Sequence[str]) -> None:
        path = f"/service/{self.params['SERVICE_ID']}/purge"
        self._post(path, {"Surrogate-Key": " ".join(names)})

    def _post(self, path: str, headers: dict[str, str]) -> None:
        service = self.params.get("API", "https://api.fastly.com")
        own = {"Fastly-Key": self.params["API_TOKEN"], "Accept": "application/json"}
        if self.params.get("SOFT"):
            own["Fastly-Soft-Purge"] = "1"
        self._send("POST", f"{service}{path}", {**own, **headers})


class VarnishTags(TagBackend):
    """Varnish, or another cache at LOCATION (one address, or a list) that is told by requests.

    Tags go in a ``Cache-Tag`` header of a request with METHOD (BAN); addresses are asked for
    with PURGE. docs/delivery.md has the VCL.
    """

    REQUIRED = ("LOCATION",)

    def purge_batch(self, urls: Iterable[str]) -> None:
        for url in urls:
            parts = urlsplit(url)
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            for place in self._places():
                self._send("PURGE", f"{place}{path}", {"Host": parts.netloc})

    def _forget_tags(self, names: Sequence[str]) -> None:
        for place in self._places():
            method = self.params.get("METHOD", "BAN")
            self._send(method, f"{place}/", {"Cache-Tag": ",".join(names)})

    def _places(self) -> list[str]:
        location = self.params["LOCATION"]
        places = [location] if isinstance(location, str) else location
        return [place.rstrip("/") for place in places]


def _parts(items: Iterable[str], size: int) -> Iterator[list[str]]:
    remaining = iter(items)
    while part := list(islice(remaining, size)):
        yield part
