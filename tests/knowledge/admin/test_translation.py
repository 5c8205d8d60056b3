"""Entries and terms in more than one language."""

import pytest
from django.urls import reverse

from knowledge.models import Category, InterviewQuestion, PublishedEntry
from tests.factories import entries, terms
from tests.knowledge.admin.submission import address

pytestmark = pytest.mark.django_db


def translate(client, instance, locale):
    url = reverse(
        "simple_translation:submit_snippet_translation",
        args=["knowledge", instance._meta.model_name, instance.pk],
    )
    return client.post(url, {"locales": [locale.pk]})


def test_a_translation_is_a_draft_with_the_same_code(editor, german):
    entry = entries.published(entries.question())

    response = translate(editor, entry, german)

    translation = InterviewQuestion.objects.get(locale=german)
    assert response.url == address(InterviewQuestion, "edit", translation.pk)
    assert (translation.code, translation.slug, translation.live) == (
        entry.code,
        entry.slug,
        False,
    )
    assert translation.latest_revision is None
    assert PublishedEntry.objects.count() == 1


def test_the_original_stays_as_it_was(editor, german):
    entry = entries.published(entries.question())
    entries.published(entry)

    translate(editor, entry, german)

    entry = InterviewQuestion.objects.get(pk=entry.pk)
    assert (entry.live, entry.revisions.count()) == (True, 2)


def test_a_slug_that_is_taken_in_the_other_language_is_replaced(editor, german):
    entries.question(title="Injection", slug="injection", locale=german)
    entry = entries.question(title="Injection", slug="injection")

    translate(editor, entry, german)

    translation = InterviewQuestion.objects.get(
        translation_key=entry.translation_key, locale=german
    )
    assert translation.slug == "injection-2"


def test_both_languages_are_published_under_one_code(editor, german):
    entry = entries.published(entries.question())
    translate(editor, entry, german)
    entries.published(InterviewQuestion.objects.get(locale=german))

    assert list(PublishedEntry.objects.order_by("locale").values_list("code", "locale")) == [
        (entry.code, "de"),
        (entry.code, "en"),
    ]


def test_the_edit_view_offers_the_other_language(editor, german):
    entry = entries.question()
    translate(editor, entry, german)
    translation = InterviewQuestion.objects.get(locale=german)

    html = editor.get(address(InterviewQuestion, "edit", entry.pk)).content.decode()

    assert address(InterviewQuestion, "edit", translation.pk) in html


def test_the_edit_view_of_a_translation_keeps_its_terms(editor, german):
    entry = entries.question()
    entry.category.copy_for_translation(german).save()
    translate(editor, entry, german)
    translation = InterviewQuestion.objects.get(locale=german)

    form = editor.get(address(InterviewQuestion, "edit", translation.pk)).context["form"]

    assert entry.category in form.fields["category"].queryset


def test_a_term_is_translated(editor, german):
    category = terms.category()

    translate(editor, category, german)

    assert Category.objects.get(locale=german).translation_key == category.translation_key


def test_the_listing_offers_translation_only_where_one_is_lacking(editor, german):
    entry = entries.question()
    url = reverse(
        "simple_translation:submit_snippet_translation",
        args=["knowledge", "interviewquestion", entry.pk],
    )
    listing = address(InterviewQuestion, "list")
    before = editor.get(listing).content.decode()
    translate(editor, entry, german)

    assert url in before
    assert url not in editor.get(listing).content.decode()
