"""A submission is stored whole and once, or not at all."""

from datetime import timedelta

import pytest

from cms.notifications.models import OutgoingMail
from knowledge.contributions import actions
from knowledge.contributions.errors import ContributionError, ThrottledError
from knowledge.contributions.intake import submit_contribution
from knowledge.contributions.models import Contribution, Contributor, SubmissionKey
from tests.factories import contributions, entries

pytestmark = pytest.mark.django_db

KEY = "3f0c1f6e-key"


def submit(kind="QUESTION", key="", sender=contributions.SENDER, **values):
    return submit_contribution(
        submission=contributions.submission(kind, **values), sender=sender, idempotency_key=key
    )


def codes(caught) -> list[tuple[str, tuple[str, ...]]]:
    return [(problem.code, problem.path) for problem in caught.value.problems]


@pytest.mark.parametrize("kind", ["QUESTION", "ERROR", "SNIPPET", "TESTIMONIAL"])
def test_a_complete_submission_is_received(kind):
    contribution = submit(kind)

    assert (contribution.state, contribution.kind) == ("RECEIVED", kind)
    assert contribution.licence == "CC-BY-4.0"


def test_the_sender_is_in_a_table_of_its_own():
    contribution = submit(email="ada@lovelace.example", credit="PERMANENT", credit_name="Ada")

    person = Contributor.objects.get()
    assert (person.email, person.credit, person.credit_name) == (
        "ada@lovelace.example",
        "PERMANENT",
        "Ada",
    )
    assert "ada" not in str(Contribution.objects.values().get(pk=contribution.pk)).lower()


def test_a_name_without_consent_to_credit_is_not_kept():
    submit(credit_name="Ada", credit_url="https://ada.example/")

    assert (Contributor.objects.get().credit_name, Contributor.objects.get().credit_url) == ("", "")


def test_only_a_request_to_confirm_goes_to_an_address():
    submit(email="ada@lovelace.example")

    assert list(OutgoingMail.objects.values_list("purpose", "recipient")) == [
        ("contribution-confirm", "ada@lovelace.example")
    ]


def test_all_problems_are_told_at_once():
    with pytest.raises(ContributionError) as caught:
        submit(
            fields={"title": "", "technology": "cobol", "level": "EXPERT", "difficulty": "11"},
            email="nobody",
            accepts_licence=False,
        )

    assert codes(caught) == [
        ("REQUIRED", ("title",)),
        ("INVALID", ("level",)),
        ("INVALID", ("difficulty",)),
        ("NOT_FOUND", ("technology",)),
        ("INVALID", ("email",)),
        ("CONSENT_REQUIRED", ("acceptsLicence",)),
    ]
    assert Contribution.objects.count() == 0


def test_a_field_of_another_kind_is_refused():
    with pytest.raises(ContributionError) as caught:
        submit(fields={"state": "ACCEPTED"})

    assert codes(caught) == [("INVALID", ("state",))]


def test_a_text_over_its_limit_is_refused():
    with pytest.raises(ContributionError) as caught:
        submit(fields={"shortAnswer": "x" * 20_001})

    assert codes(caught) == [("TOO_LONG", ("shortAnswer",))]


def test_control_characters_and_direction_marks_are_dropped():
    contribution = submit(fields={"shortAnswer": "a\x00b\u202ec\r\nd\x1b[31m"})

    assert contribution.fields["shortAnswer"] == "abc\nd[31m"


def test_secrets_are_masked_and_counted():
    trace = "dsn=postgres://app:hunter2@db.internal/x\nAKIAIOSFODNN7EXAMPLE"
    contribution = submit("ERROR", fields={"stackTrace": trace})

    assert "hunter2" not in contribution.fields["stackTrace"]
    assert contribution.masked == [
        {"field": "stackTrace", "what": "KEY", "count": 1},
        {"field": "stackTrace", "what": "PRIVATE_HOST", "count": 1},
        {"field": "stackTrace", "what": "URL_PASSWORD", "count": 1},
    ]


def test_a_repeat_under_the_same_key_is_the_same_contribution():
    given = contributions.submission()
    first, second = (
        submit_contribution(submission=given, sender="a", idempotency_key=KEY) for _ in range(2)
    )

    assert first.pk == second.pk
    assert (Contribution.objects.count(), SubmissionKey.objects.count()) == (1, 1)


