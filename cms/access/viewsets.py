"""Keys in the admin.

Invariant: a key's text is on one page, once: it waits in the session of whoever made it
and is gone when that page has been shown.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import CreateView
from wagtail.admin.viewsets.model import ModelViewSet

from cms.access import actions, usage
from cms.access.models import ApiKey

SESSION_KEY = "lamplight_new_api_key"


class ApiKeyForm(WagtailAdminModelForm):
    """A key's bounds; technologies are written one a line."""

    kinds = forms.MultipleChoiceField(
        required=False,
        choices=lambda: [
            (kind, kind.replace("_", " ").capitalize()) for kind in settings.LAMPLIGHT_ENTRY_PATHS
        ],
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Kinds"),
        help_text=gettext_lazy("The kinds of entry it sees. None: every kind."),
    )
    technologies = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        label=gettext_lazy("Technologies"),
        help_text=gettext_lazy("Slugs, one a line, for example python. Empty: every technology."),
    )

    class Meta:
        model = ApiKey
        fields = [
            "name",
            "contact",
            "kinds",
            "technologies",
            "per_minute",
            "per_day",
            "expires_at",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["technologies"] = "\n".join(self.instance.technologies or [])

    def clean_technologies(self) -> list[str]:
        return [line.strip().lower() for line in self.cleaned_data["technologies"].split()]


class ApiKeyCreateView(CreateView):
    """Issues the key and leads to the page that shows it."""

    def save_instance(self) -> ApiKey:
        key = self.form.save(commit=False)
        self.request.session[SESSION_KEY] = actions.issue_key(key=key, by=self.request.user)
        return key

    def get_success_url(self) -> str:
        return reverse("api_keys:show", args=[self.object.pk])

    def log_action(self, instance: ApiKey) -> None:
        """The action that issued the key has written it to the audit log."""


class ApiKeyViewSet(ModelViewSet):
    """Listing, issuing, rotating and revoking of keys."""

    model = ApiKey
    name = "api_keys"
    icon = "key"
    menu_label = gettext_lazy("API keys")
    add_to_settings_menu = True
    menu_order = 700
    add_view_class = ApiKeyCreateView
    inspect_view_enabled = False
    copy_view_enabled = False
    list_per_page = 50
    list_display = [
        "name",
        Column("prefix", label=gettext_lazy("Prefix")),
        Column("state", label=gettext_lazy("State")),
        Column("per_minute", label=gettext_lazy("A minute")),
        Column("per_day", label=gettext_lazy("A day")),
        DateColumn("expires_at", label=gettext_lazy("Expires")),
        DateColumn("last_used_at", label=gettext_lazy("Last used")),
    ]
    search_fields = ["name", "prefix", "contact"]
    search_backend_name = None

    def get_form_class(self, for_update: bool = False) -> type[ApiKeyForm]:
        return ApiKeyForm

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/key/", self.show_view, name="show"),
            path("<int:pk>/rotate/", self.rotate_view, name="rotate"),
            path("<int:pk>/revoke/", self.revoke_view, name="revoke"),
        ]

    def show_view(self, request: Any, pk: int) -> TemplateResponse:
        """The key's state and use; its text once, right after it was made."""
        if not request.user.has_perm("access.view_apikey") and not request.user.has_perm(
            "access.change_apikey"
        ):
            raise PermissionDenied
        key = get_object_or_404(ApiKey, pk=pk)
        token = request.session.pop(SESSION_KEY, None)
        if token is not None and token.split("_")[1] != key.prefix:
            token = None
        response = TemplateResponse(
            request,
            "access/api_key.html",
            {"key": key, "token": token, "usage": usage.usage_by_day(key), "viewset": self},
        )
        response["Cache-Control"] = "no-store"
        return response

    def rotate_view(self, request: Any, pk: int) -> Any:
        """Issue a successor; both work until the old one ends."""
        key = get_object_or_404(ApiKey, pk=pk)
        if request.method == "POST":
            successor, token = actions.rotate_key(key=key, by=request.user)
            request.session[SESSION_KEY] = token
            return redirect("api_keys:show", successor.pk)
        return redirect("api_keys:show", pk)

    def revoke_view(self, request: Any, pk: int) -> Any:
        """End the key now."""
        key = get_object_or_404(ApiKey, pk=pk)
        if request.method == "POST":
            actions.revoke_key(key=key, by=request.user)
            messages.success(request, _("The key no longer works."))
        return redirect("api_keys:show", pk)


api_key_viewset = ApiKeyViewSet()
