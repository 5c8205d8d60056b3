"""What each kind makes of a record, read back from the published document."""

from typing import Any

import pytest

from knowledge.models import PublishedEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(bring_in):
    """Publish one record and return its document: card and body in one."""

    def published(**values: Any) -> dict[str, Any]:
        report = bring_in({"id": "1", "title": "T", "technology": "PHP", "source": "s", **values})
        assert [str(one) for one in report.rejections] == []
        row = PublishedEntry.objects.get()
        return {**row.card, **row.body}

    return published


def sections(document: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(one["name"], one["heading"], one["text"]) for one in document["sections"]]


def test_interview_question(document):
    found = document(
        kind="interview_question",
        level="Senior Developer",
        category="Performance & Optimization",
        sections={
            "short_answer": "In **short**.",
            "question_detail": "Given:\n\n```js\nf()\n```",
            "answer": "At length.",
            "further_reading": "* [A](https://example.org)",
        },
        follow_up_questions=["And then?"],
    )

    assert (found["level"], found["difficulty"]) == ("SENIOR", None)
    assert found["shortAnswer"]["text"] == "In short."
    assert sections(found) == [
        ("ADDITIONAL", "Question detail", "Given:\n\nf()"),
        ("DEEP_DIVE", "Deep dive", "At length."),
        ("ADDITIONAL", "Further reading", "A"),
        ("FOLLOW_UP_QUESTIONS", "Follow-up questions", "And then?"),
    ]
    assert found["sections"][0]["blocks"][1]["code"] == "f()"


def test_follow_up_questions_may_be_a_list_under_a_heading(document):
    found = document(
        kind="interview_question",
        sections={"answer": "At length.", "follow_up_questions": "- Why?\n2. And `then`?\n"},
        follow_up_questions=["At last?"],
    )

    questions = found["sections"][-1]["questions"]
    assert [one["question"] for one in questions] == ["Why?", "And `then`?", "At last?"]


def test_debug_entry_from_a_collection(document):
    found = document(
        kind="debug_entry",
        error_message="A (one)\nB (two)",
        error_messages=["A (one)", "B (two)"],
        error_kind="SyntaxError",
        error_code="E01",
        sections={
            "summary": "What is *seen*.",
            "root_cause": "Why.",
            "fix": "Do `this`.\n\n```js\nthis()\n```",
            "see_also": "- [x](https://example.org)",
        },
    )

    assert found["errorMessages"] == ["A (one)", "B (two)"]
    assert (found["errorKind"], found["errorName"]) == ("SYNTAX", "SyntaxError")
    assert (found["errorCode"], found["symptom"]["text"]) == ("E01", "What is seen.")
    assert found["fixSummary"]["text"] == "Do this."
    assert [name for name, _, _ in sections(found)] == ["ROOT_CAUSE", "ADDITIONAL", "ADDITIONAL"]
    assert sections(found)[1][1:] == ("Fix", "Do this.\n\nthis()")


@pytest.mark.parametrize(
    ("said", "kind", "name"),
    [
        ("E_FATAL", "FATAL", "E_FATAL"),
        ("HTTP status", "HTTP_STATUS", None),
        ("static analysis", "STATIC_ANALYSIS", None),
        ("RUNTIME", "RUNTIME", None),
        ("Gremlin", "OTHER", "Gremlin"),
    ],
)
def test_sorts_of_errors(document, said, kind, name):
    found = document(
        kind="debug_entry", error_message="x", error_kind=said, sections={"root_cause": "y"}
    )

    assert (found["errorKind"], found["errorName"]) == (kind, name)


def test_a_fix_of_one_sentence_is_the_summary_alone(document):
    found = document(
        kind="debug_entry", error_message="x", sections={"root_cause": "y", "fix": "Do it."}
    )

    assert found["fixSummary"]["text"] == "Do it."
    assert [name for name, _, _ in sections(found)] == ["ROOT_CAUSE"]


def test_messages_and_traces_keep_every_byte(document):
    message = "  Undefined variable: $conn\t=> ?self <T> []\n"
    found = document(
        kind="debug_entry",
        error_message=message,
        stack_traces=[{"language": "php", "text": "#0 a.php(1)\n  #1 {main}\n"}],
        sections={"root_cause": "y"},
    )

    assert found["errorMessages"] == [message]
    assert found["stackTraces"][0]["code"] == "#0 a.php(1)\n  #1 {main}"


def test_code_snippet(document):
    code = "const f = <T>(a?: T) => a ?? [];\n\n\treturn;\n"
    found = document(
        kind="code_snippet",
        slug="f",
        language="js",
        code=code,
        category="Array",
        difficulty="beginner",
        sections={"description": "Does `it`.", "usage": "```js\nf()\n```"},
    )

    assert (found["language"], found["files"][0]["name"]) == ("javascript", "f.js")
    assert found["files"][0]["code"] == code
    assert found["description"]["text"] == "Does it."
    assert len(found["topicKeys"]) == 1


