"""Deliveries: what was sent, what waits, what was given up and can be sent again."""

from typing import Any

from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from cms.notifications.admin.confirming import SendAgainView
from cms.notifications.admin.permissions import LookingOnlyPolicy
from cms.notifications.models import OutgoingMail, WebhookDelivery


class DeliveryIndexView(IndexView):
    """The listing, with a button for everything that was given up."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = super().header_more_buttons
        if self.model.objects.dead().exists():
            url = reverse(sibling(self.index_url_name, "send_all_again"))
            buttons.append(Button(_("Send all given up again"), url=url, icon_name="rotate"))
        return buttons

    def get_list_more_buttons(self, instance: Any) -> list[Button]:
        buttons = super().get_list_more_buttons(instance)
        if can_be_sent_again(instance):
            buttons.append(send_again_button(self.index_url_name, instance))
        return buttons


class DeliveryInspectView(InspectView):
    """One delivery, with a button to send it again."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = super().header_more_buttons
        if can_be_sent_again(self.object):
            buttons.append(send_again_button(self.index_url_name, self.object))
        return buttons


class WebhookInspectView(DeliveryInspectView):
    """A call, with every attempt."""

    def get_attempt_log_display_value(self) -> str:
        lines = [
            f"{attempt.made_at:%Y-%m-%d %H:%M:%S} UTC: {attempt.outcome} "
            f"({attempt.milliseconds} ms)"
            for attempt in self.object.attempt_log.all()
        ]
        return "; ".join(lines) or "–"

    def get_field_label(self, field_name: str, field: Any) -> str:
        if field_name == "attempt_log":
            return str(_("Attempts made"))
        return super().get_field_label(field_name, field)


def can_be_sent_again(delivery: Any) -> bool:
    return delivery.is_dead or isinstance(delivery, WebhookDelivery)


def sibling(url_name: str, name: str) -> str:
    """Another view of the viewset that ``url_name`` belongs to."""
    return f"{url_name.rpartition(':')[0]}:{name}"


def send_again_button(index_url_name: str, delivery: Any) -> Button:
    url = reverse(sibling(index_url_name, "send_again"), args=[delivery.pk])
    return Button(_("Send again"), url=url, icon_name="rotate")


class DeliveryViewSet(ModelViewSet):
    """What both channels have in common."""

    index_view_class = DeliveryIndexView
    inspect_view_class = DeliveryInspectView
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    ordering = ["-created_at"]
    form_fields = []

    @cached_property
    def permission_policy(self) -> LookingOnlyPolicy:
        return LookingOnlyPolicy(self.model)

    def get_urlpatterns(self) -> list:
        view = SendAgainView.as_view(model=self.model, viewset_name=self.name)
        return [
            *super().get_urlpatterns(),
            path("send-again/<int:pk>/", view, name="send_again"),
            path("send-all-again/", view, name="send_all_again"),
        ]


class WebhookDeliveryViewSet(DeliveryViewSet):
    model = WebhookDelivery
    name = "webhook_deliveries"
    url_prefix = "webhooks/deliveries"
    menu_label = _("Webhook deliveries")
    icon = "history"
    inspect_view_class = WebhookInspectView
    list_display = [
        "message_id",
        Column("about", label=_("About")),
        Column("endpoint", label=_("Endpoint")),
        Column("get_state_display", label=_("State")),
        Column("attempts", label=_("Attempts")),
        Column("last_error", label=_("Last error")),
        DateColumn("created_at", label=_("Created")),
    ]
    list_filter = ["state", "endpoint"]
    inspect_view_fields = [
        "endpoint",
        "message_id",
        "state",
        "attempts",
        "due_at",
        "last_error",
        "created_at",
        "delivered_at",
        "body",
        "attempt_log",
    ]


class OutgoingMailViewSet(DeliveryViewSet):
    model = OutgoingMail
    name = "mails"
    url_prefix = "mails"
    menu_label = _("Mails")
    icon = "mail"
    list_display = [
        "subject",
        Column("recipient", label=_("Recipient")),
        Column("purpose", label=_("Purpose")),
        Column("get_state_display", label=_("State")),
        Column("attempts", label=_("Attempts")),
        Column("last_error", label=_("Last error")),
        DateColumn("created_at", label=_("Created")),
    ]
    list_filter = ["state", "purpose"]
    # Never the text: it holds links that give rights to whoever follows them.
    inspect_view_fields = [
        "subject",
        "recipient",
        "purpose",
        "state",
        "attempts",
        "due_at",
        "last_error",
        "created_at",
        "delivered_at",
    ]
