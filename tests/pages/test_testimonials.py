"""Accepted testimonials are drafts of the site until an editor publishes them."""

import pytest

from knowledge.contributions.acceptance import accept, undo
from knowledge.contributions.errors import ContributionError
from knowledge.contributions.privacy import erase_contributor
from pages import models
from tests.factories import contributions

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return contributions.moderator()


def test_accepting_makes_a_draft(moderator):
    accept(contribution=contributions.received("TESTIMONIAL"), user=moderator)

    testimonial = models.Testimonial.objects.get()
    assert (testimonial.live, testimonial.author_name) == (False, "Ada")
    assert testimonial.text == "The archive got me through two interviews."


def test_its_sender_is_told_when_it_is_published(moderator):
    row = accept(contribution=contributions.from_ada("TESTIMONIAL"), user=moderator)

    models.Testimonial.objects.get().latest_revision.publish()

    row.refresh_from_db()
    assert row.state == "PUBLISHED"


def test_undoing_deletes_the_draft(moderator):
    row = accept(contribution=contributions.received("TESTIMONIAL"), user=moderator)

    undo(contribution=row, user=moderator)

    assert models.Testimonial.objects.count() == 0


def test_a_draft_someone_worked_on_is_not_undone(moderator):
    row = accept(contribution=contributions.received("TESTIMONIAL"), user=moderator)
    models.Testimonial.objects.get().save_revision()

    with pytest.raises(ContributionError):
        undo(contribution=row, user=moderator)


@pytest.mark.parametrize(("credit", "left"), [("UNTIL_ERASED", 0), ("PERMANENT", 1)])
def test_erasing_the_person_takes_the_testimonial_unless_given_for_good(moderator, credit, left):
    accept(contribution=contributions.from_ada("TESTIMONIAL", credit=credit), user=moderator)

    erase_contributor("ada@lovelace.example")

    assert models.Testimonial.objects.count() == left
