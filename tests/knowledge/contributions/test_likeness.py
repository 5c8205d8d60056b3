"""Contributions that say much the same find each other before any is published."""

import pytest

from knowledge.contributions import actions
from knowledge.contributions.likeness import similar_contributions
from tests.factories import contributions
from tests.knowledge.contributions.test_duplicates import OTHERS, TRIO

pytestmark = pytest.mark.django_db


def question(title: str):
    # From everywhere: one sender would be throttled.
    return contributions.received(fields={"title": title}, sender=title[:30])


def test_each_of_the_trio_finds_the_two_others_and_nothing_else():
    trio = [question(title) for title in TRIO]
    for title in OTHERS:
        question(title)

    for row in trio:
        assert set(similar_contributions(row)) == {one.pk for one in trio} - {row.pk}


def test_errors_are_alike_by_their_messages():
    message = "ERROR 1452: Cannot add or update a child row: a foreign key constraint fails"
    first, second = (
        contributions.received("ERROR", fields={"title": title, "errorMessage": message})
        for title in ("Insert does not work any more", "Saving an order breaks")
    )

    assert similar_contributions(first) == [second.pk]


def test_other_kinds_are_not_compared():
    first = question(TRIO[0])
    contributions.received("SNIPPET", fields={"title": TRIO[0]})

    assert similar_contributions(first) == []


def test_what_was_declined_is_not_compared():
    first, second = question(TRIO[0]), question(TRIO[1])
    actions.decline(contribution=second, user=contributions.moderator(), reason="No.")

    assert similar_contributions(first) == []


def test_the_page_shows_them(client):
    first, second = question(TRIO[0]), question(TRIO[1])
    client.force_login(contributions.moderator())

    assert second.reference in client.get(f"/admin/contributions/{first.pk}/").text
