"""A preview token shows one draft, for a while, to people who could see it anyway."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core import signing
from django.utils import timezone
from wagtail.models import Page, Site

from cms.publishing import preview
from cms.publishing.models import PreviewGrant
from tests.factories import entries

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    user = get_user_model().objects.create_user("editor")
    for app, codename in (
        ("wagtailadmin", "access_admin"),
        ("knowledge", "change_interviewquestion"),
    ):
        user.user_permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=codename)
        )
    return get_user_model().objects.get(pk=user.pk)


@pytest.fixture
def draft():
    entry = entries.published(entries.question())
    entry.title = "The draft title"
    entry.save_revision()
    return type(entry).objects.get(pk=entry.pk)


def test_the_token_shows_the_latest_draft(editor, draft):
    token = preview.issue(user=editor, instance=draft)

    shown = preview.redeem(token)

    assert (shown.model, shown.pk) == (type(draft), draft.pk)
    assert shown.instance.title == "The draft title"


def test_unsaved_fields_are_shown_where_they_were_kept(editor, draft):
    draft.title = "Not saved at all"
    token = preview.issue(user=editor, instance=draft, with_unsaved=True)

    assert preview.redeem(token).instance.title == "Not saved at all"


def test_pages_are_shown_as_well():
    admin = get_user_model().objects.create_superuser("admin")
    page = Site.objects.get().root_page.add_child(instance=Page(title="Live", slug="live"))
    page.title = "Draft"
    page.save_revision()
    token = preview.issue(user=admin, instance=page)

    assert preview.redeem(token).instance.title == "Draft"


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "ImZvcmdlZCI:1x:abc"])
def test_a_forged_token_shows_nothing(token):
    assert preview.redeem(token) is None


def test_a_token_signed_for_something_else_shows_nothing(editor, draft):
    preview.issue(user=editor, instance=draft)
    grant = PreviewGrant.objects.get()

    assert preview.redeem(signing.dumps(str(grant.pk), salt="another")) is None


def test_an_expired_token_shows_nothing(editor, draft):
    token = preview.issue(user=editor, instance=draft)
    PreviewGrant.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert preview.redeem(token) is None


def test_a_revoked_token_shows_nothing(editor, draft):
    token = preview.issue(user=editor, instance=draft)

    assert preview.revoke(user=editor, instance=draft) == 1
    assert preview.redeem(token) is None


def test_losing_the_permission_ends_the_token(editor, draft):
    token = preview.issue(user=editor, instance=draft)
    editor.user_permissions.clear()

    assert preview.redeem(token) is None


def test_a_deactivated_account_ends_the_token(editor, draft):
    token = preview.issue(user=editor, instance=draft)
    get_user_model().objects.filter(pk=editor.pk).update(is_active=False)

    assert preview.redeem(token) is None


def test_a_deleted_object_is_not_shown(editor, draft):
    token = preview.issue(user=editor, instance=draft)
    draft.delete()

    assert preview.redeem(token) is None


def test_no_token_without_the_right_to_edit(draft):
    nobody = get_user_model().objects.create_user("nobody")

    with pytest.raises(PermissionError):
        preview.issue(user=nobody, instance=draft)


def test_a_token_lives_an_hour(editor, draft):
    preview.issue(user=editor, instance=draft)
    grant = PreviewGrant.objects.get()

    assert grant.expires_at - grant.created_at <= timedelta(hours=1, seconds=1)


def test_the_panel_offers_the_front_end_only_where_one_is_set(settings, draft):
    assert [mode for mode, _ in draft.preview_modes] == [""]

    settings.LAMPLIGHT_PREVIEW_URL = "https://www.example.org/preview?token={token}&path={path}"
    assert [mode for mode, _ in draft.preview_modes] == ["", "frontend"]


def test_the_panel_leads_to_the_front_end(settings, rf, editor, draft):
    settings.LAMPLIGHT_PREVIEW_URL = "https://www.example.org/preview?token={token}&path={path}"
    request = rf.get("/")
    request.user = editor

    response = draft.serve_preview(request, "frontend")

    assert response["Location"].startswith("https://www.example.org/preview?token=")
    assert response["Location"].endswith(f"&path=/questions/{draft.slug}")
    assert response["Cache-Control"] == "no-store"
