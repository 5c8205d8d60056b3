"""What every test may use: the languages, and a count of the statements a block takes."""

import os
import sys

import pytest


def pytest_collection_modifyitems(config, items):
    """Put last what empties the database: a world of a module rests on what migrations filled.

    And behind it what drives a browser, whose event loop stays in the thread: Django refuses
    to open a database beside it.

    On a second database, leave out what does not touch any: it would only pass again.
    """
    items.sort(key=place_in_run)
    if not os.environ.get("LAMPLIGHT_DATABASE_TESTS_ONLY"):
        return
    kept, left = [], []
    for item in items:
        names = {"db", "module_db", "transactional_db", "live_server"} & set(item.fixturenames)
        touches = names or item.get_closest_marker("django_db")
        (kept if touches else left).append(item)
    config.hook.pytest_deselected(items=left)
    items[:] = kept


def place_in_run(item):
    """What ends a browser with the test comes before what keeps one to the end of the run."""
    if item.get_closest_marker("browser") is None:
        return 1 if empties_database(item) else 0
    return 2 if empties_database(item) else 3


def empties_database(item):
    """Whether the database is empty after the test, which committed what it wrote."""
    marker = item.get_closest_marker("django_db")
    committing = bool(marker and marker.kwargs.get("transaction"))
    return committing or bool({"transactional_db", "live_server"} & set(item.fixturenames))


@pytest.fixture(scope="session")
def django_db_setup(
    request, django_test_environment, django_db_blocker, django_db_modify_db_settings
):
    """The test database, whichever fixture asks for it: a copy of the run's, or made here."""
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    from tests.support import databases

    template = databases.template()
    serialized = any(
        marker.kwargs.get("serialized_rollback")
        for item in request.session.items
        for marker in item.iter_markers("django_db")
    )
    with django_db_blocker.unblock():
        if template:
            with databases.copied(template):
                if serialized:
                    connection._test_serialized_contents = (
                        connection.creation.serialize_db_to_string()
                    )
                with django_db_blocker.block():
                    yield
            return
        made = setup_databases(
            verbosity=0,
            interactive=False,
            aliases={"default"},
            serialized_aliases={"default"} if serialized else set(),
        )
        with django_db_blocker.block():
            yield
        teardown_databases(made, verbosity=0)


@pytest.fixture
def german(db):
    """German as a second content language."""
    return language("de")


def language(code):
    """A content language."""
    from wagtail.models import Locale

    return Locale.objects.get_or_create(language_code=code)[0]


@pytest.fixture(scope="module")
def module_db(django_db_setup, django_db_blocker):
    """A database for a module's own fixtures: what they make is made once, and gone at its end.

    For a world that is costly to make and that all tests of the module read. Each test asks
    for ``kept_db`` beside it, and none for ``db``, which would end the module's transaction.
    """
    from django.db import transaction

    from knowledge.search import vocabulary

    vocabulary.forget()
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def kept_db(module_db):
    """Take back what one test changes in the world of its module."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def module_german(module_db):
    """German, in the world of a module."""
    return language("de")


@pytest.fixture(autouse=True)
def _read_vocabulary_anew():
    """Rolling a test back also takes back the content version that caches go by."""
    from knowledge.search import vocabulary

    vocabulary.forget()
    # What was never imported remembers nothing.
    for module, name, forget in (
        ("graphql_api.plan.terms", "forget", None),
        ("graphql_api.plan.entries.totals", "totals", "clear"),
        ("graphql_api.plan.entries.search", "results", "clear"),
    ):
        if module in sys.modules:
            found = getattr(sys.modules[module], name)
            (getattr(found, forget) if forget else found)()
