"""The moderation views: who may, what they show, what two reviewers at once get."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from knowledge.contributions import actions
from knowledge.contributions.models import Contribution
from knowledge.models import InterviewQuestion
from tests.factories import contributions, entries

pytestmark = pytest.mark.django_db

QUEUE = "/admin/contributions/"


@pytest.fixture
def moderator():
    return contributions.moderator()


@pytest.fixture
def moderator_client(client, moderator):
    client.force_login(moderator)
    return client


def act(client, row, action, **data):
    return client.post(f"{QUEUE}{row.pk}/{action}/", data, follow=True)


def proposal(row, **changes):
    return {f"accept-{name}": text for name, text in {**row.fields, **changes}.items()}


@pytest.mark.parametrize("group", ["Author", None])
def test_others_see_nothing(client, django_user_model, group):
    from django.contrib.auth.models import Group

    user = django_user_model.objects.create_user("someone", password="pw")
    if group:
        user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    row = contributions.received()

    for path in (QUEUE, f"{QUEUE}{row.pk}/", f"{QUEUE}?export=csv"):
        answer = client.get(path)
        assert answer.status_code == 302
        assert row.title not in answer.content.decode()
    assert act(client, row, "spam").redirect_chain
    row.refresh_from_db()
    assert row.state == "RECEIVED"


@pytest.mark.parametrize("group", ["Moderator", "Reviewer", "Editor"])
def test_those_who_decide_may(client, django_user_model, group):
    from django.contrib.auth.models import Group

    user = django_user_model.objects.create_user("someone", password="pw")
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)

    assert client.get(QUEUE).status_code == 200


def test_a_moderator_can_do_nothing_else(moderator):
    assert {name for name in moderator.get_all_permissions() if "contributions." not in name} == {
        "wagtailadmin.access_admin"
    }


def test_the_menu_shows_how_many_wait(moderator_client):
    contributions.received()

    page = moderator_client.get("/admin/").content.decode()

    assert "data-contributions-waiting" in page
    assert "Median time to decision" in page


def test_suspects_are_not_in_the_open_queue(moderator_client):
    row = contributions.received(trap="x")

    assert row.title not in moderator_client.get(QUEUE).content.decode()
    assert row.title in moderator_client.get(f"{QUEUE}?queue=suspected").content.decode()


@pytest.mark.parametrize(
    "query", ["kind=ERROR", "queue=mine", "spam_score=1", "has_duplicates=true", "q=nothing"]
)
def test_filters_leave_out_what_does_not_fit(moderator_client, query):
    row = contributions.received()

    assert row.title not in moderator_client.get(f"{QUEUE}?{query}").content.decode()


def test_the_queue_takes_the_same_statements_for_any_length(moderator_client, settings):
    settings.CONTRIBUTION_PER_MINUTE = 100

    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            moderator_client.get(QUEUE)
        return len(captured)

    contributions.received(fields={"title": "The first of many questions"})
    statements()
    few = statements()
    for number in range(20):
        contributions.received(fields={"title": f"A question with number {number}"})

    assert statements() == few


def test_accepting_from_the_page_makes_a_draft(moderator_client):
    row = contributions.received()

    act(moderator_client, row, "accept", **proposal(row))

    row.refresh_from_db()
    assert (row.state, row.edited_fields) == ("ACCEPTED", {})
    assert InterviewQuestion.objects.get().title == row.title


def test_edits_on_the_page_are_accepted(moderator_client):
    row = contributions.received()

    act(moderator_client, row, "accept", **proposal(row, title="A much better title for it"))

    assert InterviewQuestion.objects.get().title == "A much better title for it"


def test_a_conflict_keeps_what_was_typed(moderator_client):
    entry = entries.published(entries.question())
    row = contributions.received(
        "CORRECTION",
        fields={
            "target": entry.code,
            "section": "DEEP_DIVE",
            "text": "The framework resolves it, once a request.",
            "reason": "It was not precise enough.",
        },
    )
    entry.sections = [("deep_dive", entries.prose("The container resolves it."))]
    entry.save_revision()
    page = moderator_client.get(f"{QUEUE}{row.pk}/")
    mark = page.context["correction"].mark
    assert "Changed by others since" in page.content.decode()

    entry.sections = [("deep_dive", entries.prose("The injector resolves it."))]
    entry.save_revision()
    answer = act(
        moderator_client,
        row,
        "accept",
        **{"accept-text": "My careful merge.", "accept-seen_mark": mark},
    )

    assert answer.status_code == 409
    assert "My careful merge." in answer.content.decode()
    assert Contribution.objects.get().state == "RECEIVED"


def test_of_two_reviewers_one_decides_and_the_other_is_told(moderator_client):
    row = contributions.received()
    actions.decline(contribution=row, user=contributions.moderator("first"), reason="Not for us.")

    answer = act(moderator_client, row, "accept", **proposal(row))

    assert "declined by first" in answer.content.decode()
    assert InterviewQuestion.objects.count() == 0


def test_a_claim_keeps_others_out(moderator_client):
    row = contributions.received()
    actions.claim(contribution=row, user=contributions.moderator("first"))

    answer = act(moderator_client, row, "decline", **{"decline-message": "No."})

    assert f"first is working on {row.reference}." in answer.content.decode()
    row.refresh_from_db()
    assert row.state == "IN_REVIEW"


def test_a_stale_claim_can_be_taken_over(moderator_client, moderator, settings):
    row = contributions.received()
    actions.claim(contribution=row, user=contributions.moderator("first"))
    settings.CONTRIBUTION_CLAIM_HOURS = -1

    act(moderator_client, row, "claim")

    row.refresh_from_db()
    assert row.claimed_by == moderator


def test_a_decision_can_be_undone_from_the_page(moderator_client):
    row = contributions.received()
    act(moderator_client, row, "spam")
    assert "Undo" in moderator_client.get(f"{QUEUE}{row.pk}/").content.decode()

    act(moderator_client, row, "undo")

    row.refresh_from_db()
    assert row.state == "IN_REVIEW"


def test_an_unknown_original_is_a_form_error(moderator_client):
    row = contributions.received()

    answer = act(moderator_client, row, "duplicate", **{"duplicate-code": "NO-SUCH-001"})

    assert answer.status_code == 400
    assert "There is no entry with this code." in answer.content.decode()


def test_a_note_is_in_the_audit_log_without_its_text(moderator_client, moderator):
    row = contributions.received()

    act(moderator_client, row, "note", **{"note-text": "Looks like a friend of ours."})

    entry = ModelLogEntry.objects.get(action="contributions.note")
    assert (entry.user, entry.object_id, entry.data) == (moderator, str(row.pk), {})


def test_an_unknown_action_is_not_found(moderator_client):
    assert act(moderator_client, contributions.received(), "publish").status_code == 404


def test_a_link_alone_changes_nothing(moderator_client):
    row = contributions.received()

    assert moderator_client.get(f"{QUEUE}{row.pk}/spam/").status_code == 405


def test_the_bulk_action_declines_what_it_can(moderator_client):
    first = contributions.received()
    second = contributions.received("ERROR")
    actions.claim(contribution=second, user=contributions.moderator("other"))
    address = reverse("wagtail_bulk_action", args=("contributions", "contribution", "decline"))

    answer = moderator_client.post(
        f"{address}?id={first.pk}&id={second.pk}&next={QUEUE}", {"reason": "Not now."}, follow=True
    )

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("DECLINED", "IN_REVIEW")
    assert "other is working on" in answer.content.decode()


EDITOR_LINK = "Open in the editor"


@pytest.mark.parametrize("kind", ["QUESTION", "TESTIMONIAL"])
def test_who_only_moderates_gets_no_link_that_leads_nowhere(moderator_client, kind):
    row = contributions.received(kind)

    page = act(moderator_client, row, "accept", **proposal(row))

    assert "Accepted: a draft was made" in page.text
    assert EDITOR_LINK not in page.text


@pytest.mark.parametrize("kind", ["QUESTION", "TESTIMONIAL"])
def test_who_edits_too_is_led_to_the_draft(client, django_user_model, kind):
    client.force_login(django_user_model.objects.create_superuser("root", "", "pw"))
    row = contributions.received(kind)

    assert EDITOR_LINK in act(client, row, "accept", **proposal(row)).text


def test_an_announced_end_is_shown_and_filtered(moderator_client):
    ending = contributions.received(fields={"title": "This one ends before long"})
    contributions.received(fields={"title": "Nobody forgot about the other"})
    ending.deletion_due_at = datetime(2031, 5, 6, 12, tzinfo=UTC)
    ending.save()

    listed = moderator_client.get(f"{QUEUE}?queue=ending")

    assert [row.pk for row in listed.context["object_list"]] == [ending.pk]
    assert "On 2031-05-06 it goes" in moderator_client.get(f"{QUEUE}{ending.pk}/").text
    assert "To be deleted soon" in moderator_client.get("/admin/").text


def test_what_was_published_meanwhile_is_a_likely_duplicate(moderator_client):
    row = contributions.received()
    entry = entries.published(entries.question(title=row.title))

    page = moderator_client.get(f"{QUEUE}{row.pk}/")

    assert f"<strong>{entry.code}</strong>" in page.text
    assert f'value="{entry.code}"' in page.text


def test_the_history_of_the_site_leads_to_the_contribution(client, django_user_model, moderator):
    row = contributions.received()
    actions.claim(contribution=row, user=moderator)
    client.force_login(django_user_model.objects.create_superuser("root", "", "pw"))

    history = client.get("/admin/reports/site-history/?action=contributions.claim")

    assert f'href="{QUEUE}{row.pk}/"' in history.text
