"""Personal data goes when its time is over or when its owner asks."""

import json

import pytest
from django.core.management import call_command
from wagtail.models import ModelLogEntry, Revision

from cms.notifications.models import AlertRequest, AlertSubscription, OutgoingMail
from knowledge.contributions import actions
from knowledge.contributions.acceptance import accept
from knowledge.contributions.models import Contribution, ContributionEvent, Contributor
from knowledge.contributions.privacy import erase_contributor, export_contributor
from knowledge.models import InterviewQuestion, PublishedEntry
from tests.factories import contributions

pytestmark = pytest.mark.django_db

ADA = "ada@lovelace.example"


@pytest.fixture
def moderator():
    return contributions.moderator()


def publish(row, moderator):
    accept(contribution=row, user=moderator)
    InterviewQuestion.objects.get().latest_revision.publish()
    return InterviewQuestion.objects.get()


def credited() -> list[str]:
    return [person["name"] for person in PublishedEntry.objects.get().body["contributors"]]


def test_what_is_not_decided_is_deleted_on_request():
    contributions.from_ada()

    erase_contributor("ADA@lovelace.example")

    assert (Contribution.objects.count(), Contributor.objects.count()) == (0, 0)
    assert OutgoingMail.objects.count() == 0


def test_others_are_not_touched():
    contributions.from_ada()
    other = contributions.from_ada(
        email="grace@hopper.example", fields={"title": "Another question altogether"}
    )

    erase_contributor(ADA)

    assert list(Contribution.objects.values_list("pk", flat=True)) == [other.pk]


def test_a_credit_for_good_survives_its_owner(moderator):
    publish(contributions.from_ada(credit="PERMANENT"), moderator)

    erase_contributor(ADA)

    assert credited() == ["Ada Lovelace"]
    assert Contributor.objects.count() == 0


def test_a_credit_until_erased_goes_from_page_draft_and_history(moderator):
    entry = publish(contributions.from_ada(credit="UNTIL_ERASED"), moderator)

    erased = erase_contributor(ADA)

    assert (erased.anonymised, erased.credits_removed) == (1, 1)
    assert credited() == []
    assert "Ada" not in json.dumps([one.content for one in Revision.objects.for_instance(entry)])


def test_a_name_stays_while_another_consent_stands_for_it(moderator):
    entry = publish(contributions.from_ada(credit="PERMANENT"), moderator)
    second = contributions.from_ada(
        "CORRECTION",
        credit="UNTIL_ERASED",
        fields={
            "target": entry.code,
            "section": "SHORT_ANSWER",
            "text": "Another answer altogether.",
            "reason": "It is more precise.",
        },
    )
    accept(contribution=second, user=moderator)

    erase_contributor(ADA)

    assert credited() == ["Ada Lovelace"]


def test_nothing_of_the_person_is_left_anywhere(moderator):
    row = contributions.from_ada(fields={"shortAnswer": "I, Ada, say so and mean it."})
    actions.ask(contribution=row, user=moderator, question="Dear Ada, why?")
    actions.answer(contribution=row, text="Because I, Ada, know.")
    accept(contribution=row, user=moderator)

    erase_contributor(ADA)

    for model in (Contribution, ContributionEvent, Contributor, OutgoingMail, ModelLogEntry):
        rows = [str(values) for values in model.objects.values()]
        assert not [one for one in rows if "Ada" in one or "ada@" in one]


def test_the_export_holds_what_we_hold():
    contributions.from_ada()

    held = export_contributor(ADA)

    assert held["address"] == ADA
    assert held["contributions"][0]["creditName"] == "Ada Lovelace"
    assert held["contributions"][0]["fields"]["title"].startswith("How do generators")
    assert export_contributor("nobody@lovelace.example")["contributions"] == []


def test_the_commands_say_what_they_did(capsys):
    contributions.from_ada()

    call_command("export_contributor", ADA)
    call_command("erase_contributor", ADA)
    call_command("purge_contributions")

    printed = capsys.readouterr().out
    assert "Ada Lovelace" in printed
    assert "Deleted 1 contributions, made 0 anonymous, removed 0 credits." in printed


def test_erasing_forgets_the_alerts_of_the_address_too():
    AlertRequest.objects.create(
        address="ada@lovelace.example", token_hash="x", requester="y", locale="en"
    )

    erase_contributor("ada@lovelace.example")

    assert AlertRequest.objects.count() == 0


def test_the_export_holds_the_alerts_of_the_address():
    choices = {"kinds": ["DEBUG_ENTRY"], "frequency": "DAILY", "locale": "en"}
    AlertSubscription.objects.create(address=ADA, **choices)
    AlertRequest.objects.create(address=ADA, token_hash="x", requester="y", **choices)

    held = export_contributor(ADA)["alerts"]

    assert [(one["kinds"], one["frequency"]) for one in held] == [(["DEBUG_ENTRY"], "DAILY")] * 2
    assert [one["confirmedAt"] is None for one in held] == [False, True]


def test_what_reviewers_noted_about_a_person_goes_with_the_person(moderator):
    row = contributions.from_ada(credit="PERMANENT")
    actions.add_note(contribution=row, user=moderator, text="Ada Lovelace asked twice.")
    accept(contribution=row, user=moderator)

    erase_contributor(ADA)

    assert row.notes.count() == 0
