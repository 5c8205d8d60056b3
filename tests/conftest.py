"""What every test may use: the languages, and a count of the statements a block takes."""

import os

import pytest


def pytest_collection_modifyitems(config, items):
    """On a second database, leave out what does not touch any: it would only pass again."""
    if not os.environ.get("LAMPLIGHT_DATABASE_TESTS_ONLY"):
        return
    kept, left = [], []
    for item in items:
        names = {"db", "transactional_db", "live_server"} & set(item.fixturenames)
        touches = names or item.get_closest_marker("django_db")
        (kept if touches else left).append(item)
    config.hook.pytest_deselected(items=left)
    items[:] = kept


@pytest.fixture
def german(db):
    """German as a second content language."""
    from wagtail.models import Locale

    return Locale.objects.get_or_create(language_code="de")[0]


@pytest.fixture(autouse=True)
def _read_vocabulary_anew():
    """Rolling a test back also takes back the content version that caches go by."""
    from knowledge.search import vocabulary

    vocabulary.forget()
