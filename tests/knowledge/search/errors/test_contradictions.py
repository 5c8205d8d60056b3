"""What speaks against an entry: another code in its manner, an exception of another class."""

import pytest

from knowledge.search.errors.contradictions import (
    classes,
    declared_codes,
    is_of_another_class,
    is_of_another_code,
)


@pytest.mark.parametrize(
    ("line", "declared"),
    [
        ("error[E0382]: borrow of moved value: `v`", {"e0382"}),
        ("error TS2322: Type 'string' is not assignable", {"ts2322"}),
        ("ORA-00942: table or view does not exist", {"ora-00942"}),
        ("Error [ERR_REQUIRE_ESM]: require() of ES Module", {"err_require_esm"}),
        ('error: Item "None" has no attribute "strip"  [union-attr]', {"union-attr"}),
        ("'x' is assigned a value but never used  no-unused-vars", {"no-unused-vars"}),
        ("ERROR: PossiblyNullReference - src/a.php:3:4 - Cannot call", {"possiblynullreference"}),
        ("HTTP/1.1 404 Not Found", {"404"}),
        ("404 Not Found", {"404"}),
        ("ERROR 1045 (28000): Access denied", {"1045"}),
        ("Msg 208, Level 16, State 1, Line 1", {"208"}),
        ("TypeError: Cannot convert a BigInt value to a number", set()),
        ("Cannot find E0382 in the list of 404 names", set()),
    ],
)
def test_a_code_counts_where_tools_print_their_own(line, declared):
    assert declared_codes(line) == declared


@pytest.mark.parametrize(
    ("declared", "own", "expected"),
    [
        ({"union-attr"}, {"attr-defined"}, True),
        ({"union-attr"}, {"union-attr", "attr-defined"}, False),
        ({"e0382"}, {"e0499"}, True),
        ({"e0382"}, {"ts2322"}, False),
        ({"404"}, {"403"}, True),
        ({"404"}, {"1045"}, False),
        ({"err_require_esm"}, {"err_module_not_found"}, True),
        ({"union-attr"}, {"typeerror"}, False),
        (set(), {"attr-defined"}, False),
        ({"union-attr"}, set(), False),
    ],
)
def test_another_code_of_the_same_manner_speaks_against(declared, own, expected):
    assert is_of_another_code(frozenset(declared), frozenset(), own) is expected


def test_a_code_elsewhere_in_the_paste_speaks_for_the_entry():
    declared, pasted = frozenset({"main-thread"}), frozenset({"econnrefused"})

    assert is_of_another_code(declared, pasted, {"econnrefused"}) is False


def test_classes_are_told_by_their_names():
    assert classes("sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) no") == {
        "operationalerror"
    }
    assert classes("Error: an error, an exception") == frozenset()


@pytest.mark.parametrize(
    ("named", "own", "expected"),
    [
        ({"typeerror"}, {"syntaxerror"}, True),
        ({"typeerror", "syntaxerror"}, {"syntaxerror"}, False),
        (set(), {"syntaxerror"}, False),
        ({"typeerror"}, set(), False),
    ],
)
def test_another_class_speaks_against(named, own, expected):
    assert is_of_another_class(frozenset(named), own) is expected
