"""Whatever changes, an answer from memory equals one made anew; what did not change is kept."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction, Page

from cms.publishing.models import PublicationEvent
from graphql_api.knowledge.global_ids import global_id
from knowledge.models import PublishedEntry
from pages.models import HubSettings
from tests.factories import entries, pages, terms
from tests.factories.translations import translated
from tests.graphql_api.caching.conftest import Front

pytestmark = pytest.mark.usefixtures("kept_db", "one_connection")


class World:
    """Public things of every kind that point at each other, and some that are not out yet."""

    def __init__(self, german):
        self.german = german
        self.question = entries.published(entries.question(slug="one"))
        self.error = entries.debug_entry(slug="broken")
        self.error.relations.create(target=self.question)
        self.error.save()
        self.error = entries.published(self.error)
        self.snippet = entries.published(entries.snippet(slug="snip"))
        self.german_snippet = translated(self.snippet, german, title="Entprellen", slug="prell")
        self.draft = entries.question(slug="soon", title="Soon")
        self.error.relations.create(target=self.draft)
        self.error.save()
        entries.published(self.error)
        self.path = entries.published(entries.learning_path(slug="way"))
        self.home = pages.home()
        self.about = pages.standard(self.home, "About", show_in_menus=True)
        self.quote = pages.quote()
        self.internal = pages.private_collection("Internal")
        self.secret = pages.private(pages.standard(self.home, "Secret"))
        self.collection = Collection.get_first_root_node().add_child(name="Public")
        fields = {"collection": self.collection, "title": "Chart"}
        self.image = get_image_model().objects.create(file=get_test_image_file(), **fields)
        get_document_model().objects.create(file="documents/a.pdf", file_size=1, **fields)


ENTRY = "code slug title locale updatedAt technology { name publishedCount } topics { name }"
QUERIES = {
    "list": f"{{ interviewQuestions {{ totalCount nodes {{ {ENTRY} }} }} }}",
    "german list": f'{{ interviewQuestions(locale: "de") {{ nodes {{ {ENTRY} }} }} }}',
    "other list": "{ codeSnippets { totalCount nodes { code title } } }",
    "filtered": '{ entries(filter: {technology: {eq: "php"}}) { totalCount nodes { title } } }',
    "all": "{ entries(orderBy: PUBLISHED_AT_DESC) { nodes { code title kind } } }",
    "by slug": f'{{ interviewQuestion(slug: "one") {{ {ENTRY} sections {{ __typename }} }} }}',
    "by slug to come": '{ interviewQuestion(slug: "soon") { title } }',
    "by slug of nothing": '{ interviewQuestion(slug: "renamed") { title } }',
    "german": '{ interviewQuestion(slug: "one", locale: "de") { title locale } }',
    "translations": '{ debugEntry(slug: "broken") { translations { locale slug path } } }',
    "related": '{ debugEntry(slug: "broken") { title related { entry { title slug } } } }',
    "snippet": '{ codeSnippet(slug: "snip") { title description { text } } }',
    "german snippet": '{ codeSnippet(slug: "snip", locale: "de") { title locale } }',
    "terms": "{ technologies { name slug publishedCount counts { kind count } } }",
    "hub": "{ hub { quotes { text } contact { email } figures { counted } } }",
    "page": '{ page(path: "/about/") { title children { title } } }',
    "menu": "{ navigation { label url } }",
    "files": "{ images { totalCount nodes { title } } documents { nodes { title } } }",
    "redirect": '{ redirect(path: "/old") { url } }',
    "search": '{ search(query: "dependency") { totalCount nodes { entry { title } } } }',
    "feed of nothing": '{ entry(code: "NONE-001") { title } }',
}


def rename(world):
    world.question.title = "Quite another question"
    world.question.slug = "renamed"
    entries.published(world.question)


def move_to_another_technology(world):
    world.question.technology = terms.technology("php")
    entries.published(world.question)


def publish_draft(world):
    entries.published(world.draft)


def unpublish(world):
    world.question.unpublish()


def delete(world):
    world.question.delete()


def translate(world):
    translated(world.question, world.german, title="Wie geht das?", slug="wie")


def translate_error(world):
    translated(world.error, world.german, title="Fehler", slug="fehler")


def unpublish_translation(world):
    world.german_snippet.unpublish()


def expire(world):
    moment = timezone.now() - timedelta(seconds=1)
    PublishedEntry.objects.filter(pk=world.question.pk).update(expires_at=moment)
    world.front.cache.watcher._next_expiry = moment


def change_term(world):
    technology = world.question.technology
    technology.name = "Renamed technology"
    technology.save()


def change_settings(world):
    settings = HubSettings.for_site(pages.Site.objects.get(is_default_site=True))
    settings.contact_email = "new@example.org"
    settings.save()


def rename_page(world):
    world.about.title = "About us"
    world.about.save_revision().publish()


def move_page(world):
    other = pages.standard(world.home, "Other")
    Page.objects.get(pk=world.about.pk).move(Page.objects.get(pk=other.pk), "last-child")


def move_page_below_a_private_one(world):
    Page.objects.get(pk=world.about.pk).move(Page.objects.get(pk=world.secret.pk), "last-child")


def move_collection_below_a_private_one(world):
    Collection.objects.get(pk=world.collection.pk).move(
        Collection.objects.get(pk=world.internal.pk), "sorted-child"
    )


def restrict_collection(world):
    CollectionViewRestriction.objects.create(
        collection=world.collection, restriction_type=CollectionViewRestriction.LOGIN
    )


def replace_image(world):
    world.image.title = "Another chart"
    world.image.save()


def unpublish_page(world):
    world.about.unpublish()


def restrict_page(world):
    pages.private(world.about)


def change_quote(world):
    world.quote.text = "Another word."
    world.quote.save()


def redirect(world):
    Redirect.objects.create(old_path="/old", redirect_page=world.about)


def republish_unchanged(world):
    entries.published(world.snippet)


CHANGES = [
    rename,
    move_to_another_technology,
    publish_draft,
    unpublish,
    delete,
    translate,
    translate_error,
    unpublish_translation,
    expire,
    change_term,
    change_settings,
    rename_page,
    move_page,
    move_page_below_a_private_one,
    move_collection_below_a_private_one,
    restrict_collection,
    replace_image,
    unpublish_page,
    restrict_page,
    change_quote,
    redirect,
    republish_unchanged,
]


@pytest.fixture(scope="module")
def shared_world(module_german):
    return World(module_german)


@pytest.fixture
def world(shared_world, kept_db, front):
    """The module's world, as it was made: each test changes objects of its own."""
    own = deepcopy(shared_world)
    own.front = front
    return own


