"""``suggest``: completions while typing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knowledge.search import suggestions
from tests.factories import entries, terms
from tests.support.execution import data, refusal

pytestmark = pytest.mark.django_db

SUGGEST = """
query ($text: String!, $first: Int) {
  suggest(query: $text, first: $first) { text entry { code } term { slug } }
}
"""


def suggested(text: str, **variables) -> list[str]:
    return [one["text"] for one in data(SUGGEST, text=text, **variables)["suggest"]]


def test_a_begun_word_finds_titles():
    entries.published(entries.question(title="What is a closure?"))
    entries.published(entries.question(title="What is hoisting?"))

    assert suggested("clos") == ["What is a closure?"]


def test_the_words_before_must_be_in_the_title():
    entries.published(entries.question(title="Closures in loops"))
    entries.published(entries.question(title="Closures elsewhere"))

    assert suggested("closures lo") == ["Closures in loops"]


def test_technologies_come_first_by_any_of_their_names():
    kubernetes = terms.technology("kubernetes", aliases="k8s")
    entries.published(entries.question(title="K8s pods", technology=kubernetes))

    first, second = data(SUGGEST, text="k8")["suggest"]

    assert (first["text"], first["term"]) == ("Kubernetes", {"slug": "kubernetes"})
    assert (second["text"], second["term"]) == ("K8s pods", None)


def test_entries_lead_to_themselves():
    entry = entries.published(entries.question(title="Closures"))

    (found,) = data(SUGGEST, text="closures")["suggest"]

    assert found["entry"] == {"code": entry.code}


@pytest.mark.parametrize("text", ["", " ", "\x00", "%", "_", "'", "🙂", "zzzz"])
def test_any_text_is_safe(text):
    entries.published(entries.question(title="Closures"))

    assert suggested(text) == []


def test_drafts_are_not_suggested():
    entries.question(title="Canary").save_revision()

    assert suggested("cana") == []


def test_no_more_than_asked_for():
    for number in range(4):
        entries.published(entries.question(title=f"Closure {number}"))

    assert len(suggested("closure", first=2)) == 2


@pytest.mark.parametrize("first", [0, 21, -1])
def test_first_has_limits(first):
    assert refusal(SUGGEST, text="a", first=first) == ("BAD_USER_INPUT", "first is 1 to 20.")


def test_a_text_past_the_limit_is_refused():
    assert refusal(SUGGEST, text="x" * 201)[0] == "SEARCH_TEXT_TOO_LONG"


def test_a_name_is_completed_as_one():
    entries.published(entries.question(title="The useState hook"))
    entries.published(entries.question(title="Statements"))

    assert suggested("useSt") == ["The useState hook"]
    assert suggested("hook usest") == ["The useState hook"]
    assert suggested("the usestate") == ["The useState hook"]


def kubernetes():
    terms.technology("kubernetes", aliases="k8s\nkube\nGoogle Kubernetes Engine")


@pytest.mark.parametrize("text", ["k8", "K8", "k8s", "ku", "kub", "goog", "google kub", "k8 "])
def test_a_begun_alias_finds_the_technology(text):
    kubernetes()

    assert suggested(text) == ["Kubernetes"]


@pytest.mark.parametrize("text", ["k", "8s", "ubernetes", "engine"])
def test_less_than_two_letters_or_the_end_of_a_name_find_no_technology(text):
    kubernetes()

    assert suggested(text) == []


def test_who_is_called_exactly_that_comes_before_those_with_shorter_names():
    for name in ("js-a", "js-b", "js-c"):
        terms.technology(name)
    terms.technology("javascript", aliases="js")

    assert suggested("js")[0] == "Javascript"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("node.j", ["Node.js"]),
        ("nodej", ["Node.js"]),
        ("c#", ["C#"]),
        ("c++", ["C++"]),
        (".ne", [".NET"]),
    ],
)
def test_signs_are_part_of_names(text, found):
    for slug, name in (("nodejs", "Node.js"), ("c-sharp", "C#"), ("cpp", "C++"), ("css", "CSS"),
                       ("dotnet", ".NET")):  # fmt: skip
        terms.technology(slug, name=name)

    assert suggested(text) == found


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("us", "The useState hook"),
        ("err_mod", "ERR_MODULE_NOT_FOUND in Node"),
        ("ERR_M", "ERR_MODULE_NOT_FOUND in Node"),
        ("os.pa", "What os.path.join does"),
        ("e03", "E0382 borrow of moved value"),
        ("$co", "Undefined variable $conn"),
    ],
)
def test_a_begun_name_of_code_finds_titles(text, title):
    for one in (
        "The useState hook", "ERR_MODULE_NOT_FOUND in Node", "What os.path.join does",
        "E0382 borrow of moved value", "Undefined variable $conn",
    ):  # fmt: skip
        entries.published(entries.question(title=one))

    assert suggested(text) == [title]


def test_all_titles_of_a_completion_are_read_where_the_best_are_too_few(monkeypatch):
    monkeypatch.setattr(suggestions, "_READ_AT_FIRST", 1)
    titles = ["Closures", "Closures in loops of functions"]
    for title in titles:
        entries.published(entries.question(title=title))

    assert suggested("clos") == titles
    assert suggested("clos", first=1) == titles[:1]


def test_the_best_titles_of_a_completion_are_enough(monkeypatch):
    for number in range(4):
        entries.published(entries.question(title=f"Closures {'again ' * number}"))
    monkeypatch.setattr(suggestions, "_READ_AT_FIRST", 2)

    assert len(suggested("clos", first=2)) == 2
    with CaptureQueriesContext(connection) as queries:
        suggestions.suggest("clos", locale="en", most=2)

    read = [one["sql"] for one in queries if "knowledge_searchposting" in one["sql"]]
    assert [sql.count("LIMIT 2)") for sql in read] == [1]
