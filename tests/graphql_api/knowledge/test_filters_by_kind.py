"""Each kind is filtered by what only it has."""

import pytest

from tests.factories import entries
from tests.graphql_api.knowledge.test_filters import found

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("field", "make", "matching", "missing"),
    [
        (
            "debugEntries",
            entries.debug_entry,
            ["{errorKind: {eq: FATAL}}", "{errorKind: {in: [FATAL, TYPE]}}"],
            ["{errorKind: {eq: TYPE}}"],
        ),
        (
            "codeSnippets",
            entries.snippet,
            ["{snippetKind: {eq: HOOK}}", "{language: {eq: javascript}}"],
            ["{snippetKind: {eq: QUERY}}", "{language: {in: [python, sql]}}"],
        ),
        (
            "systemDesignNotes",
            entries.design_note,
            ["{designKind: {eq: SYSTEM_BREAKDOWN}}"],
            ["{designKind: {eq: CASE_STUDY}}"],
        ),
        (
            "learningPaths",
            entries.learning_path,
            [
                "{level: {eq: BEGINNER}}",
                "{hours: {gte: 40, lte: 40}}",
                "{mentorGuided: false}",
                "{not: {mentorGuided: true}}",
            ],
            ["{level: {eq: ADVANCED}}", "{hours: {gte: 41}}", "{mentorGuided: true}"],
        ),
        (
            "securityTopics",
            entries.security_topic,
            [
                "{securityKind: {eq: VULNERABILITY_PATTERN}}",
                "{severity: {in: [HIGH, CRITICAL]}}",
                '{cwe: {eq: "cwe-89"}}',
                '{owasp: {eq: "A03:2021"}}',
            ],
            ["{severity: {eq: LOW}}", '{cwe: {eq: "A03:2021"}}', '{attack: {eq: "T1190"}}'],
        ),
        (
            "entries",
            entries.debug_entry,
            ["{kind: {eq: DEBUG_ENTRY}}", '{technology: {eq: "php"}}'],
            ["{kind: {in: [CODE_SNIPPET, LEARNING_PATH]}}", '{topic: {eq: "http"}}'],
        ),
    ],
)
def test_each_kind_has_filters_of_its_own(field, make, matching, missing):
    entry = entries.published(make())

    assert [found(field, condition) for condition in matching] == [[entry.title]] * len(matching)
    assert [found(field, condition) for condition in missing] == [[]] * len(missing)


def test_a_mentor_guided_path_is_found():
    entries.published(entries.learning_path(is_mentor_guided=True))

    assert found("learningPaths", "{mentorGuided: true}") == ["From zero to production"]
    assert found("learningPaths", "{mentorGuided: false}") == []
