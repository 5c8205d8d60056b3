"""The hub: its own words, its figures claimed and counted, and what others say."""

import pytest
from wagtail.models import Site

from cms.publishing.models import ContentVersion
from pages import models
from tests.factories import entries, pages, terms
from tests.support.execution import data

pytestmark = pytest.mark.django_db


def hub(selection, arguments=""):
    return data(f"{{ hub{arguments} {{ {selection} }} }}")["hub"]


@pytest.fixture
def settings_of_hub():
    row = models.HubSettings.for_site(Site.objects.get())
    row.site_name, row.status_key, row.status_notes = "Hub", "HUB_STATUS", "ONE\n\nTWO"
    row.contact_email = "hello@lamplight.example"
    row.default_licence = "CC-BY-4.0"
    row.save()
    return row


def test_a_hub_without_settings_is_empty_and_reading_it_writes_nothing():
    before = ContentVersion.current()

    assert hub("siteName status { key value notes } figures { label } quotes { id }") == {
        "siteName": "",
        "status": {"key": "", "value": "OPERATIONAL", "notes": []},
        "figures": [],
        "quotes": [],
    }
    assert not models.HubSettings.objects.exists()
    assert ContentVersion.current() == before


def test_the_settings_are_delivered(settings_of_hub):
    models.HubSocialLink.objects.create(
        settings=settings_of_hub, platform="rss", url="https://hub.example/feeds", label="Feeds"
    )

    assert hub(
        "siteName defaultLicence status { key value notes }"
        " contact { email phone socialLinks { platform url label } }"
    ) == {
        "siteName": "Hub",
        "defaultLicence": "CC-BY-4.0",
        "status": {"key": "HUB_STATUS", "value": "OPERATIONAL", "notes": ["ONE", "TWO"]},
        "contact": {
            "email": "hello@lamplight.example",
            "phone": "",
            "socialLinks": [
                {"platform": "rss", "url": "https://hub.example/feeds", "label": "Feeds"}
            ],
        },
    }


def test_figures_are_claimed_and_counted(settings_of_hub):
    entries.published(entries.question(technology=terms.technology("python")))
    entries.published(entries.debug_entry(technology=terms.technology("php")))
    entries.debug_entry(technology=terms.technology("rust"))
    for position, source in enumerate(
        ["INTERVIEW_QUESTION", "DEBUG_ENTRY", "CODE_SNIPPET", "ALL_ENTRIES", "TECHNOLOGIES", ""]
    ):
        models.HubFigure.objects.create(
            settings=settings_of_hub,
            label=source or "None",
            claimed_text="3,500+",
            claimed_number=3500,
            live_source=source,
            sort_order=position,
        )

    figures = hub("figures { claimedText claimedNumber source counted }")["figures"]

    assert {(one["claimedText"], one["claimedNumber"]) for one in figures} == {("3,500+", 3500)}
    assert [(one["source"], one["counted"]) for one in figures] == [
        ("INTERVIEW_QUESTION", 1),
        ("DEBUG_ENTRY", 1),
        ("CODE_SNIPPET", 0),
        ("ALL_ENTRIES", 2),
        ("TECHNOLOGIES", 2),
        (None, None),
    ]


def test_quotes_come_in_the_editors_order():
    pages.quote(text="Second.", order=2)
    pages.quote(text="First.", order=1, attribution_role="Engineer", context="On writing")

    assert hub("quotes { text attributionName attributionRole context locale }")["quotes"] == [
        {
            "text": "First.",
            "attributionName": "Maren Oyelaran",
            "attributionRole": "Engineer",
            "context": "On writing",
            "locale": "en",
        },
        {
            "text": "Second.",
            "attributionName": "Maren Oyelaran",
            "attributionRole": "",
            "context": "",
            "locale": "en",
        },
    ]


@pytest.mark.parametrize(
    ("make", "field"), [(pages.quote, "quotes"), (pages.testimonial, "testimonials")]
)
def test_what_is_not_out_is_not_there(make, field):
    make(text="CANARY", live=False)
    make(text="CANARY", **pages.expired())
    shown = make(text="Shown.")
    shown.text = "CANARY"
    shown.save_revision()

    assert hub(f"{field} {{ text }}") == {field: [{"text": "Shown."}]}


def test_a_translation_goes_before_the_original(german):
    quote = pages.quote(text="Shown.")
    pages.quote(text="Untranslated.", order=1)
    translation = quote.copy_for_translation(german)
    translation.text, translation.live = "Gezeigt.", True
    translation.save()

    assert hub("quotes { text }") == {"quotes": [{"text": "Shown."}, {"text": "Untranslated."}]}
    assert hub("quotes { text locale }", '(locale: "de")') == {
        "quotes": [
            {"text": "Gezeigt.", "locale": "de"},
            {"text": "Untranslated.", "locale": "en"},
        ]
    }
    assert hub("quotes { text }", '(locale: "de", fallback: NONE)') == {
        "quotes": [{"text": "Gezeigt."}]
    }


def test_a_testimonial_names_a_published_entry_only():
    published = entries.published(entries.debug_entry(area="DB"))
    pages.testimonial(text="One.", about=published.entry_ptr, rating=5, order=1)
    pages.testimonial(text="Two.", about=entries.question(title="CANARY").entry_ptr, order=2)

    assert hub("testimonials { text rating about { code } }")["testimonials"] == [
        {"text": "One.", "rating": 5, "about": {"code": published.code}},
        {"text": "Two.", "rating": None, "about": None},
    ]


def test_statements_do_not_grow_with_the_testimonials(settings_of_hub, django_assert_num_queries):
    entry = entries.published(entries.debug_entry(area="DB"))
    selection = "siteName figures { counted } quotes { text } testimonials { about { code title } }"
    pages.testimonial(about=entry.entry_ptr)
    pages.quote()
    hub(selection)
    with django_assert_num_queries(6):
        hub(selection)
    for _ in range(20):
        pages.testimonial(about=entry.entry_ptr)
        pages.quote()
    with django_assert_num_queries(6):
        assert len(hub(selection)["testimonials"]) == 21
