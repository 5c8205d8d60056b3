"""Nothing hidden comes out of any field, filter, order, count or error, in any form."""

import base64
import json
import re

import pytest
from django.core.cache import cache
from django.db import transaction

from graphql_api.schema import schema as composed
from tests.leaks.arguments import Guesses
from tests.leaks.crawling import ask, questions
from tests.leaks.worlds import CANARY, PUBLIC, hidden_world, public_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def quiet(caplog):
    """Thousands of requests are asked; a failure should show the question, not the log."""
    caplog.set_level("ERROR", logger="lamplight.graphql")


SCHEMA = composed.graphql_schema
PUBLIC_MARKERS = [
    f"{PUBLIC} {what}"
    for what in (
        "title",
        "home",
        "about",
        "below",
        "quote",
        "testimonial",
        "image",
        "document",
        "short_answer",
        "symptom",
        "description",
    )
]


def node_ids(keys: list[str]) -> tuple[str, ...]:
    """Ids under every node type, as a client that knows the primary keys would make them."""
    names = [kind.name for kind in SCHEMA.get_possible_types(SCHEMA.type_map["Node"])]
    numbers = [key for key in keys if key.isdigit()][:6]
    return tuple(
        base64.b64encode(f"{name}:{number}".encode()).decode()
        for name in names
        for number in numbers
    )


def guesses(known: list[str]) -> Guesses:
    codes = tuple(dict.fromkeys(key for key in known if key.isupper()))[:8]
    slugs = tuple(dict.fromkeys(key for key in known if key.islower() and "/" not in key))[:4]
    paths = tuple(key for key in known if key.startswith("/"))
    return Guesses(
        texts=(CANARY, "http", "fastapi"),
        ids=node_ids(known),
        by_name={
            "code": codes,
            "slug": slugs,
            "path": (*paths, "/"),
            "eq": (*slugs, *codes, CANARY),
        },
    )


def test_hidden_things_change_no_answer_and_are_in_none(client, german):
    public_world()
    with_hidden = transaction.savepoint()
    known = hidden_world()
    asked = list(questions(SCHEMA, guesses(known)))
    after = {text: ask(client, text) for text in asked}

    # The same world without them must answer the same, byte for byte: no count, no
    # order, no filter, no error may tell that they exist.
    transaction.savepoint_rollback(with_hidden)
    cache.clear()
    before = {text: ask(client, text) for text in asked}

    assert [text for text in asked if CANARY in after[text].casefold()] == []
    told = [text for text in asked if text.is_repeatable]
    assert [text for text in told if without_ids(after[text]) != without_ids(before[text])] == []
    everything = "\n".join(before.values())
    assert [marker for marker in PUBLIC_MARKERS if marker not in everything] == []


def without_ids(answer: str) -> str:
    """An answer without the request id that every error carries."""
    return re.sub(r'"requestId":"[0-9a-f]+"', "", answer)


def test_the_crawl_reaches_every_field_of_every_public_type(client):
    public_world()
    seen: set[str] = set()
    for text in questions(SCHEMA, guesses(["X-001", "x-slug", "1", "/x/"])):
        answer = json.loads(ask(client, text))
        collect_types(answer.get("data"), seen)

    reachable = {kind.name for kind in SCHEMA.get_possible_types(SCHEMA.type_map["Entry"])}
    assert reachable <= seen


def collect_types(value, seen: set[str]) -> None:
    if isinstance(value, dict):
        if "__typename" in value:
            seen.add(value["__typename"])
        for item in value.values():
            collect_types(item, seen)
    elif isinstance(value, list):
        for item in value:
            collect_types(item, seen)
