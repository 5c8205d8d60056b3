"""``suggest``: completions while typing."""

import pytest

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
