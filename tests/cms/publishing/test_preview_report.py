"""Editors see which of their drafts front ends can show, and end that at once."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Site

from cms.publishing import preview
from cms.publishing.models import PreviewGrant
from tests.factories import entries, pages

pytestmark = pytest.mark.django_db
REPORT = "/admin/reports/previews/"


@pytest.fixture
def admin(admin_user):
    return admin_user


@pytest.fixture
def author(django_user_model):
    """Somebody who may write entries, and no pages."""
    user = get_user_model().objects.create_user("author", password="x")
    user.groups.add(Group.objects.get(name="Author"))
    return user


@pytest.fixture
def draft():
    return entries.question(title="Not yet said")


def listed(client):
    """The titles on the report."""
    return [str(draft) for _, draft in client.get(REPORT).context["grants"]]


def test_previews_in_force_are_listed(client, admin, draft):
    preview.issue(user=admin, instance=draft)
    client.force_login(admin)

    assert listed(client) == [str(draft)]
    assert "End now" in client.get(REPORT).content.decode()


def test_what_has_ended_is_not(client, admin, draft):
    preview.issue(user=admin, instance=draft)
    PreviewGrant.objects.update(expires_at=timezone.now())
    client.force_login(admin)

    assert listed(client) == []


def test_ending_one_ends_every_token_of_the_draft(client, admin, draft):
    tokens = [preview.issue(user=admin, instance=draft) for _ in range(2)]
    other = preview.issue(user=admin, instance=entries.snippet())
    client.force_login(admin)
    grant = PreviewGrant.objects.filter(object_id=draft.pk).first()

    response = client.post(f"{REPORT}{grant.pk}/end/")

    assert response.url == REPORT
    assert [preview.redeem(token) for token in tokens] == [None, None]
    assert preview.redeem(other) is not None


def test_looking_ends_nothing(client, admin, draft):
    token = preview.issue(user=admin, instance=draft)
    client.force_login(admin)
    client.get(f"{REPORT}{PreviewGrant.objects.get().pk}/end/")

    assert preview.redeem(token) is not None


def test_drafts_that_one_may_not_edit_are_neither_seen_nor_ended(client, admin, author):
    page = pages.below(Site.objects.get().root_page, pages.StandardPage(title="P", slug="p"))
    token = preview.issue(user=admin, instance=page)
    client.force_login(author)

    assert listed(client) == []
    response = client.post(f"{REPORT}{PreviewGrant.objects.get().pk}/end/")
    assert response.status_code == 404
    assert preview.redeem(token) is not None


def test_strangers_are_sent_to_the_login(client):
    assert client.get(REPORT).url.startswith("/admin/login/")


@pytest.mark.parametrize(
    ("url", "shown"), [("", False), ("https://www.example.org/?t={token}", True)]
)
def test_the_menu_has_it_where_a_front_end_shows_drafts(client, admin, settings, url, shown):
    settings.LAMPLIGHT_PREVIEW_URL = url
    client.force_login(admin)

    assert (REPORT in client.get("/admin/").content.decode()) == shown
