"""JSON-LD says what schema.org has words for, and nothing that is empty."""

import pytest

from knowledge.models import PublishedEntry
from knowledge.structured_data import compact, structured_data
from tests.factories import entries

pytestmark = pytest.mark.django_db

FASTAPI = {"label": "Python (FastAPI)", "languageKey": "0" * 32}


def of(entry, **fields):
    stored = PublishedEntry.objects.get(pk=entries.published(entry).pk)
    return structured_data({**stored.card, **stored.body}, **fields)


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (entries.question, "Question"),
        (entries.debug_entry, "TechArticle"),
        (entries.snippet, "SoftwareSourceCode"),
        (entries.design_note, "TechArticle"),
        (entries.learning_path, "Course"),
        (entries.security_topic, "TechArticle"),
    ],
)
def test_each_kind_has_its_type(make, expected):
    entry = make()
    found = of(entry)

    assert found["@context"] == "https://schema.org"
    assert found["@type"] == expected
    assert found["identifier"] == entry.code
    assert found["inLanguage"] == "en"
    assert found.get("name", found.get("headline")) == entry.title


def test_a_question_has_its_accepted_answer():
    found = of(entries.question(), technology=FASTAPI, topics=["HTTP"])

    assert found["acceptedAnswer"] == {
        "@type": "Answer",
        "text": "By declaring what is needed.",
        "hasPart": [
            {"@type": "WebPageElement", "name": "Deep dive", "text": "The framework resolves it."}
        ],
    }
    assert found["answerCount"] == 1
    assert found["educationalLevel"] == "Mid-Level"
    assert found["keywords"] == ["HTTP"]
    assert found["about"] == [{"@type": "SoftwareApplication", "name": "Python (FastAPI)"}]


def test_a_language_is_a_computer_language():
    found = of(entries.snippet(), technology={"label": "PHP", "languageKey": None})

    assert found["about"] == [{"@type": "ComputerLanguage", "name": "PHP"}]


def test_a_debug_entry_asks_its_message_and_answers_with_the_fix():
    found = of(entries.debug_entry())

    assert found["mainEntity"] == {
        "@type": "Question",
        "name": "Fatal error: Uncaught Error: boom on null",
        "text": "The page is white.",
        "answerCount": 1,
        "acceptedAnswer": {"@type": "Answer", "text": "Pass the connection in."},
    }
    assert "hasPart" not in found


def test_a_snippet_has_its_code():
    found = of(entries.snippet())

    assert found["text"] == "const a = 1;\n"
    assert found["programmingLanguage"] == "JavaScript"


def test_a_path_is_a_course_with_its_syllabus():
    found = of(entries.learning_path(), prerequisites=["Before"])

    assert found["syllabusSections"] == [
        {"@type": "Syllabus", "position": 1, "name": "Syntax"},
        {"@type": "Syllabus", "position": 2, "name": "Objects"},
    ]
    assert found["timeRequired"] == "PT40H"
    assert found["hasCourseInstance"] == {
        "@type": "CourseInstance",
        "courseMode": "online",
        "courseWorkload": "PT40H",
    }
    assert found["coursePrerequisites"] == ["Before"]


def test_a_weakness_is_a_term_of_its_catalogue():
    found = of(entries.security_topic())

    assert found["about"] == [
        {
            "@type": "DefinedTerm",
            "termCode": "A03:2021",
            "name": "A03:2021",
            "inDefinedTermSet": "OWASP Top 10",
        },
        {
            "@type": "DefinedTerm",
            "termCode": "CWE-89",
            "name": "CWE-89",
            "inDefinedTermSet": "Common Weakness Enumeration",
        },
    ]


def test_there_is_no_address_without_a_front_end():
    found = of(entries.question())

    assert "url" not in found
    assert "@id" not in found


def test_the_address_is_absolute(settings):
    settings.LAMPLIGHT_FRONTEND_BASE_URL = "https://hub.example"
    entry = entries.question(slug="why")

    found = of(entry)

    assert found["url"] == found["@id"] == "https://hub.example/questions/why"


def test_the_licence_is_an_address():
    found = of(entries.question(licence="CC-BY-4.0", attribution="Someone"))

    assert found["license"] == "https://spdx.org/licenses/CC-BY-4.0.html"
    assert found["creditText"] == "Someone"


def test_what_says_nothing_is_left_out():
    assert compact({"a": None, "b": "", "c": [], "d": {"e": None}, "f": 0, "g": [None, 1]}) == {
        "f": 0,
        "g": [1],
    }
