"""What the forms accept as a draft, and what they ask for before review and publication."""

import pytest
from wagtail.test.utils.form_data import inline_formset, rich_text, streamfield

from knowledge.models import (
    InterviewQuestion,
    LearningPath,
    PathPrerequisite,
    PublishedEntry,
    SystemDesignNote,
    Technology,
)
from tests.factories import entries, terms
from tests.knowledge.admin.submission import (
    address,
    learning_path,
    module,
    posted,
    prose,
    question,
)

pytestmark = pytest.mark.django_db


def errors(response) -> dict[str, list[str]]:
    assert response.status_code == 200
    return response.context["form"].errors


def complete_question(**fields):
    return question(
        **{
            "technology": str(terms.technology().pk),
            "category": str(terms.category().pk),
            "level": "MID",
            "difficulty": "5",
            "short_answer": rich_text("<p>By declaring it.</p>"),
            "sections": streamfield([("deep_dive", prose("The framework resolves it."))]),
            **fields,
        }
    )


def add(client, data, model=InterviewQuestion):
    return client.post(address(model, "add"), data)


def test_a_draft_needs_only_what_its_code_is_made_from(author):
    response = add(author, question(technology=str(terms.technology().pk), level="MID"))

    entry = InterviewQuestion.objects.get()
    assert response.status_code == 302
    assert (entry.code, entry.slug, entry.live) == (
        "FASTAPI-MID-001",
        "how-is-it-injected",
        False,
    )


def test_the_first_save_asks_for_what_the_code_is_made_from(author):
    response = add(author, question())

    assert errors(response) == {
        "technology": ["Choose a technology: the code is made from it."],
        "level": ["Choose the level: the code is made from it, and codes never change."],
    }
    assert InterviewQuestion.objects.count() == 0


def test_the_first_save_of_a_question_asks_for_its_level(author):
    response = add(author, question(technology=str(terms.technology().pk)))

    assert errors(response) == {
        "level": ["Choose the level: the code is made from it, and codes never change."]
    }


def test_whoever_makes_an_entry_owns_it(author):
    add(author, complete_question())

    assert InterviewQuestion.objects.get().owner == author.user


@pytest.mark.parametrize("action", ["publish", "submit"])
def test_what_is_missing_is_said_field_by_field(editor, action):
    entry = entries.question(
        category=None, difficulty=None, short_answer="", sections=[], title="Draft"
    )
    InterviewQuestion.objects.update(category=None)

    response = editor.post(
        address(InterviewQuestion, "edit", entry.pk),
        question(technology=str(entry.technology_id), level="MID", action=action),
    )

    assert errors(response) == {
        "category": ["Choose the category."],
        "difficulty": ["Give the difficulty, 1 to 10."],
        "short_answer": ["Write the model answer."],
        "sections": ["Add the missing sections: Deep dive."],
    }
    assert InterviewQuestion.objects.get().current_workflow_state is None
    assert PublishedEntry.objects.count() == 0


def test_a_complete_question_is_published(editor):
    response = add(editor, complete_question(action="publish"))

    assert response.status_code == 302
    assert PublishedEntry.objects.get().card["title"] == "How is it injected?"


def test_code_keeps_every_byte(editor):
    code = '\n\tif ($conn <=> $x)\n  return ?self[];  // <T> => "y"\n\n'
    body = streamfield(
        [("code", {"language": "php", "code": code.replace("\n", "\r\n"), "caption": ""})]
    )

    add(editor, complete_question(sections=streamfield([("deep_dive", body)]), action="publish"))

    (section,) = PublishedEntry.objects.get().body["sections"]
    assert section["blocks"][0]["code"] == code


def test_a_slug_that_is_taken_is_an_error_of_the_field(editor):
    entries.question(slug="injection")

    response = add(editor, complete_question(slug="injection"))

    assert errors(response) == {
        "slug": ["Another entry of this kind has this slug. Choose another one."]
    }


def test_two_entries_with_one_title_get_slugs_of_their_own(editor):
    add(editor, complete_question())
    add(editor, complete_question())

    assert list(InterviewQuestion.objects.order_by("pk").values_list("slug", flat=True)) == [
        "how-is-it-injected",
        "how-is-it-injected-2",
    ]


