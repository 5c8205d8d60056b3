"""Values for variables as JSON has them: of the right type and vicious, or of a wrong one."""

from base64 import b64encode
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    is_required_input_field,
)
from hypothesis import strategies as st

MAX_DEPTH = 3
INT_LIMIT = 2**31
TEXTS = [
    "", " ", "\x00", "a\x00b", "\u202e", "\ufeff", "ﷺ" * 60, "😀" * 200, "İ", "ß", "e\u0301" * 40,
    "'", '"', "\\", "%", "_", "%%%", "';--", "') OR 1=1 --", "$1", ":name", "?", "{}", "{{7*7}}",
    "*", "-", "--", "+", '"unclosed', "NEAR", "AND OR NOT", "a AND", "(", "((((", "a:*", "!", "&|",
    "<->", "^a", "../../etc/passwd", "/", "//", "http://127.0.0.1/", "en", "de", "tlh", "en-",
    "FAPI-MID-001", "fastapi", "a" * 201, "a " * 150, "word " * 3000, "x" * 70_000,
]  # fmt: skip
MOMENTS = [
    "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999+00:00", "9999-12-31T23:59:59-23:59",
    "0001-01-01T00:00:00+23:59", "2026-02-30T00:00:00Z", "2026-01-01", "now", "", "1e400",
]  # fmt: skip


def _id(text: str) -> str:
    return b64encode(text.encode()).decode().rstrip("=")


IDS = [
    "", "0", "-1", "1", "\x00", "%%%", "====", "é", "A" * 5000, _id("InterviewQuestion:1"),
    _id(f"InterviewQuestion:{2**63}"), _id("InterviewQuestion:-1"), _id("InterviewQuestion:1.5"),
    _id("InterviewQuestion:\x00"), _id("InterviewQuestion:"), _id(":1"), _id("Nothing:1"),
    _id("Query:1"), _id("Image:99999999999999999999"), _id("Document:0"), _id("HomePage:1"),
    _id("arrayconnection:0"), _id("InterviewQuestion:١"), _id("InterviewQuestion: 1"),
]  # fmt: skip
# What the parser of JSON lets through and no scalar of the schema takes gladly.
WRONG = st.sampled_from(
    [True, 0, -1, 1.5, 2**53, -(2**63), 1e308, "", "null", [], [None], {}, {"": None}, [[[]]]]
)


def values(of: GraphQLInputType, depth: int = 0) -> st.SearchStrategy[Any]:
    """Values for a variable of the type; mostly ones that its coercion lets through."""
    if depth == 0:
        return st.one_of(_fitting(of, 0), _fitting(of, 0), _fitting(of, 0), WRONG)
    return _fitting(of, depth)


def _fitting(of: GraphQLInputType, depth: int) -> st.SearchStrategy[Any]:
    match of:
        case GraphQLNonNull():
            return _not_null(of.of_type, depth)
        case _:
            return st.one_of(_not_null(of, depth), _not_null(of, depth), st.none())


def _not_null(of: GraphQLInputType, depth: int) -> st.SearchStrategy[Any]:
    match of:
        case GraphQLNonNull():
            return _not_null(of.of_type, depth)
        case GraphQLList():
            return st.lists(_fitting(of.of_type, depth + 1), max_size=3)
        case GraphQLEnumType():
            return st.sampled_from(list(of.values))
        case GraphQLInputObjectType():
            return _inputs(of, depth)
    return _scalars(of.name)


def _inputs(of: GraphQLInputObjectType, depth: int) -> st.SearchStrategy[Any]:
    required, optional = {}, {}
    for name, field in of.fields.items():
        if is_required_input_field(field):
            required[name] = values(field.type, depth + 1)
        elif depth < MAX_DEPTH:
            optional[name] = values(field.type, depth + 1)
    return st.fixed_dictionaries(required, optional=optional)


def _scalars(name: str) -> st.SearchStrategy[Any]:
    texts = st.one_of(st.sampled_from(TEXTS), st.text(max_size=30))
    match name:
        case "Int":
            edges = [0, 1, -1, 100, 101, 10**6, INT_LIMIT - 1, -INT_LIMIT]
            return st.one_of(st.sampled_from(edges), st.integers(-5, 120))
        case "Float":
            return st.floats(allow_nan=False, allow_infinity=False)
        case "Boolean":
            return st.booleans()
        case "ID":
            return st.one_of(st.sampled_from(IDS), texts)
        case "DateTime":
            return st.one_of(st.sampled_from(MOMENTS), texts)
    return texts
