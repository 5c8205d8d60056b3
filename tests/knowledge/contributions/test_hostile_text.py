"""What strangers write is shown as text in the queue, on the detail page, in mail and CSV."""

import csv
import html
import io
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from cms.notifications.models import OutgoingMail
from knowledge.contributions import actions
from knowledge.contributions.acceptance import accept
from knowledge.contributions.proposal import clean_text
from knowledge.models import InterviewQuestion
from knowledge.rendering.documents import preview_document
from knowledge.rendering.sanitising import ALLOWED_TAGS, URL_SCHEMES
from tests.factories import contributions
from tests.knowledge.contributions.payloads import PAYLOADS

pytestmark = pytest.mark.django_db

MARKUP = [payload for payload in PAYLOADS if "<" in payload]


@pytest.fixture
def moderator_client(client):
    client.force_login(contributions.moderator())
    return client


@pytest.fixture(autouse=True)
def unthrottled(settings):
    settings.CONTRIBUTION_PER_MINUTE = 1000


def line(payload: str) -> str:
    return " ".join(clean_text(payload).split())


def test_there_are_forty():
    assert len(set(PAYLOADS)) == 40


def test_the_queue_shows_titles_as_text(moderator_client):
    for payload in PAYLOADS:
        contributions.received(fields={"title": f"{line(payload)} in a title"}, trap="")

    page = moderator_client.get("/admin/contributions/?queue=all&p=1").content.decode()

    for payload in PAYLOADS:
        assert html.escape(f"{line(payload)} in a title") in page
    assert "<script>window.pwned" not in page


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_detail_page_shows_every_field_as_text(moderator_client, payload):
    row = contributions.received(
        "ERROR",
        credit="PERMANENT",
        credit_name=line(payload)[:120],
        fields={
            name: f"{line(payload)} padded to be long enough"
            for name in ("title", "errorMessage", "stackTrace", "symptom", "rootCause", "fix")
        },
    )
    actions.add_note(contribution=row, user=contributions.moderator("another"), text=f"x {payload}")

    page = moderator_client.get(f"/admin/contributions/{row.pk}/").content.decode()

    shown = html.escape(row.fields["title"])
    assert page.count(shown) >= 6
    for markup in (
        "<script>window",
        "onerror=window.pwned=1>",
        "<iframe",
        "<svg o",
        "<base",
        "<object",
    ):
        assert markup not in page


def test_mails_show_text(settings):
    moderator = contributions.moderator()
    for number, payload in enumerate(PAYLOADS):
        row = contributions.from_ada(
            fields={"title": f"{number} {line(payload)} in a title"}, trap=""
        )
        if row.state == "RECEIVED":
            actions.ask(contribution=row, user=moderator, question=f"{payload}\nWhy?")

    mails = OutgoingMail.objects.filter(purpose="contribution-question")
    assert mails.count() >= 35
    for mail in mails:
        assert "\n" not in mail.subject
        body = mail.html.partition("<body")[2]
        for markup in ("<script", "<img", "<svg", "<iframe", "<object", "<form", "<base"):
            assert markup not in body.lower()


def test_no_cell_of_the_spreadsheet_is_a_formula(moderator_client):
    for payload in PAYLOADS:
        contributions.received(fields={"title": f"{line(payload)} in a title"}, trap="")

    answer = moderator_client.get("/admin/contributions/?queue=all&export=csv")
    table = list(csv.reader(io.StringIO(answer.getvalue().decode())))

    assert len(table) == 41
    assert not [cell for row in table for cell in row if cell[:1] in ("=", "+", "@", "-", "|", "%")]


@pytest.mark.parametrize("payload", MARKUP)
def test_what_is_accepted_is_delivered_without_scripts(payload):
    row = contributions.received(
        fields={"title": f"{line(payload)} in a title", "shortAnswer": payload, "deepDive": payload}
    )
    accept(contribution=row, user=contributions.moderator())

    document = preview_document(InterviewQuestion.objects.get())

    delivered = [(document["shortAnswer"] or {}).get("html", "")]
    delivered += [section["html"] for section in document["sections"]]
    seen = Elements(" ".join(delivered))
    assert seen.tags <= ALLOWED_TAGS
    assert not [name for name, _value in seen.attributes if name.startswith("on")]
    assert not [
        value
        for name, value in seen.attributes
        if name in ("href", "src") and urlsplit(value or "").scheme not in ("", *URL_SCHEMES)
    ]


class Elements(HTMLParser):
    """The tags and attributes a browser would see."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs
