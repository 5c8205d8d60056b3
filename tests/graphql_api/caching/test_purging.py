"""CDNs hear of what was committed, once, by tag where they can; and never hold anything up."""

from contextlib import contextmanager

import pytest
from django.db import transaction
from wagtail.contrib.frontend_cache.backends import BaseBackend

from graphql_api.caching import purging
from graphql_api.caching.purger import Purger
from tests.factories import entries, pages, terms
from tests.factories.translations import translated

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
def commit(django_capture_on_commit_callbacks, purger):
    """A block after which everything is committed, and told once."""

    @contextmanager
    def committing(execute):
        with django_capture_on_commit_callbacks(execute=execute):
            yield
        purger.run_due()

    return committing


@pytest.fixture
def purger(monkeypatch):
    """Orders without a thread, at a moment that does not pass."""
    made = Purger(clock=lambda: 0.0, threaded=False)
    monkeypatch.setattr(purging, "purger", made)
    return made


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
    sets = [f"s{draft.translation_key.hex}" for draft in drafts]
    assert sorted([*tags, *sets, "interview-question", "code-snippet"]) == HEARD.pop()
    assert HEARD == []


def test_a_translation_that_comes_forgets_the_answers_that_looked_for_it(cdn, commit, german):
    entry = entries.published(entries.question(slug="a"))
    cdn(ByTag)
    with commit(execute=True):
        translated(entry, german, title="Frage", slug="frage")

    assert f"s{entry.translation_key.hex}" in HEARD.pop()


def test_what_is_gone_is_forgotten(cdn, commit):
    entry = entries.published(entries.question(slug="a"))
    pk = entry.pk
    cdn(ByTag)
    with commit(execute=True):
        entry.delete()

    assert [[f"e{pk}", "interview-question"]] == HEARD


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