@pytest.mark.parametrize("change", CHANGES)
def test_after_every_change_memory_and_database_say_the_same(world, front, change):
    before = {name: front.send("POST", query).body for name, query in QUERIES.items()}
    assert [front.send("POST", query)["X-Cache"] for query in QUERIES.values()] == (
        ["HIT"] * len(QUERIES)
    )
    assert [name for name, body in before.items() if b'"errors"' in body] == []

    change(world)
    front.now += 1.0

    anew = Front()
    answers = {name: front.send("POST", query).body for name, query in QUERIES.items()}
    expected = {name: anew.send("POST", query).body for name, query in QUERIES.items()}
    assert [name for name in QUERIES if answers[name] != expected[name]] == []
    if change is not republish_unchanged:
        assert any(answers[name] != before[name] for name in QUERIES)


def kept(front, change):
    """The queries whose answers survive ``change``."""
    for query in QUERIES.values():
        front.send("POST", query)
    change()
    front.now += 1.0
    return {
        name for name, query in QUERIES.items() if front.send("POST", query)["X-Cache"] == "HIT"
    }


def test_publishing_forgets_what_rests_on_it_and_keeps_the_rest(world, front):
    remaining = kept(front, lambda: rename(world))

    assert {"list", "german list", "by slug", "german", "all", "related", "terms"}.isdisjoint(
        remaining
    )
    assert {"other list", "page", "menu", "redirect"} <= remaining


def test_an_entry_of_another_kind_leaves_entries_and_their_lists_alone(world, front):
    def publish_another():
        entries.published(entries.security_topic())

    remaining = kept(front, publish_another)

    assert {"other list", "related", "translations", "page", "menu"} <= remaining
    assert {"all", "search"}.isdisjoint(remaining)


def test_a_change_of_the_surroundings_forgets_everything(world, front):
    assert kept(front, lambda: change_term(world)) == set()


def test_tags_name_what_an_answer_rests_on(world, front):
    tags = front.send(query=QUERIES["related"])["Cache-Tag"].split(",")

    assert tags[0] == "all"
    assert set(tags[1:]) >= {
        f"e{world.error.pk}",
        f"e{world.question.pk}",
        f"s{world.question.translation_key.hex}",
        f"s{world.draft.translation_key.hex}",
    }
    listed = front.send(query="{ codeSnippets { nodes { code } } }")["Cache-Tag"].split(",")
    assert sorted(listed) == ["all", "code-snippet", f"e{world.snippet.pk}"]


def test_a_missing_node_is_found_when_it_comes(world, front):
    asked = global_id("InterviewQuestion", world.draft.pk)
    query = f'{{ node(id: "{asked}") {{ id }} nodes(ids: ["{asked}"]) {{ id }} }}'
    assert front.send(query=query).json["data"] == {"node": None, "nodes": [None]}

    entries.published(world.draft)
    front.now += 1.0

    assert front.send(query=query).json["data"]["node"] == {"id": asked}


def test_events_that_were_pruned_forget_everything(world, front):
    front.send()
    entries.published(world.draft)
    PublicationEvent.objects.all().delete()
    front.now += 1.0

    assert front.send()["X-Cache"] == "MISS"
