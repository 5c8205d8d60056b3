"""The sections of the home page, each with what it shows at this moment."""

import pytest
from wagtail.models import Site

from pages import models
from tests.factories import entries, pages
from tests.support.execution import data

pytestmark = pytest.mark.django_db

SELECTION = """
__typename heading
... on HomeHero { lead text }
... on HomeFigures { figures { label } }
... on HomeDomains { domains { name } }
... on HomeQuotes { quotes { text } }
... on HomeTestimonials { testimonials { text } }
... on HomeLatestEntries { kind count entries { code } }
... on HomeContact { contact { email } }
"""


def sections():
    answer = data(f'{{ page(path: "/") {{ ... on HomePage {{ sections {{ {SELECTION} }} }} }} }}')
    return answer["page"]["sections"]


def test_every_section_has_its_own_type_in_the_editors_order():
    kinds = [
        "hero",
        "status_line",
        "figures",
        "domains",
        "quotes",
        "testimonials",
        "latest_entries",
        "contributions",
        "contact",
    ]
    words = {"status_line": "text"}
    pages.home(sections=[(kind, {words.get(kind, "heading"): kind.upper()}) for kind in kinds])

    assert [(one["__typename"], one["heading"]) for one in sections()] == [
        ("HomeHero", "HERO"),
        ("HomeStatusLine", ""),
        ("HomeFigures", "FIGURES"),
        ("HomeDomains", "DOMAINS"),
        ("HomeQuotes", "QUOTES"),
        ("HomeTestimonials", "TESTIMONIALS"),
        ("HomeLatestEntries", "LATEST_ENTRIES"),
        ("HomeContributions", "CONTRIBUTIONS"),
        ("HomeContact", "CONTACT"),
    ]


def test_a_hero_has_its_lead_and_text():
    pages.home(sections=[("hero", {"heading": "Hello", "lead": "Short.", "body": "Long."})])

    assert sections() == [
        {"__typename": "HomeHero", "heading": "Hello", "lead": "Short.", "text": "Long."}
    ]


def test_latest_entries_are_the_newest_of_their_kind():
    published = [entries.published(entries.question(title=f"Question {n}?")) for n in range(3)]
    entries.published(entries.debug_entry())
    entries.question(title="CANARY")
    value = {"heading": "Questions", "kind": "INTERVIEW_QUESTION", "count": 2}
    pages.home(sections=[("latest_entries", value)])

    assert sections()[0]["entries"] == [
        {"code": published[2].code},
        {"code": published[1].code},
    ]


def test_latest_entries_of_no_kind_are_of_all():
    entries.published(entries.question())
    entries.published(entries.debug_entry())
    pages.home(sections=[("latest_entries", {"heading": "New", "kind": "", "count": 6})])

    latest = sections()[0]
    assert latest["kind"] is None
    assert len(latest["entries"]) == 2


def test_what_the_hub_holds_is_shown_in_its_sections():
    settings = models.HubSettings.for_site(Site.objects.get())
    settings.contact_email = "hello@lamplight.example"
    settings.save()
    models.HubFigure.objects.create(settings=settings, label="Paths", claimed_text="24")
    pages.quote(text="Shown.")
    pages.testimonial(text="Good.")
    names = ["figures", "quotes", "testimonials", "contact"]
    pages.home(sections=[(name, {"heading": name}) for name in names])

    figures, quotes, testimonials, contact = sections()
    assert figures["figures"] == [{"label": "Paths"}]
    assert quotes["quotes"] == [{"text": "Shown."}]
    assert testimonials["testimonials"] == [{"text": "Good."}]
    assert contact["contact"] == {"email": "hello@lamplight.example"}
