"""Who waits to publish is served in turn."""

import threading
import time

import pytest
from django.db import connection, transaction

from cms.publishing.models import ContentVersion

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.postgresql,
]

WAITING = (
    "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def until_somebody_waits():
    with connection.cursor() as cursor:
        for _ in range(3_000):
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
            time.sleep(0.01)
    raise AssertionError


def test_an_editor_comes_in_between_two_batches_of_an_import():
    order = []

    def edit():
        try:
            with transaction.atomic():
                ContentVersion.lock()
                order.append("the editor")
        finally:
            connection.close()

    editor = threading.Thread(target=edit)
    with transaction.atomic():
        ContentVersion.lock()
        editor.start()
        until_somebody_waits()
    with transaction.atomic():
        ContentVersion.lock()
        order.append("the next batch")
    editor.join(timeout=30)

    assert order == ["the editor", "the next batch"]


def test_a_change_that_locked_nothing_before_waits_as_well():
    numbers = []

    def change():
        try:
            with transaction.atomic():
                numbers.append(ContentVersion.advance())
        finally:
            connection.close()

    other = threading.Thread(target=change)
    with transaction.atomic():
        ContentVersion.lock()
        other.start()
        until_somebody_waits()
        numbers.append(ContentVersion.advance())
    other.join(timeout=30)

    assert numbers == [numbers[0], numbers[0] + 1]
