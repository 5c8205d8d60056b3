"""What speaks for an entry and against it."""

import pytest

from knowledge.search.errors.extraction import MessageLine
from knowledge.search.errors.matching import Paste, evidence, prepare
from knowledge.search.errors.origin import agreement, origins
from knowledge.search.errors.signatures import KnownMessage, Signature


def idf(word: str) -> float:
    return 1.0


def test_the_same_language_speaks_for_an_entry_and_another_against():
    python = frozenset({"python"})

    assert agreement(python, python) > 0 > agreement(python, frozenset({"php"}))
    assert agreement(frozenset(), python) == 0


@pytest.mark.parametrize("entry", [{"python", "mypy"}, {"php", "psalm"}])
def test_what_a_running_program_says_is_not_what_a_checker_says(entry):
    ran = origins("Traceback (most recent call last):\nTypeError: 'NoneType' object")

    assert agreement(ran, frozenset(entry)) == -0.5


def test_an_entry_may_be_about_a_checker_s_report_without_its_name():
    ran = origins("PHP Fatal error:  Uncaught TypeError: f(): Argument #1 in /a/b.php:3")

    assert agreement(ran, frozenset({"php"}), is_static=True) == -0.5
    assert agreement(ran, frozenset({"php"}), is_static=False) > 0


def test_a_checker_that_is_named_agrees_with_its_entries():
    pasted = origins('a.py:3: error: Item "None" has no attribute "x"  [union-attr]')

    assert agreement(pasted, frozenset({"python", "mypy"})) == 1.0


@pytest.mark.parametrize(
    "text", ["Uncaught Error: no", "TypeError: x is not a function", "    at f (a.js:1:2)"]
)
def test_a_running_program_alone_says_nothing_of_its_language(text):
    assert agreement(origins(text) & {"runtime"}, frozenset({"php"})) == 0


def test_origins_are_told_by_the_shape_of_lines():
    assert "python" in origins('  File "/a/b.py", line 3, in f')
    assert "rust" in origins("thread 'main' panicked at src/main.rs:1:1")
    assert origins("something went wrong") == frozenset()


def judged(line: str, message: str, *codes: str):
    paste = Paste(prepare([MessageLine(line, 1.0, 0, len(line))]), frozenset(), frozenset())
    known = KnownMessage(message, prepare([MessageLine(message, 1, 0, 0)])[0].sequence, 1.0)
    signature = Signature((known,), codes)
    return evidence(paste, signature, idf=idf, code_owners={}, words=1.0, technology=frozenset())


def test_another_code_lowers_the_score():
    line = 'error: "A" has no attribute "b"  [union-attr]'
    message = '"C" has no attribute "d"'

    other, own = judged(line, message, "attr-defined"), judged(line, message, "union-attr")

    assert (other.other_code, own.other_code) == (1.0, 0.0)
    assert other.score == pytest.approx(own.score - 0.4)


def test_another_class_lowers_the_score():
    found = judged("TypeError: cannot do that", "SyntaxError: cannot do that")

    assert found.other_class == 1.0


def test_words_in_common_alone_are_no_evidence():
    assert judged("nobody expected the weather", "cannot open the file").is_real is False
    assert judged("cannot open the file", "cannot open the file").is_real is True


def test_one_word_of_several_in_common_is_chance():
    assert judged("cannot open the file", "a file must end in a newline").is_real is False
    assert judged("the file must end", "a file must end in a newline").is_real is True


def test_what_every_error_is_called_tells_none_from_another():
    assert judged("fatal error: no such host", "error while parsing a host name").is_real is False


def test_a_message_of_one_word_is_recognised_by_it():
    assert judged("the disk is unreachable", "unreachable").is_real is True


def test_a_name_is_said_when_the_line_has_all_its_words():
    said = judged("a variable is unused here", "UnusedVariable")

    assert (said.name, said.is_real) == (1.0, True)
    assert judged("a variable is undefined here", "UnusedVariable").name == 0.0


def test_the_words_of_a_sentence_are_no_name():
    assert judged("a variable is unused here", "unused variable").name == 0.0


def test_a_name_of_one_word_is_not_told_by_it():
    assert judged("TypeError: x", "TypeError").name == 0.0
