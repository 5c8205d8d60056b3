"""``search``: what is found, in which order, how it is narrowed and paged."""

from datetime import timedelta

import pytest
from django.utils import timezone

from knowledge.models import PublishedEntry, SearchDocument
from knowledge.search import term_statistics
from tests.factories import entries, terms
from tests.factories.translations import translated
from tests.support.execution import data, refusal

pytestmark = pytest.mark.django_db


def titles(query: str, arguments: str = "", **variables) -> list[str]:
    found = data(
        f"query ($text: String!) {{ search(query: $text {arguments}) "
        "{ nodes { entry { title } } } }",
        text=query,
        **variables,
    )
    return [node["entry"]["title"] for node in found["search"]["nodes"]]


def test_finds_entries_of_any_kind():
    for make in entries.ALL_KINDS:
        entries.published(make(title=f"Zebra by {make.__name__}"))

    assert len(titles("zebra")) == len(entries.ALL_KINDS)


def test_a_title_counts_more_than_a_mention():
    entries.published(
        entries.question(title="Other", sections=[("deep_dive", entries.prose("A zebra."))])
    )
    entries.published(entries.question(title="Zebra"))

    assert titles("zebra") == ["Zebra", "Other"]


def test_words_are_found_in_any_inflection():
    entries.published(entries.question(title="How are dependencies injected?"))

    assert titles("inject a dependency") == ["How are dependencies injected?"]


@pytest.mark.parametrize(
    "query", ["useDebounce", "usedebounce", "debounce", "$conn", "os.path.join", "ERR_BAD_THING"]
)
def test_code_is_found_whole_and_by_part(query):
    code = "useDebounce($conn, os.path.join(a), ERR_BAD_THING)"
    entries.published(
        entries.snippet(
            title="Hook", files=[("file", {"name": "a.js", "language": "javascript", "code": code})]
        )
    )
    entries.published(entries.question(title="Unrelated"))

    assert titles(query) == ["Hook"]


def test_an_alias_finds_the_entries_of_its_technology():
    kubernetes = terms.technology("kubernetes", aliases="k8s\nkube")
    entries.published(entries.question(title="Pods", technology=kubernetes))
    entries.published(entries.question(title="Unrelated"))

    assert titles("k8s") == ["Pods"]


def test_quotes_keep_words_together():
    entries.published(entries.question(title="Hash map of names"))
    entries.published(entries.question(title="Map every hash"))

    assert titles('"hash map"') == ["Hash map of names"]


def test_a_minus_leaves_entries_out():
    entries.published(entries.question(title="Zebra crossing"))
    entries.published(entries.question(title="Zebra stripes"))

    assert titles("zebra -stripes") == ["Zebra crossing"]
    assert titles('zebra -"zebra crossing"') == ["Zebra stripes"]


@pytest.mark.parametrize(
    "query",
    [
        "", " ", "\x00", '"', '""', "*", "OR", "a OR b AND NOT c", "(((", "x:y", "'; DROP TABLE x;",
        "🙂🙂", "-", '-"', "\u202e\ufffe", "%", "_", "ａｂｃ", "a" * 200, "the of and", "NEAR(a b)",
    ],
)  # fmt: skip
def test_any_text_is_safe(query):
    entries.published(entries.question())

    assert isinstance(titles(query), list)


def test_a_text_past_the_limit_is_refused():
    code, message = refusal(
        "query ($text: String!) { search(query: $text) { totalCount } }", text="x" * 201
    )

    assert (code, message) == ("SEARCH_TEXT_TOO_LONG", "query is at most 200 characters long.")


def test_drafts_are_not_found():
    entry = entries.published(entries.question(title="Public"))
    entry.title = "Canary"
    entry.save_revision()
    entries.question(title="Canary").save_revision()

    assert titles("canary") == []


def test_what_expired_is_not_found_even_without_a_scheduler():
    entry = entries.published(entries.question(title="Zebra"))
    past = timezone.now() - timedelta(seconds=1)
    PublishedEntry.objects.filter(pk=entry.pk).update(expires_at=past)
    SearchDocument.objects.filter(pk=entry.pk).update(expires_at=past)

    assert titles("zebra") == []


def test_unpublished_and_deleted_entries_are_not_found():
    first = entries.published(entries.question(title="Zebra one"))
    second = entries.published(entries.question(title="Zebra two"))
    first.unpublish()
    second.delete()

    assert titles("zebra") == []


@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        ("{kind: {eq: DEBUG_ENTRY}}", ["Zebra error"]),
        ("{kind: {in: []}}", []),
        ("{technology: {eq: \"php\"}}", ["Zebra error"]),
        ("{technology: {eq: \"nothing-of-that-name\"}}", []),
        ("{level: {eq: MID}}", ["Zebra question"]),
        ("{difficulty: {gte: 4, lte: 6}}", ["Zebra question"]),
        ("{difficulty: {gte: 6}}", []),
        ("{topic: {eq: \"http\"}}", ["Zebra question"]),
        ("{category: {eq: \"security\"}}", ["Zebra question"]),
    ],
)  # fmt: skip
def test_filters_narrow(filter, expected):
    entries.published(entries.question(title="Zebra question", topics=[terms.topic("http")]))
    entries.published(entries.debug_entry(title="Zebra error"))

    assert titles("zebra", f", filter: {filter}") == expected


