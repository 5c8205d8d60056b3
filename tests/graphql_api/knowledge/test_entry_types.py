"""Each kind delivers every field of its document, as it was stored."""

import pytest

from graphql_api.schema import schema
from knowledge.models import EntryContributor, PublishedEntry
from tests.factories import entries, terms
from tests.support.execution import data, execute

pytestmark = pytest.mark.django_db

RICH = "{ html markdown text }"


def single(entry, selection):
    type_name = type(entry).__name__
    return data(f'{{ entry(code: "{entry.code}") {{ ... on {type_name} {{ {selection} }} }} }}')[
        "entry"
    ]


def test_what_all_kinds_have():
    entry = entries.question(
        topics=[terms.topic()],
        source="archive",
        source_id="7",
        source_url="https://example.com/7",
        licence="CC-BY-4.0",
        attribution="Someone",
        seo_title="For search engines",
        search_description="In short.",
    )
    entry.contributors = [EntryContributor(name="Ada", url="https://example.com/ada")]
    entry.save()
    entry = entries.published(entry)
    stored = PublishedEntry.objects.get()

    answer = single(
        entry,
        "kind code slug locale path title summary technology { name } topics { slug } publishedAt"
        " updatedAt contentHash provenance { source sourceId sourceUrl licence licenceUrl"
        " attribution } contributors { name url } seo { title description }",
    )

    assert answer == {
        "kind": "INTERVIEW_QUESTION",
        "code": entry.code,
        "slug": entry.slug,
        "locale": "en",
        "path": f"/questions/{entry.slug}",
        "title": entry.title,
        "summary": "In short.",
        "technology": {"name": "Fastapi"},
        "topics": [{"slug": "http"}],
        "publishedAt": stored.card["publishedAt"],
        "updatedAt": stored.card["updatedAt"],
        "contentHash": stored.content_hash,
        "provenance": {
            "source": "archive",
            "sourceId": "7",
            "sourceUrl": "https://example.com/7",
            "licence": "CC-BY-4.0",
            "licenceUrl": None,
            "attribution": "Someone",
        },
        "contributors": [{"name": "Ada", "url": "https://example.com/ada"}],
        "seo": {"title": "For search engines", "description": "In short."},
    }


def test_an_interview_question():
    entry = entries.published(entries.question(roles=[terms.role()]))

    answer = single(
        entry,
        "category { slug } roles { slug } level levelLabel difficulty difficultyStars"
        f" shortAnswer {RICH} deepDive {{ name heading text }} commonMistakes {{ text }}",
    )

    assert answer == {
        "category": {"slug": "security"},
        "roles": [{"slug": "backend-engineer"}],
        "level": "MID",
        "levelLabel": "Mid-Level",
        "difficulty": 5,
        "difficultyStars": "★★★★★☆☆☆☆☆",
        "shortAnswer": {
            "html": "<p>By declaring what is needed.</p>",
            "markdown": "By declaring what is needed.",
            "text": "By declaring what is needed.",
        },
        "deepDive": {
            "name": "DEEP_DIVE",
            "heading": "Deep dive",
            "text": "The framework resolves it.",
        },
        "commonMistakes": None,
    }


def test_an_ungraded_question():
    entry = entries.published(
        entries.question(level="", difficulty=None, category=None, source_id="1", short_answer="")
    )

    answer = single(entry, "level levelLabel difficulty difficultyStars shortAnswer { text }")

    assert answer == {
        "level": None,
        "levelLabel": None,
        "difficulty": None,
        "difficultyStars": None,
        "shortAnswer": None,
    }


