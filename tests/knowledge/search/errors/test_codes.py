"""Codes are found where tools print them."""

import pytest

from knowledge.search.errors.codes import codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("error[E0382]: borrow", "e0382"),
        ("error TS2322: Type", "ts2322"),
        ("ORA-00942: table", "ora-00942"),
        ("code: 'ERR_MODULE_NOT_FOUND'", "err_module_not_found"),
        ("connect ECONNREFUSED", "econnrefused"),
        ("ERROR: PossiblyNullReference - x", "possiblynullreference"),
        ("Missing argument  [call-arg]", "call-arg"),
        ("SQLSTATE[23000]: Integrity", "23000"),
        ("(Background on this error at: https://sqlalche.me/e/20/3o7r)", "3o7r"),
        ("ERROR 1045 (28000): Access denied", "1045"),
        ("404 Not Found", "404"),
        ("HTTP/1.1 503 Service Unavailable", "503"),
    ],
)
def test_a_code_is_found(text, code):
    assert code in codes(text)


@pytest.mark.parametrize("text", ["it took 1045 seconds", "line 404", "ERROR", "a plain sentence"])
def test_what_is_no_code_is_not_found(text):
    assert codes(text) == []


@pytest.mark.parametrize(
    "text", ["'NoneType' object is not iterable", 'Class "UserRepository" not found', "`IntMap`"]
)
def test_a_name_that_a_message_quotes_is_a_value(text):
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"type": "NullReference", "line": 3}', "nullreference"),
        ("type='NullReference'", "nullreference"),
        ("exception 'DetachedInstanceError' in", "detachedinstanceerror"),
        ("NullReference", "nullreference"),
    ],
)
def test_a_quoted_name_is_the_error_s_as_a_field_or_as_a_class(text, code):
    assert code in codes(text)