FACETS = """
query ($filter: SearchFilter) {
  search(query: "zebra", filter: $filter) {
    totalCount
    facets {
      kinds { kind count }
      technologies { technology { slug } count }
      categories { category { slug } count }
      levels { level count }
      difficulties { band count }
      topics { topic { slug } count }
    }
  }
}
"""


@pytest.fixture
def zebras():
    entries.published(
        entries.question(title="Zebra one", topics=[terms.topic("http"), terms.topic("sql")])
    )
    entries.published(
        entries.question(
            title="Zebra two", level="SENIOR", difficulty=9, topics=[terms.topic("http")]
        )
    )
    entries.published(entries.debug_entry(title="Zebra error"))
    entries.published(entries.question(title="Unrelated"))


def test_facets_count_all_matches(zebras):
    found = data(FACETS)["search"]

    assert found["totalCount"] == 3
    assert found["facets"] == {
        "kinds": [
            {"kind": "INTERVIEW_QUESTION", "count": 2},
            {"kind": "DEBUG_ENTRY", "count": 1},
        ],
        "technologies": found["facets"]["technologies"],
        "categories": [{"category": {"slug": "security"}, "count": 2}],
        "levels": [{"level": "MID", "count": 1}, {"level": "SENIOR", "count": 1}],
        "difficulties": [{"band": "HARD", "count": 1}, {"band": "MEDIUM", "count": 1}],
        "topics": [
            {"topic": {"slug": "http"}, "count": 2},
            {"topic": {"slug": "sql"}, "count": 1},
        ],
    }
    assert {
        (one["technology"]["slug"], one["count"]) for one in found["facets"]["technologies"]
    } == {("fastapi", 2), ("php", 1)}


def test_a_facet_is_counted_under_the_other_filters(zebras):
    found = data(FACETS, filter={"level": {"eq": "SENIOR"}})["search"]

    assert found["totalCount"] == 1
    assert found["facets"]["levels"] == [
        {"level": "MID", "count": 1},
        {"level": "SENIOR", "count": 1},
    ]
    assert found["facets"]["kinds"] == [{"kind": "INTERVIEW_QUESTION", "count": 1}]
    assert found["facets"]["topics"] == [{"topic": {"slug": "http"}, "count": 1}]


def test_a_filter_by_topic_leaves_the_other_topics_to_choose(zebras):
    found = data(FACETS, filter={"topic": {"eq": "sql"}})["search"]

    assert found["totalCount"] == 1
    assert {one["topic"]["slug"] for one in found["facets"]["topics"]} == {"http", "sql"}
    assert found["facets"]["kinds"] == [{"kind": "INTERVIEW_QUESTION", "count": 1}]


def test_title_and_snippet_come_in_fragments():
    entries.published(
        entries.question(
            title="The <b>zebra</b> & co", short_answer="<p>Zebras &lt;script&gt; run.</p>"
        )
    )

    (hit,) = data(
        '{ search(query: "zebra") { nodes { score title { text isMatch } '
        "snippet { text isMatch } } } }"
    )["search"]["nodes"]

    assert hit["title"] == [
        {"text": "The <b>", "isMatch": False},
        {"text": "zebra", "isMatch": True},
        {"text": "</b> & co", "isMatch": False},
    ]
    assert hit["snippet"] == [
        {"text": "Zebras", "isMatch": True},
        {"text": " <script> run.", "isMatch": False},
    ]
    assert 0 < hit["score"] <= 1


def test_a_misspelt_word_is_put_right():
    entries.published(entries.question(title="Dependency injection"))

    found = data('{ search(query: "dependensy inyection") { didYouMean } }')

    assert found["search"]["didYouMean"] == "dependency injection"


def test_nothing_is_suggested_for_known_words():
    entries.published(entries.question(title="Dependency injection"))

    assert data('{ search(query: "injection") { didYouMean } }')["search"]["didYouMean"] is None


PAGED = """
query ($first: Int, $after: String, $last: Int, $before: String, $page: Int, $perPage: Int) {
  search(query: "zebra", first: $first, after: $after, last: $last, before: $before,
         page: $page, perPage: $perPage) {
    totalCount pageCount
    pageInfo { hasNextPage hasPreviousPage endCursor startCursor }
    nodes { entry { title } }
  }
}
"""


@pytest.fixture
def seven():
    for number in range(7):
        entries.published(entries.question(title=f"Zebra {number}"))
    return titles("zebra")


def page(**variables) -> tuple[list[str], dict]:
    found = data(PAGED, **variables)["search"]
    return [node["entry"]["title"] for node in found["nodes"]], found["pageInfo"]


