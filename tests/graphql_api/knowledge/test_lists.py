"""Lists page exactly: forwards, backwards, by number, and while rows come and go."""

from datetime import UTC, datetime, timedelta

import pytest

from graphql_api.knowledge.orders import ENTRY_ORDERS, ORDERS
from knowledge.kinds import Kind
from knowledge.models import PublishedEntry
from tests.factories import entries
from tests.support.execution import data, execute, refusal
from tests.support.read_model import clone

pytestmark = pytest.mark.django_db

PAGE = """
query ($first: Int, $after: String, $last: Int, $before: String, $page: Int, $perPage: Int,
       $orderBy: InterviewQuestionOrder) {
  list: interviewQuestions(first: $first, after: $after, last: $last, before: $before,
                           page: $page, perPage: $perPage, orderBy: $orderBy) {
    nodes { code }
    edges { cursor node { code } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    totalCount
    pageCount
  }
}"""


def page(**arguments):
    return data(PAGE, **arguments)["list"]


def codes(answer):
    return [node["code"] for node in answer["nodes"]]


@pytest.fixture
def seven_questions():
    """Seven questions, two of them of equal level and difficulty."""
    entry = entries.published(entries.question())
    start = datetime(2026, 1, 1, tzinfo=UTC)
    clone(
        entry,
        7,
        code=lambda n: f"Q-{n}",
        level_rank=lambda n: n // 3,
        difficulty=lambda n: 9 - n // 2,
        published_at=lambda n: start + timedelta(days=n // 2),
        title_key=lambda n: f"title {n % 3}",
        views=lambda n: n % 4 * 10,
    )
    PublishedEntry.objects.filter(pk=entry.pk).delete()


def test_a_list_without_arguments_is_in_the_default_order(seven_questions):
    assert codes(page()) == ["Q-2", "Q-0", "Q-1", "Q-4", "Q-5", "Q-3", "Q-6"]


def test_a_list_has_nodes_and_edges_of_the_same_rows(seven_questions):
    answer = page(first=3)

    assert [edge["node"] for edge in answer["edges"]] == answer["nodes"]
    assert answer["pageInfo"] == {
        "hasNextPage": True,
        "hasPreviousPage": False,
        "startCursor": answer["edges"][0]["cursor"],
        "endCursor": answer["edges"][2]["cursor"],
    }


def test_an_empty_list_has_no_cursors():
    assert page() == {
        "nodes": [],
        "edges": [],
        "pageInfo": {
            "hasNextPage": False,
            "hasPreviousPage": False,
            "startCursor": None,
            "endCursor": None,
        },
        "totalCount": 0,
        "pageCount": 0,
    }


@pytest.mark.parametrize("order", [*ORDERS[Kind.INTERVIEW_QUESTION]._orders])
@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pages_forwards_are_the_list(seven_questions, order, size):
    whole = codes(page(first=100, orderBy=order))
    found, cursor = [], None
    while True:
        answer = page(first=size, after=cursor, orderBy=order)
        found += codes(answer)
        cursor = answer["pageInfo"]["endCursor"]
        if not answer["pageInfo"]["hasNextPage"]:
            break

    assert found == whole
    assert sorted(whole) == [f"Q-{n}" for n in range(7)]


@pytest.mark.parametrize("order", [*ORDERS[Kind.INTERVIEW_QUESTION]._orders])
@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pages_backwards_are_the_list(seven_questions, order, size):
    whole = codes(page(first=100, orderBy=order))
    found, cursor = [], None
    while True:
        answer = page(last=size, before=cursor, orderBy=order)
        found = codes(answer) + found
        cursor = answer["pageInfo"]["startCursor"]
        if not answer["pageInfo"]["hasPreviousPage"]:
            break

    assert found == whole


@pytest.mark.parametrize(
    "name", ["CODE", "TITLE", "PUBLISHED_AT", "LEVEL", "DIFFICULTY", "VIEW_COUNT"]
)
def test_an_order_from_the_end_is_the_order_reversed(seven_questions, name):
    ascending = codes(page(orderBy=f"{name}_ASC"))

    assert codes(page(orderBy=f"{name}_DESC")) == ascending[::-1]


def test_the_most_viewed_come_first_where_that_is_asked_for(seven_questions):
    assert codes(page(orderBy="VIEW_COUNT_DESC")) == [
        "Q-3", "Q-6", "Q-2", "Q-5", "Q-1", "Q-4", "Q-0",
    ]  # fmt: skip


def test_after_and_before_enclose_a_page(seven_questions):
    cursors = [edge["cursor"] for edge in page()["edges"]]

    assert codes(page(after=cursors[0], before=cursors[3])) == ["Q-0", "Q-1"]


def test_the_page_before_a_cursor_knows_that_more_follows(seven_questions):
    cursor = page()["edges"][3]["cursor"]

    answer = page(last=2, before=cursor)

    assert codes(answer) == ["Q-0", "Q-1"]
    assert answer["pageInfo"]["hasNextPage"] is True
    assert answer["pageInfo"]["hasPreviousPage"] is True


def test_a_row_inserted_before_shifts_nothing(seven_questions):
    cursor = page(first=3)["pageInfo"]["endCursor"]
    rest = codes(page(after=cursor))
    clone_of = entries.published(entries.question(level="JUNIOR", difficulty=1))
    PublishedEntry.objects.filter(pk=clone_of.pk).update(level_rank=0, difficulty=0)

    assert codes(page(after=cursor)) == rest


def test_a_row_removed_before_shifts_nothing(seven_questions):
    cursor = page(first=3)["pageInfo"]["endCursor"]
    rest = codes(page(after=cursor))
    PublishedEntry.objects.filter(code__in=["Q-2", "Q-1"]).delete()

    assert codes(page(after=cursor)) == rest


def test_page_numbers_reach_every_row(seven_questions):
    found = [code for number in (1, 2, 3) for code in codes(page(page=number, perPage=3))]

    assert found == codes(page())


def test_a_numbered_page_knows_its_neighbours(seven_questions):
    answer = page(page=2, perPage=3)

    assert answer["pageInfo"]["hasNextPage"] is True
    assert answer["pageInfo"]["hasPreviousPage"] is True
    assert (answer["totalCount"], answer["pageCount"]) == (7, 3)


def test_a_page_beyond_the_end_is_empty(seven_questions):
    answer = page(page=9, perPage=3)

    assert answer["nodes"] == []
    assert answer["pageInfo"]["hasNextPage"] is False
    assert answer["totalCount"] == 7


def test_cursors_of_a_numbered_page_go_on_by_cursor(seven_questions):
    cursor = page(page=1, perPage=3)["pageInfo"]["endCursor"]

    assert codes(page(first=3, after=cursor)) == codes(page(page=2, perPage=3))


def test_rows_are_counted_only_when_asked(seven_questions, django_assert_num_queries):
    with django_assert_num_queries(1):
        data("{ interviewQuestions { nodes { code } } }")


def test_the_total_is_that_of_the_filter_not_of_the_page(seven_questions):
    answer = data(
        '{ interviewQuestions(first: 1, filter: {code: {in: ["Q-1", "Q-2"]}})'
        " { nodes { code } totalCount } }"
    )

    assert answer["interviewQuestions"] == {"nodes": [{"code": "Q-2"}], "totalCount": 2}


@pytest.mark.parametrize("cursor", ["nonsense", "", "W10"])
def test_a_text_that_is_no_cursor_is_refused(cursor):
    assert refusal(PAGE, after=cursor)[0] == "CURSOR_INVALID"


def test_a_cursor_of_another_order_is_refused(seven_questions):
    cursor = page(orderBy="CODE_ASC")["pageInfo"]["endCursor"]

    assert refusal(PAGE, after=cursor, orderBy="TITLE_ASC")[0] == "CURSOR_INVALID"


def test_a_cursor_of_another_list_is_refused(seven_questions):
    answer = data("{ entries(orderBy: CODE_ASC) { pageInfo { endCursor } } }")

    code, _ = refusal(PAGE, after=answer["entries"]["pageInfo"]["endCursor"], orderBy="CODE_ASC")

    assert code == "CURSOR_INVALID"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"first": 1, "last": 1}, "BAD_USER_INPUT"),
        ({"first": 1, "page": 1}, "BAD_USER_INPUT"),
        ({"first": 101}, "PAGE_SIZE_TOO_LARGE"),
        ({"page": 502}, "OFFSET_TOO_LARGE"),
    ],
)
def test_paging_arguments_are_checked(arguments, code):
    assert refusal(PAGE, **arguments)[0] == code


