"""Feeds show what is published, say when nothing changed, and name what is gone."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from knowledge.feeds import selection
from knowledge.models import PublishedEntry
from tests.factories import entries, terms

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
GONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


def atom(client, path="/feeds/all.atom"):
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def titles(feed):
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


def items(client, path="/feeds/all.json"):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/feed+json; charset=utf-8"
    return answer.json()["items"]


def test_a_draft_is_in_no_feed(client):
    entries.question().save_revision()

    assert titles(atom(client)) == []
    assert items(client) == []


def test_atom_shows_what_is_published(client):
    entry = entries.published(entries.question(attribution="By Ada", licence="CC-BY-4.0"))

    feed = atom(client)

    (found,) = feed.iter(f"{ATOM}entry")
    assert feed.findtext(f"{ATOM}title") == "Lamplight"
    assert feed.findtext(f"{ATOM}id") == "http://127.0.0.1:8000/feeds/all.atom"
    assert found.findtext(f"{ATOM}title") == entry.title
    assert found.findtext(f"{ATOM}rights") == "By Ada · CC-BY-4.0"
    assert found.findtext(f"{ATOM}id").startswith("urn:uuid:")
    link = found.find(f"{ATOM}link")
    assert link.attrib == {
        "rel": "alternate",
        "href": f"http://127.0.0.1:8000/questions/{entry.slug}",
    }
    assert "The framework resolves it." in found.findtext(f"{ATOM}content")


def test_json_feed_shows_what_is_published(client):
    entry = entries.published(entries.question())

    (found,) = items(client)

    assert found["title"] == entry.title
    assert found["url"] == f"http://127.0.0.1:8000/questions/{entry.slug}"
    assert "<h2>Deep dive</h2>" in found["content_html"]
    assert found["_lamplight"] == {"code": entry.code, "kind": "INTERVIEW_QUESTION"}


def test_the_last_changed_comes_first(client):
    first = entries.published(entries.question(title="First?", slug="first"))
    entries.published(entries.question(title="Second?", slug="second"))
    first.title = "First, changed?"
    entries.published(first)

    assert titles(atom(client)) == ["First, changed?", "Second?"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/feeds/kinds/interview-questions", ["Q?"]),
        ("/feeds/kinds/debug-entries", ["E"]),
        ("/feeds/kinds/learning-paths", []),
        ("/feeds/technologies/fastapi", ["Q?"]),
        ("/feeds/technologies/php", ["E"]),
        ("/feeds/kinds/debug-entries/technologies/php", ["E"]),
        ("/feeds/kinds/debug-entries/technologies/fastapi", []),
    ],
)
def test_a_feed_holds_its_kind_and_technology(client, path, expected):
    entries.published(entries.question(title="Q?"))
    entries.published(entries.debug_entry(title="E"))

    assert titles(atom(client, path + ".atom")) == expected
    assert [item["title"] for item in items(client, path + ".json")] == expected


def test_a_language_has_its_own_feed(client, german):
    entry = entries.published(entries.question(title="English?"))
    copy = entry.copy_for_translation(german)
    copy.title, copy.slug = "Deutsch?", "deutsch"
    copy.save()
    entries.published(copy)

    assert titles(atom(client)) == ["English?"]
    assert titles(atom(client, "/feeds/all.atom?locale=de")) == ["Deutsch?"]


@pytest.mark.parametrize(
    "path",
    [
        "/feeds/kinds/novels.atom",
        "/feeds/technologies/cobol.json",
        "/feeds/all.atom?locale=xx",
        "/feeds/all.atom?page=0",
        "/feeds/all.atom?page=-1",
        "/feeds/all.atom?page=99999999999",
        "/feeds/all.atom?page=x",
        "/feeds/all.rss",
    ],
)
def test_what_is_no_feed_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_an_expired_entry_leaves_without_a_scheduler(client):
    entries.published(entries.question())
    before = client.get("/feeds/all.atom")
    PublishedEntry.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    after = client.get("/feeds/all.atom", headers={"If-None-Match": before["ETag"]})

    assert after.status_code == 200
    assert titles(ElementTree.fromstring(after.content)) == []


def test_what_was_withdrawn_is_named_under_the_id_it_had(client):
    entry = entries.published(entries.question())
    (found,) = atom(client).iter(f"{ATOM}entry")
    entry.unpublish()

    (gone,) = atom(client).iter(GONE)
    assert gone.attrib["ref"] == found.findtext(f"{ATOM}id")


def test_what_came_back_is_not_named_as_withdrawn(client):
    entry = entries.published(entries.question())
    entry.unpublish()
    entries.published(type(entry).objects.get(pk=entry.pk))

    assert list(atom(client).iter(GONE)) == []


@pytest.mark.parametrize("extension", ["atom", "json"])
def test_an_unchanged_feed_is_not_sent_again(client, extension, django_assert_num_queries):
    entries.published(entries.question())
    path = f"/feeds/all.{extension}"
    first = client.get(path)

    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]

    since = client.get(path, headers={"If-Modified-Since": first["Last-Modified"]})
    assert since.status_code == 304


def test_a_changed_feed_is_sent_again(client):
    entry = entries.published(entries.question())
    first = client.get("/feeds/all.atom")
    entry.title = "Changed?"
    entries.published(entry)

    again = client.get("/feeds/all.atom", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]


def test_long_feeds_have_pages(client, monkeypatch):
    monkeypatch.setattr(selection, "PAGE_SIZE", 2)
    for number in range(5):
        entries.published(entries.question(title=f"Q{number}?", slug=f"q-{number}"))

    found, path = [], "/feeds/all.json"
    while path:
        answer = client.get(path).json()
        found += [item["title"] for item in answer["items"]]
        path = answer.get("next_url", "").removeprefix("http://127.0.0.1:8000")

    assert sorted(found) == ["Q0?", "Q1?", "Q2?", "Q3?", "Q4?"]


def test_characters_xml_cannot_hold_are_left_out(client):
    entries.published(entries.question(title="A \x1b[31m colour & <tag>"))

    assert titles(atom(client)) == ["A [31m colour & <tag>"]


def test_links_are_full_addresses(client):
    target = entries.published(entries.debug_entry(area="DB"))
    body = [("markdown", f"see [the fix](entry:{target.code})")]
    entries.published(entries.question(sections=[("deep_dive", body)], title="Q?"))

    (item,) = [item for item in items(client) if item["title"] == "Q?"]
    assert f'href="http://127.0.0.1:8000/errors/{target.slug}"' in item["content_html"]


def test_the_number_of_statements_does_not_grow(client, django_assert_max_num_queries):
    for number in range(12):
        entries.published(entries.question(slug=f"q-{number}", topics=[terms.topic()]))

    with django_assert_max_num_queries(6):
        atom(client)


def test_the_sitemap_lists_every_visible_entry(client):
    entry = entries.published(entries.question())
    entries.question(slug="draft").save_revision()

    answer = client.get("/sitemap.xml")
    text = b"".join(answer.streaming_content).decode()

    assert text.count("<loc>") == 1
    assert f"<loc>http://127.0.0.1:8000/questions/{entry.slug}</loc>" in text
    again = client.get("/sitemap.xml", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