def test_cursors_walk_through_all_hits(seven):
    walked, cursor = [], None
    while True:
        shown, info = page(first=3, after=cursor)
        walked += shown
        cursor = info["endCursor"]
        if not info["hasNextPage"]:
            break

    assert walked == seven


def test_cursors_walk_backwards(seven):
    shown, info = page(last=3)
    assert shown == seven[4:]
    assert info["hasPreviousPage"] is True

    shown, info = page(last=9, before=info["startCursor"])
    assert shown == seven[:4]
    assert info["hasPreviousPage"] is False


def test_pages_by_number(seven):
    assert page(page=2, perPage=3)[0] == seven[3:6]
    assert page(page=3, perPage=3)[0] == seven[6:]
    assert page(page=9, perPage=3)[0] == []


def test_a_cursor_of_another_list_is_refused(seven):
    cursor = data("{ entries(first: 1) { pageInfo { endCursor } } }")["entries"]["pageInfo"]

    assert refusal(PAGED, after=cursor["endCursor"])[0] == "CURSOR_INVALID"


def test_a_translation_is_delivered_in_its_language(german):
    entry = entries.published(entries.question(title="Zebra"))
    translated(entry, german, title="Das Zebra")
    entries.published(entries.question(title="Untranslated zebra"))

    assert set(titles("zebra", ', locale: "de"')) == {"Das Zebra", "Untranslated zebra"}
    assert titles("zebra", ', locale: "de", fallback: NONE') == ["Das Zebra"]
    assert set(titles("zebra")) == {"Zebra", "Untranslated zebra"}


def test_a_phrase_may_hold_words_that_are_everywhere():
    entries.published(entries.question(title="Why is this not what it seems?"))
    entries.published(
        entries.question(
            title="Calls", sections=[("deep_dive", entries.prose("It is not a function."))]
        )
    )

    assert titles('"is not a function"') == ["Calls"]


def test_a_phrase_with_a_word_that_no_entry_holds_finds_nothing():
    entries.published(entries.question(title="Zebra crossing"))

    assert titles('"zebra xylophone" crossing') == []


def test_every_excluded_word_counts_however_many_there_are():
    entries.published(entries.question(title="Zebra crossing"))
    unwanted = " ".join(f"-w{number}" for number in range(20))

    assert titles(f"zebra {unwanted}") == ["Zebra crossing"]
    assert titles(f"zebra {unwanted} -crossing") == []


def test_every_phrase_counts_however_many_there_are():
    entries.published(entries.question(title="one two three four five six seven eight nine zebra"))
    phrases = '"one two" "two three" "three four" "four five" "five six" "six seven" "eight nine"'

    assert len(titles(f'{phrases} "nine zebra"')) == 1
    assert titles(f'{phrases} "zebra nine"') == []


def test_every_word_counts_however_many_there_are():
    entries.published(entries.question(title="Zebra"))
    words = " ".join(f"word{number}x" for number in range(18))

    assert titles(f"{words} zebra") == ["Zebra"]


COUNTED = """query ($text: String!) { search(query: $text) {
    totalCount totalCountIsLowerBound facets { kinds { count } } } }"""


def test_all_matches_are_counted_when_all_were_read():
    for number in range(3):
        entries.published(entries.question(title=f"Zebra {number}"))

    assert data(COUNTED, text="zebra")["search"] == {
        "totalCount": 3,
        "totalCountIsLowerBound": False,
        "facets": {"kinds": [{"count": 3}]},
    }


def test_a_count_of_the_best_only_says_so(monkeypatch):
    for name in ("FIRST", "EVERYTHING"):
        monkeypatch.setattr(term_statistics, name, term_statistics.Budget(2, 2, 2))
    for number in range(3):
        entries.published(entries.question(title=f"Zebra {number}"))

    assert data(COUNTED, text="zebra")["search"] == {
        "totalCount": 2,
        "totalCountIsLowerBound": True,
        "facets": {"kinds": [{"count": 2}]},
    }


def test_words_within_what_may_be_read_are_counted_in_full(monkeypatch):
    for name in ("FIRST", "EVERYTHING"):
        monkeypatch.setattr(term_statistics, name, term_statistics.Budget(20_000, 2, 2))
    for number in range(3):
        entries.published(entries.question(title=f"Zebra {number}"))

    assert data(COUNTED, text="zebra")["search"]["totalCount"] == 3


@pytest.mark.parametrize(
    "text",
    ["", "   ", "zzzzqqq", "-zebra", '* " - \\ %_', "😀😀", "()", '"', "AND OR NOT", "%", "$"],
)
def test_any_text_is_answered_with_counts(text):
    entries.published(entries.question(title="Zebra crossing"))

    assert data(COUNTED, text=text)["search"] == {
        "totalCount": 0,
        "totalCountIsLowerBound": False,
        "facets": {"kinds": []},
    }


def test_what_was_left_out_on_purpose_does_not_count_as_missed(monkeypatch):
    noted = []
    monkeypatch.setattr("graphql_api.search.search_field.missed.note_search", noted.append)

    titles("-zebra")
    titles("giraffe -zebra")

    assert noted == ["", "giraffe"]
