"""Submitting over HTTP, as a form does it."""

import json

import pytest

from cms.access.models import ApiKey
from knowledge.contributions.models import Contribution
from tests.factories import contributions, entries, terms

pytestmark = pytest.mark.django_db

SUBMIT = """
mutation ($input: SubmitContributionInput!) {
  submitContribution(input: $input) {
    contribution { reference state statusToken title masked { field what count } }
    errors { code path message }
  }
}
"""


def post(client, query, variables=None, **headers):
    return client.post(
        "/graphql",
        json.dumps({"query": query, "variables": variables or {}}),
        content_type="application/json",
        **headers,
    )


def question(**values):
    terms.technology()
    return {
        "question": {
            "title": "How do generators differ from lists in memory?",
            "technology": "fastapi",
            "level": "MID",
            **values.pop("question", {}),
        },
        "acceptsLicence": True,
        "formToken": contributions.form_token(),
        **values,
    }


def submit(client, input_, **headers):
    answer = post(client, SUBMIT, {"input": input_}, **headers).json()
    assert "errors" not in answer, answer
    return answer["data"]["submitContribution"]


def test_a_question_is_received(client):
    result = submit(client, question())

    assert result["errors"] == []
    assert result["contribution"]["state"] == "RECEIVED"
    assert result["contribution"]["reference"] == Contribution.objects.get().reference


def test_the_sender_is_told_what_was_masked(client):
    result = submit(client, question(question={"shortAnswer": "password='hunter2!'"}))

    assert result["contribution"]["masked"] == [
        {"field": "shortAnswer", "what": "PASSWORD", "count": 1}
    ]


def test_errors_name_the_place_in_the_input(client):
    result = submit(
        client,
        question(
            question={"title": "Short", "technology": "cobol"},
            acceptsLicence=False,
            contributor={"email": "nobody", "credit": "PERMANENT"},
        ),
    )

    assert result["contribution"] is None
    assert [(error["code"], error["path"]) for error in result["errors"]] == [
        ("TOO_SHORT", ["input", "question", "title"]),
        ("NOT_FOUND", ["input", "question", "technology"]),
        ("INVALID", ["input", "contributor", "email"]),
        ("REQUIRED", ["input", "contributor", "creditName"]),
        ("CONSENT_REQUIRED", ["input", "acceptsLicence"]),
    ]


def test_exactly_one_proposal_is_asked_for(client):
    input_ = question()
    del input_["question"]

    result = submit(client, input_)

    assert [(error["code"], error["path"]) for error in result["errors"]] == [
        ("INVALID", ["input"])
    ]


@pytest.mark.parametrize("name", ["approved", "state", "status", "id", "createdAt", "owner"])
def test_fields_that_are_not_the_senders_are_unknown(client, name):
    answer = post(client, SUBMIT, {"input": question(**{name: "x"})}).json()

    assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert Contribution.objects.count() == 0


def test_the_idempotency_key_of_the_header_counts(client):
    input_ = question()
    first, second = (
        submit(client, input_, HTTP_IDEMPOTENCY_KEY="a-key-of-mine") for _attempt in range(2)
    )

    assert first == second
    assert Contribution.objects.count() == 1


def test_a_reused_key_is_refused(client):
    submit(client, question(idempotencyKey="a-key-of-mine"))
    result = submit(client, question(idempotencyKey="a-key-of-mine"))

    assert result["errors"][0]["code"] == "IDEMPOTENCY_KEY_REUSED"


def test_two_mutations_in_one_operation_are_none(client):
    query = """mutation ($input: SubmitContributionInput!) {
      a: submitContribution(input: $input) { errors { code } }
      ...F
    }
    fragment F on Mutation { b: submitContribution(input: $input) { errors { code } } }"""

    answer = post(client, query, {"input": question()}).json()

    assert {error["extensions"]["code"] for error in answer["errors"]} == {
        "ONE_MUTATION_PER_OPERATION"
    }
    assert Contribution.objects.count() == 0


def test_too_many_are_answered_with_429(client, settings):
    settings.CONTRIBUTION_PER_MINUTE = 1
    submit(client, question())

    response = post(client, SUBMIT, {"input": question(question={"shortAnswer": "Other."})})

    assert response.status_code == 429
    assert 1 <= int(response["Retry-After"]) <= 60
    assert response.json()["data"]["submitContribution"]["errors"][0]["code"] == "THROTTLED"


