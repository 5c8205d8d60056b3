"""Subscribers: looked at, and removed when they ask by another way than the link."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet

from cms.notifications.admin.permissions import LookingOnlyPolicy
from cms.notifications.alerts.subscribing import forget_address
from cms.notifications.models import AlertSubscription


class ForgetView(DeleteView):
    """Removes everything held about the address, not the row alone."""

    def delete_action(self) -> None:
        forget_address(self.object.address)


def as_list(name: str) -> Any:
    def shown(subscription: AlertSubscription) -> str:
        return ", ".join(getattr(subscription, name)) or str(_("all"))

    return shown


class AlertSubscriptionViewSet(ModelViewSet):
    model = AlertSubscription
    name = "alert_subscriptions"
    url_prefix = "alert-subscriptions"
    menu_label = _("Alert subscriptions")
    icon = "user"
    copy_view_enabled = False
    add_to_reference_index = False
    delete_view_class = ForgetView
    form_fields = []
    list_display = [
        Column("address", label=_("Address")),
        Column("kinds", label=_("Kinds"), accessor=as_list("kinds")),
        Column("technologies", label=_("Technologies"), accessor=as_list("technologies")),
        Column("topics", label=_("Topics"), accessor=as_list("topics")),
        Column("get_frequency_display", label=_("Frequency")),
        DateColumn("confirmed_at", label=_("Confirmed")),
        DateColumn("last_sent_at", label=_("Last mail")),
    ]
    list_filter = ["frequency", "locale"]
    search_fields = ["address"]

    @cached_property
    def permission_policy(self) -> LookingOnlyPolicy:
        return LookingOnlyPolicy(self.model, deletable=True)