@pytest.mark.parametrize(
    ("make", "field", "type_name"),
    [
        (entries.question, "interviewQuestions", "InterviewQuestion"),
        (entries.debug_entry, "debugEntries", "DebugEntry"),
        (entries.snippet, "codeSnippets", "CodeSnippet"),
        (entries.design_note, "systemDesignNotes", "SystemDesignNote"),
        (entries.learning_path, "learningPaths", "LearningPath"),
        (entries.security_topic, "securityTopics", "SecurityTopic"),
    ],
)
def test_each_list_holds_its_kind_alone(make, field, type_name):
    for maker in entries.ALL_KINDS:
        entries.published(maker())

    answer = data(f"{{ list: {field} {{ nodes {{ __typename code }} totalCount }} }}")

    assert [node["__typename"] for node in answer["list"]["nodes"]] == [type_name]
    assert answer["list"]["totalCount"] == 1


def test_the_list_of_all_kinds_is_newest_first():
    made = [entries.published(make()) for make in entries.ALL_KINDS]

    answer = data("{ entries { nodes { code } totalCount } }")

    assert codes(answer["entries"]) == [entry.code for entry in reversed(made)]
    assert answer["entries"]["totalCount"] == 6


@pytest.mark.parametrize("order", [*ENTRY_ORDERS._orders])
def test_every_order_of_all_kinds_pages_exactly(order):
    for make in entries.ALL_KINDS:
        entries.published(make())
    query = (
        "query ($order: EntryOrder, $after: String) { entries(first: 1, after: $after,"
        " orderBy: $order) { nodes { code } pageInfo { endCursor hasNextPage } } }"
    )

    found, cursor, more = [], None, True
    while more:
        answer = data(query, order=order, after=cursor)["entries"]
        found += codes(answer)
        cursor, more = answer["pageInfo"]["endCursor"], answer["pageInfo"]["hasNextPage"]

    assert len(found) == len(set(found)) == 6


def test_an_unknown_order_does_not_validate():
    result = execute("{ interviewQuestions(orderBy: PASSWORD) { nodes { code } } }")

    assert "does not exist in 'InterviewQuestionOrder' enum" in result.errors[0].message


def test_security_topics_are_most_severe_first_and_by_code_within():
    made = [
        entries.published(entries.security_topic(severity=severity))
        for severity in ("LOW", "CRITICAL", "HIGH", "CRITICAL")
    ]

    answer = data("{ securityTopics(first: 3) { nodes { code } pageInfo { endCursor } } }")
    first = answer["securityTopics"]
    rest = data(
        "query ($after: String) { securityTopics(after: $after) { nodes { code } } }",
        after=first["pageInfo"]["endCursor"],
    )

    assert codes(first) == [made[1].code, made[3].code, made[2].code]
    assert codes(rest["securityTopics"]) == [made[0].code]
