"""Who waits to publish is served in turn."""

import threading

import pytest
from django.db import connection, transaction

from cms.publishing.models import ContentVersion
from tests.locks import until_somebody_waits

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.postgresql,
]


def waiting(work):
    """A thread that does ``work`` in a transaction and waits, as this one holds the lock."""

    def run():
        try:
            with transaction.atomic():
                work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    until_somebody_waits()
    return thread


def test_an_editor_comes_in_between_two_batches_of_an_import():
    order = []

    def edit():
        ContentVersion.lock()
        order.append("the editor")

    with transaction.atomic():
        ContentVersion.lock()
        editor = waiting(edit)
    with transaction.atomic():
        ContentVersion.lock()
        order.append("the next batch")
    editor.join(timeout=30)

    assert order == ["the editor", "the next batch"]


@pytest.mark.parametrize("changes_before", [0, 1])
def test_a_change_that_locked_nothing_before_waits_as_well(changes_before):
    numbers = []
    for _ in range(changes_before):
        ContentVersion.advance()

    with transaction.atomic():
        ContentVersion.lock()
        other = waiting(lambda: numbers.append(ContentVersion.advance()))
        numbers.append(ContentVersion.advance())
    other.join(timeout=30)

    assert numbers == [numbers[0], numbers[0] + 1]
