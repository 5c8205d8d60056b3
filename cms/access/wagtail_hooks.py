"""Where partner keys meet the Wagtail admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from cms.access.viewsets import ApiKeyViewSet, api_key_viewset


@hooks.register("register_admin_viewset")
def register_api_keys() -> ApiKeyViewSet:
    return api_key_viewset


@hooks.register("register_permissions")
def register_api_key_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="access", content_type__model="apikey")


@hooks.register("register_log_actions")
def register_api_key_actions(actions: LogActionRegistry) -> Any:
    actions.register_action("lamplight.api_key.issue", _("Issue API key"), _("API key issued"))
    actions.register_action("lamplight.api_key.rotate", _("Rotate API key"), _("API key rotated"))
    actions.register_action("lamplight.api_key.revoke", _("Revoke API key"), _("API key revoked"))