def test_system_design_note(document):
    found = document(
        kind="system_design_note",
        category="Case study",
        sections={
            "overview": "A > quote.\n\nMore.",
            "step_1_use_cases": "One.",
            "design": "Two.",
            "do_s_and_don_ts": "Three.",
        },
    )

    assert (found["designKind"], found["description"]["text"]) == ("CASE_STUDY", "A > quote.")
    assert [(name, heading) for name, heading, _ in sections(found)] == [
        ("ADDITIONAL", "Overview"),
        ("ADDITIONAL", "Step 1 use cases"),
        ("DESIGN", "Design"),
        ("ADDITIONAL", "Do's and don'ts"),
    ]


def test_an_overview_that_is_told_again_is_told_once(document):
    found = document(
        kind="system_design_note", sections={"overview": "Start.", "body": "Start.\n\nRest."}
    )

    assert sections(found) == [("ADDITIONAL", "T", "Start.\n\nRest.".replace("\n\n", "\n"))]


def test_a_note_that_is_part_of_another_points_at_it(bring_in):
    note = {"kind": "system_design_note", "sections": {"overview": "o"}, "source": "s"}
    bring_in(
        {**note, "id": "part", "title": "Part", "parent": "whole"},
        {**note, "id": "whole", "title": "Whole"},
    )

    part, whole = (PublishedEntry.objects.get(slug=slug) for slug in ("part", "whole"))
    assert part.body["related"] == [
        {"relation": "BUILDS_ON", "entryKey": whole.translation_key.hex}
    ]


def test_security_topic(document):
    found = document(
        kind="security_topic",
        severity="Moderate",
        owasp_ids=["a03:2021"],
        cwe_ids="CWE-89",
        sections={"overview": "Text.", "primary_defenses": "Wall.", "references": "- r"},
    )

    assert (found["severity"], found["owaspIds"], found["cweIds"]) == (
        "MEDIUM",
        ["A03:2021"],
        ["CWE-89"],
    )
    assert found["securityKind"] == "DEFENSIVE_CODING"
    assert [heading for _, heading, _ in sections(found)] == [
        "Overview",
        "Primary defenses",
        "References",
    ]


def test_a_catalogue_number_of_another_form_is_refused(bring_in):
    report = bring_in(
        {"id": "1", "kind": "security_topic", "title": "T", "cwe_ids": ["89"], "sections": {}}
    )

    assert report.rejections[0].reasons == {
        "identifiers": ["Write it as in the catalogue, for example CWE-89."]
    }


def test_learning_path(document):
    found = document(
        kind="learning_path",
        level="beginner to advanced",
        source_url="https://example.org/repo/README.md",
        duration="two years",
        sections={"description": "All of it."},
        modules=[
            {
                "order": 2,
                "title": "Second",
                "group": "Core",
                "topics": None,
                "steps": [
                    {"title": "Read", "url": "pages/a.md", "duration": "2 weeks", "effort": None},
                    {
                        "title": "Learn",
                        "description": "by heart",
                        "resources": [{"title": '<img alt="L"/> Site', "url": "https://a.example"}],
                    },
                ],
            },
            {"order": 1, "title": "First", "description": "To *begin*.", "topics": ["a", "b"]},
        ],
    )

    first, second = found["modules"]
    assert (found["level"], found["moduleCount"]) == ("BEGINNER", 2)
    assert (first["title"], first["summary"]["text"], first["topics"]) == (
        "First",
        "To begin.",
        ["a", "b"],
    )
    assert second["summary"]["text"] == "Core"
    assert second["topics"] == ["Learn: by heart"]
    assert [(one["title"], one["url"], one["note"]) for one in second["resources"]] == [
        ("Read", "https://example.org/repo/pages/a.md", "2 weeks"),
        ("Site", "https://a.example", "Learn"),
    ]
    assert sections(found) == [("ADDITIONAL", "Duration", "two years")]


def test_a_resource_without_an_address_is_a_mistake(bring_in):
    report = bring_in(
        {
            "id": "1",
            "kind": "learning_path",
            "title": "T",
            "modules": [{"title": "M", "resources": [{"title": "R", "url": "javascript:x"}]}],
        }
    )

    assert report.rejections[0].reasons == {"modules": ["Resource “R” has no web address."]}


def test_relative_links_of_a_text_lead_to_its_source(document):
    found = document(
        kind="security_topic",
        source_url="https://example.org/docs/a.html",
        licence="MIT License",
        attribution="Someone",
        sections={"overview": "[b](b.html) ![i](i.png)"},
    )

    html = found["sections"][0]["html"]
    assert 'href="https://example.org/docs/b.html"' in html
    assert 'src="https://example.org/docs/i.png"' in html
    assert found["provenance"] == {
        "source": "s",
        "sourceId": "1",
        "sourceUrl": "https://example.org/docs/a.html",
        "licence": "MIT",
        "licenceUrl": None,
        "attribution": "Someone",
    }