def test_a_debug_entry():
    entry = entries.published(
        entries.debug_entry(
            error_name="Error",
            error_code="E1",
            stack_traces=[("trace", {"language": "text", "text": "#0 <main>\n", "note": "See."})],
            fix_steps=[
                (
                    "step",
                    {
                        "kind": "command",
                        "instruction": "<p>Run it.</p>",
                        "language": "bash",
                        "code": 'echo "$conn" => [] <T> ?self\n',
                        "platform": "Linux",
                        "temporary": True,
                    },
                )
            ],
        )
    )

    answer = single(
        entry,
        "errorKind errorKindLabel errorName errorCode badgeLabel errorMessages isTested"
        " symptom { text } fixSummary { text } stackTraces { code language note }"
        " fixSteps { position kind instruction { text } code { code language } platform"
        " isTemporary } rootCause { text }",
    )

    assert answer == {
        "errorKind": "FATAL",
        "errorKindLabel": "Fatal error",
        "errorName": "Error",
        "errorCode": "E1",
        "badgeLabel": None,
        "errorMessages": ["Fatal error: Uncaught Error: boom on null"],
        "isTested": False,
        "symptom": {"text": "The page is white."},
        "fixSummary": {"text": "Pass the connection in."},
        "stackTraces": [{"code": "#0 <main>\n", "language": "text", "note": "See."}],
        "fixSteps": [
            {
                "position": 1,
                "kind": "COMMAND",
                "instruction": {"text": "Run it."},
                "code": {"code": 'echo "$conn" => [] <T> ?self\n', "language": "bash"},
                "platform": "Linux",
                "isTemporary": True,
            }
        ],
        "rootCause": {"text": "The variable is out of scope."},
    }


def test_a_code_snippet():
    entry = entries.published(entries.snippet(compatible_with=[("item", "Node 20")]))

    answer = single(
        entry,
        "language languageLabel snippetKind snippetKindLabel previewLine compatibleWith"
        " isProductionTested description { text } files { name language code } usage { text }",
    )

    assert answer == {
        "language": "javascript",
        "languageLabel": "JavaScript",
        "snippetKind": "HOOK",
        "snippetKindLabel": "Hook",
        "previewLine": "const a = 1;",
        "compatibleWith": ["Node 20"],
        "isProductionTested": False,
        "description": {"text": "Waits until typing stops."},
        "files": [{"name": "debounce.js", "language": "javascript", "code": "const a = 1;\n"}],
        "usage": {"text": "Call it."},
    }


def test_a_system_design_note():
    entry = entries.published(
        entries.design_note(
            diagrams=[
                (
                    "text",
                    {"format": "mermaid", "source": "graph TD", "alt": "A", "caption": ""},
                )
            ]
        )
    )

    answer = single(
        entry,
        "designKind designKindLabel description { text } problem { text } tradeOffs { text }"
        " scaling { text } diagrams { format source alt caption image { title } }",
    )

    assert answer == {
        "designKind": "SYSTEM_BREAKDOWN",
        "designKindLabel": "System breakdown",
        "description": {"text": "Short links at scale."},
        "problem": {"text": "About problem."},
        "tradeOffs": {"text": "About trade_offs."},
        "scaling": None,
        "diagrams": [
            {"format": "MERMAID", "source": "graph TD", "alt": "A", "caption": "", "image": None}
        ],
    }


def test_a_learning_path():
    entry = entries.published(entries.learning_path())

    answer = single(
        entry,
        "level levelLabel estimatedHours hoursAreEstimate moduleCount claimedModuleCount"
        " isMentorGuided highlights description { text } audience { text } outcomes"
        " modules { position title isHighlight hours topics milestone summary { text } }",
    )

    assert answer == {
        "level": "BEGINNER",
        "levelLabel": "Beginner",
        "estimatedHours": 40,
        "hoursAreEstimate": True,
        "moduleCount": 2,
        "claimedModuleCount": None,
        "isMentorGuided": False,
        "highlights": ["Syntax", "Objects"],
        "description": {"text": "All the way."},
        "audience": None,
        "outcomes": [],
        "modules": [
            {
                "position": position,
                "title": title,
                "isHighlight": True,
                "hours": None,
                "topics": [],
                "milestone": None,
                "summary": None,
            }
            for position, title in enumerate(("Syntax", "Objects"), start=1)
        ],
    }


