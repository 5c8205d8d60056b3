"""Everything that was sent in has a clock, and nobody is surprised by it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision, TaskState

from cms.notifications.models import OutgoingMail
from knowledge.contributions import actions
from knowledge.contributions.acceptance import accept
from knowledge.contributions.confirmation import confirm_address
from knowledge.contributions.models import Contribution, ContributionEvent, Contributor, Note
from knowledge.contributions.retention import purge_contributions
from knowledge.models import InterviewQuestion, PublishedEntry
from pages import models as pages
from tests.factories import contributions

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(settings):
    settings.CONTRIBUTION_SPAM_RETENTION_DAYS = 30
    settings.CONTRIBUTION_RETENTION_DAYS = 180
    settings.CONTRIBUTION_UNFINISHED_RETENTION_DAYS = 365
    settings.CONTRIBUTION_NOTICE_DAYS = 30


@pytest.fixture
def moderator():
    return contributions.moderator()


def wait(days: int) -> None:
    """Let ``days`` pass for everything there is."""
    for model, names in (
        (Contribution, ("submitted_at", "changed_at", "claimed_at", "decided_at")),
        (Contribution, ("deletion_due_at",)),
        (ContributionEvent, ("occurred_at",)),
        (Note, ("written_at",)),
        (Revision, ("created_at",)),
        (TaskState, ("started_at", "finished_at")),
    ):
        for row in model.objects.all():
            moments = {name: getattr(row, name) for name in names}
            given = {name: moment - days * DAY for name, moment in moments.items() if moment}
            model.objects.filter(pk=row.pk).update(**given)


def letters() -> list[str]:
    mails = OutgoingMail.objects.filter(purpose="contribution-deletion")
    return list(mails.order_by("pk").values_list("text", flat=True))


def publish(row, moderator):
    accept(contribution=row, user=moderator)
    InterviewQuestion.objects.get().latest_revision.publish()
    return InterviewQuestion.objects.get()


def credited() -> list[str]:
    return [person["name"] for person in PublishedEntry.objects.get().body["contributors"]]


def test_spam_goes_first():
    contributions.received(trap="x")
    contributions.received("ERROR")
    wait(31)

    assert purge_contributions().contributions == 1
    assert Contribution.objects.get().kind == "ERROR"


def test_the_address_is_kept_while_a_name_can_be_taken_down(moderator):
    publish(contributions.from_ada(credit="UNTIL_ERASED"), moderator)
    wait(3650)

    assert purge_contributions().contributors == 0


def test_other_senders_are_forgotten(moderator):
    publish(contributions.from_ada(credit="PERMANENT"), moderator)
    wait(3650)

    assert purge_contributions().contributors == 1
    assert credited() == ["Ada Lovelace"]


def test_nothing_undecided_goes_before_it_was_announced():
    contributions.from_ada()
    wait(3650)

    purged = purge_contributions()

    assert (purged.contributions, purged.announced) == (0, 1)
    assert Contribution.objects.get().deletion_due_at > timezone.now() + 29 * DAY


def test_the_end_is_announced_once():
    contributions.from_ada()
    wait(336)

    assert [purge_contributions().announced, purge_contributions().announced] == [1, 0]
    assert len(letters()) == 1


def test_what_is_not_near_its_end_is_not_announced():
    contributions.from_ada()
    wait(334)

    assert purge_contributions().announced == 0


def test_an_undecided_one_goes_on_the_announced_day():
    contributions.from_ada()
    wait(336)
    purge_contributions()
    wait(29)
    assert purge_contributions().contributions == 0
    wait(2)

    assert purge_contributions().contributions == 1
    assert (Contribution.objects.count(), Contributor.objects.count()) == (0, 0)
    assert ModelLogEntry.objects.filter(action="contributions.expire").count() == 1


def test_who_left_no_confirmed_address_gets_no_letter():
    contributions.received(email="ada@lovelace.example")
    wait(336)

    assert purge_contributions().announced == 1
    assert letters() == []


def test_who_confirms_after_the_announcement_hears_of_it():
    row = contributions.received(email="ada@lovelace.example")
    wait(336)
    purge_contributions()

    confirm_address(token=row.contributor.confirmation_token)

    assert len(letters()) == 1


def test_a_claim_keeps_it(moderator):
    row = contributions.from_ada()
    wait(336)
    purge_contributions()
    actions.claim(contribution=row, user=moderator)
    assert Contribution.objects.get().deletion_due_at is None
    wait(31)

    assert purge_contributions().contributions == 0
    assert Contribution.objects.count() == 1


def test_a_claim_that_is_fresh_keeps_it_whatever_the_period(moderator, settings):
    settings.CONTRIBUTION_UNFINISHED_RETENTION_DAYS = settings.CONTRIBUTION_NOTICE_DAYS = 0
    actions.claim(contribution=contributions.from_ada(), user=moderator)

    assert purge_contributions().announced == 0


def test_a_note_keeps_it(moderator):
    row = contributions.from_ada()
    wait(336)
    purge_contributions()
    actions.add_note(contribution=row, user=moderator, text="I ask a colleague.")
    wait(31)

    assert purge_contributions().contributions == 0
    assert Contribution.objects.get().deletion_due_at is None


def test_a_question_gives_the_contributor_the_whole_period(moderator):
    row = contributions.from_ada()
    wait(300)
    actions.ask(contribution=row, user=moderator, question="Which version?")
    wait(300)

    assert purge_contributions().announced == 0


def test_who_was_asked_is_reminded_of_the_question(moderator):
    row = contributions.from_ada()
    actions.ask(contribution=row, user=moderator, question="Which version?")
    wait(336)
    purge_contributions()

    assert "We asked you something" in letters()[0]
    assert "Which version?" in letters()[0]


def test_an_answer_keeps_it(moderator):
    row = contributions.from_ada()
    actions.ask(contribution=row, user=moderator, question="Which version?")
    wait(336)
    purge_contributions()
    actions.answer(contribution=row, text="Version 3.")
    wait(31)

    assert purge_contributions().contributions == 0


def test_an_accepted_one_loses_its_sender_and_leaves_the_draft(moderator):
    accept(contribution=contributions.from_ada(credit="UNTIL_ERASED"), user=moderator)
    wait(336)
    purge_contributions()
    assert "has not been published so far" in letters()[0]
    wait(31)

    purged = purge_contributions()

    assert (purged.contributions, purged.anonymised) == (0, 1)
    assert (Contribution.objects.get().fields, Contributor.objects.count()) == ({}, 0)
    draft = InterviewQuestion.objects.get().get_latest_revision_as_object()
    assert (draft.title, draft.contributors.count()) == (
        "How do generators differ from lists in memory?",
        0,
    )


def test_a_credit_for_good_stays_in_the_draft(moderator):
    accept(contribution=contributions.from_ada(credit="PERMANENT"), user=moderator)
    wait(336)
    purge_contributions()
    wait(31)
    purge_contributions()

    draft = InterviewQuestion.objects.get().get_latest_revision_as_object()
    assert [person.name for person in draft.contributors.all()] == ["Ada Lovelace"]
    assert Contributor.objects.count() == 0


def test_it_is_made_anonymous_once(moderator):
    accept(contribution=contributions.from_ada(), user=moderator)
    wait(336)
    purge_contributions()
    wait(31)
    purge_contributions()
    wait(3650)

    purged = purge_contributions()

    assert (purged.anonymised, purged.announced) == (0, 0)


def test_a_draft_somebody_edits_is_left_alone(moderator):
    accept(contribution=contributions.from_ada(), user=moderator)
    wait(336)
    purge_contributions()
    InterviewQuestion.objects.get().save_revision()
    wait(31)

    assert purge_contributions().anonymised == 0
    assert Contribution.objects.get().deletion_due_at is None


def test_a_draft_whose_publication_is_scheduled_is_left_alone(moderator):
    accept(contribution=contributions.from_ada(), user=moderator)
    Revision.objects.update(approved_go_live_at=timezone.now() + 900 * DAY)
    wait(336)

    assert purge_contributions().announced == 0


def test_an_accepted_one_whose_draft_is_gone_is_deleted(moderator):
    accept(contribution=contributions.from_ada(), user=moderator)
    InterviewQuestion.objects.get().delete()
    wait(336)
    purge_contributions()
    wait(31)

    assert purge_contributions().contributions == 1


def test_an_unpublished_testimonial_goes_with_its_author(moderator):
    accept(contribution=contributions.from_ada("TESTIMONIAL", credit="NONE"), user=moderator)
    wait(336)
    purge_contributions()
    wait(31)

    assert purge_contributions().anonymised == 1
    assert pages.Testimonial.objects.filter(author_name="Ada").count() == 0


def test_the_command_says_what_it_did(capsys):
    contributions.from_ada()
    wait(336)

    call_command("purge_contributions")

    assert capsys.readouterr().out == (
        "Deleted 0 contributions, 0 senders of kept ones, 0 throttle counts. Made 0 unpublished "
        "ones anonymous. Announced the end of 1.\n"
    )
