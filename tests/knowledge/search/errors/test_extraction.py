"""The line that says what went wrong is found in the output of any tool."""

import pytest

from knowledge.search.errors import extraction
from knowledge.search.errors.extraction import message_lines

JAVA = """\
2024-05-02 10:11:12.345  ERROR 1 --- [nio-8080-exec-1] o.a.c.c.C : Servlet.service() threw
org.springframework.dao.DataIntegrityViolationException: could not execute statement
\tat org.springframework.orm.jpa.Translator.translate(Translator.java:112)
\t... 42 more
Caused by: java.sql.SQLException: Duplicate entry '7' for key 'orders.PRIMARY'
\tat com.mysql.cj.jdbc.ClientPreparedStatement.execute(ClientPreparedStatement.java:371)
"""
PYTHON_CHAIN = """\
Traceback (most recent call last):
  File "/srv/app/main.py", line 3, in read
    return data["name"]
KeyError: 'name'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/srv/app/main.py", line 9, in <module>
    read()
RuntimeError: no name was given
"""
CSHARP = """\
Unhandled exception. System.AggregateException: One or more errors occurred.
 ---> System.InvalidOperationException: Sequence contains no elements
   at System.Linq.ThrowHelper.ThrowNoElementsException()
   at Shop.Program.Main(String[] args) in C:\\src\\Program.cs:line 14
"""
GO = """\
panic: runtime error: index out of range [5] with length 3

goroutine 1 [running]:
main.main()
\t/srv/prog.go:9 +0x1d
"""
RUST = """\
error[E0382]: borrow of moved value: `v`
 --> src/main.rs:6:20
  |
4 |     let w = v;
  |             - value moved here
"""
RUBY = """\
app/user.rb:14:in `full_name': undefined method `upcase' for nil:NilClass (NoMethodError)
\tfrom app/a.rb:8:in `show'
"""
POSTGRES = """\
psql:seed.sql:12: ERROR:  relation "orders" does not exist
LINE 1: SELECT * FROM orders
                      ^
"""
GCC = """\
main.c:8:5: error: expected ';' before 'return'
    8 |     return 0;
      |     ^~~~~~
"""
TYPESCRIPT = "src/app.ts(12,5): error TS2322: Type 'string' is not assignable to type 'number'."
DOCKER_LOG = """\
web_1  | \x1b[31m2024-05-02T10:11:12Z\x1b[0m ERROR TypeError: x is not a function
web_1  |     at a (/app/b.js:3:1)
"""
JSON_LOG = '{"level":"error","ts":1714644672,"msg":"connect ECONNREFUSED 10.0.0.7:5432"}'
PYTEST = """\
    def test_a():
>       assert f() == 2
E       TypeError: f() missing 1 required positional argument: 'x'

a.py:3: TypeError
"""


@pytest.mark.parametrize(
    ("trace", "message"),
    [
        (JAVA, "java.sql.SQLException: Duplicate entry '7' for key 'orders.PRIMARY'"),
        (PYTHON_CHAIN, "RuntimeError: no name was given"),
        (CSHARP, "System.InvalidOperationException: Sequence contains no elements"),
        (GO, "panic: runtime error: index out of range [5] with length 3"),
        (RUST, "error[E0382]: borrow of moved value: `v`"),
        (RUBY, "undefined method `upcase' for nil:NilClass (NoMethodError)"),
        (POSTGRES, 'ERROR:  relation "orders" does not exist'),
        (GCC, "error: expected ';' before 'return'"),
        (TYPESCRIPT, "error TS2322: Type 'string' is not assignable to type 'number'."),
        (DOCKER_LOG, "TypeError: x is not a function"),
        (JSON_LOG, "connect ECONNREFUSED 10.0.0.7:5432"),
        (PYTEST, "TypeError: f() missing 1 required positional argument: 'x'"),
    ],
)
def test_the_message_is_the_first_line(trace, message):
    assert message_lines(trace)[0].text == message


def test_a_message_in_a_long_log_is_found():
    log = "".join(f"2024-05-02 10:00:{n % 60:02d} INFO request {n} done\n" for n in range(500))

    assert message_lines(log[:9000] + PYTHON_CHAIN + log)[0].text == (
        "RuntimeError: no name was given"
    )


def test_spans_point_into_the_paste():
    line = message_lines(DOCKER_LOG)[0]

    assert DOCKER_LOG[line.start : line.end].endswith("TypeError: x is not a function")


def test_the_part_behind_a_label_is_tried_too():
    texts = [line.text for line in message_lines("TypeError: x is not a function")]

    assert texts == ["TypeError: x is not a function", "x is not a function"]


@pytest.mark.parametrize("trace", ["", "\n\n", "\x00", "^^^^", "    at a (b.js:1:1)"])
def test_a_paste_without_a_message_is_no_fault(trace):
    assert isinstance(message_lines(trace), list)


@pytest.mark.parametrize(
    "serious",
    ["[error] {}", "2026-01-02 10:01:01 ERROR app - {}", "2026-01-02T10:01:01Z FATAL {}"],
)
def test_the_line_that_its_logger_calls_an_error_is_the_message(serious):
    message = "The declared type of the value is nullable here"
    quiet = [f"2026-01-02 10:00:{n:02d} INFO request {n} handled in {n} ms" for n in range(40)]

    lines = message_lines("\n".join([*quiet, serious.format(message), *quiet]))

    assert message in lines[0].text


def test_a_quiet_line_is_not_the_message_for_the_word_in_it():
    lines = message_lines(
        "2026-01-02 10:00:00 INFO error: none so far\nThe declared type is nullable: cannot return"
    )

    assert "declared type" in lines[0].text


def test_what_a_name_says_otherwise_is_compared_too_and_trusted_less():
    said, named = message_lines("$response is never referenced")

    assert (said.text, named.text) == ("$response is never referenced", "variable unreferenced")
    assert named.weight < said.weight
    assert (named.start, named.end) == (said.start, said.end)


def test_of_a_line_without_end_only_what_is_compared_is_reworded(monkeypatch):
    reworded = []
    monkeypatch.setattr(extraction, "as_named", lambda text: reworded.append(text) or text)

    message_lines("error: " + "never used " * 5_000)

    assert max(map(len, reworded)) == 400