def test_another_body_under_the_same_key_is_refused():
    submit(key=KEY)

    with pytest.raises(ContributionError) as caught:
        submit(key=KEY, fields={"title": "Something else entirely here"})

    assert codes(caught) == [("IDEMPOTENCY_KEY_REUSED", ("idempotencyKey",))]


@pytest.mark.parametrize(
    ("age", "code"), [(1, "FORM_TOKEN_TOO_YOUNG"), (2 * 24 * 3600, "FORM_TOKEN_EXPIRED")]
)
def test_a_form_has_a_minimum_and_a_maximum_age(age, code):
    with pytest.raises(ContributionError) as caught:
        submit(form_token=contributions.form_token(age))

    assert codes(caught) == [(code, ("formToken",))]


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "é" * 500])
def test_a_forged_form_token_is_refused(token):
    with pytest.raises(ContributionError) as caught:
        submit(form_token=token or " ")

    assert codes(caught) == [("FORM_TOKEN_INVALID", ("formToken",))]


def test_a_filled_trap_leads_to_quarantine_without_a_letter():
    contribution = submit(trap="http://spam.example", email="victim@lovelace.example")

    assert contribution.state == "QUARANTINED"
    assert OutgoingMail.objects.count() == 0


def test_the_sixth_submission_in_a_minute_is_refused(settings):
    settings.CONTRIBUTION_PER_MINUTE = 5
    for number in range(5):
        submit(fields={"title": f"A question with the number {number}"})

    with pytest.raises(ThrottledError) as caught:
        submit(fields={"title": "One question too many for us"})

    assert 1 <= caught.value.retry_after <= 60
    assert Contribution.objects.count() == 5


def test_one_sender_does_not_use_up_the_budget_of_another(settings):
    settings.CONTRIBUTION_PER_MINUTE = 1
    submit(sender="203.0.113.1")

    assert submit(sender="203.0.113.2").pk


def test_refused_input_is_throttled_too(settings):
    settings.CONTRIBUTION_REFUSALS_PER_MINUTE = 2
    for _attempt in range(2):
        with pytest.raises(ContributionError):
            submit(form_token="forged")

    with pytest.raises(ThrottledError):
        submit()


def test_letters_to_one_address_are_few_a_day(settings):
    settings.CONTRIBUTION_CONFIRMATIONS_PER_DAY = 1
    for number in range(5):
        submit(
            fields={"title": f"A question with the number {number}"},
            email="victim@lovelace.example",
        )

    waits = [
        round((mail.due_at - mail.created_at) / timedelta(days=1))
        for mail in OutgoingMail.objects.order_by("pk")
    ]
    assert waits == [0, 1, 2]
    assert Contribution.objects.count() == 5


def test_a_letter_that_waits_is_not_sent_about_spam(settings):
    settings.CONTRIBUTION_CONFIRMATIONS_PER_DAY = 1
    for number in range(2):
        row = submit(
            fields={"title": f"A question with the number {number}"},
            email="victim@lovelace.example",
        )

    actions.mark_spam(contribution=row, user=contributions.moderator())

    assert OutgoingMail.objects.count() == 1


def test_a_correction_remembers_what_it_corrects():
    entry = entries.published(entries.question())

    contribution = submit(
        "CORRECTION",
        fields={
            "target": entry.code,
            "section": "DEEP_DIVE",
            "text": "The framework resolves it once a request.",
            "reason": "It was not precise.",
        },
    )

    assert contribution.target_id == entry.pk
    assert contribution.base_text == "The framework resolves it."


def test_a_draft_cannot_be_corrected():
    entry = entries.question()

    with pytest.raises(ContributionError) as caught:
        submit(
            "CORRECTION",
            fields={"target": entry.code, "section": "TITLE", "text": "x", "reason": "y" * 20},
        )

    assert codes(caught) == [("NOT_FOUND", ("target",))]


def test_a_correction_that_changes_nothing_is_refused():
    entry = entries.published(entries.question())

    with pytest.raises(ContributionError) as caught:
        submit(
            "CORRECTION",
            fields={
                "target": entry.code,
                "section": "TITLE",
                "text": entry.title,
                "reason": "It is the same text.",
            },
        )

    assert codes(caught) == [("INVALID", ("text",))]


def test_a_solution_is_for_a_debug_entry():
    entry = entries.published(entries.question())

    with pytest.raises(ContributionError) as caught:
        submit("SOLUTION", fields={"target": entry.code, "solution": "Turn it off and on."})

    assert codes(caught) == [("INVALID", ("target",))]