def test_a_forwarding_header_does_not_help(client, settings):
    settings.CONTRIBUTION_PER_MINUTE = 1
    submit(client, question(), HTTP_X_FORWARDED_FOR="198.51.100.1")

    response = post(
        client,
        SUBMIT,
        {"input": question(question={"shortAnswer": "Other."})},
        HTTP_X_FORWARDED_FOR="198.51.100.2",
    )

    assert response.status_code == 429


def test_behind_a_trusted_proxy_the_forwarded_address_counts(client, settings):
    settings.CONTRIBUTION_PER_MINUTE = 1
    settings.TRUSTED_PROXIES = ["127.0.0.0/8"]
    for address in ("198.51.100.1", "198.51.100.2"):
        submit(
            client,
            question(question={"shortAnswer": address}),
            HTTP_X_FORWARDED_FOR=f"6.6.6.6, {address}",
        )

    assert Contribution.objects.count() == 2


def test_a_key_has_a_limit_of_its_own_from_everywhere(client, settings):
    settings.CONTRIBUTION_KEY_PER_MINUTE = 1
    settings.TRUSTED_PROXIES = ["127.0.0.0/8"]
    key = ApiKey(name="Partner")
    token = key.issue()
    key.save()

    def send(address, text, **headers):
        return post(
            client,
            SUBMIT,
            {"input": question(question={"shortAnswer": text})},
            HTTP_X_FORWARDED_FOR=address,
            **headers,
        )

    authorized = {"HTTP_AUTHORIZATION": f"Bearer {token}"}
    statuses = [
        send("198.51.100.1", "One.", **authorized).status_code,
        send("198.51.100.2", "Two.", **authorized).status_code,
        send("198.51.100.2", "Three.").status_code,
    ]

    assert statuses == [200, 429, 200]
    assert Contribution.objects.count() == 2


def test_a_key_does_not_lift_the_limit_of_an_address(client, settings):
    settings.CONTRIBUTION_PER_MINUTE = 1
    key = ApiKey(name="Partner")
    authorized = {"HTTP_AUTHORIZATION": f"Bearer {key.issue()}"}
    key.save()
    submit(client, question(), **authorized)

    other = {"input": question(question={"shortAnswer": "Other."})}

    assert post(client, SUBMIT, other, **authorized).status_code == 429


def test_a_form_token_is_never_cached(client):
    response = client.get("/graphql", {"query": "{ contributionForm { token licence } }"})

    assert "no-store" in response["Cache-Control"]
    assert response.json()["data"]["contributionForm"]["licence"] == "CC-BY-4.0"


def test_a_testimonial_is_received(client):
    query = """mutation ($input: SubmitTestimonialInput!) {
      submitTestimonial(input: $input) { contribution { kind state } errors { code path } }
    }"""
    input_ = {
        "text": "The archive got me through two interviews.",
        "authorName": "Ada",
        "acceptsLicence": True,
        "formToken": contributions.form_token(),
    }

    answer = post(client, query, {"input": input_}).json()

    assert answer["data"]["submitTestimonial"] == {
        "contribution": {"kind": "TESTIMONIAL", "state": "RECEIVED"},
        "errors": [],
    }


def test_duplicates_are_shown_before_sending(client):
    entry = entries.published(entries.question())
    query = """query ($input: DuplicateCheckInput!) {
      checkDuplicates(input: $input) { code title path kind }
    }"""

    answer = post(
        client,
        query,
        {"input": {"kind": "QUESTION", "title": "How does dependency injection work in FastAPI?"}},
    ).json()

    assert answer["data"]["checkDuplicates"] == [
        {
            "code": entry.code,
            "title": entry.title,
            "path": f"/questions/{entry.slug}",
            "kind": "INTERVIEW_QUESTION",
        }
    ]


def test_duplicate_checks_are_throttled(client, settings):
    settings.CONTRIBUTION_CHECKS_PER_MINUTE = 0
    query = '{ checkDuplicates(input: {kind: QUESTION, title: "How does it work?"}) { code } }'

    response = post(client, query)

    assert response.status_code == 429
    assert response.json()["errors"][0]["extensions"]["code"] == "RATE_LIMITED"
