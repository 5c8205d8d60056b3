"""A token shows one entry as its draft; every other draft stays hidden behind it."""

import pytest

from graphql_api.knowledge.global_ids import global_id
from graphql_api.knowledge.kinds import KINDS
from graphql_api.schema import schema
from knowledge.kinds import Kind
from tests.factories import entries, terms
from tests.factories.translations import translated
from tests.support.full_selection import full_query

pytestmark = pytest.mark.django_db

SINGLES = {
    Kind.INTERVIEW_QUESTION: "interviewQuestion",
    Kind.DEBUG_ENTRY: "debugEntry",
    Kind.CODE_SNIPPET: "codeSnippet",
    Kind.SYSTEM_DESIGN_NOTE: "systemDesignNote",
    Kind.LEARNING_PATH: "learningPath",
    Kind.SECURITY_TOPIC: "securityTopic",
}
TITLE = "{{ found: {field} {{ title }} }}"
RELATED = "{{ found: {field} {{ title related {{ entry {{ title }} }} }} }}"


@pytest.fixture
def no_limits(settings):
    """Selecting every field is more than anybody may."""
    for name in ("COST", "TOKENS", "FRAGMENTS", "DEPTH", "ALIASES"):
        setattr(settings, f"GRAPHQL_MAX_{name}", 10**6)


def revised(entry, **fields):
    """``entry`` with a newer draft."""
    for name, value in {"title": "The draft title", **fields}.items():
        setattr(entry, name, value)
    entry.save_revision()
    return type(entry).objects.get(pk=entry.pk)


def ways(entry):
    """Every field that can ask for one entry."""
    single = SINGLES[Kind(entry.KIND)]
    own_id = global_id(KINDS[Kind(entry.KIND)].type_name, entry.pk)
    return [
        f'{single}(code: "{entry.code.lower()}")',
        f'{single}(slug: "{entry.slug}")',
        f'{single}(id: "{own_id}")',
        f'{single}(id: "{own_id}", locale: "en")',
        f'entry(code: "{entry.code}")',
    ]


@pytest.mark.parametrize("make", entries.ALL_KINDS)
def test_a_draft_of_every_kind_is_shown_however_it_is_asked_for(make, token_for, data):
    never_out = make(title="Never out", slug="never-out")
    live = revised(entries.published(make(title="As published", slug="live")))

    for entry, draft, public in (
        (never_out, "Never out", None),
        (live, "The draft title", {"title": "As published"}),
    ):
        token = token_for(entry)
        for field in ways(entry):
            query = TITLE.format(field=field)
            assert data(query, token) == {"found": {"title": draft}}
            assert data(query) == {"found": public}


@pytest.mark.parametrize("make", entries.ALL_KINDS)
def test_a_draft_of_every_kind_has_every_field(make, token_for, data, no_limits):
    entry = make(slug="draft")
    query = full_query(schema.graphql_schema, f'{SINGLES[Kind(entry.KIND)]}(slug: "draft")')

    found = data(query, token_for(entry))["found"]
    entries.published(entry)
    published = data(query)["found"]

    # Dates are those of the publication, and the terms count what is published.
    dated = {"publishedAt", "updatedAt", "jsonLd", "technology", "category"}
    assert {key: value for key, value in found.items() if key not in dated} == {
        key: value for key, value in published.items() if key not in dated
    }


@pytest.mark.parametrize("make", entries.ALL_KINDS)
def test_node_shows_the_draft(make, token_for, data):
    entry = revised(entries.published(make(slug="live")))
    own_id = global_id(KINDS[Kind(entry.KIND)].type_name, entry.pk)
    query = "query ($id: ID!) { node(id: $id) { ... on Entry { title } } nodes(ids: [$id]) { id } }"

    answer = data(query, token_for(entry), id=own_id)

    assert answer == {"node": {"title": "The draft title"}, "nodes": [{"id": own_id}]}


def test_a_changed_slug_is_found_as_the_draft_and_as_published(token_for, data):
    entry = revised(entries.published(entries.question(slug="before")), slug="after")
    token = token_for(entry)

    for slug in ("before", "after"):
        query = TITLE.format(field=f'interviewQuestion(slug: "{slug}")')
        assert data(query, token) == {"found": {"title": "The draft title"}}


@pytest.mark.parametrize("make", entries.ALL_KINDS)
def test_other_drafts_stay_hidden(make, token_for, data):
    hidden = [one(title="Hidden", slug="hidden") for one in entries.ALL_KINDS]
    shown = entries.published(entries.snippet(title="Shown", slug="shown"))
    shown = revised(shown, title="Hidden revision")
    entry = make(title="Draft", slug="draft")
    for target in (*hidden, shown):
        entry.relations.create(target=target)
    entry.save()
    token = token_for(entry)

    query = RELATED.format(field=f'{SINGLES[Kind(entry.KIND)]}(slug: "draft")')
    assert data(query, token) == {
        "found": {"title": "Draft", "related": [{"entry": {"title": "Shown"}}]}
    }
    for other in hidden:
        for field in ways(other):
            assert data(TITLE.format(field=field), token) == {"found": None}


