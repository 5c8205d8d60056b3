"""Spam is scored by what it does; honest texts with links and code are not."""

import pytest

from knowledge.contributions.models import Contribution
from knowledge.contributions.spam import score_submission
from tests.factories import contributions

HONEST = [
    {"title": "How do generators differ from lists?", "shortAnswer": "They are lazy."},
    {
        "title": "Connection refused",
        "fix": "See https://docs.python.org/3/ and https://www.postgresql.org/docs/ for both.",
    },
    {"stackTrace": "\n".join(["at java.lang.Thread.run(Thread.java:1)"] * 60)},
    {"code": "x = 1\n" * 200, "description": "Assigns one to x, two hundred times."},
]
SPAM = [
    ({"title": "Hello", "deepDive": " ".join(f"https://spam{n}.example" for n in range(9))}, {}),
    ({"deepDive": "best casino and payday loan here"}, {}),
    ({"deepDive": "buy buy buy cheap " * 20 + "https://a.example <a href=x>"}, {}),
    ({"title": "A fine text"}, {"trap": "filled"}),
    ({"title": "A fine text"}, {"same_text": 2}),
    ({"title": "A fine text"}, {"same_token": 1, "same_text": 1}),
]


@pytest.mark.parametrize("fields", HONEST)
def test_an_honest_text_is_not_suspect(fields):
    assert not score_submission(fields).is_suspect


@pytest.mark.parametrize(("fields", "circumstances"), SPAM)
def test_spam_is_suspect_and_says_why(fields, circumstances):
    score = score_submission(fields, **circumstances)

    assert score.is_suspect
    assert score.reasons


@pytest.mark.django_db
def test_an_honest_submission_goes_through_a_flood(settings):
    settings.CONTRIBUTION_PER_MINUTE = 5
    for number in range(40):
        contributions.received(
            sender=f"198.51.100.{number % 20}",
            trap="x",
            fields={"title": f"Buy followers number {number} now"},
        )
    honest = contributions.received(sender="203.0.113.7")

    assert list(Contribution.objects.awaiting_anyone()) == [honest]


@pytest.mark.django_db
def test_the_same_text_again_and_again_is_quarantined(settings):
    settings.CONTRIBUTION_PER_MINUTE = 10
    states = [contributions.received(sender=f"203.0.113.{n}").state for n in range(3)]

    assert states == ["RECEIVED", "RECEIVED", "QUARANTINED"]
