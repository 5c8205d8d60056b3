"""What the holder of a status token sees and may do."""

import pytest

from knowledge.contributions import actions
from knowledge.contributions.acceptance import accept
from knowledge.contributions.models import Contribution
from knowledge.models import Entry, InterviewQuestion
from tests.factories import contributions, entries
from tests.graphql_api.contributions.test_submitting import post

pytestmark = pytest.mark.django_db

STATUS = """query ($token: String!) {
  contribution(token: $token) {
    state message hasAddress addressConfirmed entry { code path } duplicateOf { code }
  }
}"""


@pytest.fixture
def moderator():
    return contributions.moderator()


def status(client, token):
    return post(client, STATUS, {"token": token}).json()["data"]["contribution"]


def mutate(client, name, **variables):
    arguments = ", ".join(f"{key}: ${key}" for key in variables)
    types = ", ".join(f"${key}: String!" for key in variables)
    query = (
        f"mutation ({types}) {{ {name}({arguments}) "
        "{ contribution { state } errors { code path } } }"
    )
    return post(client, query, variables).json()["data"][name]


def test_the_token_opens_the_contribution(client):
    row = contributions.received(email="ada@lovelace.example")

    assert status(client, row.status_token) == {
        "state": "RECEIVED",
        "message": None,
        "hasAddress": True,
        "addressConfirmed": False,
        "entry": None,
        "duplicateOf": None,
    }


@pytest.mark.parametrize("token", ["", "x", "C-AAAAAAAA", "C-AAAAAAAA:forged"])
def test_any_other_text_opens_nothing(client, token):
    contributions.received()

    assert status(client, token) is None


def test_the_reference_alone_opens_nothing(client):
    assert status(client, contributions.received().reference) is None


def test_suspicion_is_not_told(client):
    assert status(client, contributions.received(trap="x").status_token)["state"] == "RECEIVED"


def test_a_decision_shows_when_it_stands(client, moderator, settings):
    row = contributions.received()
    actions.decline(contribution=row, user=moderator, reason="We have it in another form.")
    assert status(client, row.status_token)["state"] == "IN_REVIEW"

    settings.CONTRIBUTION_UNDO_SECONDS = -1

    now = status(client, row.status_token)
    assert (now["state"], now["message"]) == ("DECLINED", "We have it in another form.")


def test_a_question_can_be_answered(client, moderator):
    row = contributions.received()
    actions.ask(contribution=row, user=moderator, question="Which version?")
    asked = status(client, row.status_token)

    answered = mutate(client, "answerContribution", token=row.status_token, text="Version 3.")

    assert (asked["state"], asked["message"]) == ("WAITING", "Which version?")
    assert answered == {"contribution": {"state": "IN_REVIEW"}, "errors": []}
    assert Contribution.objects.get().events.last().message == "Version 3."


def test_secrets_in_an_answer_are_masked_and_told(client, moderator):
    row = contributions.received()
    actions.ask(contribution=row, user=moderator, question="How do you connect?")
    query = """mutation ($token: String!, $text: String!) {
      answerContribution(token: $token, text: $text) {
        contribution { masked { field what count } }
      }
    }"""

    answer = post(client, query, {"token": row.status_token, "text": "password='hunter2!'"}).json()

    assert answer["data"]["answerContribution"]["contribution"]["masked"] == [
        {"field": "answer", "what": "PASSWORD", "count": 1}
    ]
    assert "hunter2" not in row.events.last().message


def test_nothing_can_be_answered_that_was_not_asked(client):
    row = contributions.received()

    result = mutate(client, "answerContribution", token=row.status_token, text="Hello?")

    assert result["errors"] == [{"code": "TRANSITION_IMPOSSIBLE", "path": []}]


def test_it_can_be_withdrawn(client):
    row = contributions.received()

    result = mutate(client, "withdrawContribution", token=row.status_token)

    assert result == {"contribution": {"state": "WITHDRAWN"}, "errors": []}


def test_an_address_is_confirmed_by_its_token(client):
    row = contributions.received(email="ada@lovelace.example")

    mutate(client, "confirmContributorAddress", token=row.contributor.confirmation_token)

    assert status(client, row.status_token)["addressConfirmed"] is True


def test_the_status_token_confirms_nothing(client):
    row = contributions.received(email="ada@lovelace.example")

    result = mutate(client, "confirmContributorAddress", token=row.status_token)

    assert result["errors"] == [{"code": "NOT_FOUND", "path": ["token"]}]


def test_a_published_contribution_leads_to_the_entry(client, moderator):
    row = accept(contribution=contributions.received(), user=moderator)
    InterviewQuestion.objects.get().latest_revision.publish()

    entry = Entry.objects.get()
    assert status(client, row.status_token)["entry"] == {
        "code": entry.code,
        "path": f"/questions/{entry.slug}",
    }


def test_a_duplicate_leads_to_the_original_while_it_is_published(client, moderator, settings):
    settings.CONTRIBUTION_UNDO_SECONDS = -1
    original = entries.published(entries.question())
    row = contributions.received()
    actions.mark_duplicate(contribution=row, user=moderator, original=original)

    assert status(client, row.status_token)["duplicateOf"] == {"code": original.code}
    original.unpublish()
    assert status(client, row.status_token)["duplicateOf"] is None
