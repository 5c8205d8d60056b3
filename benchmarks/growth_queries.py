"""What is asked at each size of the archive.

Invariant: the same documents and as many rows an answer at every size; only cursors and
codes are taken from the archive as it is.
"""

from dataclasses import dataclass
from random import Random

from benchmarks.content import made_content
from benchmarks.queries import Query, Variables, queries
from graphql_api.knowledge.orders import ORDERS
from knowledge.kinds import Kind
from knowledge.models import PublishedEntry

_ORDER = "DIFFICULTY_ASC"
_DEPTHS = {"at 50 %": 0.5, "at 99 %": 0.99}
# Of one query, so many values take turns.
VALUES = 8

_TOTALS = {
    "total of all questions": "{ interviewQuestions(first: 0) { totalCount } }",
    "total by technology, level and difficulty": """{ interviewQuestions(first: 0, filter: {
      technology: {eq: "alder"}, level: {eq: MID}, difficulty: {gte: 4}}) { totalCount } }""",
    "total by kind of error": """{ debugEntries(first: 0, filter: {
      errorKind: {eq: RUNTIME}}) { totalCount } }""",
    "total since a day": """{ interviewQuestions(first: 0, filter: {
      publishedAt: {gte: "2020-01-01T00:00:00Z"}}) { totalCount } }""",
    "counts of all technologies and categories": """{
      technologies { slug publishedCount } categories { slug publishedCount } }""",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with the values it is repeated with. ``counts``: with no total remembered."""

    name: str
    document: str
    variables: tuple[Variables, ...] = ({},)
    counts: bool = False


def asked() -> list[Asked]:
    """Everything that is timed, in the order of the table."""
    known = {one.name: one for one in queries(made_content())}
    found = []
    for name in ("list", "bodies"):
        document = known[name].document
        found.append(Asked(f"{name}, first page", document, ({"page": 1},)))
        found += [
            Asked(f"{name}, {depth}", by_cursor(document), places(share))
            for depth, share in _DEPTHS.items()
        ]
    found.append(Asked("single", known["single"].document, codes()))
    found.append(few("filtered, third page", known["filtered"]))
    found.append(Asked("home", known["home"].document, ({"page": 1},)))
    return found + [Asked(name, document, counts=True) for name, document in _TOTALS.items()]


def few(name: str, query: Query) -> Asked:
    """Some of a query's values, those that come first."""
    return Asked(name, query.document, query.variables[:VALUES])


def by_cursor(document: str) -> str:
    """The same request for the page after a cursor."""
    return document.replace("($page: Int!)", "($after: String!)").replace(
        "page: $page, perPage: 20", "first: 20, after: $after"
    )


def places(share: float) -> tuple[Variables, ...]:
    """Cursors of neighbouring places, so deep in the list of all questions."""
    order = ORDERS[Kind.INTERVIEW_QUESTION].named(_ORDER)
    rows = order.apply(PublishedEntry.objects.filter(kind=Kind.INTERVIEW_QUESTION, locale="en"))
    deep = int(rows.count() * share) - VALUES
    found = rows.values_list(*order.columns)[deep : deep + VALUES]
    return tuple({"after": order.cursor("InterviewQuestionConnection", row)} for row in found)


def codes() -> tuple[Variables, ...]:
    """Codes of some questions out of all."""
    rows = PublishedEntry.objects.filter(kind=Kind.INTERVIEW_QUESTION).order_by("pk")
    count = rows.count()
    random = Random(1)  # noqa: S311 - no secret
    chosen = [rows.values_list("code", flat=True)[random.randrange(count)] for _ in range(VALUES)]
    return tuple({"code": code} for code in chosen)
