"""Where publishing meets the Wagtail admin."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.publishing.preview_report import end_view, report_view
from cms.publishing.receivers import files_moved


@hooks.register("after_bulk_action")
def follow_files_to_their_collection(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> None:
    """Images and documents are put into a collection by one statement, which tells nobody."""
    if action_type == "add_to_collection":
        files_moved(objects)


class PreviewsMenuItem(MenuItem):
    """There is nothing to list where no front end shows drafts."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(settings.LAMPLIGHT_PREVIEW_URL)


@hooks.register("register_reports_menu_item")
def register_previews_menu_item() -> MenuItem:
    return PreviewsMenuItem(
        _("Previews in front ends"), reverse("front_end_previews"), icon_name="view", order=820
    )


@hooks.register("register_admin_urls")
def register_preview_urls() -> list[URLPattern]:
    return [
        path("reports/previews/", report_view, name="front_end_previews"),
        path("reports/previews/<uuid:pk>/end/", end_view, name="end_front_end_preview"),
    ]
