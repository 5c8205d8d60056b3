"""The same questions a front end would ask, put to a running server."""

from collections.abc import Sequence
from typing import Any
from urllib.request import Request, urlopen

import orjson

from knowledge.search.evaluation.measures import rank_of
from knowledge.search.evaluation.queries import KnownQuery

DEPTH = 20
_SEARCH = """
query ($text: String!) {
  search(query: $text, first: 20) { nodes { entry { provenance { sourceId } } } }
}
"""
_LOOKUP = """
query ($text: String!) {
  lookupError(trace: $text, first: 20) { matches { entry { provenance { sourceId } } } }
}
"""


def found_by_search(server: str, text: str) -> list[str]:
    """The ids of the records that ``search`` finds, best first."""
    return [_record(one) for one in _ask(server, _SEARCH, text)["search"]["nodes"]]


def found_by_lookup(server: str, text: str) -> list[str]:
    """The ids of the records that ``lookupError`` finds, likeliest first."""
    return [_record(one) for one in _ask(server, _LOOKUP, text)["lookupError"]["matches"]]


def ranks(queries: Sequence[KnownQuery], answers: dict[str, list[str]]) -> list[int | None]:
    """The rank of the first right answer to each query."""
    return [rank_of(answers[query.id], query.expected) for query in queries]


def _record(found: dict[str, Any]) -> str:
    return found["entry"]["provenance"]["sourceId"] or ""


def _ask(server: str, query: str, text: str) -> dict[str, Any]:
    request = Request(  # noqa: S310 - our own server
        f"{server}/graphql",
        data=orjson.dumps({"query": query, "variables": {"text": text}}),
        headers={"Content-Type": "application/json"},
    )
    with urlopen(request, timeout=30) as response:  # noqa: S310 - our own server
        answer = orjson.loads(response.read())
    if answer.get("errors"):
        raise RuntimeError(f"The server answered with {answer['errors'][0]['extensions']['code']}.")
    return answer["data"]
