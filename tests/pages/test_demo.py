"""The demonstration's site loads whole, and a second time changes nothing."""

import json
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page, Revision, Site

from cms.publishing.models import ContentVersion
from knowledge.models import DebugEntry
from pages import models
from pages.demo import load_site, load_site_data
from pages.seed import has_site_part, site_data
from tests.factories import entries

SITE = Path(models.__file__).parents[2] / "knowledge" / "demo" / "content" / "site.yaml"

pytestmark = pytest.mark.django_db


def test_everything_of_the_file_is_loaded():
    assert load_site(SITE) == {
        "home pages": 1,
        "standard pages": 3,
        "landing pages": 1,
        "hub settings": 1,
        "figures": 5,
        "quotes": 4,
        "testimonials": 5,
    }


def test_the_home_page_takes_the_place_of_the_welcome_page():
    load_site(SITE)

    root = Site.objects.get(is_default_site=True).root_page.specific
    assert isinstance(root, models.HomePage)
    assert root.slug == "home"
    assert [page.pk for page in Page.objects.filter(depth=2)] == [root.pk]


def test_every_page_is_live_with_a_revision():
    load_site(SITE)

    for page in Page.objects.filter(depth__gt=1):
        assert page.live
        assert page.live_revision_id is not None


def test_a_second_loading_changes_nothing():
    load_site(SITE)
    before = (Revision.objects.count(), ContentVersion.current(), Page.objects.count())

    load_site(SITE)

    assert (Revision.objects.count(), ContentVersion.current(), Page.objects.count()) == before


def test_a_changed_page_gets_one_new_revision():
    load_site_data({"standard_pages": [{"slug": "about", "title": "About", "body": []}]})
    body = [{"type": "paragraph", "text": "More."}]
    load_site_data({"standard_pages": [{"slug": "about", "title": "About", "body": body}]})

    page = models.StandardPage.objects.get()
    assert page.body.raw_data[0]["value"] == "More."
    assert page.revisions.count() == 2


def test_a_testimonial_points_at_the_entry_it_names():
    entry = entries.published(entries.debug_entry(area="DB"))

    load_site_data(
        {
            "testimonials": [
                {"author_name": "Kofi", "text": "Good.", "about": entry.code, "rating": 4}
            ]
        }
    )

    testimonial = models.Testimonial.objects.get()
    assert testimonial.live
    assert testimonial.about == DebugEntry.objects.get().entry_ptr
    assert testimonial.rating == 4


def test_a_bad_file_loads_nothing():
    with pytest.raises(ValidationError):
        load_site_data(
            {
                "quotes": [{"text": "Kept back.", "attribution_name": "Ada"}],
                "testimonials": [{"author_name": "Kofi", "text": "x", "rating": 9}],
            }
        )

    assert not models.Quote.objects.exists()


def test_the_site_part_of_a_seed_becomes_site_data():
    seed = json.loads(
        """{
          "hero": {"eyebrow": "Knowledge Hub · Give Back", "heading": "Given Back.",
                   "status_line": "HUB_STATUS: OPERATIONAL // 20_YRS · FREE_ACCESS",
                   "lead": "Thousands.", "body": "One lamp."},
          "stats": [{"value": "3,500+", "value_number": 3500, "label": "Interview Questions",
                     "description": "Across 18 languages"}],
          "quotes": [{"text": "A lamp.", "attribution": "Ada · Architect · 20 Years"}],
          "sections": [{"numeral": "IV", "name": "Knowledge Domains", "title": "Explore",
                        "status_line": "DOMAINS_MAPPED", "link_label": "All"}],
          "contact": {"email": "hello@lamplight.example", "hours": "Mon"}
        }"""
    )
    assert has_site_part(seed)
    assert not has_site_part({"questions": []})

    load_site_data(site_data(seed))

    settings = models.HubSettings.objects.get()
    assert settings.site_name == "Knowledge Hub"
    assert settings.tagline == "Give Back"
    assert settings.status_value == "OPERATIONAL"
    assert settings.status_note_list == ["20_YRS", "FREE_ACCESS"]
    assert settings.contact_email == "hello@lamplight.example"
    assert settings.figures.get().live_source == "INTERVIEW_QUESTION"
    quote = models.Quote.objects.get()
    assert (quote.attribution_name, quote.attribution_role) == ("Ada", "Architect · 20 Years")
    home = models.HomePage.objects.get()
    assert [block.block_type for block in home.sections] == ["hero", "status_line", "domains"]
