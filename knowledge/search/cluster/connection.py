"""The cluster that a Wagtail search backend of the settings names, spoken to by its own client.

Invariant: nothing of what a cluster or its client says reaches a reader; it is logged, without
the request, and becomes ``ClusterUnavailableError``.
"""

import logging
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import orjson
from django.conf import settings
from wagtail.search.backends import get_search_backend

logger = logging.getLogger(__name__)

_JSON = {"content-type": "application/json", "accept": "application/json"}
_LINES = {"content-type": "application/x-ndjson", "accept": "application/json"}


class ClusterUnavailableError(RuntimeError):
    """The cluster did not answer, or refused."""


class Cluster:
    """One index of a cluster, by its alias."""

    def __init__(self, client: Any, alias: str) -> None:
        self.alias = alias
        self._client = client
        # Clients of one product line hand requests to a transport, those of the other
        # take them themselves.
        self._perform = (
            client.perform_request
            if hasattr(client, "perform_request")
            else client.transport.perform_request
        )

    def close(self) -> None:
        """Close the client's connections."""
        self._client.close()

    def ask(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to a search."""
        return self.request("POST", f"/{self.alias}/_search", body)

    def write(self, operations: Iterable[Mapping[str, Any]], index: str = "") -> None:
        """Carry out the lines of a bulk request; all are tried. Raises when one failed."""
        lines = b"".join(orjson.dumps(line) + b"\n" for line in operations)
        if not lines:
            return
        # Before the first rebuild there is no alias, and a cluster would make an index of that
        # name by itself, without a mapping.
        path = f"/{index}/_bulk" if index else f"/{self.alias}/_bulk?require_alias=true"
        answer = self.request("POST", path, lines, _LINES)
        if answer.get("errors"):
            failed = [
                result.get("status")
                for item in answer.get("items", ())
                for result in item.values()
                # What is to be deleted may be gone already.
                if result.get("error") or result.get("status", 200) not in (200, 201, 404)
            ]
            if failed:
                logger.error("The search cluster refused %d of the documents.", len(failed))
                raise ClusterUnavailableError("bulk")

    def request(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | bytes | None = None,
        headers: Mapping[str, str] = _JSON,
    ) -> dict[str, Any]:
        """Any request; the answer's JSON. Raises ``ClusterUnavailableError``."""
        data = body if isinstance(body, bytes | None) else orjson.dumps(body)
        try:
            answer = self._perform(method, path, headers=dict(headers), body=data)
        except Exception as error:  # noqa: BLE001 - the clients share no base of their errors
            logger.error("The search cluster cannot be used: %s.", type(error).__name__)
            raise ClusterUnavailableError(type(error).__name__) from None
        found = getattr(answer, "body", answer)
        return found if isinstance(found, dict) else {}


def is_on() -> bool:
    """Whether candidates come from a cluster."""
    return bool(settings.SEARCH_CLUSTER)


@lru_cache(maxsize=1)
def cluster() -> Cluster:
    """The cluster of the backend that ``SEARCH_CLUSTER`` names in ``WAGTAILSEARCH_BACKENDS``."""
    backend = get_search_backend(settings.SEARCH_CLUSTER)
    return Cluster(backend.es, f"{backend.index_prefix}published_entries")
