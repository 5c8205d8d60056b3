"""What readers ask for while others write: many of the benchmark's queries, mixed.

Invariant: of each request it is known whether publishing questions may change its answer;
searches are known from the rest.
"""

from collections.abc import Sequence
from random import Random
from typing import Any

from benchmarks.contenders import Contender
from benchmarks.content import made_content
from benchmarks.queries import Query, queries

# How often a query is asked among a hundred requests, and how many values of it take turns.
SHARES = {"list": 20, "bodies": 10, "filtered": 20, "home": 5, "search": 2, "single": 21}
VALUES = 15
# So many hundreds before everything begins again.
HUNDREDS = 5
QUESTIONS, SEARCHES, OTHERS = "questions", "searches", "others"
# What publishing a question leaves as it is: lists of another kind.
_OTHER_LISTS = (
    "query Errors($page: Int!) { debugEntries(page: $page, perPage: 20, orderBy: CODE_ASC) {"
    " totalCount nodes { code title errorMessages technology { name } } } }",
    "query Errors($page: Int!) { debugEntries(page: $page, perPage: 10, orderBy: TITLE_ASC) {"
    " nodes { code title errorKind rootCause { text } } } }",
)
_OTHER_SHARE = 11


def mixture() -> list[tuple[str, str]]:
    """Group and text of each request, in an order of no meaning."""
    contender = Contender("", "text", 0, 0)
    found: list[tuple[str, str]] = []
    for query in queries(made_content()):
        values, group = query.variables[:VALUES], QUESTIONS
        if query.name == "single":
            values, group = last_codes(), OTHERS
        elif query.name == "search":
            group = SEARCHES
        found += taken(contender, query.document, values, SHARES[query.name], group)
    pages = tuple({"page": number} for number in range(1, VALUES + 1))
    for document in _OTHER_LISTS:
        found += taken(contender, document, pages, _OTHER_SHARE, OTHERS)
    return Random(1).sample(found, len(found))  # noqa: S311 - no secret


def taken(
    contender: Contender,
    document: str,
    values: tuple[dict[str, Any], ...],
    share: int,
    group: str,
) -> list[tuple[str, str]]:
    """The requests of one document, its values in turn."""
    made: Sequence[str] = contender.requests(Query("", "", document, "", values, None))
    return [(group, made[turn % len(made)]) for turn in range(share * HUNDREDS)]


def last_codes() -> tuple[dict[str, Any], ...]:
    """Codes of the questions that are imported last; those that are published are the first."""
    rows = [row for row in made_content()["questions"] if row["status"] == "published"]
    rows.sort(key=lambda row: (row["difficulty"], row["number"]))
    return tuple({"code": row["code"]} for row in rows[-4 * VALUES :])
