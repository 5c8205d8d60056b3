"""``lookupError``: from a paste to the entry that explains it."""

import pytest

from graphql_api.context import RequestContext
from graphql_api.schema import schema
from tests.factories import entries, terms
from tests.support.execution import data, refusal

pytestmark = pytest.mark.usefixtures("kept_db")

LOOKUP = """
query ($trace: String!, $technology: String, $first: Int) {
  lookupError(trace: $trace, technology: $technology, first: $first) {
    matches {
      entry { title } confidence reason reasons matchedMessage matchedCode span { start end }
    }
  }
}
"""


def debug(title: str, message: str, technology: str = "php", **fields):
    return entries.published(
        entries.debug_entry(
            title=title,
            technology=terms.technology(technology),
            error_messages=[("message", message)],
            symptom="<p>It fails.</p>",
            **fields,
        )
    )


@pytest.fixture(scope="module")
def archive(module_db):
    debug(
        "Call on null",
        "PHP Fatal error:  Uncaught Error: Call to a member function prepare() on null",
    )
    debug("Undefined array key", 'Warning: Undefined array key "name"')
    debug("Not a function", "TypeError: x is not a function", "javascript")
    debug("Missing module", "ModuleNotFoundError: No module named 'x'", "python")
    debug(
        "Cannot find module",
        "Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/app/x.js' imported from /app/y.js",
        "javascript",
        error_code="ERR_MODULE_NOT_FOUND",
    )
    debug("Duplicate key", "SQLSTATE[23000]: Integrity constraint violation: 1062 Duplicate entry")
    debug("Borrow of moved value", "error[E0382]: borrow of moved value: `v`", "rust")


PHP_TRACE = """\
[02-May-2024 10:11:12 UTC] PHP Fatal error:  Uncaught Error: Call to a member function \
execute() on null in /var/www/html/src/Repository.php:42
Stack trace:
#0 /var/www/html/index.php(12): Repository->find(7)
#1 {main}
  thrown in /var/www/html/src/Repository.php on line 42
"""
PYTHON_TRACE = """\
2024-05-02 10:11:12,345 ERROR app: unhandled
Traceback (most recent call last):
  File "/srv/app/main.py", line 3, in <module>
    import yaml
ModuleNotFoundError: No module named 'yaml'
"""
NODE_TRACE = """\
\x1b[31m/srv/jobs/worker.js:119\x1b[0m
    helpers.send(message);
            ^

TypeError: helpers.send is not a function
    at Object.<anonymous> (/srv/jobs/worker.js:119:9)
    at Module._compile (node:internal/modules/cjs/loader:1521:14)

Node.js v18.19.1
"""


def found(trace: str, **variables) -> list[dict]:
    return data(LOOKUP, trace=trace, **variables)["lookupError"]["matches"]


@pytest.mark.parametrize(
    ("trace", "title"),
    [
        (PHP_TRACE, "Call on null"),
        (PYTHON_TRACE, "Missing module"),
        (NODE_TRACE, "Not a function"),
        ("Warning: Undefined array key \"city\" in /a/b.php on line 3", "Undefined array key"),
        ("error[E0382]: borrow of moved value: `it`\n --> a/main.rs:6", "Borrow of moved value"),
        ("web_1  | code: 'ERR_MODULE_NOT_FOUND'", "Cannot find module"),
        ("noise\n" * 400 + PYTHON_TRACE, "Missing module"),
    ],
)  # fmt: skip
def test_the_right_entry_comes_first(archive, trace, title):
    assert found(trace)[0]["entry"]["title"] == title


def test_a_match_says_why(archive):
    match = found(PHP_TRACE)[0]

    assert match["reason"] == "MESSAGE"
    assert "TECHNOLOGY" in match["reasons"]
    assert match["matchedMessage"].endswith("Call to a member function prepare() on null")


def test_the_span_is_the_line_that_matched(archive):
    span = found(NODE_TRACE)[0]["span"]

    assert NODE_TRACE[span["start"] : span["end"]] == "TypeError: helpers.send is not a function"


def test_a_code_alone_is_enough_to_find(archive):
    match = found("ERR_MODULE_NOT_FOUND")[0]

    assert (match["reason"], match["matchedCode"]) == ("CODE", "err_module_not_found")


def test_confidence_falls_when_the_entry_is_not_there(archive):
    right = found("TypeError: helpers.send is not a function")[0]["confidence"]
    wrong = found("TypeError: Cannot convert undefined to object")

    assert right > 0.5
    assert not wrong or wrong[0]["confidence"] < 0.5


@pytest.mark.parametrize(
    "trace",
    [
        "",
        " ",
        "\x00",
        "🙂",
        "Hello, who brings the cake?",
        "SELECT 1;",
        "{}",
        "\x1b[31m\x1b[0m",
        "'",
    ],
)
def test_nothing_is_answered_when_nothing_fits(archive, trace):
    assert found(trace) == []


def test_the_technology_decides_between_equals():
    debug("In PHP", "Error: Something went wrong here", "php")
    debug("In JavaScript", "Error: Something went wrong here", "javascript")

    trace = "Error: Something went wrong here"
    assert found(trace, technology="javascript")[0]["entry"]["title"] == "In JavaScript"
    assert found(trace, technology="php")[0]["entry"]["title"] == "In PHP"


def test_an_unknown_technology_is_refused(archive):
    assert refusal(LOOKUP, trace="x", technology="nope") == (
        "BAD_USER_INPUT",
        "There is no technology of that slug.",
    )


def test_a_paste_past_the_limit_is_refused():
    code, message = refusal(LOOKUP, trace="x" * (64 * 1024 + 1))

    assert code == "TRACE_TOO_LARGE"
    assert message == "trace is at most 65536 bytes long; paste the part with the error."


def test_a_paste_at_the_limit_is_read(archive):
    trace = ("x" * 60 + "\n") * 1000 + PYTHON_TRACE

    assert found(trace)[0]["entry"]["title"] == "Missing module"


def test_no_more_than_asked_for(archive):
    assert len(found("TypeError: x is not a function", first=1)) == 1


def test_drafts_and_unpublished_entries_are_not_found(archive):
    entries.debug_entry(error_messages=[("message", "CanaryError: boom")]).save_revision()
    gone = debug("Canary", "CanaryError: boom")
    gone.unpublish()

    assert all(one["entry"]["title"] != "Canary" for one in found("CanaryError: boom"))


def test_no_cache_may_keep_the_answer():
    context = RequestContext()

    schema.execute(LOOKUP, variable_values={"trace": "x"}, context_value=context)

    assert context.is_private is True