def test_links_and_answers_to_other_drafts_stay_hidden(token_for, data):
    hidden = entries.question(title="Hidden", slug="hidden")
    live = entries.published(entries.question(title="Live", slug="live"))
    body = [("paragraph", f"<p>[[entry:{hidden.code}]] [[entry:{live.code}]]</p>")]
    asked = [
        {"question": "A?", "answered_by": hidden},
        {"question": "B?", "answered_by": live},
    ]
    entry = entries.question(title="Draft", slug="draft", sections=[("deep_dive", body)])
    entry.sections.append(("follow_up_questions", asked))
    entry.save()

    query = """{ interviewQuestion(slug: "draft") { jsonLd sections { html }
      followUpQuestions { questions { question answeredBy { title } } } } }"""
    found = data(query, token_for(entry))["interviewQuestion"]

    assert "Hidden" not in str(found)
    assert "/questions/hidden" not in str(found)
    assert found["followUpQuestions"]["questions"] == [
        {"question": "A?", "answeredBy": None},
        {"question": "B?", "answeredBy": {"title": "Live"}},
    ]


def test_a_draft_prerequisite_stays_hidden(token_for, data):
    hidden = entries.learning_path(title="Hidden", slug="hidden")
    entry = entries.learning_path(title="Draft", slug="draft")
    entry.prerequisites.create(required_path=hidden)
    entry.save()

    query = '{ learningPath(slug: "draft") { title prerequisites { title } jsonLd } }'
    found = data(query, token_for(entry))["learningPath"]

    assert found["prerequisites"] == []
    assert "Hidden" not in str(found)


def test_lists_and_references_show_what_is_published(token_for, data):
    entry = entries.published(entries.question(title="As published", slug="live"))
    other = entries.debug_entry(slug="other")
    other.relations.create(target=entry)
    other.save()
    entries.published(other)
    token = token_for(revised(entry))

    answer = data(
        """{ interviewQuestions { totalCount nodes { title } }
        debugEntry(slug: "other") { related { entry { title } } }
        search(query: "draft") { totalCount } }""",
        token,
    )

    assert answer == {
        "interviewQuestions": {"totalCount": 1, "nodes": [{"title": "As published"}]},
        "debugEntry": {"related": [{"entry": {"title": "As published"}}]},
        "search": {"totalCount": 0},
    }


def test_a_draft_translation_stands_among_the_published_ones(token_for, data, german):
    entry = entries.published(entries.question(title="English", slug="live"))
    german_entry = revised(
        translated(entry, german, title="Deutsch", slug="live-de"), title="Entwurf"
    )
    token = token_for(german_entry)

    query = TITLE.format(field=f'interviewQuestion(code: "{entry.code}", locale: "%s")')
    assert data(query % "de", token) == {"found": {"title": "Entwurf"}}
    assert data(query % "en", token) == {"found": {"title": "English"}}


def test_unsaved_changes_are_shown_as_the_panel_has_them(token_for, data):
    entry = entries.published(entries.question(slug="live"))
    entry.title = "Not saved at all"

    query = TITLE.format(field='interviewQuestion(slug: "live")')
    assert data(query, token_for(entry, with_unsaved=True)) == {
        "found": {"title": "Not saved at all"}
    }


def test_nothing_keeps_the_answer(token_for, ask):
    entry = entries.question(slug="draft")
    token = token_for(entry)

    for method in ("get", "post"):
        response = ask('{ interviewQuestion(slug: "draft") { title } }', token, method)
        assert response["Cache-Control"] == "private, no-store"
        assert "X-Preview-Token" in response["Vary"]
        assert "ETag" not in response
        assert "lamplight.storable" not in response.wsgi_request.META


@pytest.mark.parametrize("token", ["", "forged", "ImZvcmdlZCI:1x:abc"])
def test_a_token_that_is_not_valid_is_refused(ask, token):
    response = ask("{ __typename }", token)

    assert response.status_code == 401
    assert response.json()["errors"][0]["extensions"]["code"] == "PREVIEW_INVALID"
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("make", entries.ALL_KINDS)
def test_an_empty_draft_is_shown_as_far_as_it_goes(make, token_for, data, no_limits):
    whole = make(slug="draft")
    entry = type(whole)(title="Hardly begun", slug="empty", technology=terms.technology())
    entry.save()
    field = f'{SINGLES[Kind(entry.KIND)]}(slug: "empty")'

    found = data(full_query(schema.graphql_schema, field), token_for(entry))["found"]

    assert found["title"] == "Hardly begun"
    assert found["sections"] == []
