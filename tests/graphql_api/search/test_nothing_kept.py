"""The paste is compared and forgotten: no table and no log line holds anything of it.

A word that nobody would write stands in every place of a paste where something could be kept:
in a class, a code, a message, a path, an address, a key. Whatever becomes of the request, the
word is looked for in all rows of all tables, in all log records at the lowest level, and in
what the process prints.
"""

import json
import logging
import time

import pytest
from django.db import DatabaseError, connection

from graphql_api.http import documents
from graphql_api.search import lookup_field
from knowledge.search import missed
from knowledge.search.errors import lookup
from tests.factories import entries

pytestmark = pytest.mark.django_db

CANARY = "zqxjkv"
PASTE = f"""\
[02-May-2024 10:11:12 UTC] ERROR {CANARY}-worker[3]: {CANARY} unhandled
Traceback (most recent call last):
  File "/srv/{CANARY}/main.py", line 3, in {CANARY}
    {CANARY}(token="sk_live_{CANARY}4242", mail="{CANARY}@example.org")
Zqxjkv.{CANARY.title()}Error: {CANARY} connection refused by '{CANARY}' (ERR_{CANARY.upper()}_LOST)
psycopg.{CANARY.title()}Exception: Fatal error: connection refused [{CANARY}] E{CANARY}404
"""
LOOKUP = """
query Lookup($trace: String!) {
  lookupError(trace: $trace) { matches { confidence matchedMessage entry { title } } }
}
"""


@pytest.fixture
def records():
    """Every log record of every logger, formatted, whatever its level."""
    found: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record):
            found.append(self.format(record) + repr(record.__dict__))

    handler = Collector(logging.NOTSET)
    loggers = [logging.root, *map(logging.getLogger, list(logging.root.manager.loggerDict))]
    levels = [(logger, logger.level, logger.disabled) for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
        logger.disabled = False
    yield found
    for logger, level, is_disabled in levels:
        logger.removeHandler(handler)
        logger.setLevel(level)
        logger.disabled = is_disabled


@pytest.fixture
def archive(db):
    missed.missed_searches.flush()
    entries.published(
        entries.debug_entry(
            title="Refused", error_messages=[("message", "Fatal error: connection refused")]
        )
    )


@pytest.fixture
def nothing_is_kept(archive, records, capfd):
    """Call it when the request is over."""

    def check() -> None:
        missed.missed_searches.flush()
        assert tables_with(CANARY) == []
        assert len(records) > 0
        assert [one for one in records if CANARY in one.casefold()] == []
        printed = capfd.readouterr()
        assert CANARY not in (printed.out + printed.err).casefold()

    return check


def tables_with(word: str) -> list[str]:
    """Names of the tables with a row that holds ``word`` in any column."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if any(word in str(value).casefold() for row in cursor.fetchall() for value in row):
                found.append(table)
    return found


def post(client, query=LOOKUP, **variables):
    body = json.dumps({"query": query, "variables": variables})
    return client.post("/graphql", body, content_type="application/json")


def codes(response) -> list[str]:
    return [error["extensions"]["code"] for error in response.json().get("errors", [])]


def test_the_check_itself_finds_what_is_kept(nothing_is_kept, records):
    entries.published(entries.question(title=f"About {CANARY}"))
    logging.getLogger("lamplight.graphql").debug("The paste was %s", CANARY)

    assert "knowledge_publishedentry" in tables_with(CANARY)
    assert any(CANARY in one for one in records)
    with pytest.raises(AssertionError):
        nothing_is_kept()


def test_a_paste_that_is_answered(client, nothing_is_kept):
    response = post(client, trace=PASTE)

    assert response.json()["data"]["lookupError"]["matches"][0]["entry"]["title"] == "Refused"
    nothing_is_kept()


def test_a_paste_that_nothing_explains(client, nothing_is_kept):
    response = post(client, trace=f"{CANARY} {CANARY.upper()}_404: '{CANARY}'")

    assert response.json()["data"]["lookupError"]["matches"] == []
    nothing_is_kept()


def test_a_paste_in_the_address(client, nothing_is_kept):
    response = client.get("/graphql", {"query": LOOKUP, "variables": json.dumps({"trace": PASTE})})

    assert response.json()["data"]["lookupError"]["matches"] != []
    nothing_is_kept()


def test_a_paste_in_the_document(client, nothing_is_kept):
    query = f"{{ lookupError(trace: {json.dumps(PASTE)}) {{ matches {{ confidence }} }} }}"

    assert post(client, query).json()["data"]["lookupError"]["matches"] != []
    documents.cache.clear()
    nothing_is_kept()


@pytest.mark.parametrize(
    ("query", "variables", "expected"),
    [
        (LOOKUP, {"trace": PASTE + "x" * 64 * 1024}, "TRACE_TOO_LARGE"),
        (LOOKUP, {"trace": PASTE * 2_000}, "BODY_TOO_LARGE"),
        (LOOKUP, {"trace": [PASTE]}, "BAD_USER_INPUT"),
        (LOOKUP, {"trace": PASTE, "other": "\x00"}, "BAD_USER_INPUT"),
        (LOOKUP, {"trace": PASTE, "deep": [[[[[[[[[[[[[[[[[[[[[[[PASTE]]]]]]]]]]]]]]]]]]]]]]]},
         "VARIABLES_TOO_DEEP"),
        (LOOKUP.replace("matches", "misses"), {"trace": PASTE}, "GRAPHQL_VALIDATION_FAILED"),
        (LOOKUP.replace("{", "{{", 1), {"trace": PASTE}, "GRAPHQL_PARSE_FAILED"),
        (f'{{ lookupError(trace: "{CANARY}") }}', {}, "GRAPHQL_VALIDATION_FAILED"),
        (f'{{ lookupError(trace: "{CANARY}, first: 99) {{', {}, "GRAPHQL_PARSE_FAILED"),
        ("query ($trace: String!) { lookupError(trace: \"x\", technology: $trace) "
         "{ matches { confidence } } }", {"trace": CANARY}, "BAD_USER_INPUT"),
    ],
)  # fmt: skip
def test_a_paste_that_is_refused(client, nothing_is_kept, query, variables, expected):
    assert codes(post(client, query, **variables)) == [expected]
    nothing_is_kept()


def test_a_paste_in_a_body_that_is_no_json(client, nothing_is_kept):
    response = client.post("/graphql", f'{{"trace": "{PASTE}', content_type="application/json")

    assert codes(response) == ["BAD_REQUEST"]
    nothing_is_kept()


def test_a_paste_whose_lookup_takes_too_long(client, nothing_is_kept, settings, monkeypatch):
    settings.GRAPHQL_TIMEOUT_SECONDS = 0.3

    def slowly(trace, **options):
        time.sleep(0.4)
        return lookup.lookup_error(trace, **options)

    monkeypatch.setattr(lookup_field, "lookup_error", slowly)

    assert codes(post(client, trace=PASTE)) == ["QUERY_TIMED_OUT"]
    nothing_is_kept()


@pytest.mark.parametrize("error", [ZeroDivisionError("none"), DatabaseError("gone")])
def test_a_paste_whose_lookup_fails(client, nothing_is_kept, monkeypatch, error):
    def broken(*args, **options):
        raise error

    monkeypatch.setattr(lookup, "_judge", broken)
    client.raise_request_exception = False

    assert codes(post(client, trace=PASTE)) == ["INTERNAL_SERVER_ERROR"]
    nothing_is_kept()
