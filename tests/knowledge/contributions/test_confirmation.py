"""Only a confirmed address hears anything, and then hears what it missed."""

import pytest

from cms.notifications.models import OutgoingMail
from knowledge.contributions import actions
from knowledge.contributions.confirmation import confirm_address
from knowledge.contributions.errors import ContributionError
from tests.factories import contributions

pytestmark = pytest.mark.django_db

ADA = "ada@lovelace.example"


def purposes() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("purpose", flat=True))


def test_an_unconfirmed_address_hears_nothing_but_the_request():
    row = contributions.received(email=ADA)
    moderator = contributions.moderator()
    actions.ask(contribution=row, user=moderator, question="Why?")
    actions.decline(contribution=row, user=moderator, reason="No.")

    assert purposes() == ["contribution-confirm"]


def test_confirming_tells_what_was_missed():
    row = contributions.received(email=ADA)
    actions.ask(contribution=row, user=contributions.moderator(), question="Which version?")

    confirm_address(token=row.contributor.confirmation_token)

    assert purposes() == ["contribution-confirm", "contribution-received", "contribution-question"]
    assert "Which version?" in OutgoingMail.objects.order_by("pk").last().text


def test_confirming_twice_tells_once():
    row = contributions.received(email=ADA)
    for _attempt in range(2):
        confirm_address(token=row.contributor.confirmation_token)

    assert purposes() == ["contribution-confirm", "contribution-received"]


def test_a_forged_token_confirms_nothing():
    row = contributions.received(email=ADA)

    with pytest.raises(ContributionError):
        confirm_address(token=f"{row.contributor.pk}.{ADA}:forged")

    row.contributor.refresh_from_db()
    assert row.contributor.email_confirmed_at is None


def test_spam_is_told_nothing():
    row = contributions.from_ada()
    actions.mark_spam(contribution=row, user=contributions.moderator())

    assert purposes() == []
