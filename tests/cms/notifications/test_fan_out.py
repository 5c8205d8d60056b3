"""Every event is told to everybody who asked, once."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from cms.notifications import fan_out
from cms.notifications.cursor import decode_cursor
from cms.notifications.fan_out import tell_everybody
from cms.notifications.models import AlertItem, LogPosition, WebhookDelivery
from cms.publishing.models import PublicationEvent
from tests.factories import entries, terms

pytestmark = pytest.mark.django_db


def test_an_endpoint_gets_a_thin_body_about_every_event(endpoint):
    made = endpoint()
    entry = entries.published(entries.question())
    code, pk = entry.code, entry.pk
    entry.unpublish()

    assert tell_everybody() == 2
    rows = WebhookDelivery.objects.filter(endpoint=made).order_by("sequence")
    bodies = [json.loads(row.body) for row in rows]
    assert [body["type"] for body in bodies] == ["entry.published", "entry.unpublished"]
    first = PublicationEvent.objects.order_by("sequence")[0]
    assert set(bodies[0]) == {"type", "timestamp", "data"}
    assert bodies[0]["data"] | {"id": None} == {
        "cursor": bodies[0]["data"]["cursor"],
        "action": "PUBLISHED",
        "kind": "INTERVIEW_QUESTION",
        "id": None,
        "code": code,
        "locale": "en",
        "contentHash": first.content_hash,
    }
    assert decode_cursor(bodies[0]["data"]["cursor"]) == first.sequence
    assert bodies[0]["data"]["id"] == bodies[1]["data"]["id"]
    assert pk == first.object_id


def test_nothing_of_the_content_is_in_the_body(endpoint):
    endpoint()
    entries.published(entries.question(title="CANARY", slug="canary-slug"))

    tell_everybody()

    assert "CANARY" not in WebhookDelivery.objects.get().body.upper()


def test_telling_twice_tells_nothing_new(endpoint):
    endpoint()
    entries.published(entries.question())

    assert (tell_everybody(), tell_everybody()) == (1, 0)
    assert WebhookDelivery.objects.count() == 1


def test_events_are_told_in_batches(endpoint, monkeypatch):
    monkeypatch.setattr(fan_out, "BATCH", 2)
    endpoint()
    for slug in ("a", "b", "c", "d", "e"):
        entries.published(entries.question(slug=slug))

    assert tell_everybody() == 5
    assert WebhookDelivery.objects.count() == 5
    last = PublicationEvent.objects.order_by("-sequence").first()
    assert LogPosition.of(LogPosition.TOLD) == last.sequence


def test_a_failure_moves_nothing(endpoint, monkeypatch):
    endpoint()
    entries.published(entries.question())

    def fail(events):
        raise RuntimeError

    monkeypatch.setattr(fan_out, "write_alert_items", fail)
    with pytest.raises(RuntimeError):
        tell_everybody()

    assert WebhookDelivery.objects.count() == 0
    assert LogPosition.of(LogPosition.TOLD) == 0


def test_an_endpoint_gets_only_the_kinds_it_chose(endpoint):
    endpoint(kinds=["DEBUG_ENTRY"])
    entries.published(entries.question())
    entries.published(entries.debug_entry())

    tell_everybody()

    assert [json.loads(row.body)["data"]["kind"] for row in WebhookDelivery.objects.all()] == [
        "DEBUG_ENTRY"
    ]


def test_an_endpoint_is_not_told_what_happened_before_it_existed(endpoint):
    entries.published(entries.question())
    endpoint(created_at=timezone.now() + timedelta(seconds=1))

    tell_everybody()

    assert WebhookDelivery.objects.count() == 0


def items():
    return list(AlertItem.objects.values_list("subscription__address", "action"))


def test_a_subscriber_to_everything_is_told_of_a_new_entry(subscriber):
    subscriber()
    entries.published(entries.question())

    tell_everybody()

    assert items() == [("ada@example.org", "PUBLISHED")]


def test_a_subscriber_is_told_of_changes_only_if_asked_for(subscriber):
    subscriber("new@example.org")
    subscriber("all@example.org", include_updates=True)
    entry = entries.published(entries.question())
    entry.title = "Another title"
    entries.published(entry)

    tell_everybody()

    assert sorted(items()) == [
        ("all@example.org", "PUBLISHED"),
        ("all@example.org", "UPDATED"),
        ("new@example.org", "PUBLISHED"),
    ]


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ({"kinds": ["INTERVIEW_QUESTION"]}, True),
        ({"kinds": ["DEBUG_ENTRY"]}, False),
        ({"technologies": ["fastapi"]}, True),
        ({"technologies": ["php", "fastapi"]}, True),
        ({"technologies": ["php"]}, False),
        ({"topics": ["http"]}, True),
        ({"topics": ["sql"]}, False),
        ({"technologies": ["fastapi"], "topics": ["sql"]}, False),
        ({"locale": "de"}, False),
    ],
)
def test_a_subscriber_is_told_what_was_chosen(subscriber, wish, told):
    subscriber(**wish)
    entries.published(entries.question(topics=[terms.topic("http")]))

    tell_everybody()

    assert bool(items()) is told


def test_a_subscriber_is_not_told_what_happened_before_confirming(subscriber):
    entries.published(entries.question())
    subscriber(confirmed_at=timezone.now() + timedelta(seconds=1))

    tell_everybody()

    assert items() == []


def test_what_is_withdrawn_already_is_not_told(subscriber):
    subscriber()
    entries.published(entries.question()).unpublish()

    tell_everybody()

    assert items() == []
