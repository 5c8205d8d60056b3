"""Webhook endpoints: who is called about what, with which secrets."""

from django import forms
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from cms.notifications.admin.confirming import SecretView, TrialView
from cms.notifications.catalogue import catalogue
from cms.notifications.models import WebhookEndpoint


class WebhookEndpointForm(WagtailAdminModelForm):
    """Kinds as boxes to tick; the URL is checked as it will be when it is called."""

    kinds = forms.MultipleChoiceField(
        label=_("Kinds"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means every kind."),
    )

    class Meta:
        model = WebhookEndpoint
        fields = ["name", "url", "kinds", "active"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = list(catalogue().kinds().items())

    def save(self, commit: bool = True) -> WebhookEndpoint:
        # Switched on by hand: what went wrong before counts no more.
        if "active" in self.changed_data and self.cleaned_data["active"]:
            self.instance.failing_since = None
            self.instance.switched_off_because = ""
        return super().save(commit)


class EndpointCreateView(CreateView):
    def get_success_url(self) -> str:
        # Nothing is called before there is a secret, so that is the next step.
        return reverse("webhook_endpoints:secret", args=[self.object.pk])


class EndpointEditView(EditView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        pk = self.object.pk
        return [
            *super().header_more_buttons,
            Button(
                _("New secret"), url=reverse("webhook_endpoints:secret", args=[pk]), icon_name="key"
            ),
            Button(
                _("Try it"), url=reverse("webhook_endpoints:trial", args=[pk]), icon_name="rotate"
            ),
        ]


class WebhookEndpointViewSet(ModelViewSet):
    model = WebhookEndpoint
    name = "webhook_endpoints"
    url_prefix = "webhooks/endpoints"
    menu_label = _("Webhook endpoints")
    icon = "link-external"
    list_display = [
        "name",
        "url",
        BooleanColumn("active"),
        Column("failing_since", label=_("Failing since")),
        Column("switched_off_because", label=_("Switched off because")),
    ]
    search_fields = ["name", "url"]
    copy_view_enabled = False
    add_view_class = EndpointCreateView
    edit_view_class = EndpointEditView

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return WebhookEndpointForm

    def get_urlpatterns(self) -> list:
        return [
            *super().get_urlpatterns(),
            path("secret/<int:pk>/", SecretView.as_view(viewset_name=self.name), name="secret"),
            path("trial/<int:pk>/", TrialView.as_view(viewset_name=self.name), name="trial"),
        ]
