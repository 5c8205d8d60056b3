"""Who writes columns at the same time as another loses nothing of either."""

import threading

import pytest
from django.db import connection, transaction

from knowledge.search.column_writing import store
from tests.knowledge.search.test_columns import said
from tests.locks import until_somebody_waits

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.postgresql,
]


def beside(mine: dict, theirs: dict):
    """Write ``theirs`` on another connection, which has begun before ``mine`` is committed."""

    def run():
        try:
            with transaction.atomic():
                store(theirs)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        store(mine)
        thread.start()
        until_somebody_waits()
    thread.join(timeout=30)
    assert not thread.is_alive()


def test_two_documents_of_a_new_block_are_both_there():
    beside({7: [("locale", "en")]}, {8: [("locale", "de")]})

    assert said(7, 8) == {7: [("locale", "en")], 8: [("locale", "de")]}


def test_two_documents_of_a_block_are_both_changed():
    store({7: [("locale", "en"), ("topic", "a")], 8: [("locale", "en")]})

    beside({7: [("locale", "fr")]}, {8: [("locale", "de"), ("topic", "b")]})

    assert said(7, 8) == {7: [("locale", "fr")], 8: [("locale", "de"), ("topic", "b")]}


def test_two_new_values_have_codes_of_their_own():
    beside({7: [("topic", "a")]}, {1_000: [("topic", "b")]})

    assert said(7, 1_000) == {7: [("topic", "a")], 1_000: [("topic", "b")]}


def test_a_value_that_both_bring_has_one_code():
    beside({7: [("topic", "a")]}, {1_000: [("topic", "a")]})

    assert said(7, 1_000) == {7: [("topic", "a")], 1_000: [("topic", "a")]}
