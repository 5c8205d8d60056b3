"""Names that editors give to technologies and topics find entries as soon as they are saved."""

import pytest

from knowledge.models import Technology, Topic
from tests.factories import entries, terms
from tests.knowledge.admin.submission import address
from tests.support.execution import data

pytestmark = pytest.mark.django_db

SEARCH = "query ($text: String!) { search(query: $text) { nodes { entry { title } } } }"
SUGGEST = "query ($text: String!) { suggest(query: $text) { text } }"


def found(text: str) -> list[str]:
    return [hit["entry"]["title"] for hit in data(SEARCH, text=text)["search"]["nodes"]]


def suggested(text: str) -> list[str]:
    return [one["text"] for one in data(SUGGEST, text=text)["suggest"]]


def save(editor, term, aliases: str) -> None:
    """Submit the form of a term as its page does."""
    form = {
        "name": term.name,
        "slug": term.slug,
        "aliases": aliases,
        "description": "",
        "order": "0",
    }
    if isinstance(term, Technology):
        form |= {"code_prefix": term.code_prefix, "display_label": "", "language": ""}
    response = editor.post(address(type(term), "edit", term.pk), form)
    assert response.status_code == 302, response.context["form"].errors
    term.refresh_from_db()
    assert term.aliases.split() == aliases.split()


@pytest.fixture
def kubernetes(db):
    technology = terms.technology("kubernetes")
    entries.published(entries.question(title="How are pods restarted?", technology=technology))
    return technology


def test_an_added_alias_finds_entries_at_once(editor, kubernetes):
    assert (found("k8s"), suggested("k8")) == ([], [])

    save(editor, kubernetes, "k8s\nkube")

    assert found("k8s") == ["How are pods restarted?"]
    assert suggested("k8") == ["Kubernetes"]
    assert suggested("kub") == ["Kubernetes"]


def test_a_removed_alias_finds_nothing_at_once(editor, kubernetes):
    save(editor, kubernetes, "k8s\nkube")
    assert found("k8s") == ["How are pods restarted?"]

    save(editor, kubernetes, "kube")

    assert (found("k8s"), suggested("k8")) == ([], [])
    assert found("kube") == ["How are pods restarted?"]


def test_a_changed_alias_is_the_new_one_only(editor, kubernetes):
    save(editor, kubernetes, "k8s")
    save(editor, kubernetes, "kates")

    assert (found("k8s"), found("kates")) == ([], ["How are pods restarted?"])


def test_an_alias_of_a_topic_is_followed_too(editor):
    topic = terms.topic("scheduling")
    entries.published(entries.question(title="Where do pods run?", topics=[topic]))

    save(editor, topic, "placement")
    assert found("placement") == ["Where do pods run?"]
    assert suggested("placem") == ["Scheduling"]

    save(editor, Topic.objects.get(), "")
    assert (found("placement"), suggested("placem")) == ([], [])