def test_an_entry_is_not_related_to_itself(editor):
    entry = entries.question()
    related = {"relation": "SEE_ALSO", "target": str(entry.pk)}

    response = editor.post(
        address(InterviewQuestion, "edit", entry.pk),
        complete_question(slug=entry.slug, relations=inline_formset([related])),
    )

    (form,) = response.context["form"].formsets["relations"].forms
    assert form.errors == {"target": ["An entry cannot be related to itself."]}


def test_a_relation_is_stored_once(editor):
    entry, other = entries.question(), entries.debug_entry()
    related = {"relation": "SEE_ALSO", "target": str(other.pk)}

    response = editor.post(
        address(InterviewQuestion, "edit", entry.pk),
        complete_question(slug=entry.slug, relations=inline_formset([related, related])),
    )

    assert response.status_code == 200
    assert entry.relations.count() == 0


def test_a_path_without_modules_is_not_published(editor):
    response = add(
        editor,
        learning_path(level="BEGINNER", description=rich_text("<p>All.</p>"), action="publish"),
        LearningPath,
    )

    assert errors(response) == {"__all__": ["Add at least one module."]}


def test_a_path_is_published_with_the_modules_of_the_form(editor):
    response = add(
        editor,
        learning_path(
            level="BEGINNER",
            description=rich_text("<p>All.</p>"),
            modules=inline_formset([module("Syntax"), module("Objects")]),
            action="publish",
        ),
        LearningPath,
    )

    assert response.status_code == 302
    assert [one["title"] for one in PublishedEntry.objects.get().body["modules"]] == [
        "Syntax",
        "Objects",
    ]


def test_prerequisites_that_form_a_circle_are_an_error(editor):
    first, second = entries.learning_path(title="First"), entries.learning_path(title="Second")
    second.prerequisites = [PathPrerequisite(required_path=first)]
    second.save()

    response = editor.post(
        address(LearningPath, "edit", first.pk),
        learning_path(prerequisites=inline_formset([{"required_path": str(second.pk)}])),
    )

    assert errors(response) == {
        "__all__": ["The prerequisites form a circle: this path would come before itself."]
    }


def test_a_kind_whose_code_needs_no_technology_is_saved_without(author):
    data = posted(
        {
            "title": "A shortener",
            "slug": "",
            "technology": "",
            "topics": [],
            "design_kind": "SYSTEM_BREAKDOWN",
            "description": rich_text(""),
            "sections": streamfield([]),
            "diagrams": streamfield([]),
            "licence": "",
            "licence_url": "",
            "attribution": "",
            "source_url": "",
            "seo_title": "",
            "search_description": "",
            "relations": inline_formset([]),
            "contributors": inline_formset([]),
        },
        None,
    )

    add(author, data, SystemDesignNote)

    assert SystemDesignNote.objects.get().code == "SDN-001"


def test_a_copy_gets_a_code_and_a_slug_of_its_own(editor):
    entry = entries.published(entries.question(topics=[terms.topic()]))
    shown = editor.get(address(InterviewQuestion, "copy", entry.pk)).context["form"]

    assert (shown.initial["slug"], shown.instance.code) == ("", "")
    assert shown.instance.translation_key != entry.translation_key
    assert list(shown.instance.topics.all()) == [terms.topic()]


def test_the_terms_offered_are_in_the_language_of_the_entry(editor, german):
    english = terms.category("security")
    translation = english.copy_for_translation(german)
    translation.name = "Sicherheit"
    translation.save()
    untranslated = terms.category("testing")

    form = editor.get(address(InterviewQuestion, "add"), {"locale": "de"}).context["form"]

    assert list(form.fields["category"].queryset) == [translation, untranslated]


def test_a_term_with_a_taken_slug_is_an_error_of_the_field(editor):
    terms.technology("rust")

    response = editor.post(
        address(Technology, "add"),
        {
            "name": "Rust",
            "slug": "rust",
            "code_prefix": "RUST",
            "display_label": "",
            "aliases": "",
            "description": "",
            "order": "0",
        },
    )

    assert errors(response) == {
        "slug": ["Another term has this slug. Choose another one."],
        "code_prefix": ["Another technology has this prefix. Choose another one."],
    }


def test_a_term_in_use_is_not_deleted(editor):
    technology = entries.question().technology

    response = editor.post(address(Technology, "delete", technology.pk), follow=True)

    assert Technology.objects.filter(pk=technology.pk).exists()
    assert [str(message).strip() for message in response.context["messages"]] == [
        "Not deleted: 1 entry is filed under it."
    ]
