"""CDNs hear of what was committed, once, by tag where they can; and never hold anything up."""

import pytest
from django.db import transaction
from wagtail.contrib.frontend_cache.backends import BaseBackend

from graphql_api.caching import purging
from tests.factories import entries, pages, terms

pytestmark = pytest.mark.django_db
HEARD: list[list[str]] = []


class ByAddress(BaseBackend):
    def purge(self, url):
        HEARD.append(url)

    def purge_batch(self, urls):
        HEARD.append(list(urls))


class ByTag(BaseBackend):
    def purge_tags(self, names):
        HEARD.append(names)


class Broken(BaseBackend):
    def purge_tags(self, names):
        raise OSError


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """A block after which everything is committed."""
    return django_capture_on_commit_callbacks


@pytest.fixture(autouse=True)
def cdn(settings):
    """Choose backends; nothing was heard yet."""

    def choose(*backends):
        settings.WAGTAILFRONTENDCACHE = {
            backend.__name__: {"BACKEND": f"{__name__}.{backend.__name__}"} for backend in backends
        }

    settings.WAGTAILFRONTENDCACHE = {}
    settings.LAMPLIGHT_PUBLIC_BASE_URL = "https://hub.example.org"
    purging._local.pending = purging.Pending()
    HEARD.clear()
    return choose


def test_by_address_the_endpoint_is_forgotten(cdn, commit):
    cdn(ByAddress)
    with commit(execute=True):
        entries.published(entries.question())

    assert HEARD == [["https://hub.example.org/graphql"]]


def test_the_addresses_are_a_setting(cdn, commit, settings):
    cdn(ByAddress)
    settings.GRAPHQL_PURGE_URLS = ["https://a.example/graphql*", "https://a.example/"]
    with commit(execute=True):
        entries.published(entries.question())

    assert HEARD == [["https://a.example/graphql*", "https://a.example/"]]


def test_by_tag_only_what_rests_on_the_entries_is_forgotten_and_told_once(cdn, commit):
    drafts = [entries.question(slug="a"), entries.snippet(slug="b")]
    cdn(ByTag)
    with commit(execute=True):
        for draft in drafts:
            entries.published(draft)
        assert HEARD == []

    tags = [f"e{draft.pk}" for draft in drafts]
    assert sorted([*tags, "interview-question", "code-snippet"]) == HEARD.pop()
    assert HEARD == []


def test_what_is_rolled_back_is_told_to_nobody(cdn, commit):
    draft = entries.question()
    cdn(ByTag)
    with commit(execute=True), transaction.atomic():
        entries.published(draft)
        transaction.set_rollback(True)
    assert HEARD == []

    with commit(execute=True):
        entries.published(type(draft).objects.get(pk=draft.pk))
    assert len(HEARD) == 1


@pytest.mark.parametrize("change", [lambda: terms.topic("new"), pages.quote])
def test_a_change_of_the_surroundings_forgets_everything(cdn, commit, change):
    cdn(ByTag)
    with commit(execute=True):
        change()

    assert HEARD == [["all"]]


def test_a_broken_backend_stops_neither_publication_nor_the_others(cdn, commit):
    draft = entries.question()
    cdn(Broken, ByTag, ByAddress)
    with commit(execute=True):
        entry = entries.published(draft)

    assert entry.live
    assert len(HEARD) == 2


def test_without_a_cdn_nothing_is_noted(commit):
    with commit(execute=True):
        entries.published(entries.question())

    assert purging._pending() == purging.Pending()
