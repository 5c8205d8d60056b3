"""The change feed: complete, in order, with what is gone, and honest about what it forgot."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from cms import periodic
from cms.notifications.cursor import encode_cursor
from cms.notifications.fan_out import tell_everybody
from cms.notifications.models import WebhookDelivery, WebhookEndpoint
from cms.notifications.retention import forget_old_events
from cms.publishing.models import ContentVersion, PublicationEvent
from cms.publishing.scope import Scope, scoped
from knowledge.models import PublishedEntry
from tests.factories import entries, terms
from tests.support.execution import data, refusal

pytestmark = pytest.mark.django_db

QUERY = """query ($after: String, $first: Int = 100, $kinds: [EntryKind!]) {
  changes(after: $after, first: $first, kinds: $kinds) {
    nodes { cursor action kind id code locale contentHash occurredAt }
    endCursor
    hasNextPage
  }
}"""


def changes(**variables):
    return data(QUERY, **variables)["changes"]


def test_before_anything_happened_there_is_a_cursor():
    answer = changes()

    assert answer["nodes"] == []
    assert answer["hasNextPage"] is False
    assert changes(after=answer["endCursor"])["nodes"] == []


def test_a_life_is_told_in_order():
    entry = entries.published(entries.question())
    entry.title = "Another?"
    entry = entries.published(entry)
    entry.unpublish()
    entries.published(type(entry).objects.get(pk=entry.pk))
    entry.delete()

    nodes = changes()["nodes"]
    assert [node["action"] for node in nodes] == [
        "PUBLISHED",
        "UPDATED",
        "UNPUBLISHED",
        "PUBLISHED",
        "DELETED",
    ]
    assert {(node["kind"], node["code"], node["locale"]) for node in nodes} == {
        ("INTERVIEW_QUESTION", entry.code, "en")
    }


def test_what_expired_is_told_by_the_next_round_of_scheduled_publication():
    entry = entries.question()
    entry.expire_at = timezone.now() + timedelta(hours=1)
    entries.published(entry)
    past = timezone.now() - timedelta(seconds=1)
    type(entry).objects.filter(pk=entry.pk).update(expire_at=past)
    cursor = changes()["endCursor"]
    WebhookEndpoint.objects.create(
        name="P", url="https://example.org/", created_at=timezone.now() - timedelta(1)
    )
    tell_everybody()

    periodic.publish_scheduled()
    tell_everybody()

    (node,) = changes(after=cursor)["nodes"]
    assert (node["action"], node["code"]) == ("UNPUBLISHED", entry.code)
    told = json.loads(WebhookDelivery.objects.latest("sequence").body)
    assert (told["type"], told["data"]["cursor"]) == ("entry.unpublished", node["cursor"])


def test_a_draft_changes_nothing():
    entry = entries.published(entries.question())
    cursor = changes()["endCursor"]
    entry.title = "CANARY"
    entry.save_revision()

    assert changes(after=cursor)["nodes"] == []


def test_the_id_leads_to_the_entry():
    entry = entries.published(entries.question())

    (node,) = changes()["nodes"]
    found = data("query ($id: ID!) { node(id: $id) { ... on Entry { code } } }", id=node["id"])
    assert found == {"node": {"code": entry.code}}


def test_webhooks_carry_the_same_id_and_cursor(client):
    WebhookEndpoint.objects.create(
        name="P", url="https://example.org/", created_at=timezone.now() - timedelta(1)
    )
    for make in entries.ALL_KINDS:
        entries.published(make())
    tell_everybody()

    told = [
        json.loads(body)["data"]
        for body in WebhookDelivery.objects.order_by("sequence").values_list("body", flat=True)
    ]
    names = ("cursor", "id", "kind", "code", "action", "locale", "contentHash")
    assert [[one[name] for name in names] for one in told] == [
        [node[name] for name in names] for node in changes()["nodes"]
    ]


def test_following_the_cursors_gives_every_change_once():
    for number in range(7):
        entries.published(entries.question(slug=f"q-{number}"))
    seen, after = [], None
    while True:
        page = changes(first=2, after=after)
        seen += [node["cursor"] for node in page["nodes"]]
        after = page["endCursor"]
        if not page["hasNextPage"]:
            break

    sequences = PublicationEvent.objects.order_by("sequence").values_list("sequence", flat=True)
    assert seen == [encode_cursor(sequence) for sequence in sequences]


def test_only_the_kinds_asked_for_and_the_cursor_moves_all_the_same():
    entries.published(entries.question())
    entries.published(entries.debug_entry())
    entries.published(entries.question(slug="other"))

    answer = changes(kinds=["DEBUG_ENTRY"])
    assert [node["kind"] for node in answer["nodes"]] == ["DEBUG_ENTRY"]
    assert changes(after=answer["endCursor"])["nodes"] == []


def test_asking_for_none_gives_the_present_cursor():
    entries.published(entries.question())

    answer = changes(first=0)
    assert answer["nodes"] == []
    assert changes(after=answer["endCursor"])["nodes"] == []


def test_following_the_feed_gives_what_is_public():
    copy = {}
    after = changes(first=0)["endCursor"]

    def follow():
        nonlocal after
        page = changes(after=after)
        after = page["endCursor"]
        for node in page["nodes"]:
            if node["action"] in ("UNPUBLISHED", "DELETED"):
                copy.pop(node["id"])
            else:
                copy[node["id"]] = node["contentHash"]
        return sorted(copy.values())

    def public():
        return sorted(PublishedEntry.objects.values_list("content_hash", flat=True))

    first = entries.published(entries.question())
    second = entries.published(entries.debug_entry())
    assert follow() == public()
    first.title = "Changed?"
    entries.published(first)
    second.unpublish()
    assert follow() == public()
    first.delete()
    assert follow() == public() == []


def test_a_cursor_older_than_what_is_kept_has_expired():
    before = changes(first=0)["endCursor"]
    entries.published(entries.question())
    middle = changes()["endCursor"]
    entries.published(entries.question(slug="other"))
    tell_everybody()
    first = PublicationEvent.objects.order_by("sequence").first()
    first.occurred_at = timezone.now() - timedelta(days=91)
    first.save()
    assert forget_old_events() == 1

    assert refusal(QUERY, after=before)[0] == "CURSOR_EXPIRED"
    assert len(changes(after=middle)["nodes"]) == 1
    assert len(changes()["nodes"]) == 1


def test_events_that_nobody_was_told_of_are_kept():
    entries.published(entries.question())
    PublicationEvent.objects.update(occurred_at=timezone.now() - timedelta(days=91))

    assert forget_old_events() == 0


def test_a_cursor_of_a_newer_database_has_expired():
    assert refusal(QUERY, after=encode_cursor(ContentVersion.current() + 1))[0] == "CURSOR_EXPIRED"


@pytest.mark.parametrize("cursor", ["", "x", "é", "Y2hhbmdlOi0x", "a" * 500, "Y2hhbmdlOg"])
def test_what_is_no_cursor_is_refused(cursor):
    assert refusal(QUERY, after=cursor)[0] == "CURSOR_INVALID"


def test_a_negative_length_is_refused():
    assert refusal(QUERY, first=-1)[0] == "BAD_USER_INPUT"


def test_a_bounded_caller_sees_changes_within_the_bounds():
    question = entries.published(entries.question())
    entries.published(entries.debug_entry())
    entries.published(entries.debug_entry(slug="gone")).unpublish()

    def codes_and_actions(**bounds):
        with scoped(Scope(**bounds)):
            return [(node["code"], node["action"]) for node in changes()["nodes"]]

    assert codes_and_actions(kinds=frozenset({"INTERVIEW_QUESTION"})) == [
        (question.code, "PUBLISHED")
    ]
    technology = question.technology.translation_key
    assert codes_and_actions(technologies=frozenset({technology})) == [(question.code, "PUBLISHED")]


def test_an_entry_that_leaves_a_technology_is_gone_for_who_is_bound_to_it():
    php, fastapi = terms.technology("php"), terms.technology("fastapi")
    entry = entries.published(entries.question(technology=php))
    entry.technology = fastapi
    entries.published(entry)

    def actions(technology):
        bounds = Scope(technologies=frozenset({technology.translation_key}))
        with scoped(bounds):
            return [node["action"] for node in changes()["nodes"]]

    assert actions(php) == ["PUBLISHED", "UNPUBLISHED"]
    assert actions(fastapi) == ["UPDATED"]
