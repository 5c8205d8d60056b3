"""One word, one term; new ones get what they need."""

import pytest
from wagtail.models import Locale

from knowledge.importing.terms import TermFinder, derived_prefix, readable
from knowledge.models import Technology, Topic
from tests.factories import terms

pytestmark = pytest.mark.django_db


@pytest.fixture
def finder() -> TermFinder:
    locale = Locale.get_default()
    return TermFinder(locale, locale)


@pytest.mark.parametrize("name", ["FastAPI", "fastapi", "PYTHON (fastapi)", "fast api"])
def test_found_by_name_slug_label_and_alias(finder, name):
    known = terms.technology(
        "fastapi", name="FastAPI", display_label="Python (FastAPI)", aliases="Fast API"
    )

    assert finder.technology(name) == known
    assert Technology.objects.count() == 1


def test_a_word_of_the_vocabulary_is_written_as_there(finder):
    made = finder.technology("WORDPRESS")

    assert (made.name, made.slug, made.code_prefix) == ("WordPress", "wordpress", "WP")


def test_a_label_names_the_technology_and_its_language(finder):
    made = finder.technology("Python (mypy)")

    assert (made.name, made.display_label, made.code_prefix) == ("mypy", "Python (mypy)", "MYPY")
    assert (made.language.name, made.language.code_prefix) == ("Python", "PY")


def test_prefixes_are_unique(finder):
    made = [finder.technology(name).code_prefix for name in ("Computer science", "Core system")]

    assert made == ["CS", "CS2"]


def test_the_prefix_of_a_record_s_own_code_is_used(finder):
    assert finder.technology("Some Framework", "FRM").code_prefix == "FRM"


@pytest.mark.parametrize(
    ("name", "prefix"),
    [
        ("JavaScript / CORS", "CORS"),
        ("Python (SQLAlchemy)", "SQLALCHEMY"),
        ("Linux / system administration", "LINUX"),
        ("Front end", "FE"),
        ("C#", "CSHARP"),
        ("C++", "CPLUSPLUS"),
        ("Accessibility", "ACCESS"),
        ("3D", "T3D"),
        ("日本語", "T"),
    ],
)
def test_prefixes_of_names_nobody_gave_one(name, prefix):
    assert derived_prefix(name) == prefix


def test_c_and_its_descendants_are_three(finder):
    slugs = {finder.technology(name).slug for name in ("C", "C++", "C Sharp Script#")}

    assert len(slugs) == 3


def test_tags_become_readable_topics(finder):
    assert finder.topic("react-router").name == "React router"
    assert readable("GraphQL") == "GraphQL"


def test_what_was_rolled_back_is_forgotten(finder):
    finder.topic("Kept")
    finder.keep_new()
    lost = finder.topic("Lost")
    Topic.objects.filter(pk=lost.pk).delete()
    finder.forget_new()

    assert finder.topic("Lost").pk != lost.pk
    assert finder.known(Topic, "kept") is not None