def test_a_security_topic():
    comparison = {
        "language": "php",
        "vulnerable_code": "query($id);\n",
        "fixed_code": "prepare();\n",
        "explanation": "<p>Bound.</p>",
    }
    entry = entries.published(entries.security_topic(code_comparisons=[("comparison", comparison)]))

    answer = single(
        entry,
        "securityKind securityKindLabel severity severityLabel owaspIds cweIds attackIds"
        " description { text } safetyNotice overview { text } attack { text }"
        " codeComparisons { vulnerable { code } fixed { code } explanation { text } }",
    )

    assert answer == {
        "securityKind": "VULNERABILITY_PATTERN",
        "securityKindLabel": "Vulnerability pattern",
        "severity": "CRITICAL",
        "severityLabel": "Critical",
        "owaspIds": ["A03:2021"],
        "cweIds": ["CWE-89"],
        "attackIds": [],
        "description": {"text": "Text becomes code."},
        "safetyNotice": "Only on systems you own.",
        "overview": {"text": "About overview."},
        "attack": None,
        "codeComparisons": [
            {
                "vulnerable": {"code": "query($id);\n"},
                "fixed": {"code": "prepare();\n"},
                "explanation": {"text": "Bound."},
            }
        ],
    }


def test_sections_keep_the_editors_order_and_their_headings():
    sections = [
        ("common_mistakes", entries.prose("One.")),
        ("additional", {"heading": "My own", "body": entries.prose("Two.")}),
        ("deep_dive", entries.prose("Three.")),
    ]
    entry = entries.published(entries.question(sections=sections))

    answer = single(
        entry,
        "sections { __typename name heading html markdown text }"
        " additionalSections { heading text }",
    )

    assert [(one["__typename"], one["name"], one["heading"]) for one in answer["sections"]] == [
        ("CommonMistakesSection", "COMMON_MISTAKES", "Common mistakes"),
        ("AdditionalSection", "ADDITIONAL", "My own"),
        ("DeepDiveSection", "DEEP_DIVE", "Deep dive"),
    ]
    assert answer["additionalSections"] == [{"heading": "My own", "text": "Two."}]


def test_blocks_are_typed():
    body = [
        ("paragraph", "<p>Text.</p>"),
        ("code", {"language": "python", "code": "a = 1\n", "caption": "Short"}),
        (
            "table",
            {"data": [["A", "B"], ["1", "2"]], "table_header_choice": "row"},
        ),
        ("callout", {"tone": "warning", "text": "<p>Careful.</p>"}),
    ]
    entry = entries.published(entries.question(sections=[("deep_dive", body)]))

    blocks = single(
        entry,
        "deepDive { blocks { __typename ... on CodeBlock { language code caption }"
        " ... on TableBlock { headers rows } ... on CalloutBlock { tone }"
        " ... on ProseBlock { text } } }",
    )["deepDive"]["blocks"]

    assert blocks == [
        {"__typename": "ProseBlock", "text": "Text."},
        {"__typename": "CodeBlock", "language": "python", "code": "a = 1\n", "caption": "Short"},
        {"__typename": "TableBlock", "headers": ["A", "B"], "rows": [["1", "2"]]},
        {"__typename": "CalloutBlock", "tone": "WARNING"},
    ]


def test_every_key_of_every_document_is_a_field():
    # Keys of references and terms are delivered as what they refer to.
    renamed = {
        "key": None,
        "technologyKey": "technology",
        "topicKeys": "topics",
        "categoryKey": "category",
        "roleKeys": "roles",
        "prerequisiteKeys": "prerequisites",
    }
    missing = []
    for make in entries.ALL_KINDS:
        entry = entries.published(make())
        stored = PublishedEntry.objects.get(pk=entry.pk)
        fields = schema.graphql_schema.type_map[type(entry).__name__].fields
        for key in {**stored.card, **stored.body}:
            name = renamed.get(key, key)
            if name is not None and name not in fields:
                missing.append((type(entry).__name__, key))

    assert missing == []


def test_an_unknown_field_does_not_validate():
    result = execute("{ debugEntries { nodes { translationKey } } }")

    assert result.errors[0].message.startswith("Cannot query field 'translationKey'")
